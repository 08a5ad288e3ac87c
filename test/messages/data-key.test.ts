import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAddressVault } from "../../src/messages/address-vault.ts";
import { checkDataKey } from "../../src/messages/data-key.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../support/databases.ts";

const vaultOf = (byte: number) => createAddressVault(new Uint8Array(32).fill(byte));

describe.each(databaseKinds())("the check of DATA_KEY (%s)", (kind) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await openTestDatabase(kind);
  }, 60_000);
  afterAll(() => database.close());

  it("passes the key that the database was first opened with, and refuses any other", async () => {
    await checkDataKey(database.db, vaultOf(1));
    await checkDataKey(database.db, vaultOf(1));
    await expect(checkDataKey(database.db, vaultOf(2))).rejects.toMatchObject({ code: "CONFIG_INVALID" });
    await checkDataKey(database.db, vaultOf(1));
  });
});
