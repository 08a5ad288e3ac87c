import { setTimeout as sleep } from "node:timers/promises";
import { asc, eq, sql } from "drizzle-orm";
import type { Logger } from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Assistant, Channel, StoredMessage } from "../../src/core/message.ts";
import type { Database } from "../../src/database/database.ts";
import { contacts, inbox, outbox } from "../../src/database/schema.ts";
import { openServer } from "../../src/database/server.ts";
import { createAnswering } from "../../src/messages/answering.ts";
import { createInbox } from "../../src/messages/inbox.ts";
import { endLeases } from "../../src/messages/leases.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../support/databases.ts";
import { assistantOf, createReadableLog, type DrivenWorker, drive, emptyMessages, messageOf, noTyping, vault } from "./fixtures.ts";

const ignore = () => undefined;

describe.each(databaseKinds())("answering (%s)", (kind) => {
  let database: TestDatabase;
  let lines: string[];

  beforeAll(async () => {
    database = await openTestDatabase(kind);
  });
  afterAll(() => database.close());
  beforeEach(() => emptyMessages(database));

  const accept = (address: string, number: number, text?: string) =>
    createInbox(database.db, vault, ignore).accept(messageOf(address, number, text));
  /** Makes the messages lie so far apart that each is answered by itself. */
  const spread = () =>
    database.db.update(inbox).set({ receivedAt: sql`'2026-01-01'::timestamptz + make_interval(secs => 10 * ${inbox.id})` });
  const messages = () => database.db.select().from(inbox).orderBy(asc(inbox.id));
  const replies = () => database.db.select().from(outbox).orderBy(asc(outbox.id));
  const runOut = () => database.db.update(contacts).set({ dueAt: sql`now() - interval '1 second'` });
  const leaseSeconds = async () => {
    const [row] = await database.db.select({ seconds: sql<string>`extract(epoch from due_at - now())` }).from(contacts);
    return Number(row?.seconds);
  };

  function workerOf(assistant: Assistant<Database>, onAnswered: (id: number) => void = ignore) {
    const readable = createReadableLog();
    lines = readable.lines;
    return driverOf(assistant, database.db, readable.log, onAnswered);
  }

  function driverOf(assistant: Assistant<Database>, db: Database, log: Logger, onAnswered: (id: number) => void = ignore) {
    const pushes = (channel: Channel) => channel === "telegram";
    return drive((onMore) => createAnswering({ db, assistant, pushes, showTyping: noTyping, onAnswered, onMore, log }));
  }

  const runDry = (driven: DrivenWorker) => driven.runDry();

  it("answers each message once, in order", async () => {
    const ids = [await accept("a", 1), await accept("a", 2), await accept("a", 3)].map(({ id }) => id);
    await spread();
    const answered: number[] = [];
    const work = workerOf(assistantOf(), (id) => answered.push(id));
    await runDry(work);
    expect(answered).toEqual(ids);
    expect((await messages()).map(({ state }) => state)).toEqual(["answered", "answered", "answered"]);
    expect(await replies()).toMatchObject(
      ids.map((id, index) => ({ inReplyTo: id, inboxIds: [id], reply: { lead: [`Antwort auf Frage ${index + 1}`] } })),
    );
    expect(await database.db.select().from(contacts)).toMatchObject([{ waiting: 0 }]);
    await runDry(work);
    expect(await replies()).toHaveLength(3);
  });

  it("gives an answer an id behind its question's, and leaves it to be sent only on channels that push", async () => {
    await accept("a", 1);
    await createInbox(database.db, vault, ignore).accept({ ...messageOf("b", 1), channel: "telegram" });
    await runDry(workerOf(assistantOf()));
    const sent = await replies();
    expect(sent.every(({ id, inReplyTo }) => id > (inReplyTo ?? id))).toBe(true);
    expect(Object.fromEntries(sent.map(({ channel, state }) => [channel, state]))).toEqual({ directline: "sent", telegram: "waiting" });
  });

  it("hands the assistant what was stored", async () => {
    const given: StoredMessage[] = [];
    const { id, conversationId } = await createInbox(database.db, vault, ignore).accept({ ...messageOf("a", 1), interfaceLang: "uk" });
    await runDry(
      workerOf(
        assistantOf(async (message) => {
          given.push(message);
          return {};
        }),
      ),
    );
    expect(given).toEqual([{ id, conversationId, channel: "directline", content: { kind: "text", text: "Frage 1" }, interfaceLang: "uk" }]);
  });

  it("hands over the mark of where a message came from, and keeps none once it is answered or given up", async () => {
    const given: (string | undefined)[] = [];
    for (const number of [1, 2])
      await createInbox(database.db, vault, ignore).accept({ ...messageOf(`chat ${number}`, number), client: "203.0.113.7" });
    await database.db.update(inbox).set({ attempts: 4 }).where(eq(inbox.externalId, "chat 2:2"));
    const [{ client: mark } = { client: null }] = await messages();
    const assistant = assistantOf(async (message) => {
      given.push(message.client);
      if (message.content.kind === "text" && message.content.text === "Frage 2") throw new Error("no answer");
      return {};
    });
    await runDry(workerOf(assistant));
    expect(given).toEqual([mark, mark]);
    expect(await messages()).toMatchObject([
      { state: "answered", client: null },
      { state: "dead", client: null },
    ]);
  });

  it("writes the turn in the same transaction as the answer: both or none", async () => {
    await accept("a", 1);
    const work = workerOf(
      assistantOf(async () => ({
        save: async (transaction, ids) => {
          expect(ids).toEqual((await transaction.select().from(inbox)).map(({ id }) => id));
          throw new Error("the turn cannot be written");
        },
      })),
    );
    await work.turn();
    expect(await replies()).toEqual([]);
    expect(await messages()).toMatchObject([{ state: "waiting", attempts: 1 }]);
  });

  it("never answers a message twice with four workers on one database", async () => {
    const urls = database.url === undefined ? [] : [database.url, database.url, database.url];
    const servers = urls.map((url) => openServer(url, { connections: 2 }));
    const calls: number[] = [];
    const assistant = assistantOf(async ({ id }) => {
      calls.push(id);
      await sleep(Math.random() * 4);
      return {};
    });
    const { log } = createReadableLog();
    const databases = [database, ...(servers.length > 0 ? servers : [database, database, database])];
    const workers = databases.map(({ db }) => driverOf(assistant, db, log));
    const addresses = Array.from({ length: 12 }, (_, index) => `chat ${index}`);
    const sending = { done: false };
    const working = workers.map(async (worker) => {
      while (!sending.done) {
        await worker.runDry();
        await sleep(1);
      }
    });
    await Promise.all(addresses.flatMap((address) => [1, 2, 3, 4].map((number) => accept(address, number))));
    sending.done = true;
    await Promise.all(working);
    for (const worker of workers) await worker.runDry();
    await Promise.all(servers.map((server) => server.close()));
    expect(new Set(calls).size).toBe(calls.length);
    const sent = await replies();
    expect(sent).toHaveLength(calls.length);
    expect(sent.flatMap(({ inboxIds }) => inboxIds).sort((a, b) => a - b)).toEqual((await messages()).map(({ id }) => id));
    for (const conversation of new Set(sent.map(({ conversationId }) => conversationId))) {
      const order = sent.filter((each) => each.conversationId === conversation).flatMap(({ inboxIds }) => inboxIds);
      expect(order).toEqual([...order].sort((a, b) => a - b));
    }
    expect(await database.db.select({ waiting: contacts.waiting }).from(contacts)).toEqual(addresses.map(() => ({ waiting: 0 })));
  });

  it("does not hold up other conversations by one that is being answered", async () => {
    await accept("slow", 1);
    const gate = Promise.withResolvers<void>();
    const slow = workerOf(
      assistantOf(async () => {
        await gate.promise;
        return {};
      }),
    ).turn();
    await vi.waitFor(async () => expect(await leaseSeconds()).toBeGreaterThan(0));
    await accept("quick", 1);
    await runDry(workerOf(assistantOf()));
    expect((await messages()).map(({ state }) => state)).toEqual(["waiting", "answered"]);
    gate.resolve();
    await slow;
    expect((await messages()).map(({ state }) => state)).toEqual(["answered", "answered"]);
  });

  it("makes the answer outside any transaction: messages come in meanwhile", async () => {
    await accept("a", 1);
    await runDry(
      workerOf(
        assistantOf(async ({ id }) => {
          if ((await messages()).length === 1) await accept("a", 2);
          expect((await messages()).find((each) => each.id === id)?.state).toBe("waiting");
          return {};
        }),
      ),
    );
    expect((await messages()).map(({ state }) => state)).toEqual(["answered", "answered"]);
  });

  describe("messages written in one breath", () => {
    it("are understood together: one turn and one answer, whose ids are all of theirs", async () => {
      const ids = [await accept("a", 1), await accept("a", 2), await accept("a", 3)].map(({ id }) => id);
      const answered: number[] = [];
      const saved: (readonly number[])[] = [];
      const assistant = assistantOf(async () => ({ save: async (_, inboxIds) => void saved.push(inboxIds) }));
      await workerOf(assistant, (id) => answered.push(id)).runDry();
      expect(await replies()).toMatchObject([
        { inboxIds: ids, inReplyTo: ids[2], reply: { lead: ["Antwort auf Frage 1\nFrage 2\nFrage 3"] } },
      ]);
      expect(saved).toEqual([ids]);
      expect(answered).toEqual(ids);
      expect((await messages()).map(({ state }) => state)).toEqual(["answered", "answered", "answered"]);
      expect(await database.db.select().from(contacts)).toMatchObject([{ waiting: 0 }]);
    });

    it("are answered alone after they failed together, so that the one that cannot be answered takes no other with it", async () => {
      for (const [index, said] of ["gut", "kaputt", "auch gut"].entries()) await accept("a", index, said);
      const assistant = assistantOf(({ content }) =>
        content.kind === "text" && content.text.includes("kaputt") ? Promise.reject(new Error("no answer")) : Promise.resolve({}),
      );
      const work = workerOf(assistant);
      for (let turn = 0; turn < 12; turn += 1) {
        await work.runDry();
        await runOut();
      }
      expect((await messages()).map(({ state }) => state)).toEqual(["answered", "dead", "answered"]);
      expect(await replies()).toMatchObject([{ reply: { lead: ["Antwort auf gut"] } }, { reply: { lead: ["Antwort auf auch gut"] } }]);
    });

    it("are erased together where the topic is personal", async () => {
      await accept("a", 1, "sehr");
      await accept("a", 2, "persönlich");
      await workerOf(assistantOf(async () => ({ erase: "message" }))).runDry();
      expect((await messages()).map(({ content }) => content)).toEqual([1, 2].map(() => ({ kind: "text", text: "" })));
    });
  });

  describe("an answer that hangs", () => {
    /** An assistant that never answers the conversation with this text. */
    const hanging = (gate: Promise<void>) =>
      assistantOf(async ({ content }) => {
        if (content.kind === "text" && content.text === "hängt") await gate;
        return {};
      });

    it("holds up no other conversation of the same worker, whatever comes after it", async () => {
      const gate = Promise.withResolvers<void>();
      const { worker, turn } = workerOf(hanging(gate.promise));
      await accept("slow", 1, "hängt");
      await worker.step();
      for (const [index, address] of ["b", "c", "d"].entries()) {
        await accept(address, 1);
        await worker.step();
        await vi.waitFor(async () => expect(await replies()).toHaveLength(index + 1));
      }
      gate.resolve();
      await turn();
      expect(await replies()).toHaveLength(4);
    });

    it("keeps its lease as long as it goes on, so that nobody else makes it as well", async () => {
      const gate = Promise.withResolvers<void>();
      const { worker, turn } = workerOf(hanging(gate.promise));
      await accept("slow", 1, "hängt");
      await worker.step();
      await database.db.update(contacts).set({ dueAt: sql`now() + interval '3 seconds'` });
      await vi.waitFor(async () => expect(await leaseSeconds()).toBeGreaterThan(4), { timeout: 10_000, interval: 50 });
      gate.resolve();
      await turn();
      expect(await replies()).toHaveLength(1);
    });

    it("has failed after a time, and its late words are not used", async () => {
      const gate = Promise.withResolvers<void>();
      const parts = {
        db: database.db,
        assistant: hanging(gate.promise),
        pushes: () => false,
        onAnswered: ignore,
        log: createReadableLog().log,
      };
      const { turn } = drive((onMore) => createAnswering({ ...parts, showTyping: noTyping, onMore, longestAnswerMs: 30 }));
      await accept("slow", 1, "hängt");
      await turn();
      expect(await messages()).toMatchObject([{ state: "waiting", attempts: 1, error: expect.stringContaining("30 ms") }]);
      gate.resolve();
      await sleep(20);
      expect(await replies()).toEqual([]);
    });

    it("is taken up at once by a process that knows to be the only one", async () => {
      const { worker } = workerOf(hanging(new Promise(() => undefined)));
      await accept("slow", 1, "hängt");
      await worker.step();
      const next = workerOf(assistantOf());
      await next.runDry();
      expect(await replies()).toEqual([]);
      await endLeases(database.db);
      await next.runDry();
      expect(await replies()).toHaveLength(1);
    });

    it("is given up when the worker ends, for another one to take at once", async () => {
      const { worker } = workerOf(hanging(new Promise(() => undefined)));
      await accept("slow", 1, "hängt");
      await worker.step();
      await worker.abandon();
      await workerOf(assistantOf()).runDry();
      expect(await replies()).toHaveLength(1);
    });
  });

  it("takes the conversation that waited longest first, and no more than it has room for", async () => {
    for (let chat = 0; chat < 40; chat += 1) await accept(`chat ${chat}`, 1);
    const started: number[] = [];
    const gate = Promise.withResolvers<void>();
    const { worker, runDry: finish } = workerOf(
      assistantOf(async ({ id }) => {
        started.push(id);
        await gate.promise;
        return {};
      }),
    );
    await worker.step();
    await worker.step();
    const ids = (await messages()).map(({ id }) => id);
    await vi.waitFor(() => expect(started).toHaveLength(32));
    expect([...started].sort((a, b) => a - b)).toEqual(ids.slice(0, 32));
    gate.resolve();
    await finish();
    expect(await replies()).toHaveLength(40);
  });

  it("keeps the other answers of a batch where one cannot be written", async () => {
    for (const address of ["a", "b", "c", "d"]) await accept(address, 1, address);
    const assistant = assistantOf(async ({ content }) => ({
      save: async (transaction) => {
        if (content.kind === "text" && content.text === "b") await transaction.execute(sql`select 1 / 0`);
      },
    }));
    await workerOf(assistant).turn();
    expect((await messages()).map(({ state, attempts }) => ({ state, attempts }))).toEqual([
      { state: "answered", attempts: 0 },
      { state: "waiting", attempts: 1 },
      { state: "answered", attempts: 0 },
      { state: "answered", attempts: 0 },
    ]);
  });

  describe("a lease that ran out", () => {
    /** A first worker that claimed and waits at the gate, after which its lease ran out and another worker answered. */
    async function overtake(first: (message: StoredMessage) => Promise<Partial<Awaited<ReturnType<Assistant<Database>["answer"]>>>>) {
      await accept("a", 1);
      const gate = Promise.withResolvers<void>();
      const reached = Promise.withResolvers<void>();
      const saved = vi.fn(async () => undefined);
      const onAnswered = vi.fn();
      const late = workerOf(
        assistantOf(async (message) => {
          reached.resolve();
          await gate.promise;
          return { save: saved, ...(await first(message)) };
        }),
        onAnswered,
      ).turn();
      await reached.promise;
      await runOut();
      await runDry(workerOf(assistantOf()));
      const finish = async () => {
        gate.resolve();
        await late;
      };
      return { saved, onAnswered, finish };
    }

    it("is taken over, and the first worker's late answer is dropped", async () => {
      const { saved, onAnswered, finish } = await overtake(async () => ({}));
      expect(await replies()).toHaveLength(1);
      await finish();
      expect(await replies()).toHaveLength(1);
      expect(saved).not.toHaveBeenCalled();
      expect(onAnswered).not.toHaveBeenCalled();
      expect(await database.db.select().from(contacts)).toMatchObject([{ waiting: 0 }]);
    });

    it("is no second one where its message has been answered since it was claimed, and what waits is counted anew", async () => {
      const [gate, reached] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const { id } = await accept("a", 1);
      const turn = workerOf(
        assistantOf(async () => {
          reached.resolve();
          await gate.promise;
          return {};
        }),
      ).turn();
      await reached.promise;
      await database.db.update(inbox).set({ state: "answered" }).where(eq(inbox.id, id));
      await accept("a", 2);
      gate.resolve();
      await turn;
      expect(await replies()).toEqual([]);
      expect(await database.db.select().from(contacts)).toMatchObject([{ waiting: 1 }]);
      await runDry(workerOf(assistantOf()));
      expect((await replies()).map(({ reply }) => reply)).toMatchObject([{ lead: ["Antwort auf Frage 2"] }]);
    });

    it("is taken over, and the first worker's late failure changes nothing", async () => {
      const { finish } = await overtake(() => Promise.reject(new Error("too late")));
      await finish();
      expect(await messages()).toMatchObject([{ state: "answered", attempts: 0 }]);
      await accept("a", 2);
      await runDry(workerOf(assistantOf()));
      expect((await replies()).map(({ reply }) => reply)).toMatchObject([
        { lead: ["Antwort auf Frage 1"] },
        { lead: ["Antwort auf Frage 2"] },
      ]);
    });
  });

  it("counts anew where a conversation says that messages wait and none does", async () => {
    await accept("a", 1);
    const work = workerOf(assistantOf());
    await runDry(work);
    await database.db.update(contacts).set({ waiting: 3 });
    await runDry(work);
    expect(await database.db.select().from(contacts)).toMatchObject([{ waiting: 0 }]);
    await accept("a", 2);
    await runDry(work);
    expect(await replies()).toHaveLength(2);
  });

  it("does not answer again what is answered when a listener fails", async () => {
    await accept("a", 1);
    const work = workerOf(assistantOf(), () => {
      throw new Error("a listener's fault");
    });
    await work.turn();
    expect(await messages()).toMatchObject([{ state: "answered", attempts: 0 }]);
    expect(await replies()).toHaveLength(1);
  });

  it("does not answer again what was committed and whose confirmation was lost", async () => {
    await accept("a", 1);
    const work = workerOf(
      assistantOf(async ({ id }) => {
        await database.db.update(inbox).set({ state: "answered" }).where(eq(inbox.id, id));
        throw new Error("the connection broke");
      }),
    );
    await work.turn();
    expect(await messages()).toMatchObject([{ state: "answered", attempts: 0 }]);
  });

  it("tries a failing answer again with growing waits, gives up after five, and then answers the next message", async () => {
    await accept("a", 1, "kaputt");
    await accept("a", 2);
    await spread();
    const assistant = assistantOf(({ content }) =>
      content.kind === "text" && content.text === "kaputt" ? Promise.reject(new Error("no answer")) : Promise.resolve({}),
    );
    const work = workerOf(assistant);
    const waits: number[] = [];
    for (let attempt = 1; attempt < 5; attempt += 1) {
      await work.turn();
      await work.turn();
      expect(await messages()).toMatchObject([
        { state: "waiting", attempts: attempt },
        { state: "waiting", attempts: 0 },
      ]);
      waits.push(await leaseSeconds());
      await runOut();
    }
    for (const [index, wait] of waits.entries()) {
      expect(wait).toBeGreaterThan(2 ** (index + 1) - 1.5);
      expect(wait).toBeLessThanOrEqual(2 ** (index + 1));
    }
    await work.turn();
    expect(await messages()).toMatchObject([{ state: "dead", attempts: 5 }, { state: "waiting" }]);
    await runDry(work);
    expect(await messages()).toMatchObject([{ state: "dead" }, { state: "answered" }]);
    expect(await replies()).toMatchObject([{ reply: { lead: ["Antwort auf Frage 2"] } }]);
    expect(await database.db.select().from(contacts)).toMatchObject([{ waiting: 0 }]);
  });

  it("logs no text, whatever fails", async () => {
    await accept("a", 1, "geheime Frage");
    const secret = { lead: ["geheime Frage"] };
    // A reply that the database refuses: drivers put the values of such a query into their messages.
    const work = workerOf(
      assistantOf(async () => ({
        save: async (transaction) => {
          await transaction.execute(sql`insert into outbox (conversation_id, reply) values (null, ${JSON.stringify(secret)}::jsonb)`);
        },
      })),
    );
    await work.turn();
    expect(lines.join()).toContain("not answered");
    expect(lines.join()).not.toContain("geheim");
  });

  describe("erasing", () => {
    it("takes away the text of one message, and its answer stays", async () => {
      await accept("a", 1, "erste Frage");
      await accept("a", 2, "sehr persönlich");
      await spread();
      await runDry(
        workerOf(
          assistantOf(async ({ content }) => ({
            erase: content.kind === "text" && content.text === "sehr persönlich" ? "message" : "nothing",
          })),
        ),
      );
      expect((await messages()).map(({ content }) => content)).toEqual([
        { kind: "text", text: "erste Frage" },
        { kind: "text", text: "" },
      ]);
      expect(await replies()).toHaveLength(2);
    });

    it("leaves a button press of a personal topic what it is", async () => {
      await createInbox(database.db, vault, ignore).accept({ ...messageOf("a", 1), content: { kind: "button", value: "need:gewalt" } });
      await runDry(workerOf(assistantOf(async () => ({ erase: "message" }))));
      expect((await messages()).map(({ content }) => content)).toEqual([{ kind: "button", value: "need:gewalt" }]);
    });

    it("takes away where somebody is who asks about a personal topic", async () => {
      const place = { kind: "location", latitude: 48.12, longitude: 11.54 } as const;
      await createInbox(database.db, vault, ignore).accept({ ...messageOf("a", 1), content: place });
      await runDry(workerOf(assistantOf(async () => ({ erase: "message" }))));
      expect((await messages()).map(({ content }) => content)).toEqual([{ kind: "text", text: "" }]);
    });

    it("takes away all that was said in a conversation, but neither others' nor what waits to be answered", async () => {
      await accept("other", 1, "Frage von anderen");
      await accept("a", 1, "erste Frage");
      const plain = workerOf(assistantOf());
      await runDry(plain);
      await accept("a", 2, "alles löschen");
      await accept("a", 3, "neue Frage");
      await spread();
      await runDry(
        workerOf(
          assistantOf(async ({ content }) => ({
            erase: content.kind === "text" && content.text === "alles löschen" ? "conversation" : "nothing",
          })),
        ),
      );
      const texts = (await messages()).map(({ content, state }) => ({ content, state }));
      expect(texts).toEqual([
        { content: { kind: "text", text: "Frage von anderen" }, state: "answered" },
        { content: { kind: "text", text: "" }, state: "answered" },
        { content: { kind: "text", text: "" }, state: "answered" },
        { content: { kind: "text", text: "neue Frage" }, state: "answered" },
      ]);
      const leads = (await replies()).map(({ reply }) => reply);
      expect(leads).toMatchObject([
        { lead: ["Antwort auf Frage von anderen"] },
        { lead: ["Antwort auf alles löschen"] },
        { lead: ["Antwort auf neue Frage"] },
      ]);
    });
  });

  if (kind === "server")
    it("takes an answer's id only under the conversation's lock, and before any other row", async () => {
      const { conversationId, id } = await accept("a", 1);
      const lastId = async () =>
        Number((await database.transact((run) => run("select last_value from message_sequence")))[0]?.["last_value"]);
      const other = openServer(database.url ?? "", { connections: 1 });
      const before = await lastId();
      const made = Promise.withResolvers<void>();
      const held = Promise.withResolvers<void>();
      const ended: string[] = [];
      const working = workerOf(
        assistantOf(async () => {
          made.resolve();
          await held.promise;
          return {};
        }),
      )
        .turn()
        .then(() => ended.push("answered"));
      await made.promise;
      await other.transact(async (run) => {
        await run(`select 1 from contacts where id = '${conversationId}' for update`);
        held.resolve();
        await sleep(150);
        expect(ended).toEqual([]);
        expect(await lastId()).toBe(before);
        // Nobody else's row is held while it waits: a lock that is not free would fail at once.
        await run(`select 1 from inbox where id = ${id} for update nowait`);
      });
      await working;
      await other.close();
      expect(await database.db.select().from(inbox).where(eq(inbox.state, "answered"))).toHaveLength(1);
    });

  it("says that the database is away by a fault without anybody's text", async () => {
    const closed = await openTestDatabase(kind);
    await createInbox(closed.db, vault, ignore).accept(messageOf("a", 1, "geheime Frage"));
    const { log, lines: written } = createReadableLog();
    const assistant = assistantOf(async () => {
      await closed.close();
      return {};
    });
    const driven = driverOf(assistant, closed.db, log);
    await driven.turn();
    expect(await driven.worker.step().catch((error: unknown) => error)).toMatchObject({ code: "DATABASE_UNAVAILABLE" });
    expect(written.join()).toContain("cannot be reached");
    expect(written.join()).not.toContain("geheim");
  });
});
