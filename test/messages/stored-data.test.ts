import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { inbox, outbox } from "../../src/database/schema.ts";
import { createInbox } from "../../src/messages/inbox.ts";
import { createMessageCounts } from "../../src/messages/stored-data.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../support/databases.ts";
import { emptyMessages, messageOf, vault } from "./fixtures.ts";

describe.each(databaseKinds())("what is kept of a conversation (%s)", (kind) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await openTestDatabase(kind);
  }, 60_000);
  afterAll(() => database.close());
  beforeEach(() => emptyMessages(database));

  it("is counted by conversation: messages, those whose words are still there, answers, and since when", async () => {
    const { accept } = createInbox(database.db, vault, () => undefined);
    const { conversationId, id } = await accept(messageOf("a", 1));
    await accept(messageOf("a", 2, ""));
    await accept({ ...messageOf("a", 3), content: { kind: "button", value: "more" } });
    await accept({ ...messageOf("a", 4), content: { kind: "location", latitude: 48.118277, longitude: 11.543791 } });
    const other = await accept(messageOf("b", 1));
    const reply = { lang: "de", lead: ["Hallo"], cards: [], closing: [], buttons: [] };
    await database.db.insert(outbox).values({ conversationId, channel: "directline", inReplyTo: id, reply });

    const count = createMessageCounts(database.db);
    expect(await count(conversationId)).toEqual({ since: expect.stringMatching(/^\d{4}-\d\d-\d\dT/), messages: 4, texts: 1, answers: 1 });
    expect(await count(other.conversationId)).toMatchObject({ messages: 1, texts: 1, answers: 0 });
  });

  it("is nothing of a conversation that is not there", async () => {
    expect(await createMessageCounts(database.db)("11111111-1111-4111-8111-111111111111")).toEqual({
      since: undefined,
      messages: 0,
      texts: 0,
      answers: 0,
    });
  });

  it("keeps what a message says besides its words: that they were changed, where a button hung, what a link was about", async () => {
    const { accept } = createInbox(database.db, vault, () => undefined);
    await accept({ ...messageOf("a", 1), content: { kind: "text", text: "Wo?", edited: true } });
    await accept({ ...messageOf("a", 2), content: { kind: "button", value: "more", on: "55" } });
    await accept({ ...messageOf("a", 3), content: { kind: "start", topic: "kita-platz" } });
    await accept({ ...messageOf("a", 4), content: { kind: "attachment", what: "photo" } });
    const rows = await database.db.select({ content: inbox.content }).from(inbox).orderBy(inbox.id);
    expect(rows.map(({ content }) => content)).toEqual([
      { kind: "text", text: "Wo?", edited: true },
      { kind: "button", value: "more", on: "55" },
      { kind: "start", topic: "kita-platz" },
      { kind: "attachment", what: "photo" },
    ]);
  });
});
