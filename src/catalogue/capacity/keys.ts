import { createHash, randomBytes } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { AppError } from "../../core/errors.ts";
import { type Database, guarded, rowsOf } from "../../database/database.ts";
import { capacityKeys } from "../../database/schema.ts";
import { readOrganizations } from "../providers/provider-operations.ts";

const keyBytes = 32;

/** What is kept of a key; it is random, so that no salt is needed. */
const hashKey = (key: string) => createHash("sha256").update(key).digest("base64url");

/** Makes an organisation's key for reporting free places and takes the one before away; it is shown once. Throws NOT_FOUND for a name that no offer has. */
async function makeCapacityKey(db: Database, organization: string): Promise<string> {
  if (!(await readOrganizations(db)).has(organization))
    throw new AppError(
      "NOT_FOUND",
      `No offer is by "${organization}". Write the name as it stands in the offers: npm run staff -- organizations`,
    );
  const key = randomBytes(keyBytes).toString("base64url");
  const keyHash = hashKey(key);
  await db
    .insert(capacityKeys)
    .values({ organization, keyHash })
    .onConflictDoUpdate({ target: capacityKeys.organization, set: { keyHash, madeAt: sql`now()` } });
  return key;
}

/** The organisation that a key belongs to; undefined for none. */
export function findOrganization(db: Database, key: string): Promise<string | undefined> {
  return guarded("Finding an API key", async () => {
    const [row] = await db
      .select({ organization: capacityKeys.organization })
      .from(capacityKeys)
      .where(eq(capacityKeys.keyHash, hashKey(key)));
    return row?.organization;
  });
}

const Make = z.object({ organization: z.string() });
const Keys = z.array(z.object({ organization: z.string(), made_at: z.string() }));

/** What staff do with keys, by name. */
export function createKeyOperations(db: Database): Readonly<Record<string, (input: unknown) => Promise<unknown>>> {
  return {
    "staff.api-key": async (input) => {
      const { organization } = Make.parse(input);
      return [{ organization, key: await makeCapacityKey(db, organization) }];
    },
    "staff.api-keys": async () =>
      Keys.parse(rowsOf(await db.execute(sql`select organization, made_at::text from capacity_keys order by organization`))),
    "staff.revoke-api-key": async (input) => {
      const { organization } = Make.parse(input);
      const gone = await db.delete(capacityKeys).where(eq(capacityKeys.organization, organization)).returning();
      if (gone.length === 0) throw new AppError("NOT_FOUND", `"${organization}" has no key.`);
      return [];
    },
  };
}
