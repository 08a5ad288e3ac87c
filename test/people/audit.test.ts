import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { auditHead, audit as auditTable } from "../../src/database/schema.ts";
import { createOperations } from "../../src/node-operations.ts";
import { createAudit, createAuditLog, verifyAudit } from "../../src/people/audit.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../support/databases.ts";

const at = new Date("2026-11-22T12:00:00.123Z");

describe.each(databaseKinds())("the audit log (%s)", (kind) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await openTestDatabase(kind);
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await asOwner("delete from audit; update audit_head set last_id = 0, hash = repeat('0', 64)");
    for (let row = 1; row <= 5; row += 1) await record(`talk:${row}`);
  });

  const audit = createAudit(() => at);
  const log = () => createAuditLog(database.db, () => at);
  const record = (subject: string) => log().record({ by: "account:1", action: "talk.view", subject });
  /** What the table's owner can do: take the triggers away. */
  const asOwner = (statements: string) =>
    database.transact(async (run) => {
      await run("alter table audit disable trigger all");
      await run(statements);
      await run("alter table audit enable trigger all");
    });
  const verify = () => verifyAudit(database.db);

  it("keeps rows one after the other, the newest first", async () => {
    expect(await verify()).toMatchObject({ kind: "whole", head: { id: 5 } });
    const page = await log().page(undefined, 2);
    expect(page).toEqual([
      { id: 5, at: at.toISOString(), by: "account:1", action: "talk.view", subject: "talk:5" },
      { id: 4, at: at.toISOString(), by: "account:1", action: "talk.view", subject: "talk:4" },
    ]);
    expect((await log().page(4, 10)).map(({ id }) => id)).toEqual([3, 2, 1]);
  });

  it("is whole when it is empty", async () => {
    await asOwner("delete from audit; update audit_head set last_id = 0, hash = repeat('0', 64)");
    expect(await verify()).toEqual({ kind: "whole", head: { id: 0, hash: "0".repeat(64) } });
  });

  it("is refused any change by the database itself", async () => {
    for (const statement of ["update audit set by = 'account:2' where id = 3", "delete from audit where id = 5", "truncate audit"])
      await expect(database.transact((run) => run(statement))).rejects.toThrow(/only grows/);
    expect(await verify()).toMatchObject({ kind: "whole", head: { id: 5 } });
  });

  it.each([
    ["who", "by = 'account:2'"],
    ["what", "action = 'talk.answer'"],
    ["on what", "subject = null"],
    ["when", "at = at + interval '1 hour'"],
    ["its hash", "hash = repeat('a', 64)"],
  ])("shows a row of which somebody has changed %s", async (_name, change) => {
    await asOwner(`update audit set ${change} where id = 3`);
    expect(await verify()).toEqual({ kind: "changed", row: 3 });
  });

  it("shows a row whose hashes were made to fit", async () => {
    await asOwner("update audit set previous_hash = repeat('b', 64) where id = 3");
    expect(await verify()).toEqual({ kind: "changed", row: 3 });
    const { hashOfRow } = await import("../../src/people/audit-chain.ts");
    const [row] = await database.db.select().from(auditTable).where(sql`id = 3`);
    if (row === undefined) throw new Error("no row");
    await asOwner(`update audit set hash = '${hashOfRow(row)}' where id = 3`);
    expect(await verify()).toEqual({ kind: "broken", row: 3 });
  });

  it.each([
    ["the first", "1", { kind: "missing", row: 1 }],
    ["one in the middle", "3", { kind: "missing", row: 3 }],
    ["the last", "5", { kind: "cut", row: 5 }],
    ["all", "id", { kind: "cut", row: 1 }],
  ])("shows that %s is gone", async (_name, which, state) => {
    await asOwner(`delete from audit where id = ${which}`);
    expect(await verify()).toEqual(state);
  });

  it("shows an end that was cut with its head, or written anew, to whoever kept an end", async () => {
    const before = await verify();
    if (before.kind !== "whole") throw new Error(before.kind);
    const kept = before.head;
    await asOwner("delete from audit where id > 3; update audit_head set last_id = 3, hash = (select hash from audit where id = 3)");
    expect(await verify()).toMatchObject({ kind: "whole" });
    expect(await verifyAudit(database.db, kept)).toEqual({ kind: "cut", row: 4 });
    await record("talk:8");
    await record("talk:9");
    await record("talk:10");
    expect(await verify()).toMatchObject({ kind: "whole", head: { id: 6 } });
    expect(await verifyAudit(database.db, kept)).toEqual({ kind: "broken", row: 5 });
  });

  it("shows a row that was put in behind its head, and a head that is gone", async () => {
    await asOwner("update audit_head set last_id = 4, hash = (select hash from audit where id = 4)");
    expect(await verify()).toEqual({ kind: "broken", row: 5 });
    await database.db.delete(auditHead);
    expect(await verify()).toEqual({ kind: "cut", row: 1 });
    await expect(record("talk:6")).rejects.toThrow(/lost its head/);
    await database.db.insert(auditHead).values({ lastId: 0, hash: "0".repeat(64) });
  });

  it("goes with the change that it records, or not at all", async () => {
    const failing = database.db.transaction(async (transaction) => {
      await audit.record(transaction, { by: "account:1", action: "talk.close", subject: "talk:1" });
      throw new Error("the change failed");
    });
    await expect(failing).rejects.toThrow("the change failed");
    expect(await verify()).toMatchObject({ kind: "whole", head: { id: 5 } });
  });

  it("stays one chain when many append at once", async () => {
    await Promise.all(Array.from({ length: 40 }, (_, index) => record(`talk:${index}`)));
    expect(await verify()).toMatchObject({ kind: "whole", head: { id: 45 } });
  });

  it("takes ids and no text", async () => {
    for (const entry of [
      { by: "Anna Beispiel", action: "talk.view" },
      { by: "account:1", action: "Hat das Gespräch gelesen" },
      { by: "account:1", action: "talk.view", subject: "ich habe Schulden" },
      { by: "account:1", action: "talk.view", subject: "talk:ich habe Schulden" },
      { by: "account:1", action: "talk.view", subject: "anna@example.org" },
    ])
      await expect(log().record(entry)).rejects.toThrow(/ids only/);
    expect(await verify()).toMatchObject({ kind: "whole", head: { id: 5 } });
  });

  it("is looked through by the command's operation, also against an end that was kept", async () => {
    const run = createOperations(
      database.db,
      { onChange: async () => undefined, onRetry: () => undefined },
      { fetch: { allowedHosts: [] } },
    );
    const state = await run("audit.verify", {});
    expect(state).toMatchObject({ kind: "whole", head: { id: 5 } });
    expect(await run("audit.verify", { head: `3:${"c".repeat(64)}` })).toEqual({ kind: "broken", row: 3 });
    await expect(run("audit.verify", { head: "x" })).rejects.toThrow();
  });
});
