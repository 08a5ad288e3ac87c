import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { findFreePort } from "./free-port.ts";
import { createProduct, type Product } from "./product.ts";

export interface OwnProductOptions {
  /** A folder with the models. */
  readonly dataDir: string;
  /** A PostgreSQL server; an embedded database of its own without. */
  readonly databaseUrl?: string | undefined;
}

/** Works with a process of the product over a database of its own. */
export async function withOwnProduct<Result>(
  { dataDir, databaseUrl }: OwnProductOptions,
  work: (product: Product, port: number) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "stadtlotse-bench-"));
  await symlink(resolve(dataDir, "cache"), join(folder, "cache"));
  const port = await findFreePort();
  const database: Record<string, string> = databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl, DATA_KEY: "01".repeat(32) };
  const product = createProduct({ port, env: { ...database, DATA_DIR: folder, LOG_LEVEL: "error" }, onLine: () => undefined });
  try {
    await product.start();
    return await work(product, port);
  } finally {
    await product.kill();
    await rm(folder, { recursive: true, force: true });
  }
}
