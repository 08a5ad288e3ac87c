import { setTimeout as sleep } from "node:timers/promises";
import { upgradeWebSocket } from "@hono/node-server";
import type { Logger } from "pino";
import { loadHours } from "./catalogue/hours/load-hours.ts";
import type { Config } from "./config.ts";
import { AppError, messageOf } from "./core/errors.ts";
import { type ControlHandler, holdFolder } from "./database/control-socket.ts";
import type { OpenDatabase } from "./database/database.ts";
import { openEmbedded } from "./database/embedded.ts";
import { openServer } from "./database/server.ts";
import { createClientAddress } from "./node-client-address.ts";
import type { ContentSource } from "./node-content.ts";
import { embedderOf } from "./node-embedder.ts";
import { listen } from "./node-listen.ts";
import { createOperations } from "./node-operations.ts";
import { createPasswordHasher } from "./node-passwords.ts";
import { embeddedFolder, openAssets, openModels, prepareDatabase, readDataKey, shareModels } from "./node-platform.ts";
import { makeFirstLink } from "./people/staff-access.ts";
import { wire } from "./wire.ts";

const serverConnections = 10;
const closeConnectionsWithinMs = 1000;
const endWithinMs = 9500;

interface Opened {
  readonly database: OpenDatabase;
  close(): Promise<void>;
}

async function openDatabase(config: Config, handler: ControlHandler): Promise<Opened> {
  if (config.databaseUrl !== undefined) {
    const database = openServer(config.databaseUrl, { connections: serverConnections });
    return { database, close: () => database.close() };
  }
  const release = await holdFolder(config.dataDir, handler);
  try {
    const database = await openEmbedded({ folder: embeddedFolder(config.dataDir) });
    return {
      database,
      close: async () => {
        await database.close();
        await release();
      },
    };
  } catch (error) {
    await release();
    throw error;
  }
}

/** Runs `end` once on SIGTERM or SIGINT, then leaves; after ten seconds in any case, since whoever ends a process kills it then. */
function endOnSignal(log: Logger, end: () => Promise<void>): void {
  const leave = async (signal: string) => {
    log.info({ signal }, "ending");
    setTimeout(() => {
      log.error("could not end in time");
      process.exit(1);
    }, endWithinMs);
    await end().catch((error) => log.error({ reason: messageOf(error) }, "could not end cleanly"));
    process.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, () => void leave(signal));
}

async function refuseWhileStarting(): Promise<never> {
  throw new AppError("DATABASE_HELD", "The server is still starting. Try again in a few seconds.");
}

/** What the server is started with; `started` is the reading of performance.now() when the process began. */
export interface ServerParts {
  readonly source: ContentSource;
  readonly demo: boolean;
  readonly log: Logger;
  readonly started: number;
}

/** Prints the link by which the first admin comes in; never into the log, which others read. */
async function tellFirstLink(config: Config, { db }: OpenDatabase, url: string): Promise<void> {
  if (config.oidc !== undefined) return;
  const code = await makeFirstLink(db, new Date());
  if (code === undefined) return;
  process.stderr.write(
    `Nobody can open the console yet. Make the first account: ${url.replace(/\/+$/, "")}/console/set-password?code=${code}\n`,
  );
}

/** Starts the product on Node and logs one line with its address when it is ready; resolves then. Ends cleanly on SIGTERM and SIGINT. */
export async function startServer(config: Config, { source, demo, log, started }: ServerParts): Promise<void> {
  const commands: { run: ControlHandler } = { run: refuseWhileStarting };
  const dataKey = await readDataKey(config);
  const { database, close } = await openDatabase(config, (command, input) => commands.run(command, input));
  try {
    const listening = await listen(config);
    const assets = await openAssets();
    await prepareDatabase(database, source);
    const models = openModels(database, source);
    const stadtlotse = await wire(config, {
      database,
      models,
      openEmbedder: embedderOf(config, log),
      loadHours,
      dataKey,
      publicUrl: listening.url,
      demo,
      assets,
      upgradeWebSocket,
      clientAddress: createClientAddress(config.trustedProxies),
      passwords: createPasswordHasher(),
      ...(config.metricsToken === undefined ? {} : { metrics: (await import("./node-metrics.ts")).createWatchedMetrics() }),
      now: () => new Date(),
      log,
      operations: (told) =>
        createOperations(
          database.db,
          { ...told, forwards: config.forward.webhook !== undefined },
          { fetch: { allowedHosts: config.importAllowedHosts } },
        ),
    });
    commands.run = stadtlotse.operate ?? refuseWhileStarting;
    listening.use(stadtlotse.app);
    endOnSignal(log, async () => {
      source.endLearning();
      const closing = listening.close();
      await stadtlotse.stop();
      await Promise.race([closing, sleep(closeConnectionsWithinMs)]);
      await close();
    });
    await stadtlotse.answering;
    await tellFirstLink(config, database, listening.url);
    log.info({ url: listening.url, tookMs: Math.round(performance.now() - started) }, `ready at ${listening.url}`);
    await shareModels(database, models).catch((error) =>
      log.warn({ reason: messageOf(error) }, "the models are not in the database yet; the next start tries again"),
    );
  } catch (error) {
    await close();
    throw error;
  }
}
