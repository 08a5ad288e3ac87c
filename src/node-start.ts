import { join } from "node:path";
import pino, { type Logger } from "pino";
import { type Config, isLoopback } from "./config.ts";
import { AppError } from "./core/errors.ts";
import { openContentSource, projectRoot } from "./node-content.ts";

/** Made-up offers must never meet a citizen: not on a server that others reach, a reverse proxy included. */
function refuseDemoInPublic(config: Config): void {
  const reason =
    config.databaseUrl !== undefined
      ? "DATABASE_URL is set"
      : !isLoopback(config.host)
        ? `HOST ${config.host} is not loopback`
        : config.publicUrl !== undefined && !isLoopback(new URL(config.publicUrl).hostname.replace(/^\[|\]$/g, ""))
          ? `PUBLIC_URL ${config.publicUrl} is not loopback`
          : config.telegram !== undefined || config.botframework !== undefined || config.directlineSecret !== undefined
            ? "a channel token is set"
            : undefined;
  if (reason !== undefined)
    throw new AppError(
      "CONFIG_INVALID",
      `--demo loads made-up offers and only runs embedded, on loopback, without channel tokens; but ${reason}.`,
    );
}

function logTraining(log: Logger) {
  return (kind: string, done: number, all: number) => log.info({ model: kind, done, all }, "learning");
}

/** Starts the product. Learning begins before the server's many modules are loaded: both take seconds, and go on side by side. */
export async function start(config: Config, { demo }: { readonly demo: boolean }): Promise<void> {
  const started = performance.now();
  if (demo) refuseDemoInPublic(config);
  const log = pino({ level: config.logLevel });
  const source = await openContentSource({
    root: projectRoot,
    demo,
    cacheDir: join(config.dataDir, "cache"),
    onProgress: logTraining(log),
  });
  // A server's database may have the models from another process; an embedded one has no other. A fault is met where they are awaited.
  if (config.databaseUrl === undefined) {
    source.models().catch(() => undefined);
    await source.learning();
  }
  const { startServer } = await import("./node-server.ts");
  await startServer(config, { source, demo, log, started });
}
