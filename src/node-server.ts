import { join } from "node:path";
import pino, { type Logger } from "pino";
import { createStaffOperations } from "./catalogue/staff-operations.ts";
import { type Config, isLoopback } from "./config.ts";
import { AppError, messageOf } from "./core/errors.ts";
import { type ControlHandler, holdFolder } from "./database/control-socket.ts";
import type { OpenDatabase } from "./database/database.ts";
import { openEmbedded } from "./database/embedded.ts";
import { openServer } from "./database/server.ts";
import { listen } from "./node-listen.ts";
import {
  embeddedFolder,
  keepModels,
  obtainModels,
  openAssets,
  openContentSource,
  prepareDatabase,
  projectRoot,
  readDataKey,
} from "./node-platform.ts";
import { wire } from "./wire.ts";

const serverConnections = 10;

/** Made-up offers must never meet a citizen. */
function refuseDemoInPublic(config: Config): void {
  const reason =
    config.databaseUrl !== undefined
      ? "DATABASE_URL is set"
      : !isLoopback(config.host)
        ? `HOST ${config.host} is not loopback`
        : config.telegram !== undefined || config.directlineSecret !== undefined
          ? "a channel token is set"
          : undefined;
  if (reason !== undefined)
    throw new AppError(
      "CONFIG_INVALID",
      `--demo loads made-up offers and only runs embedded, on loopback, without channel tokens; but ${reason}.`,
    );
}

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

function logTraining(log: Logger) {
  return (kind: string, done: number, all: number) => log.info({ model: kind, done, all }, "learning");
}

/** Runs `end` once on SIGTERM or SIGINT, then leaves. */
function endOnSignal(log: Logger, end: () => Promise<void>): void {
  const leave = async (signal: string) => {
    log.info({ signal }, "ending");
    await end().catch((error) => log.error({ reason: messageOf(error) }, "could not end cleanly"));
    process.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, () => void leave(signal));
}

async function refuseWhileStarting(): Promise<never> {
  throw new AppError("DATABASE_HELD", "The server is still starting. Try again in a few seconds.");
}

/** Starts the product on Node and logs one line with its address when it is ready; resolves then. Ends cleanly on SIGTERM and SIGINT. */
export async function startServer(config: Config, { demo }: { readonly demo: boolean }): Promise<void> {
  if (demo) refuseDemoInPublic(config);
  const log = pino({ level: config.logLevel });
  const started = performance.now();
  const commands: { run: ControlHandler } = { run: refuseWhileStarting };
  const source = await openContentSource({
    root: projectRoot,
    demo,
    cacheDir: join(config.dataDir, "cache"),
    onProgress: logTraining(log),
  });
  const dataKey = await readDataKey(config);
  // The embedded database has no other process that could have trained: learning starts at once. A fault is met where it is awaited.
  const early = config.databaseUrl === undefined ? source.models() : undefined;
  early?.catch(() => undefined);
  if (early !== undefined) await source.learning();
  const { database, close } = await openDatabase(config, (command, input) => commands.run(command, input));
  try {
    const listening = await listen(config);
    const assets = await openAssets(log);
    await prepareDatabase(database, source);
    const models = early ?? obtainModels(database, source);
    const stadtlotse = await wire(config, {
      database,
      models,
      dataKey,
      publicUrl: listening.url,
      demo,
      assets,
      now: () => new Date(),
      log,
    });
    commands.run = createStaffOperations(database.db, stadtlotse.catalogue.refresh);
    listening.use(stadtlotse.app);
    endOnSignal(log, async () => {
      await listening.close();
      await stadtlotse.stop();
      await close();
    });
    await stadtlotse.answering;
    log.info({ url: listening.url, tookMs: Math.round(performance.now() - started) }, `ready at ${listening.url}`);
    // Nobody else reads the embedded database, and writing 18 MB into it would hold up the first answers for seconds.
    if (early === undefined)
      await keepModels(database, source, await models).catch((error) =>
        log.warn({ reason: messageOf(error) }, "the models are not in the database yet; the next start tries again"),
      );
  } catch (error) {
    await close();
    throw error;
  }
}
