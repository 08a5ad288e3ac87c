import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Activity } from "../../src/core/message.ts";
import { outbox } from "../../src/database/schema.ts";
import { openServer } from "../../src/database/server.ts";
import { createAnswering } from "../../src/messages/answering.ts";
import { createInbox } from "../../src/messages/inbox.ts";
import { createTranscript } from "../../src/messages/transcript.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../support/databases.ts";
import { assistantOf, createReadableLog, emptyMessages, messageOf, vault } from "./fixtures.ts";

const ignore = () => undefined;
const said = (activity: Activity) => (activity.kind === "message" ? activity.text : (activity.reply.lead[0] ?? ""));

describe.each(databaseKinds())("the transcript (%s)", (kind) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await openTestDatabase(kind);
  });
  afterAll(() => database.close());
  beforeEach(() => emptyMessages(database));

  const inboxOf = () => createInbox(database.db, vault, ignore);
  const transcript = () => createTranscript(database.db, vault, "directline");

  function worker(erase: "nothing" | "message" | "conversation" = "nothing") {
    return createAnswering({
      db: database.db,
      assistant: assistantOf(async () => ({ erase })),
      pushes: new Set(),
      onAnswered: ignore,
      log: createReadableLog().log,
    });
  }

  async function answerAll(work = worker()): Promise<void> {
    while (await work());
  }

  it("shows messages and answers in order, with what clients need", async () => {
    const first = await inboxOf().accept({ ...messageOf("a", 1), clientId: "client 1" });
    await answerAll();
    await inboxOf().accept(messageOf("a", 2));
    await answerAll();
    const shown = await transcript().after("a", 0);
    expect(shown.map(said)).toEqual(["Frage 1", "Antwort auf Frage 1", "Frage 2", "Antwort auf Frage 2"]);
    expect(shown[0]).toMatchObject({ kind: "message", id: first.id, clientId: "client 1", at: expect.any(Date) });
    expect(shown[1]).toMatchObject({ kind: "reply", inReplyTo: first.id, at: expect.any(Date) });
    expect(shown.map(({ id }) => id)).toEqual(shown.map(({ id }) => id).sort((a, b) => a - b));
  });

  it("shows what came after a watermark and nothing twice", async () => {
    await inboxOf().accept(messageOf("a", 1));
    await answerAll();
    const before = await transcript().after("a", 0);
    const watermark = before.at(-1)?.id ?? 0;
    expect(await transcript().after("a", watermark)).toEqual([]);
    await inboxOf().accept(messageOf("a", 2));
    expect((await transcript().after("a", watermark)).map(said)).toEqual(["Frage 2"]);
    expect((await transcript().after("a", before[0]?.id ?? 0)).map(said)).toEqual(["Antwort auf Frage 1", "Frage 2"]);
  });

  it("shows nothing of other conversations, of other channels or of an address nobody wrote from", async () => {
    await inboxOf().accept(messageOf("a", 1));
    await inboxOf().accept({ ...messageOf("b", 1), channel: "telegram" });
    expect((await transcript().after("a", 0)).map(said)).toEqual(["Frage 1"]);
    expect(await transcript().after("b", 0)).toEqual([]);
    expect(await transcript().after("nobody", 0)).toEqual([]);
  });

  it("leaves out buttons, starts and attachments, and shows their answers", async () => {
    for (const [index, content] of ([{ kind: "start" }, { kind: "button", value: "more" }, { kind: "attachment" }] as const).entries())
      await inboxOf().accept({ ...messageOf("a", index), content });
    await answerAll();
    expect((await transcript().after("a", 0)).map(said)).toEqual(["Antwort auf start", "Antwort auf button", "Antwort auf attachment"]);
  });

  it("leaves out the text of a message that was erased", async () => {
    await inboxOf().accept(messageOf("a", 1));
    await answerAll(worker("message"));
    expect((await transcript().after("a", 0)).map(({ kind: each }) => each)).toEqual(["reply"]);
  });

  it("misses nothing for somebody who asks all the time while others write", async () => {
    const got: Activity[] = [];
    const writing = { done: false };
    const watch = async () => {
      const news = await transcript().after("a", got.at(-1)?.id ?? 0);
      got.push(...news);
      await sleep(0);
      return news.length;
    };
    const watching = (async () => {
      while (!writing.done) await watch();
      while ((await watch()) > 0);
    })();
    const answering = (async () => {
      const work = worker();
      while ((await work()) || !writing.done) await sleep(0);
    })();
    for (let number = 0; number < 60; number += 1) {
      await Promise.all([0, 1].map((twin) => inboxOf().accept(messageOf("a", 2 * number + twin))));
      await sleep(2);
    }
    writing.done = true;
    await answering;
    await watching;
    await watch();
    const all = await transcript().after("a", 0);
    expect(all).toHaveLength(240);
    expect(got.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
  });

  if (kind === "server")
    it.each(["inbox", "outbox"])("shows one moment: what commits while it reads the %s is there next time, whole", async (table) => {
      const { conversationId, id } = await inboxOf().accept(messageOf("a", 1));
      const other = openServer(database.url ?? "", { connections: 1 });
      const reply = JSON.stringify({ lang: "de", lead: ["Antwort"], cards: [], closing: [], buttons: [] });
      let reading: Promise<readonly Activity[]> = Promise.resolve([]);
      await other.transact(async (run) => {
        await run(`lock table ${table} in access exclusive mode`);
        reading = transcript().after("a", id);
        await sleep(150);
        await run(`insert into inbox (conversation_id, channel, external_id, content)
            values ('${conversationId}', 'directline', 'a:2', '{"kind":"text","text":"Frage 2"}');
          insert into outbox (conversation_id, channel, in_reply_to, reply) values ('${conversationId}', 'directline', ${id}, '${reply}')`);
      });
      await other.close();
      const first = await reading;
      const watermark = first.at(-1)?.id ?? id;
      expect([...first, ...(await transcript().after("a", watermark))].map(said)).toEqual(["Frage 2", "Antwort"]);
    });

  it("says that a stored answer is broken instead of leaving it out", async () => {
    await inboxOf().accept(messageOf("a", 1));
    await answerAll();
    await database.db.update(outbox).set({ reply: { lang: "xx" } });
    await expect(transcript().after("a", 0)).rejects.toThrow();
  });

  it("says that the database is away", async () => {
    const closed = await openTestDatabase(kind);
    await closed.close();
    await expect(createTranscript(closed.db, vault, "directline").after("a", 0)).rejects.toMatchObject({ code: "DATABASE_UNAVAILABLE" });
  });
});
