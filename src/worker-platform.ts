import type { Context } from "hono";
import { parseKnownQuestions } from "./assistant/known-questions.ts";
import { parseAddress, placeOf } from "./channels/directline/network.ts";
import { type Config, readConfig } from "./config.ts";
import { AppError } from "./core/errors.ts";
import { type Database, databaseCode } from "./database/database.ts";
import type { Asset } from "./pages/pages.tsx";
import { type ModelSource, readModelKeys } from "./understanding/live-models.ts";
import { createDatabaseModels, findContentKey, findModels, hasModels } from "./understanding/models.ts";
import { modelVersion } from "./understanding/training-set.ts";

/** What wrangler.toml binds; the variables and secrets beside it are those of .env.example. */
export interface Bindings {
  readonly HYPERDRIVE: { readonly connectionString: string };
  readonly WAKE: { send(message: WakeUp, options?: { readonly delaySeconds?: number }): Promise<unknown> };
  readonly STREAMS: { idFromName(name: string): object; get(id: object): { fetch(request: Request): Promise<Response> } };
  readonly ASSETS: { fetch(request: Request | string): Promise<Response> };
  readonly [variable: string]: unknown;
}

/** A message of the queue: it wakes, and holds nothing of anybody. */
export interface WakeUp {
  readonly id: string;
  /** Set where it was called for by another one, for something that was not due yet. */
  readonly again?: true;
}

/** The environment's variables as on Node; Hyperdrive's address stands for DATABASE_URL. */
export function readWorkerConfig(bindings: Bindings): Config {
  const variables = Object.entries(bindings).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  const config = readConfig({ ...Object.fromEntries(variables), DATABASE_URL: bindings.HYPERDRIVE.connectionString });
  if (config.publicUrl === undefined)
    throw new AppError("CONFIG_INVALID", "PUBLIC_URL is missing: the address that people see, such as https://chat.example.org.");
  return config;
}

/** DATA_KEY as bytes. */
export function readWorkerKey({ dataKey }: Pick<Config, "dataKey">): Uint8Array {
  if (dataKey === undefined)
    throw new AppError(
      "CONFIG_INVALID",
      "DATA_KEY is missing: 64 hexadecimal digits, the same in every process. openssl rand -hex 32 | npx wrangler secret put DATA_KEY",
    );
  return Buffer.from(dataKey, "hex");
}

/** SQLSTATE of a table that is not there. */
const undefinedTable = "42P01";
const prepare = "Run npm run prepare-database with this version of the code against this database.";

/** The models that `npm run prepare-database` or a Node process has put into the database; nothing is trained here. */
export async function openWorkerModels(db: Database): Promise<ModelSource> {
  const store = createDatabaseModels(db);
  const contentKey = await findContentKey(db).catch((error: unknown) => {
    if (databaseCode(error) === undefinedTable) throw new AppError("MODEL_INVALID", `The database has no tables yet. ${prepare}`);
    throw error;
  });
  if (contentKey === undefined) throw new AppError("MODEL_INVALID", `The database holds no models. ${prepare}`);
  if (!contentKey.endsWith(`-${modelVersion}`))
    throw new AppError("MODEL_INVALID", `The database's models are of another version of the code. ${prepare}`);
  const keys = await readModelKeys(db, contentKey);
  const models = await findModels(store, keys);
  if (models === undefined) throw new AppError("MODEL_INVALID", `The database's models do not know staff's lessons yet. ${prepare}`);
  return { store, contentKey, first: Promise.resolve({ models, keys }) };
}

/** True while staff have taught what no model knows yet. */
export async function trainingWaits(db: Database): Promise<boolean> {
  const contentKey = await findContentKey(db);
  return contentKey !== undefined && !(await hasModels(db, await readModelKeys(db, contentKey)));
}

/** The widget's files and styles, uploaded beside the code. */
export function openWorkerAssets({ ASSETS }: Pick<Bindings, "ASSETS">) {
  return async (name: string): Promise<Asset | undefined> => {
    if (!/^[\w-]+\.\w+$/.test(name)) return undefined;
    const found = await ASSETS.fetch(`https://assets.invalid/${name}`);
    if (!found.ok) return undefined;
    const contentType = found.headers.get("Content-Type") ?? "application/octet-stream";
    return { body: new Uint8Array(await found.arrayBuffer()), contentType };
  };
}

/** The name of the file among the assets; people are not served it. */
const knownQuestionsAsset = "questions.jsonl";

/** The questions whose right answer is known, uploaded beside the code. */
export function openKnownQuestions({ ASSETS }: Pick<Bindings, "ASSETS">) {
  return async () => {
    const found = await ASSETS.fetch(`https://assets.invalid/${knownQuestionsAsset}`);
    if (!found.ok)
      throw new AppError(
        "CONTENT_INVALID",
        `${knownQuestionsAsset} is missing among the assets. Build them: npm run build -- --assets dist/worker-assets`,
      );
    return parseKnownQuestions(await found.text());
  };
}

async function refuseImport(): Promise<never> {
  throw new AppError(
    "USAGE",
    "Imports read files and other servers, which a Worker cannot. Run npm run import on a machine with Node over the same database.",
  );
}

export const refusedImports = { "import.run": refuseImport, "import.progress": async () => undefined };

/** Cloudflare says itself where a request came from, and takes away what a client says. */
export function workerClientAddress(c: Context): string | undefined {
  const address = parseAddress(c.req.header("CF-Connecting-IP") ?? "");
  return address === undefined ? undefined : placeOf(address);
}
