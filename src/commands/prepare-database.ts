import { join } from "node:path";
import { defineCommand } from "citty";
import pino from "pino";
import { registerTelegramBot } from "../channels/telegram/telegram.ts";
import type { Config } from "../config.ts";
import { AppError } from "../core/errors.ts";
import { openServer } from "../database/server.ts";
import { openContentSource, projectRoot } from "../node-content.ts";
import { openModels, prepareDatabase, shareModels } from "../node-platform.ts";
import { drawTraining } from "./progress.ts";

const connections = 4;

async function prepare({ databaseUrl, dataDir }: Config): Promise<void> {
  if (databaseUrl === undefined)
    throw new AppError(
      "USAGE",
      "DATABASE_URL is missing: the PostgreSQL server that is to be prepared. The embedded database needs none of this.",
    );
  const onProgress = drawTraining(process.stderr);
  const source = await openContentSource({ root: projectRoot, demo: false, cacheDir: join(dataDir, "cache"), onProgress });
  const database = openServer(databaseUrl, { connections });
  try {
    await prepareDatabase(database, source);
    const models = openModels(database, source);
    await models.first;
    await shareModels(database, models);
  } finally {
    await database.close();
  }
}

/** `npm run prepare-database`: all that a process on Node does at its start, for platforms that cannot. */
export function createPrepareDatabaseCommand(config: () => Config) {
  return defineCommand({
    meta: {
      name: "prepare-database",
      description: `Migrate a PostgreSQL database, load the content and train the models into it, and register the Telegram bot where one is set. Called before each
deployment to Workers, which do none of it. May be called again at any time, also while processes work on the database.

Examples:
  DATABASE_URL=postgres://user@host:5432/stadtlotse npm run prepare-database
  DATABASE_URL=… PUBLIC_URL=https://chat.example.org TELEGRAM_BOT_TOKEN=… TELEGRAM_WEBHOOK_SECRET=… npm run prepare-database`,
    },
    run: async () => {
      const settings = config();
      await prepare(settings);
      const { telegram, publicUrl } = settings;
      if (telegram !== undefined && publicUrl !== undefined)
        await registerTelegramBot({ ...telegram, publicUrl, log: pino({ level: settings.logLevel }) });
      process.stdout.write("The database is ready for this version of the code.\n");
    },
  });
}
