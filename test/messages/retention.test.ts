import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { inbox, outbox } from "../../src/database/schema.ts";
import { createAnswering } from "../../src/messages/answering.ts";
import { createInbox } from "../../src/messages/inbox.ts";
import { eraseOldMessages } from "../../src/messages/retention.ts";
import { createTranscript } from "../../src/messages/transcript.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../support/databases.ts";
import { assistantOf, createReadableLog, drive, emptyMessages, messageOf, noTyping, vault } from "./fixtures.ts";

const ignore = () => undefined;
const daysFromNow = (days: number) => new Date(Date.now() + days * 24 * 60 * 60 * 1000);

describe.each(databaseKinds())("what was said (%s)", (kind) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await openTestDatabase(kind);
  });
  afterAll(() => database.close());
  beforeEach(() => emptyMessages(database));

  const accept = (number: number) => createInbox(database.db, vault, ignore).accept(messageOf("a", number));
  async function answerAll(): Promise<void> {
    const parts = {
      db: database.db,
      assistant: assistantOf(async () => ({ erase: "nothing" })),
      pushes: () => false,
      log: createReadableLog().log,
    };
    await drive((onMore) => createAnswering({ ...parts, showTyping: noTyping, onAnswered: ignore, onMore })).runDry();
  }
  const everything = async () => JSON.stringify([await database.db.select().from(inbox), await database.db.select().from(outbox)]);

  it("is kept for 30 days, and then gone in questions and answers; a message that comes again is still known", async () => {
    const first = await accept(1);
    await answerAll();
    await database.db.update(outbox).set({ state: "sent" });
    await eraseOldMessages(database.db, daysFromNow(29));
    expect(await everything()).toContain("Antwort auf Frage 1");
    await eraseOldMessages(database.db, daysFromNow(31));
    expect(await everything()).not.toContain("Frage 1");
    expect((await createTranscript(database.db, vault, "directline").after("a", 0)).map(({ kind: what }) => what)).toEqual(["message"]);
    expect(await accept(1)).toEqual({ ...first, kind: "repeated" });
    await answerAll();
    expect(await database.db.select().from(outbox)).toEqual([]);
  });

  it("is given up where it could not be answered in all that time, and left where it waits", async () => {
    await accept(1);
    await accept(2);
    await database.db.update(inbox).set({ state: "dead" }).where(sql`content->>'text' = 'Frage 1'`);
    await eraseOldMessages(database.db, daysFromNow(31));
    const rows = await database.db.select().from(inbox).orderBy(inbox.id);
    expect(rows.map(({ state, content }) => [state, JSON.stringify(content).includes("Frage")])).toEqual([
      ["dropped", false],
      ["waiting", true],
    ]);
  });
});
