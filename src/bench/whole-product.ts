import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Cluster } from "./cluster.ts";
import type { FakePlatform } from "./fake-platform.ts";
import { findFreePort } from "./free-port.ts";
import type { LoadClient } from "./http-load.ts";
import { createProduct, type Product } from "./product.ts";
import { benchBot } from "./senders.ts";
import { withProduct } from "./telegram-load.ts";

/** What is measured at: a server or the embedded database, with the platform that takes the answers. */
export interface Bench {
  readonly cluster: Cluster | undefined;
  readonly platform: FakePlatform;
  readonly deliveredAt: ReadonlyMap<string, number>;
}

const sendsPerSecond = "100000";

/** Works with a process of the real product, started over this database with a folder of its own and the models of `dataDir`. */
export async function withWholeProduct<Result>(
  { cluster, platform }: Bench,
  dataDir: string,
  work: (product: Product, client: LoadClient, folder: string) => Promise<Result>,
): Promise<Result> {
  const port = await findFreePort();
  const folder = await mkdtemp(join(tmpdir(), "stadtlotse-throughput-"));
  await symlink(resolve(dataDir, "cache"), join(folder, "cache"));
  const database: Record<string, string> = cluster === undefined ? {} : { DATABASE_URL: cluster.url, DATA_KEY: "01".repeat(32) };
  const telegram = { TELEGRAM_BOT_TOKEN: benchBot.token, TELEGRAM_WEBHOOK_SECRET: benchBot.secret, TELEGRAM_API_ROOT: platform.url };
  const pace = { TELEGRAM_SENDS_PER_SECOND: sendsPerSecond, TELEGRAM_SENDS_PER_CHAT_PER_SECOND: sendsPerSecond };
  const env = { ...database, ...telegram, ...pace, DATA_DIR: folder, LOG_LEVEL: "warn" };
  try {
    return await withProduct(createProduct({ port, env, onLine: () => undefined }), port, (product, client) =>
      work(product, client, folder),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
