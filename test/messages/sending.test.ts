import { setTimeout as sleep } from "node:timers/promises";
import { asc, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Reply } from "../../src/core/answer.ts";
import { AppError } from "../../src/core/errors.ts";
import type { Sender } from "../../src/core/message.ts";
import { outbox } from "../../src/database/schema.ts";
import { openServer } from "../../src/database/server.ts";
import { createAddressVault } from "../../src/messages/address-vault.ts";
import { createInbox } from "../../src/messages/inbox.ts";
import { createSending } from "../../src/messages/sending.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../support/databases.ts";
import { createReadableLog, emptyMessages, messageOf, vault } from "./fixtures.ts";

const ignore = () => undefined;
const replyOf = (text: string): Reply => ({
  lang: "de",
  lead: [text],
  cards: [{ id: "kita", title: "Kita", lang: "en", lines: ["Wo: überall"], url: "https://example.org", source: "Quelle" }],
  closing: ["Ende"],
  buttons: [{ label: "Mehr", value: "more" }],
});

interface Sent {
  readonly address: string;
  readonly text: string;
  readonly id: number;
}

describe.each(databaseKinds())("sending (%s)", (kind) => {
  let database: TestDatabase;
  let sent: Sent[];
  let lines: string[];

  beforeAll(async () => {
    database = await openTestDatabase(kind);
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await emptyMessages(database);
    sent = [];
  });

  const letters = () => database.db.select().from(outbox).orderBy(asc(outbox.id));
  const makeAllDue = () => database.db.update(outbox).set({ nextAttemptAt: sql`now()`, leaseUntil: null });

  async function put(address: string, number: number, channel: "telegram" | "directline" = "telegram"): Promise<number> {
    const { id, conversationId } = await createInbox(database.db, vault, ignore).accept({ ...messageOf(address, number), channel });
    const [row] = await database.db
      .insert(outbox)
      .values({ conversationId, channel, inReplyTo: id, reply: replyOf(`${address} ${number}`) })
      .returning({ id: outbox.id });
    return row?.id ?? 0;
  }

  function senderOf(send: (sent: Sent) => Promise<unknown> = async () => undefined): Sender {
    return {
      channel: "telegram",
      send: async (address, reply, id) => {
        const each = { address, text: reply.lead[0] ?? "", id };
        await send(each);
        sent.push(each);
        return { platformId: `p${id}` };
      },
    };
  }

  function workerOf(sender: Sender, db = database.db, key = vault) {
    const readable = createReadableLog();
    lines = readable.lines;
    return createSending({ db, vault: key, senders: new Map([["telegram", sender]]), log: readable.log });
  }

  async function runDry(work: () => Promise<boolean>): Promise<void> {
    while (await work());
  }

  it("sends an answer whole to the platform's address, once, and keeps the platform's id", async () => {
    const id = await put("chat 1", 1);
    const given: Reply[] = [];
    const work = workerOf({
      channel: "telegram",
      send: async (address, reply) => {
        expect(address).toBe("chat 1");
        given.push(reply);
        return { platformId: "p1" };
      },
    });
    await runDry(work);
    expect(given).toEqual([replyOf("chat 1 1")]);
    expect(await letters()).toMatchObject([
      { id, state: "sent", platformId: "p1", attempts: 1, leaseUntil: null, sentAt: expect.any(Date) },
    ]);
    expect(await work()).toBe(false);
  });

  it("sends a conversation's answers in order, also when the first one has to be tried again", async () => {
    const [first] = [await put("a", 1), await put("a", 2), await put("a", 3)];
    const failing = new Set([first]);
    const work = workerOf(senderOf(({ id }) => (failing.delete(id) ? Promise.reject(new Error("429")) : Promise.resolve())));
    expect(await work()).toBe(true);
    expect(sent).toEqual([]);
    expect(await work()).toBe(false);
    await makeAllDue();
    await runDry(work);
    expect(sent.map(({ text }) => text)).toEqual(["a 1", "a 2", "a 3"]);
  });

  it("does not hold up other conversations by one that fails", async () => {
    await put("broken", 1);
    await put("fine", 1);
    await put("fine", 2);
    await runDry(workerOf(senderOf(({ address }) => (address === "broken" ? Promise.reject(new Error("blocked")) : Promise.resolve()))));
    expect(sent.map(({ text }) => text)).toEqual(["fine 1", "fine 2"]);
  });

  it("waits longer after each failure, then gives up and sends the next one", async () => {
    await put("a", 1);
    await put("a", 2);
    const work = workerOf(
      senderOf(({ text }) => (text === "a 1" ? Promise.reject(new AppError("SEND_FAILED", "refused")) : Promise.resolve())),
    );
    for (let attempt = 1; attempt < 8; attempt += 1) {
      expect(await work()).toBe(true);
      const [row] = await database.db
        .select({
          state: outbox.state,
          attempts: outbox.attempts,
          error: outbox.error,
          wait: sql<string>`extract(epoch from next_attempt_at - now())`,
        })
        .from(outbox)
        .orderBy(asc(outbox.id));
      expect(row).toMatchObject({ state: "waiting", attempts: attempt, error: "refused" });
      // Half to the whole of 2^attempts seconds; a second for a slow machine.
      expect(Number(row?.wait)).toBeGreaterThan(2 ** attempt / 2 - 1);
      expect(Number(row?.wait)).toBeLessThanOrEqual(2 ** attempt);
      expect(await work()).toBe(false);
      await makeAllDue();
    }
    await work();
    expect(await letters()).toMatchObject([{ state: "dead", attempts: 8 }, { state: "waiting" }]);
    await runDry(work);
    expect(sent.map(({ text }) => text)).toEqual(["a 2"]);
    expect(lines.filter((line) => line.includes('"dead":true'))).toHaveLength(1);
  });

  it("never sends an answer twice with three workers on one database", async () => {
    for (let chat = 0; chat < 10; chat += 1) for (const number of [1, 2, 3]) await put(`chat ${chat}`, number);
    const { url } = database;
    const servers = url === undefined ? [] : [1, 2].map(() => openServer(url, { connections: 2 }));
    const sender = senderOf(() => sleep(Math.random() * 4));
    const workers = [database, ...(servers.length > 0 ? servers : [database, database])].map(({ db }) => workerOf(sender, db));
    await Promise.all(workers.map(runDry));
    await runDry(workerOf(sender));
    await Promise.all(servers.map((server) => server.close()));
    expect(sent).toHaveLength(30);
    expect(new Set(sent.map(({ id }) => id)).size).toBe(30);
    for (let chat = 0; chat < 10; chat += 1)
      expect(sent.filter(({ address }) => address === `chat ${chat}`).map(({ text }) => text)).toEqual(
        [1, 2, 3].map((number) => `chat ${chat} ${number}`),
      );
  });

  it("sends again after a lease ran out, and drops what the first sender then says", async () => {
    await put("a", 1);
    const gate = Promise.withResolvers<void>();
    const reached = Promise.withResolvers<void>();
    const late = workerOf(
      senderOf(async () => {
        reached.resolve();
        await gate.promise;
        throw new Error("too late");
      }),
    )();
    await reached.promise;
    expect(await workerOf(senderOf())()).toBe(false);
    await database.db.update(outbox).set({ leaseUntil: sql`now() - interval '1 second'` });
    await runDry(workerOf(senderOf()));
    gate.resolve();
    await late;
    expect(await letters()).toMatchObject([{ state: "sent", error: null, attempts: 2 }]);
  });

  it("says that the DATA_KEY is wrong, shows no address, and loses nothing", async () => {
    await put("chat 4711", 1);
    const work = workerOf(senderOf(), database.db, createAddressVault(new Uint8Array(32).fill(9)));
    await work();
    expect(sent).toEqual([]);
    expect(lines.join()).toContain("DATA_KEY");
    expect(lines.join()).not.toContain("4711");
    await makeAllDue();
    await runDry(workerOf(senderOf()));
    expect(sent).toMatchObject([{ address: "chat 4711" }]);
  });

  it("does not hold up others by an answer or an address that cannot be read", async () => {
    const broken = await put("broken", 1);
    await database.db
      .update(outbox)
      .set({ reply: { lang: "xx", lead: "geheim" } })
      .where(eq(outbox.id, broken));
    await put("fine", 1);
    await runDry(workerOf(senderOf()));
    expect(sent.map(({ text }) => text)).toEqual(["fine 1"]);
    expect(await letters()).toMatchObject([{ state: "waiting", attempts: 1 }, { state: "sent" }]);
    expect(lines.join()).not.toContain("geheim");
  });

  it("leaves alone what channels without a sender have to say", async () => {
    await put("web", 1, "directline");
    await put("a", 1);
    await runDry(workerOf(senderOf()));
    expect(sent.map(({ text }) => text)).toEqual(["a 1"]);
    expect((await letters()).map(({ channel, state, attempts }) => ({ channel, state, attempts }))).toContainEqual({
      channel: "directline",
      state: "waiting",
      attempts: 0,
    });
  });
});
