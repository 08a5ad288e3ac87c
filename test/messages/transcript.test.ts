import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Activity } from "../../src/core/message.ts";
import { outbox } from "../../src/database/schema.ts";
import { openServer } from "../../src/database/server.ts";
import { createAnswering } from "../../src/messages/answering.ts";
import { createInbox } from "../../src/messages/inbox.ts";
import { createTranscript } from "../../src/messages/transcript.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../support/databases.ts";
import { assistantOf, createReadableLog, drive, emptyMessages, messageOf, noTyping, vault } from "./fixtures.ts";

const ignore = () => undefined;
function said(activity: Activity): string {
  if (activity.kind === "reply") return activity.reply.lead[0] ?? "";
  return activity.kind === "message" ? activity.text : `[${activity.value}]`;
}

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
    const parts = { db: database.db, assistant: assistantOf(async () => ({ erase })), pushes: () => false, log: createReadableLog().log };
    return drive((onMore) => createAnswering({ ...parts, showTyping: noTyping, onAnswered: ignore, onMore }));
  }

  const answerAll = (driven = worker()) => driven.runDry();

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

  it("shows buttons by their value, what has no words without any, and all answers", async () => {
    for (const [index, content] of ([{ kind: "start" }, { kind: "button", value: "more" }, { kind: "attachment" }] as const).entries())
      await inboxOf().accept({ ...messageOf("a", index), content });
    await answerAll();
    expect((await transcript().after("a", 0)).map(said)).toEqual([
      "",
      "[more]",
      "",
      "Antwort auf start",
      "Antwort auf button",
      "Antwort auf attachment",
    ]);
  });

  it("leaves out the text of a message that was erased", async () => {
    await inboxOf().accept({ ...messageOf("a", 1), clientId: "client 1" });
    await answerAll(worker("message"));
    const [message, answer] = await transcript().after("a", 0);
    expect(message).toMatchObject({ kind: "message", text: "", clientId: "client 1" });
    expect(answer).toMatchObject({ kind: "reply" });
  });

  it("tells the last id of many conversations at once, and of those alone", async () => {
    for (const address of ["a", "b", "c"]) await inboxOf().accept(messageOf(address, 1));
    await inboxOf().accept({ ...messageOf("d", 1), channel: "telegram" });
    const before = await transcript().latest(["a", "b", "d", "nobody"]);
    expect([...before.keys()].sort()).toEqual(["a", "b"]);
    await answerAll();
    const after = await transcript().latest(["a", "b"]);
    for (const address of ["a", "b"]) {
      expect(after.get(address)).toBe((await transcript().after(address, 0)).at(-1)?.id);
      expect(after.get(address)).toBeGreaterThan(before.get(address) ?? 0);
    }
    expect(await transcript().latest([])).toEqual(new Map());
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
      while (!writing.done) {
        await work.runDry();
        await sleep(0);
      }
      await work.runDry();
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
    expect(all.filter((activity) => activity.kind === "message")).toHaveLength(120);
    const answers = await database.db.select({ id: outbox.id }).from(outbox);
    expect(all.filter((activity) => activity.kind === "reply").map(({ id }) => id)).toEqual(
      answers.map(({ id }) => id).sort((a, b) => a - b),
    );
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
          insert into outbox (conversation_id, channel, in_reply_to, inbox_ids, reply, state)
              values ('${conversationId}', 'directline', ${id}, '{${id}}', '${reply}', 'sent')`);
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
