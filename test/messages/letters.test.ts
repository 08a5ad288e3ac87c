import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Reply } from "../../src/core/answer.ts";
import { contacts, outbox, sendQueue } from "../../src/database/schema.ts";
import { createInbox } from "../../src/messages/inbox.ts";
import { createLetters } from "../../src/messages/letters.ts";
import { ensureLimits, markLetters, takeLetters } from "../../src/messages/send-queue.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../support/databases.ts";
import { emptyMessages, messageOf, vault } from "./fixtures.ts";

const reply = (text: string): Reply => ({ lang: "de", lead: [text], cards: [], closing: [], buttons: [] });
const letters = createLetters(() => ["telegram"]);

describe.each(databaseKinds())("letters that answer no message (%s)", (kind) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase(kind);
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await emptyMessages(database);
    await ensureLimits(database.db, ["telegram"]);
  });

  const inbox = () => createInbox(database.db, vault, () => undefined);
  const chat = async (address: string, channel: "telegram" | "directline" = "telegram") =>
    (await inbox().accept({ ...messageOf(address, 1), channel })).conversationId;
  const push = (...given: readonly (readonly [string, string])[]) =>
    database.db.transaction((transaction) =>
      letters.push(
        transaction,
        given.map(([conversationId, text]) => ({ conversationId, reply: reply(text) })),
      ),
    );
  const withdraw = (conversationId: string) => database.db.transaction((transaction) => letters.withdraw(transaction, conversationId));
  const states = async (conversationId: string) =>
    (await database.db.select().from(outbox).where(eq(outbox.conversationId, conversationId)).orderBy(outbox.id)).map(({ state }) => state);
  const take = async () => (await takeLetters(database.db, "telegram", undefined, 10)).letters;
  const send = async () => {
    const taken = await take();
    await markLetters(
      database.db,
      taken.map((letter) => ({ letter, state: "sent", restSeconds: 0, counts: true })),
    );
    return taken.map((letter) => letter.reply);
  };

  it("leave by the send queue, in the order in which they were pushed", async () => {
    const [a, b] = [await chat("a"), await chat("b")];
    const ids = await push([a, "eins"], [b, "zwei"], [a, "drei"]);
    expect(ids.every((id) => id !== undefined)).toBe(true);
    expect(await database.db.select().from(outbox).where(eq(outbox.conversationId, a))).toMatchObject([
      { inReplyTo: null },
      { inReplyTo: null },
    ]);
    expect(await send()).toHaveLength(2);
    expect(await send()).toMatchObject([{ lead: ["drei"] }]);
    expect(await send()).toEqual([]);
    expect((await database.db.select().from(sendQueue)).map(({ waiting }) => waiting)).toEqual([0, 0]);
  });

  it("are not written to somebody who is gone, and not on a channel that nothing is sent to", async () => {
    const [here, gone, web] = [await chat("here"), await chat("gone"), await chat("web", "directline")];
    await database.db.update(contacts).set({ goneAt: new Date() }).where(eq(contacts.id, gone));
    const ids = await push([gone, "nie"], [here, "ja"], [web, "nie"]);
    expect(ids.map((id) => id !== undefined)).toEqual([false, true, false]);
    expect([await states(gone), await states(here), await states(web)]).toEqual([[], ["waiting"], []]);
  });

  it("are not there if the transaction that pushed them fails", async () => {
    const a = await chat("a");
    const failing = database.db.transaction(async (transaction) => {
      await letters.push(transaction, [{ conversationId: a, reply: reply("eins") }]);
      throw new Error("broken off");
    });
    await expect(failing).rejects.toThrow("broken off");
    expect(await states(a)).toEqual([]);
    expect(await database.db.select().from(sendQueue)).toEqual([]);
  });

  it("can be taken back as long as they have not left; answers and what is under way stay", async () => {
    const [a, b] = [await chat("a"), await chat("b")];
    await push([a, "unterwegs"], [a, "nicht mehr"], [b, "bleibt"]);
    const taken = await take();
    await withdraw(a);
    expect(await states(a)).toEqual(["waiting", "dropped"]);
    expect(await states(b)).toEqual(["waiting"]);
    await markLetters(
      database.db,
      taken.map((letter) => ({ letter, state: "sent", restSeconds: 0, counts: true })),
    );
    expect(await states(a)).toEqual(["sent", "dropped"]);
    await push([a, "noch einer"]);
    await withdraw(a);
    expect(await states(a)).toEqual(["sent", "dropped", "dropped"]);
    expect(await send()).toEqual([]);
    expect((await database.db.select().from(sendQueue)).map(({ waiting }) => waiting)).toEqual([0, 0]);
  });
});
