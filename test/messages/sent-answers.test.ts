import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Reply } from "../../src/core/answer.ts";
import type { IncomingMessage } from "../../src/core/message.ts";
import { contacts, outbox } from "../../src/database/schema.ts";
import { createInbox } from "../../src/messages/inbox.ts";
import { createSentAnswers } from "../../src/messages/sent-answers.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../support/databases.ts";
import { emptyMessages, vault } from "./fixtures.ts";

const replyOf = (...buttons: Reply["buttons"]): Reply => ({ lang: "de", lead: ["Hallo"], cards: [], closing: [], buttons });

describe.each(databaseKinds())("answers that were sent (%s)", (kind) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await openTestDatabase(kind);
  });
  afterAll(() => database.close());
  beforeEach(() => emptyMessages(database));

  const inbox = () => createInbox(database.db, vault, () => undefined);
  const answers = () => createSentAnswers(database.db, vault, "botframework");
  let count = 0;

  async function ask(addressKey: string, change: Partial<IncomingMessage> = {}) {
    count += 1;
    const address = `${addressKey} at a server`;
    return await inbox().accept({
      channel: "botframework",
      externalId: String(count),
      address,
      addressKey,
      content: { kind: "text", text: "Kita" },
      ...change,
    });
  }

  async function answer(addressKey: string, platformId: string | undefined, reply = replyOf()): Promise<number> {
    const { id, conversationId } = await ask(addressKey);
    await database.db.insert(outbox).values({ conversationId, channel: "botframework", inReplyTo: id, reply, state: "sent", platformId });
    return id;
  }

  it("are found by any of the platform's ids, whatever was said since", async () => {
    const first = await answer("a", "17,18");
    await answer("a", "19");
    expect(await answers().questionOf("a", "17")).toBe(first);
    expect(await answers().questionOf("a", "18")).toBe(first);
  });

  it("are found by the one that is shown, where it took the place of an earlier one", async () => {
    await answer("a", "17,18");
    const [page, lastPage] = [await answer("a", "17"), await answer("a", "17")];
    expect(page).not.toBe(lastPage);
    expect(await answers().questionOf("a", "17")).toBe(lastPage);
  });

  it("are not found by half an id, in another conversation, on another channel, or when they never left", async () => {
    await answer("a", "17,18");
    await answer("b", undefined);
    expect(await answers().questionOf("a", "1")).toBeUndefined();
    expect(await answers().questionOf("a", "17,18")).toBeUndefined();
    expect(await answers().questionOf("b", "17")).toBeUndefined();
    expect(await createSentAnswers(database.db, vault, "telegram").questionOf("a", "17")).toBeUndefined();
  });

  it("give the value of a button by its words, of the last answer only", async () => {
    await answer("a", "1", replyOf({ label: "Ja, alles löschen", value: "delete" }));
    expect(await answers().buttonOf("a", "Ja, alles löschen")).toBe("delete");
    expect(await answers().buttonOf("a", "ja, alles löschen")).toBeUndefined();
    expect(await answers().buttonOf("b", "Ja, alles löschen")).toBeUndefined();
    await answer("a", "2", replyOf({ label: "Mehr zeigen", value: "more" }));
    expect(await answers().buttonOf("a", "Ja, alles löschen")).toBeUndefined();
    expect(await answers().buttonOf("a", "Mehr zeigen")).toBe("more");
  });

  it("have no buttons where they cannot be read: a new message must not fail on an old answer", async () => {
    const { id, conversationId } = await ask("a");
    const reply = { lang: "de", buttons: "broken" };
    await database.db.insert(outbox).values({ conversationId, channel: "botframework", inReplyTo: id, reply, state: "sent" });
    expect(await answers().buttonOf("a", "broken")).toBeUndefined();
  });

  it("go to the address of the last message, while the conversation stays the same", async () => {
    const first = await ask("a", { address: "a at the old server" });
    const second = await ask("a", { address: "a at the new server" });
    expect(second.conversationId).toBe(first.conversationId);
    const [contact] = await database.db.select().from(contacts).where(eq(contacts.id, first.conversationId));
    expect(vault.decrypt(contact?.addressEncrypted ?? "")).toBe("a at the new server");
    expect(contact).toMatchObject({ addressHash: vault.hash("botframework", "a"), waiting: 2 });
  });
});
