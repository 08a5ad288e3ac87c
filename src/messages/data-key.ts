import { AppError } from "../core/errors.ts";
import type { Database } from "../database/database.ts";
import { dataKey } from "../database/schema.ts";
import type { AddressVault } from "./address-vault.ts";

/** Throws CONFIG_INVALID if the database was written with another DATA_KEY, whose addresses this one cannot read; the first process leaves the mark of its key. */
export async function checkDataKey(db: Database, vault: AddressVault): Promise<void> {
  const mark = vault.hash("data key", "mark");
  await db.insert(dataKey).values({ id: 1, mark }).onConflictDoNothing();
  const [row] = await db.select().from(dataKey);
  if (row?.mark === mark) return;
  throw new AppError(
    "CONFIG_INVALID",
    "This database was written with another DATA_KEY: no answer could be delivered. Set the key that it was written with; for the embedded database it is in DATA_DIR/data.key.",
  );
}
