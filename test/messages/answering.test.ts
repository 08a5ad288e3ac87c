import { setTimeout as sleep } from "node:timers/promises";
import { asc, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Assistant, StoredMessage } from "../../src/core/message.ts";
import type { Database } from "../../src/database/database.ts";
import { contacts, inbox, outbox } from "../../src/database/schema.ts";
import { openServer } from "../../src/database/server.ts";
import { createAnswering } from "../../src/messages/answering.ts";
import { createInbox } from "../../src/messages/inbox.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../support/databases.ts";
import { assistantOf, createReadableLog, emptyMessages, messageOf, vault } from "./fixtures.ts";

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
  const messages = () => database.db.select().from(inbox).orderBy(asc(inbox.id));
  const replies = () => database.db.select().from(outbox).orderBy(asc(outbox.id));
  const endLeases = () => database.db.update(contacts).set({ leaseUntil: sql`now() - interval '1 second'` });
  const leaseSeconds = async () => {
    const [row] = await database.db.select({ seconds: sql<string>`extract(epoch from lease_until - now())` }).from(contacts);
    return Number(row?.seconds);
  };

  function workerOf(assistant: Assistant<Database>, onAnswered: (id: number) => void = ignore) {
    const readable = createReadableLog();
    lines = readable.lines;
    return createAnswering({ db: database.db, assistant, pushes: new Set(["telegram"]), onAnswered, log: readable.log });
  }

  async function runDry(work: () => Promise<boolean>): Promise<void> {
    while (await work());
  }

  it("answers each message once, in order, and says when nothing is left", async () => {
    const ids = [await accept("a", 1), await accept("a", 2), await accept("a", 3)].map(({ id }) => id);
    const answered: number[] = [];
    const work = workerOf(assistantOf(), (id) => answered.push(id));
    await runDry(work);
    expect(answered).toEqual(ids);
    expect((await messages()).map(({ state }) => state)).toEqual(["answered", "answered", "answered"]);
    expect(await replies()).toMatchObject(ids.map((id, index) => ({ inReplyTo: id, reply: { lead: [`Antwort auf Frage ${index + 1}`] } })));
    expect(await database.db.select().from(contacts)).toMatchObject([{ waiting: 0, leaseUntil: null }]);
    expect(await work()).toBe(false);
  });

  it("gives an answer an id behind its question's, and leaves it to be sent only on channels that push", async () => {
    await accept("a", 1);
    await createInbox(database.db, vault, ignore).accept({ ...messageOf("b", 1), channel: "telegram" });
    await runDry(workerOf(assistantOf()));
    const sent = await replies();
    expect(sent.every(({ id, inReplyTo }) => id > inReplyTo)).toBe(true);
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
    expect(await work()).toBe(true);
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
    const workers = [database, ...(servers.length > 0 ? servers : [database, database, database])].map(({ db }) =>
      createAnswering({ db, assistant, pushes: new Set(), onAnswered: ignore, log }),
    );
    const addresses = Array.from({ length: 12 }, (_, index) => `chat ${index}`);
    const sending = { done: false };
    const working = workers.map(async (work) => {
      while ((await work()) || !sending.done) await sleep(1);
    });
    await Promise.all(addresses.flatMap((address) => [1, 2, 3, 4].map((number) => accept(address, number))));
    sending.done = true;
    await Promise.all(working);
    await runDry(workers[0] ?? (async () => false));
    await Promise.all(servers.map((server) => server.close()));
    expect(new Set(calls).size).toBe(calls.length);
    expect(calls).toHaveLength(48);
    const sent = await replies();
    expect(new Set(sent.map(({ inReplyTo }) => inReplyTo)).size).toBe(48);
    for (const conversation of new Set(sent.map(({ conversationId }) => conversationId))) {
      const order = sent.filter((each) => each.conversationId === conversation).map(({ inReplyTo }) => inReplyTo);
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
    )();
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
      )();
      await reached.promise;
      await endLeases();
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
      expect(await database.db.select().from(contacts)).toMatchObject([{ waiting: 0, leaseUntil: null }]);
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
    expect(await database.db.select().from(contacts)).toMatchObject([{ waiting: 0, leaseUntil: null }]);
    await accept("a", 2);
    await runDry(work);
    expect(await replies()).toHaveLength(2);
  });

  it("does not answer again what is answered when a listener fails", async () => {
    await accept("a", 1);
    const work = workerOf(assistantOf(), () => {
      throw new Error("a listener's fault");
    });
    await work().catch(ignore);
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
    await work();
    expect(await messages()).toMatchObject([{ state: "answered", attempts: 0 }]);
  });

  it("tries a failing answer again with growing waits, gives up after five, and then answers the next message", async () => {
    await accept("a", 1, "kaputt");
    await accept("a", 2);
    const assistant = assistantOf(({ content }) =>
      content.kind === "text" && content.text === "kaputt" ? Promise.reject(new Error("no answer")) : Promise.resolve({}),
    );
    const work = workerOf(assistant);
    const waits: number[] = [];
    for (let attempt = 1; attempt < 5; attempt += 1) {
      expect(await work()).toBe(true);
      expect(await messages()).toMatchObject([
        { state: "waiting", attempts: attempt },
        { state: "waiting", attempts: 0 },
      ]);
      waits.push(await leaseSeconds());
      expect(await work()).toBe(false);
      await endLeases();
    }
    for (const [index, wait] of waits.entries()) {
      expect(wait).toBeGreaterThan(2 ** (index + 1) - 1.5);
      expect(wait).toBeLessThanOrEqual(2 ** (index + 1));
    }
    await work();
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
    await work();
    expect(lines.join()).toContain("not answered");
    expect(lines.join()).not.toContain("geheim");
  });

  describe("erasing", () => {
    it("takes away the text of one message, and its answer stays", async () => {
      await accept("a", 1, "erste Frage");
      await accept("a", 2, "sehr persönlich");
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

    it("takes away all that was said in a conversation, but neither others' nor what waits to be answered", async () => {
      await accept("other", 1, "Frage von anderen");
      await accept("a", 1, "erste Frage");
      const plain = workerOf(assistantOf());
      await runDry(plain);
      await accept("a", 2, "alles löschen");
      await accept("a", 3, "neue Frage");
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
      )().then(() => ended.push("answered"));
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
    const work = createAnswering({
      db: closed.db,
      assistant: assistantOf(async () => {
        await closed.close();
        return {};
      }),
      pushes: new Set(),
      onAnswered: ignore,
      log,
    });
    const fault: unknown = await work().catch((error: unknown) => error);
    expect(fault).toMatchObject({ code: "DATABASE_UNAVAILABLE" });
    expect(`${fault} ${written.join()}`).not.toContain("geheim");
  });
});
