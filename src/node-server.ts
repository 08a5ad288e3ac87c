import { join } from "node:path";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import pino, { type Logger } from "pino";
import { createStaffOperations } from "./catalogue/staff-operations.ts";
import { type Config, isLoopback } from "./config.ts";
import { AppError, messageOf } from "./core/errors.ts";
import { type ControlHandler, holdFolder } from "./database/control-socket.ts";
import type { OpenDatabase } from "./database/database.ts";
import { openEmbedded } from "./database/embedded.ts";
import { openServer } from "./database/server.ts";
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
const startingAnswer = { error: { code: "STARTING", message: "The server is starting. Try again in a few seconds." } };

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

interface Listening {
  readonly url: string;
  /** From now on requests go to this app. */
  use(app: Hono): void;
  close(): Promise<void>;
}

/** Listens at once, so that the port is known and nobody else's; answers 503 until an app is there. */
function listen(config: Config): Promise<Listening> {
  let current = new Hono().all("*", (c) => c.json(startingAnswer, 503, { "Retry-After": "2" }));
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: (request, env) => current.fetch(request, env), hostname: config.host, port: config.port }, ({ port }) => {
      const host = config.host.includes(":") ? `[${config.host}]` : config.host;
      resolve({
        url: config.publicUrl ?? `http://${host}:${port}`,
        use: (app) => {
          current = app;
        },
        close: () => new Promise((done) => server.close(() => done())),
      });
    });
    server.once("error", (cause: NodeJS.ErrnoException) => {
      const reason =
        cause.code === "EADDRINUSE"
          ? `Port ${config.port} is taken. Choose another: npm start -- --port 0`
          : `Cannot listen on ${config.host}:${config.port}: ${cause.message}`;
      reject(new AppError("CONFIG_INVALID", reason, { cause }));
    });
  });
}

function logTraining(log: Logger) {
  return (kind: string, done: number, all: number) => log.info({ model: kind, done, all }, "learning");
}

/** Starts the product on Node and logs one line with its address when it is ready; resolves then. Ends cleanly on SIGTERM and SIGINT. */
export async function startServer(config: Config, { demo }: { readonly demo: boolean }): Promise<void> {
  if (demo) refuseDemoInPublic(config);
  const log = pino({ level: config.logLevel });
  const started = performance.now();
  const operations: { run: ControlHandler } = {
    run: async () => {
      throw new AppError("DATABASE_HELD", "The server is still starting. Try again in a few seconds.");
    },
  };
  const source = await openContentSource({
    root: projectRoot,
    demo,
    cacheDir: join(config.dataDir, "cache"),
    onProgress: logTraining(log),
  });
  const dataKey = await readDataKey(config);
  const prepared = Promise.withResolvers<OpenDatabase>();
  const models = obtainModels(prepared.promise, source, config.databaseUrl === undefined ? "embedded" : "server");
  models.catch(() => undefined);
  const { database, close } = await openDatabase(config, (command, input) => operations.run(command, input));
  const listening = await listen(config).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  try {
    const assets = await openAssets(log);
    await prepareDatabase(database, source);
    prepared.resolve(database);
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
    operations.run = createStaffOperations(database.db, stadtlotse.catalogue.refresh);
    listening.use(stadtlotse.app);
    await stadtlotse.answering;
    log.info({ url: listening.url, tookMs: Math.round(performance.now() - started) }, `ready at ${listening.url}`);
    const end = async (signal: string) => {
      log.info({ signal }, "ending");
      await listening.close();
      await stadtlotse.stop();
      await close();
      process.exit(0);
    };
    for (const signal of ["SIGTERM", "SIGINT"])
      process.once(signal, () => void end(signal).catch((error) => log.error({ reason: messageOf(error) }, "could not end cleanly")));
    await keepModels(database, source, await models).catch((error) =>
      log.warn({ reason: messageOf(error) }, "the models are not in the database yet; the next start tries again"),
    );
  } catch (error) {
    await listening.close();
    await close();
    throw error;
  }
}
