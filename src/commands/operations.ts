import type { ImportSettings } from "../catalogue/imports/import-operations.ts";
import type { Config } from "../config.ts";
import { AppError } from "../core/errors.ts";
import { type ControlHandler, callHolder, holdFolder } from "../database/control-socket.ts";
import type { OpenDatabase } from "../database/database.ts";
import { openSparing } from "../database/embedded.ts";
import { migrate } from "../database/migrate.ts";
import { openServer } from "../database/server.ts";
import { createOperations } from "../node-operations.ts";
import { embeddedFolder } from "../node-platform.ts";
import { loadRecogniser } from "../node-recogniser.ts";

/** Operations of a database, wherever it is open. */
interface OpenOperations {
  /** True if another process runs them. */
  readonly elsewhere: boolean;
  readonly run: ControlHandler;
  close(): Promise<void>;
}

/** Opens the operations: of the server database, else of the process that holds DATA_DIR, else of the folder itself. `onProgress` hears of imports that run here. */
export async function openOperations(config: Config, onProgress?: ImportSettings["onProgress"]): Promise<OpenOperations> {
  // Where nothing runs, nobody has to be told.
  const toldOf = (database: OpenDatabase) => ({
    ...{ onChange: async () => undefined, onRetry: () => undefined, recogniser: () => loadRecogniser(database, config) },
    forwards: config.forward.webhook !== undefined,
  });
  const imports = { fetch: { allowedHosts: config.importAllowedHosts }, onProgress };
  if (config.databaseUrl !== undefined) {
    const database = openServer(config.databaseUrl, { connections: 2 });
    return { elsewhere: false, run: createOperations(database.db, toldOf(database), imports), close: () => database.close() };
  }
  if ((await callHolder(config.dataDir, "pid", undefined)) !== undefined)
    return { elsewhere: true, run: (name, input) => callRunning(config.dataDir, name, input), close: async () => undefined };
  const release = await holdFolder(config.dataDir, async () => {
    throw new AppError("DATABASE_HELD", "A command is using the database at this moment. Try again.");
  });
  try {
    const database = await openSparing({ folder: embeddedFolder(config.dataDir) });
    const close = async () => {
      await database.close();
      await release();
    };
    try {
      await migrate(database);
    } catch (error) {
      await database.close();
      throw error;
    }
    return { elsewhere: false, run: createOperations(database.db, toldOf(database), imports), close };
  } catch (error) {
    await release();
    throw error;
  }
}

async function callRunning(dataDir: string, name: string, input: unknown): Promise<unknown> {
  const held = await callHolder(dataDir, name, input);
  if (held === undefined) throw new AppError("DATABASE_HELD", "The server ended just now. Try again.");
  return held.result;
}

/** Runs operations one after the other, wherever the database is open; an embedded folder is held meanwhile. */
export async function withOperations<Result>(config: Config, work: (run: ControlHandler) => Promise<Result>): Promise<Result> {
  const operations = await openOperations(config);
  try {
    return await work(operations.run);
  } finally {
    await operations.close();
  }
}

/** Runs one operation. */
export async function runOperation(config: Config, name: string, input: unknown): Promise<unknown> {
  return await withOperations(config, (run) => run(name, input));
}
