import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { SendError } from "../../src/core/errors.ts";
import type { Sender } from "../../src/core/message.ts";
import { contacts, inbox, outbox } from "../../src/database/schema.ts";
import { createAnswering } from "../../src/messages/answering.ts";
import { createDeadLetters, createMessageOperations } from "../../src/messages/dead-letters.ts";
import { createInbox } from "../../src/messages/inbox.ts";
import { createSending } from "../../src/messages/sending.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../support/databases.ts";
import { assistantOf, createReadableLog, drive, emptyMessages, messageOf, noTyping, pushing, vault } from "./fixtures.ts";

const ignore = () => undefined;

describe.each(databaseKinds())("messages that are stuck (%s)", (kind) => {
  let database: TestDatabase;
  const sent: string[] = [];

  beforeAll(async () => {
    database = await openTestDatabase(kind);
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await emptyMessages(database);
    sent.length = 0;
  });

  const { log } = createReadableLog();
  const letters = (onRetry = ignore) => createDeadLetters(database.db, onRetry);
  const accept = (address: string, number: number) =>
    createInbox(database.db, vault, ignore).accept({ ...messageOf(address, number, `geheim ${address} ${number}`), channel: "telegram" });
  const states = async () => (await database.db.select().from(outbox).orderBy(asc(outbox.id))).map(({ state }) => state);

  function answerAll(fails = false) {
    const assistant = assistantOf(() => (fails ? Promise.reject(new Error("no answer")) : Promise.resolve({})));
    return drive((onMore) =>
      createAnswering({ db: database.db, assistant, pushes: () => true, showTyping: noTyping, onAnswered: ignore, onMore, log }),
    ).runDry();
  }

  function sendAll(send: (address: string) => Promise<void> = async () => undefined, brokenOff: "resend" | "flag" = "flag") {
    const sender: Sender = {
      channel: "telegram",
      capabilities: { ...pushing, brokenOff },
      send: async (address, reply) => {
        await send(address);
        sent.push(reply.lead[0] ?? "");
        return {};
      },
    };
    return drive((onMore) => createSending({ db: database.db, vault, senders: new Map([["telegram", sender]]), onMore, log })).runDry();
  }

  /** One message of each kind: not answered, refused by the platform, maybe arrived. */
  async function makeStuck() {
    await accept("a", 1);
    await database.db.update(inbox).set({ attempts: 4 });
    await answerAll(true);
    await accept("refused", 1);
    await accept("unsure", 1);
    await answerAll();
    await sendAll((address) => Promise.reject(new SendError(address === "refused" ? "refused" : "uncertain", `it was ${address}`)));
    return await letters().list();
  }

  it("are listed with their kind, what went wrong and when, and without anybody's words", async () => {
    const listed = await makeStuck();
    expect(listed).toEqual(
      [
        { kind: "unanswered", attempts: 5, error: "no answer" },
        { kind: "unsent", attempts: 1, error: "it was refused" },
        { kind: "unsure", attempts: 1, error: "it was unsure" },
      ].map((each) => ({
        ...each,
        id: expect.any(Number),
        channel: "telegram",
        conversationId: expect.any(String),
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      })),
    );
    expect(JSON.stringify(listed)).not.toContain("geheim");
  });

  it("are tried again when staff say so, and leave the list", async () => {
    await makeStuck();
    const woken = vi.fn();
    expect(await letters(woken).retry()).toBe(3);
    expect(woken).toHaveBeenCalledTimes(1);
    expect(await letters().list()).toEqual([]);
    await answerAll();
    await sendAll();
    expect(sent.sort()).toEqual(["Antwort auf geheim a 1", "Antwort auf geheim refused 1", "Antwort auf geheim unsure 1"]);
    expect(await states()).toEqual(["sent", "sent", "sent"]);
    expect((await database.db.select().from(contacts)).map(({ waiting }) => waiting)).toEqual([0, 0, 0]);
  });

  it("are tried again one by one by their ids, and the next messages of the conversation go on", async () => {
    const [, refused] = await makeStuck();
    await accept("refused", 2);
    await answerAll();
    await sendAll();
    expect(await letters().retry([refused?.id ?? 0])).toBe(1);
    await sendAll();
    expect(sent).toEqual(["Antwort auf geheim refused 2", "Antwort auf geheim refused 1"]);
    expect((await letters().list()).map((each) => each.kind)).toEqual(["unanswered", "unsure"]);
  });

  it("are never sent or answered after they were dropped", async () => {
    const [, , unsure] = await makeStuck();
    expect(await letters().drop([unsure?.id ?? 0])).toBe(1);
    expect(await letters().drop()).toBe(2);
    expect(await letters().list()).toEqual([]);
    expect(await letters().retry()).toBe(0);
    await answerAll();
    await sendAll();
    expect(sent).toEqual([]);
    const dropped = await database.db.select({ content: inbox.content }).from(inbox).where(eq(inbox.state, "dropped"));
    expect(dropped).toEqual([{ content: { kind: "text", text: "" } }]);
  });

  it("are neither retried nor dropped where they are not stuck", async () => {
    const { id } = await accept("fine", 1);
    await answerAll();
    await sendAll();
    const [row] = await database.db.select().from(outbox);
    for (const change of [letters().retry, letters().drop]) expect(await change([id, row?.id ?? 0, 999_999])).toBe(0);
    expect(await states()).toEqual(["sent"]);
  });

  it("are worked on by name, for commands in other processes", async () => {
    await makeStuck();
    const operations = createMessageOperations(database.db, ignore);
    const run = async (name: string, input: unknown) => await operations[name]?.(input);
    expect(await run("messages.list", {})).toHaveLength(3);
    expect(await run("messages.retry", { ids: [1] })).toBe(0);
    expect(await run("messages.drop", {})).toBe(3);
    await expect(run("messages.retry", { ids: [] })).rejects.toThrow();
  });
});
