import { setTimeout as sleep } from "node:timers/promises";
import { asc, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { IncomingMessage } from "../../src/core/message.ts";
import { contacts, inbox } from "../../src/database/schema.ts";
import { openServer } from "../../src/database/server.ts";
import { createInbox } from "../../src/messages/inbox.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../support/databases.ts";
import { emptyMessages, messageOf, vault } from "./fixtures.ts";

const phone = "0171 2345678";
const mail = "erika.muster@example.org";
const address = "chat 4711";

describe.each(databaseKinds())("the inbox (%s)", (kind) => {
  let database: TestDatabase;
  const onAccepted = vi.fn();

  beforeAll(async () => {
    database = await openTestDatabase(kind);
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await emptyMessages(database);
    onAccepted.mockClear();
  });

  const open = () => createInbox(database.db, vault, onAccepted);
  const stored = () => database.db.select().from(inbox).orderBy(asc(inbox.id));
  const wholeDatabase = async () => JSON.stringify([await database.db.select().from(inbox), await database.db.select().from(contacts)]);

  it("stores a message whole: words, language, the client's id; and wakes the worker after the commit", async () => {
    const message: IncomingMessage = { ...messageOf(address, 1, "Wo ist die Kita?"), interfaceLang: "tr", clientId: "c1" };
    let seenByWorker = -1;
    const accepted = await createInbox(database.db, vault, async () => {
      seenByWorker = (await stored()).length;
    }).accept(message);
    expect(accepted).toMatchObject({ kind: "accepted" });
    expect(await stored()).toMatchObject([
      {
        id: accepted.id,
        conversationId: accepted.conversationId,
        content: { kind: "text", text: "Wo ist die Kita?" },
        interfaceLang: "tr",
        clientId: "c1",
        state: "waiting",
        attempts: 0,
      },
    ]);
    await vi.waitFor(() => expect(seenByWorker).toBe(1));
  });

  it.each([{ kind: "button", value: "need:kita-platz" }, { kind: "start" }, { kind: "attachment" }] as const)(
    "stores what holds no words ($kind)",
    async (content) => {
      await open().accept({ ...messageOf(address, 1), content });
      expect(await stored()).toMatchObject([{ content }]);
    },
  );

  it("keeps of the address that a message came from only a mark", async () => {
    for (const [number, client] of ["203.0.113.7", "203.0.113.8", "203.0.113.7", undefined].entries())
      await open().accept({ ...messageOf(`chat ${number}`, number), client });
    const marks = (await stored()).map(({ client }) => client);
    expect(marks[0]).toMatch(/^[\w-]{43}$/);
    expect(marks).toEqual([marks[0], marks[1], marks[0], null]);
    expect(marks[1]).not.toBe(marks[0]);
    expect(await wholeDatabase()).not.toContain("203.0.113");
  });

  it("keeps of the writers of a group only a mark, another one in each group", async () => {
    const write = (number: number, chat: string, writer: string) => open().accept({ ...messageOf(chat, number, "Frage"), writer });
    await write(1, "group 1", "writer 4711");
    await write(2, "group 1", "writer 4712");
    await write(3, "group 1", "writer 4711");
    await write(4, "group 2", "writer 4711");
    const marks = (await stored()).map(({ content }) => (content as { by: string }).by);
    expect(marks[0]).toMatch(/^[\w-]{8}$/);
    expect(marks[2]).toBe(marks[0]);
    expect(new Set(marks).size).toBe(3);
    expect(await wholeDatabase()).not.toContain("writer");
  });

  it("takes phone numbers, mail addresses and the platform's address out before it writes", async () => {
    await open().accept(messageOf(address, 1, `Ich heiße Erika Muster, ${phone}, ${mail}. Kita in Sendling?`));
    const everything = await wholeDatabase();
    for (const planted of [phone, phone.replace(" ", ""), mail, "Erika", "Muster"]) expect(everything).not.toContain(planted);
    expect(everything).toContain("Kita in Sendling?");
    const [contact] = await database.db.select().from(contacts);
    expect(JSON.stringify(contact)).not.toContain(address);
    expect(vault.decrypt(contact?.addressEncrypted ?? "")).toBe(address);
  });

  it("takes what no database can store out of texts, buttons and ids", async () => {
    await open().accept({
      ...messageOf(address, 1, "a\u0000b\ud800c"),
      externalId: "x\u00001",
      clientId: "c\u0000\udfff",
    });
    await open().accept({ ...messageOf(address, 2), content: { kind: "button", value: "more\u0000\ud800" } });
    expect(await stored()).toMatchObject([{ content: { kind: "text" }, externalId: "x1" }, { content: { kind: "button" } }]);
    expect(await wholeDatabase()).not.toMatch(/\\u0000|\\ud800/);
  });

  it("keeps one message of twenty deliveries at once, and tells all of them its id", async () => {
    const accepted = await Promise.all(Array.from({ length: 20 }, () => open().accept(messageOf(address, 1))));
    expect(accepted.filter((each) => each.kind === "accepted")).toHaveLength(1);
    expect(new Set(accepted.map(({ id, conversationId }) => `${id} ${conversationId}`)).size).toBe(1);
    expect(await stored()).toHaveLength(1);
    // Processes that store it at the same moment may each count it: never too few, and the answering worker counts anew.
    const [contact, ...others] = await database.db.select({ waiting: contacts.waiting }).from(contacts);
    expect(others).toEqual([]);
    expect(contact?.waiting).toBeGreaterThanOrEqual(1);
    expect(contact?.waiting).toBeLessThanOrEqual(kind === "embedded" ? 1 : 20);
    expect(onAccepted).toHaveBeenCalledTimes(1);
  });

  it("tells the same id on other channels apart, and counts a delivery to another address as repeated", async () => {
    const first = await open().accept(messageOf("a", 1));
    expect(await open().accept({ ...messageOf("a", 1), channel: "telegram" })).toMatchObject({ kind: "accepted" });
    expect(await open().accept({ ...messageOf("b", 1), externalId: "a:1" })).toMatchObject({ kind: "repeated", id: first.id });
    expect(await stored()).toHaveLength(2);
  });

  it("keeps conversations apart, and finds one again", async () => {
    const [a, b, again] = [
      await open().accept(messageOf("a", 1)),
      await open().accept(messageOf("b", 1)),
      await open().accept(messageOf("a", 2)),
    ];
    expect(again.conversationId).toBe(a.conversationId);
    expect(b.conversationId).not.toBe(a.conversationId);
  });

  it("counts every message of a conversation that waits, under parallel deliveries", async () => {
    await Promise.all(Array.from({ length: 30 }, (_, index) => open().accept(messageOf(address, index))));
    expect(await database.db.select({ waiting: contacts.waiting }).from(contacts)).toEqual([{ waiting: 30 }]);
  });

  it("shows the messages of a conversation in the order of their ids, whenever somebody looks", async () => {
    const seen: number[][] = [];
    const sending = { done: false };
    const watching = (async () => {
      while (!sending.done) {
        seen.push((await stored()).map(({ id }) => id));
        await sleep(0);
      }
    })();
    await Promise.all(Array.from({ length: 40 }, (_, index) => open().accept(messageOf(address, Math.floor(index / 1.3)))));
    sending.done = true;
    await watching;
    const all = (await stored()).map(({ id }) => id);
    // Each look is a beginning of the end: no id turned up behind one that was already seen.
    for (const look of seen) expect(look).toEqual(all.slice(0, look.length));
  });

  if (kind === "server")
    it("takes an id only under the conversation's lock; a repeated delivery takes none and waits for nobody", async () => {
      const { conversationId, id } = await open().accept(messageOf(address, 1));
      const lastId = async () =>
        Number((await database.transact((run) => run("select last_value from message_sequence")))[0]?.["last_value"]);
      const other = openServer(database.url ?? "", { connections: 1 });
      const before = await lastId();
      const ended: string[] = [];
      let accepting: Promise<unknown> = Promise.resolve();
      await other.transact(async (run) => {
        await run(`select 1 from contacts where id = '${conversationId}' for update`);
        expect(await open().accept(messageOf(address, 1))).toEqual({ kind: "repeated", id, conversationId });
        accepting = open()
          .accept(messageOf(address, 2))
          .then(() => ended.push("accepted"));
        await sleep(150);
        expect(ended).toEqual([]);
        expect(await lastId()).toBe(before);
      });
      await accepting;
      expect(ended).toEqual(["accepted"]);
      await other.close();
    });

  it("takes the others where one message of a batch cannot be stored", async () => {
    await database.transact((run) => run("alter table inbox add constraint no_such_id check (external_id <> 'b:1')"));
    const inbox = open();
    const outcomes = await Promise.allSettled(["a", "b", "c", "d"].map((each) => inbox.accept(messageOf(each, 1))));
    await database.transact((run) => run("alter table inbox drop constraint no_such_id"));
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled", "fulfilled"]);
    expect((await stored()).map(({ externalId }) => externalId)).toEqual(["a:1", "c:1", "d:1"]);
  });

  it("says that the database is away, in words without anybody's text, and stores nothing", async () => {
    const closed = await openTestDatabase(kind);
    const away = createInbox(closed.db, vault, onAccepted);
    await away.accept(messageOf(address, 1));
    onAccepted.mockClear();
    const count = await closed.db.select({ rows: sql<number>`count(*)::int` }).from(inbox);
    expect(count).toEqual([{ rows: 1 }]);
    await closed.close();
    const fault: unknown = await away.accept(messageOf(address, 2, "geheime Frage")).catch((error: unknown) => error);
    expect(fault).toMatchObject({ code: "DATABASE_UNAVAILABLE" });
    expect(String(fault)).not.toContain("geheim");
    expect(onAccepted).not.toHaveBeenCalled();
  });

  it("writes the message and the count of its conversation together or not at all", async () => {
    await database.transact((run) => run("alter table contacts add constraint no_more check (waiting < 1)"));
    await expect(open().accept(messageOf(address, 1, "geheime Frage"))).rejects.toMatchObject({ code: "DATABASE_FAILED" });
    await database.transact((run) => run("alter table contacts drop constraint no_more"));
    expect(await stored()).toEqual([]);
    expect(onAccepted).not.toHaveBeenCalled();
    expect(await open().accept(messageOf(address, 1))).toMatchObject({ kind: "accepted" });
  });
});
