import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createCodeTries, endOldTries } from "../../src/catalogue/code-tries.ts";
import type { CodeTrier } from "../../src/core/code-tries.ts";
import { codeTries } from "../../src/database/schema.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../support/databases.ts";
import { openChat } from "./watches/fixtures.ts";

describe.each(databaseKinds())("wrong codes (%s)", (kind) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase(kind);
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await database.db.delete(codeTries);
  });

  const tries = () => createCodeTries(database.db);
  const newChat = () => openChat(database.db, "directline");
  const age = (minutes: number) =>
    database.db.execute(sql`update code_tries set tried_at = now() - make_interval(secs => ${minutes * 60})`);

  async function tryOften(times: number, trier: CodeTrier): Promise<void> {
    for (let time = 0; time < times; time += 1) await database.db.transaction((transaction) => tries().count(transaction, trier));
  }

  it("are too many at five in a conversation, for an hour, and no other one is refused", async () => {
    const conversationId = await newChat();
    await tryOften(4, { conversationId });
    expect(await tries().areTooMany({ conversationId })).toBe(false);
    await tryOften(1, { conversationId });
    expect(await tries().areTooMany({ conversationId })).toBe(true);
    expect(await tries().areTooMany({ conversationId: await newChat() })).toBe(false);
    await age(59);
    expect(await tries().areTooMany({ conversationId })).toBe(true);
    await age(60.1);
    expect(await tries().areTooMany({ conversationId })).toBe(false);
  });

  it("are too many at twenty from one address, over its conversations, for ten minutes", async () => {
    for (let chat = 0; chat < 5; chat += 1) {
      expect(await tries().areTooMany({ conversationId: await newChat(), client: "here" })).toBe(false);
      await tryOften(4, { conversationId: await newChat(), client: "here" });
    }
    const conversationId = await newChat();
    expect(await tries().areTooMany({ conversationId, client: "here" })).toBe(true);
    expect(await tries().areTooMany({ conversationId, client: "there" })).toBe(false);
    expect(await tries().areTooMany({ conversationId })).toBe(false);
    await age(10.1);
    expect(await tries().areTooMany({ conversationId, client: "here" })).toBe(false);
  });

  it("are counted by all processes at once, each in its own transaction", async () => {
    const chats = await Promise.all(Array.from({ length: 20 }, newChat));
    await Promise.all(chats.map((conversationId) => tryOften(1, { conversationId, client: "here" })));
    expect(await tries().areTooMany({ conversationId: await newChat(), client: "here" })).toBe(true);
  });

  it("are not counted in a turn that fails", async () => {
    const conversationId = await newChat();
    const failing = database.db.transaction(async (transaction) => {
      for (let time = 0; time < 5; time += 1) await tries().count(transaction, { conversationId });
      throw new Error("later");
    });
    await expect(failing).rejects.toThrow("later");
    expect(await tries().areTooMany({ conversationId })).toBe(false);
  });

  it("are forgotten: the address after ten minutes, the try after an hour", async () => {
    const conversationId = await newChat();
    await tryOften(1, { conversationId, client: "here" });
    await endOldTries(database.db);
    expect(await database.db.select().from(codeTries)).toMatchObject([{ conversationId, client: "here" }]);
    await age(10.1);
    await endOldTries(database.db);
    expect(await database.db.select().from(codeTries)).toMatchObject([{ conversationId, client: null }]);
    await age(60.1);
    await endOldTries(database.db);
    expect(await database.db.select().from(codeTries)).toEqual([]);
  });
});
