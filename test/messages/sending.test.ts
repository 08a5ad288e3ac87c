import { setTimeout as sleep } from "node:timers/promises";
import { asc, eq, isNotNull, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Reply } from "../../src/core/answer.ts";
import { SendError, type SendFault } from "../../src/core/errors.ts";
import type { Sender } from "../../src/core/message.ts";
import { contacts, outbox, sendLimits, sendQueue } from "../../src/database/schema.ts";
import { openServer } from "../../src/database/server.ts";
import { createAddressVault } from "../../src/messages/address-vault.ts";
import { createAnswering } from "../../src/messages/answering.ts";
import { createInbox } from "../../src/messages/inbox.ts";
import { createSending } from "../../src/messages/sending.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../support/databases.ts";
import {
  assistantOf,
  createReadableLog,
  type DrivenWorker,
  drive,
  echo,
  emptyMessages,
  messageOf,
  noTyping,
  pushing,
  vault,
} from "./fixtures.ts";

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
  const restSeconds = async () => {
    const [row] = await database.db.select({ seconds: sql<string>`extract(epoch from due_at - now())` }).from(sendQueue);
    return Number(row?.seconds);
  };
  const makeAllDue = () => database.db.update(sendQueue).set({ dueAt: sql`now() - interval '1 millisecond'` });

  /** An answer that waits to be sent. */
  async function put(address: string, number: number, channel: "telegram" | "directline" = "telegram"): Promise<number> {
    await createInbox(database.db, vault, ignore).accept({ ...messageOf(address, number), channel });
    const assistant = assistantOf(async (message) => ({ answer: { ...echo(message), reply: replyOf(`${address} ${number}`) } }));
    const { log } = createReadableLog();
    await drive((onMore) =>
      createAnswering({ db: database.db, assistant, pushes: () => true, showTyping: noTyping, onAnswered: ignore, onMore, log }),
    ).runDry();
    return (await letters()).at(-1)?.id ?? 0;
  }

  function senderOf(send: (sent: Sent) => Promise<unknown> = async () => undefined): Sender {
    return {
      channel: "telegram",
      capabilities: pushing,
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
    return drive((onMore) => createSending({ db, vault: key, senders: new Map([["telegram", sender]]), onMore, log: readable.log }));
  }

  const runDry = (driven: DrivenWorker) => driven.runDry();

  it("sends an answer whole to the platform's address, once, and keeps the platform's id", async () => {
    const id = await put("chat 1", 1);
    const given: Reply[] = [];
    const work = workerOf({
      channel: "telegram",
      capabilities: pushing,
      send: async (address, reply) => {
        expect(address).toBe("chat 1");
        given.push(reply);
        return { platformId: "p1" };
      },
    });
    await runDry(work);
    expect(given).toEqual([replyOf("chat 1 1")]);
    expect(await letters()).toMatchObject([{ id, state: "sent", platformId: "p1", attempts: 1, error: null, sentAt: expect.any(Date) }]);
    await runDry(work);
    expect(given).toHaveLength(1);
  });

  it("sends a conversation's answers in order, also when the first one has to be tried again", async () => {
    const first = await put("a", 1);
    for (const number of [2, 3]) await put("a", number);
    const failing = new Set([first]);
    const work = workerOf(senderOf(({ id }) => (failing.delete(id) ? Promise.reject(new Error("429")) : Promise.resolve())));
    await work.turn();
    await work.turn();
    expect(sent).toEqual([]);
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
      senderOf(({ text }) => (text === "a 1" ? Promise.reject(new SendError("unreachable", "away")) : Promise.resolve())),
    );
    for (let attempt = 1; attempt < 12; attempt += 1) {
      await work.turn();
      expect((await letters())[0]).toMatchObject({ state: "waiting", attempts: attempt, error: "away" });
      const wait = await restSeconds();
      // Half to the whole of 2^attempts / 2 seconds, five minutes at most; a second for a slow machine.
      const longest = Math.min(300, 2 ** attempt / 2);
      expect(wait).toBeGreaterThan(longest / 2 - 1);
      expect(wait).toBeLessThanOrEqual(longest);
      await makeAllDue();
    }
    await work.turn();
    expect(await letters()).toMatchObject([{ state: "dead", attempts: 12 }, { state: "waiting" }]);
    await runDry(work);
    expect(sent.map(({ text }) => text)).toEqual(["a 2"]);
    expect(lines.filter((line) => line.includes('"state":"dead"'))).toHaveLength(1);
  });

  it("never sends an answer twice with three workers on one database", async () => {
    for (let chat = 0; chat < 10; chat += 1) for (const number of [1, 2, 3]) await put(`chat ${chat}`, number);
    const { url } = database;
    const servers = url === undefined ? [] : [1, 2].map(() => openServer(url, { connections: 2 }));
    const sender = senderOf(() => sleep(Math.random() * 4));
    const workers = [database, ...(servers.length > 0 ? servers : [database, database])].map(({ db }) => workerOf(sender, db));
    await Promise.all(workers.map((worker) => worker.runDry()));
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
    ).turn();
    await reached.promise;
    await workerOf(senderOf()).turn();
    expect(sent).toEqual([]);
    await makeAllDue();
    await runDry(workerOf(senderOf()));
    gate.resolve();
    await late;
    expect(await letters()).toMatchObject([{ state: "sent", error: null, attempts: 1 }]);
    expect(sent).toHaveLength(1);
  });

  it("says that the DATA_KEY is wrong, shows no address, and loses nothing", async () => {
    await put("chat 4711", 1);
    const work = workerOf(senderOf(), database.db, createAddressVault(new Uint8Array(32).fill(9)));
    await work.turn();
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

  describe("what the platform says", () => {
    const fault = (kind: SendFault, seconds?: number) =>
      Promise.reject(new SendError(kind, `it was ${kind}`, seconds === undefined ? {} : { retryAfterSeconds: seconds }));
    const states = async () => (await letters()).map(({ state }) => state);

    it("refused: a dead letter at once, and the next one goes on", async () => {
      for (const number of [1, 2]) await put("a", number);
      await runDry(workerOf(senderOf(({ text }) => (text === "a 1" ? fault("refused") : Promise.resolve()))));
      expect(await letters()).toMatchObject([{ state: "dead", attempts: 1, error: "it was refused" }, { state: "sent" }]);
    });

    it("gone: everything to that person ends, nothing is a dead letter, and a new message makes them reachable again", async () => {
      for (const number of [1, 2]) await put("a", number);
      await put("b", 1);
      await runDry(workerOf(senderOf(({ address }) => (address === "a" ? fault("gone") : Promise.resolve()))));
      expect(await states()).toEqual(["gone", "gone", "sent"]);
      const [contact] = await database.db.select().from(contacts).where(isNotNull(contacts.goneAt));
      expect(contact).toMatchObject({ goneAt: expect.any(Date) });
      await put("a", 3);
      await runDry(workerOf(senderOf()));
      expect(sent.map(({ text }) => text)).toEqual(["b 1", "a 3"]);
      expect(await database.db.select().from(contacts).where(isNotNull(contacts.goneAt))).toEqual([]);
    });

    it("gone: an answer that was still being made is written down and not sent", async () => {
      await createInbox(database.db, vault, ignore).accept({ ...messageOf("a", 1), channel: "telegram" });
      await database.db.update(contacts).set({ goneAt: sql`now()` });
      const parts = { db: database.db, assistant: assistantOf(), pushes: () => true, onAnswered: ignore, log: createReadableLog().log };
      await drive((onMore) => createAnswering({ ...parts, showTyping: noTyping, onMore })).runDry();
      await runDry(workerOf(senderOf()));
      expect(await states()).toEqual(["gone"]);
      expect(sent).toEqual([]);
    });

    it("throttled: the whole channel waits as long as it says, in every process, and it counts as no attempt", async () => {
      await put("a", 1);
      await put("b", 1);
      let first = true;
      const sender = senderOf(() => {
        if (!first) return Promise.resolve();
        first = false;
        return fault("throttled", 30);
      });
      const capped = { ...sender, capabilities: { ...pushing, pace: { perSecond: 10, perChatPerSecond: 10 } } };
      await workerOf(capped).turn();
      expect(sent).toHaveLength(0);
      expect(await letters()).toMatchObject([
        { state: "waiting", attempts: 0 },
        { state: "waiting", attempts: 0 },
      ]);
      await makeAllDue();
      const other = workerOf(capped);
      expect(await other.worker.step()).toBeGreaterThan(25_000);
      expect(sent).toEqual([]);
      await database.db.update(sendLimits).set({ pausedUntil: sql`now()` });
      await sleep(150);
      await runDry(other);
      await sleep(150);
      await runDry(other);
      expect(sent.map(({ text }) => text).sort()).toEqual(["a 1", "b 1"]);
    });

    it.each([
      ["resend", "waiting"],
      ["flag", "flagged"],
    ] as const)(
      "throttled after a part has arrived, policy %s: the channel waits, and the answer is %s after an attempt that counts",
      async (brokenOff, state) => {
        await put("a", 1);
        const sender = senderOf(() => Promise.reject(new SendError("throttled", "too much", { retryAfterSeconds: 30, partly: true })));
        const work = workerOf({ ...sender, capabilities: { ...pushing, brokenOff, pace: { perSecond: 10, perChatPerSecond: 10 } } });
        await work.turn();
        expect(await letters()).toMatchObject([{ state, attempts: 1 }]);
        const [limit] = await database.db.select({ waits: sql<boolean>`paused_until > now() + interval '20 seconds'` }).from(sendLimits);
        expect(limit).toEqual({ waits: true });
      },
    );

    it.each([
      ["resend", "waiting"],
      ["repeatable", "waiting"],
      ["flag", "flagged"],
    ] as const)("uncertain, policy %s: the answer is %s", async (brokenOff, state) => {
      for (const number of [1, 2]) await put("a", number);
      const uncertain = {
        ...senderOf(({ text }) => (text === "a 1" ? fault("uncertain") : Promise.resolve())),
        capabilities: { ...pushing, brokenOff },
      };
      await runDry(workerOf(uncertain));
      expect((await letters())[0]).toMatchObject({ state, attempts: 1, error: "it was uncertain" });
      expect(sent.map(({ text }) => text)).toEqual(state === "flagged" ? ["a 2"] : []);
    });
  });

  describe("a sending that was broken off by the end of its process", () => {
    /** A worker that took a letter and is never heard of again, its lease run out. */
    async function breakOff() {
      for (const number of [1, 2]) await put("a", number);
      const killed = workerOf({ ...senderOf(), send: () => new Promise(() => undefined) });
      await killed.worker.step();
      await killed.worker.abandon();
      await makeAllDue();
    }

    it.each(["resend", "repeatable"] as const)("is sent again under the policy %s", async (brokenOff) => {
      await breakOff();
      await runDry(workerOf({ ...senderOf(), capabilities: { ...pushing, brokenOff } }));
      expect(sent.map(({ text }) => text)).toEqual(["a 1", "a 2"]);
    });

    it("is left to staff under the policy flag, and the next answer goes on", async () => {
      await breakOff();
      await runDry(workerOf({ ...senderOf(), capabilities: { ...pushing, brokenOff: "flag" } }));
      expect((await letters()).map(({ state }) => state)).toEqual(["flagged", "sent"]);
      expect(sent.map(({ text }) => text)).toEqual(["a 2"]);
    });
  });

  describe("a channel's pace", () => {
    const paced = (perSecond: number, perChatPerSecond: number) => ({
      ...senderOf(),
      capabilities: { ...pushing, pace: { perSecond, perChatPerSecond } },
    });

    it("holds for all processes together: a tenth of it at once, the rest evenly", async () => {
      for (let chat = 0; chat < 8; chat += 1) await put(`chat ${chat}`, 1);
      const [one, two] = [workerOf(paced(30, 1)), workerOf(paced(30, 1))];
      await one.turn();
      await two.turn();
      expect(sent.length).toBeGreaterThanOrEqual(3);
      const started = Date.now();
      const before = sent.length;
      while (sent.length < 8) await Promise.all([one.turn(), two.turn()]);
      // 27 a second, evenly, after what was left of the burst.
      expect(Date.now() - started).toBeGreaterThanOrEqual((8 - before - 1) * 37 - 37);
    });

    it("says when the next one may go", async () => {
      for (let chat = 0; chat < 5; chat += 1) await put(`chat ${chat}`, 1);
      const { worker } = workerOf(paced(1, 1));
      await worker.step();
      await worker.idle();
      expect(sent).toHaveLength(1);
      const next = await worker.step();
      expect(next).toBeGreaterThan(500);
      expect(next).toBeLessThanOrEqual(1112);
    });

    it("lets a chat rest after each answer and the others go on", async () => {
      for (const number of [1, 2]) await put("a", number);
      await put("b", 1);
      const work = workerOf(paced(1000, 1));
      await runDry(work);
      expect(sent.map(({ text }) => text).sort()).toEqual(["a 1", "b 1"]);
      expect(await restSeconds()).toBeGreaterThan(0.5);
      await makeAllDue();
      await runDry(work);
      expect(sent).toHaveLength(3);
    });
  });

  it("keeps its lease while the platform lets it wait", async () => {
    await put("a", 1);
    const gate = Promise.withResolvers<void>();
    const { worker } = workerOf(senderOf(() => gate.promise));
    await worker.step();
    await database.db.update(sendQueue).set({ dueAt: sql`now() + interval '3 seconds'` });
    await vi.waitFor(async () => expect(await restSeconds()).toBeGreaterThan(4), { timeout: 10_000, interval: 50 });
    gate.resolve();
    await worker.idle();
    expect(await letters()).toMatchObject([{ state: "sent" }]);
  });

  it("counts anew where a conversation says that an answer waits and none does", async () => {
    await put("a", 1);
    await database.db.update(sendQueue).set({ waiting: 3 });
    const work = workerOf(senderOf());
    for (let turn = 0; turn < 3; turn += 1) await work.runDry();
    expect(await database.db.select().from(sendQueue)).toMatchObject([{ waiting: 0, underWay: false }]);
    await put("a", 2);
    await work.runDry();
    expect(sent).toHaveLength(2);
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
