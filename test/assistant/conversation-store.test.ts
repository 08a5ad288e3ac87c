import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ConversationContext, freshContext } from "../../src/assistant/context.ts";
import { createConversationStore, type Rating, type Turn } from "../../src/assistant/conversation-store.ts";
import type { Answer } from "../../src/core/answer.ts";
import type { Understanding } from "../../src/core/understanding.ts";
import { contacts, conversations, feedback, turns } from "../../src/database/schema.ts";
import { offerOf } from "../catalogue/fixtures.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../support/databases.ts";

const context: ConversationContext = {
  lang: "tr",
  chosenLang: "uk",
  simple: true,
  asked: false,
  search: {
    text: "Kita",
    needs: [{ id: "kita-platz", score: 0.9 }],
    slots: { district: "Sendling", age: 3, costFree: true },
    shown: 3,
    page: 0,
    capacity: false,
  },
  lastTurn: randomUUID(),
};
const answer: Answer = {
  summary: {
    lang: "tr",
    kind: "offers",
    intent: "find-offer",
    confidence: 0.9,
    needs: ["kita-platz"],
    slots: { district: "Sendling" },
    offers: [],
  },
  offers: [{ offer: offerOf("kita"), score: 0.8 }],
  gap: "below-the-bar",
  reply: { lang: "tr", lead: ["Gefunden"], cards: [], closing: [], buttons: [] },
};
const understanding: Understanding = { intents: [{ id: "find-offer", score: 0.9 }], needs: [{ id: "kita-platz", score: 0.9 }], slots: {} };

describe.each(databaseKinds())("conversations (%s)", (kind) => {
  let database: TestDatabase;
  let conversationId: string;

  beforeAll(async () => {
    database = await openTestDatabase(kind);
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await database.db.delete(contacts);
    conversationId = await addContact();
  });

  const store = () => createConversationStore(database.db);

  async function addContact(): Promise<string> {
    const id = randomUUID();
    await database.db.insert(contacts).values({ id, channel: "telegram", addressHash: id, addressEncrypted: "x" });
    return id;
  }

  const turnOf = (change: Partial<Turn> = {}): Turn => ({
    id: randomUUID(),
    conversationId,
    answer,
    understanding,
    question: "Kita in Sendling?",
    wish: { need: "kita-platz", district: "Sendling", outcome: "unknown" },
    channel: "telegram",
    standsAlone: true,
    ...change,
  });

  async function save(turn: Turn, kept: ConversationContext = context): Promise<void> {
    await database.db.transaction((transaction) => store().save(transaction, turn, kept, [7]));
  }

  it("begin fresh", async () => {
    expect(await store().load(conversationId)).toEqual(freshContext);
  });

  it("give their context back, and the newest", async () => {
    await save(turnOf());
    expect(await store().load(conversationId)).toEqual(context);
    await save(turnOf(), { simple: false, asked: false, lang: "de" });
    expect(await store().load(conversationId)).toEqual({ simple: false, asked: false, lang: "de" });
  });

  it("keep each turn with what was understood and answered", async () => {
    const turn = turnOf();
    await save(turn);
    expect(await database.db.select().from(turns)).toMatchObject([
      {
        id: turn.id,
        conversationId,
        inboxIds: [7],
        kind: "offers",
        lang: "tr",
        intent: "find-offer",
        confidence: 0.9,
        intents: understanding.intents,
        needs: understanding.needs,
        slots: { district: "Sendling" },
        offers: [{ id: "kita", score: 0.8 }],
        gap: "below-the-bar",
        question: "Kita in Sendling?",
        askedNeed: "kita-platz",
        askedDistrict: "Sendling",
        outcome: "unknown",
      },
    ]);
  });

  it("keep no wish where nothing was looked for", async () => {
    await save(turnOf({ wish: undefined }));
    expect(await database.db.select().from(turns)).toMatchObject([{ askedNeed: null, askedDistrict: null, outcome: null }]);
  });

  it("keep no question where none is given", async () => {
    await save(turnOf({ question: undefined, understanding: undefined }));
    expect(await database.db.select().from(turns)).toMatchObject([{ question: null, intents: [], needs: [] }]);
  });

  it("of many people are saved and loaded together, each its own", async () => {
    const ids = [conversationId, await addContact(), await addContact()];
    const kept = (index: number): ConversationContext => ({ simple: index === 1, asked: index === 2, lang: "de" });
    const { save, load } = store();
    await database.db.transaction(async (transaction) => {
      const works = ids.map((id, index) =>
        save(transaction, turnOf({ conversationId: id, question: `Frage ${index}` }), kept(index), [index]),
      );
      await Promise.all(works);
    });
    expect(await Promise.all([...ids, randomUUID()].map(load))).toEqual([kept(0), kept(1), kept(2), freshContext]);
    const rows = await database.db.select().from(turns);
    const asked = (id: string) => rows.filter((row) => row.conversationId === id).map(({ question, inboxIds }) => ({ question, inboxIds }));
    expect(ids.map(asked)).toEqual([0, 1, 2].map((index) => [{ question: `Frage ${index}`, inboxIds: [index] }]));
  });

  it("end 24 hours after the last message, not before", async () => {
    await save(turnOf());
    const age = (hours: number) =>
      database.db.update(conversations).set({ updatedAt: sql`now() - make_interval(secs => ${hours * 3600})` });
    await age(23.9);
    expect(await store().load(conversationId)).toEqual(context);
    await age(24.1);
    expect(await store().load(conversationId)).toEqual(freshContext);
    await save(turnOf());
    expect(await store().load(conversationId)).toEqual(context);
  });

  it("write a rating, and a wrong one makes the turn a gap", async () => {
    const [good, bad] = [turnOf(), turnOf({ answer: { ...answer, summary: { ...answer.summary, intent: "costs" } } })];
    await save(good);
    await save(bad);
    await database.db.transaction(async (transaction) => {
      await store().rate(transaction, good.id, { value: "right" });
      await store().rate(transaction, bad.id, { value: "wrong" });
    });
    const rated = await database.db.select({ turnId: feedback.turnId, rating: feedback.rating }).from(feedback);
    expect(new Map(rated.map(({ turnId, rating }) => [turnId, rating]))).toEqual(
      new Map([
        [good.id, "right"],
        [bad.id, "wrong"],
      ]),
    );
    const gaps = await database.db.select({ id: turns.id, gap: turns.gap }).from(turns);
    expect(new Map(gaps.map(({ id, gap }) => [id, gap]))).toEqual(
      new Map([
        [good.id, "below-the-bar"],
        [bad.id, "rejected"],
      ]),
    );
  });

  const rate = (turnId: string, rating: Rating) => database.db.transaction((transaction) => store().rate(transaction, turnId, rating));

  it("keep one rating an answer, which may change with its reason, and give the gap back that was there before", async () => {
    const turn = turnOf();
    await save(turn);
    const kept = async () => ({
      feedback: await database.db.select({ rating: feedback.rating, reason: feedback.reason, comment: feedback.comment }).from(feedback),
      gap: (await database.db.select({ gap: turns.gap }).from(turns))[0]?.gap,
    });
    await rate(turn.id, { value: "wrong" });
    await rate(turn.id, { value: "wrong", reason: "outdated" });
    await rate(turn.id, { value: "wrong", comment: "Die Nummer gibt es nicht mehr." });
    const wrong = { rating: "wrong", reason: "outdated", comment: "Die Nummer gibt es nicht mehr." };
    expect(await kept()).toEqual({ feedback: [wrong], gap: "rejected" });
    await rate(turn.id, { value: "right" });
    expect(await kept()).toEqual({ feedback: [{ rating: "right", reason: null, comment: null }], gap: "below-the-bar" });
    await rate(turn.id, { value: "wrong" });
    expect(await kept()).toEqual({ feedback: [{ rating: "wrong", reason: null, comment: null }], gap: "rejected" });
    await rate(randomUUID(), { value: "wrong" });
    expect((await kept()).feedback).toHaveLength(1);
  });

  it("know which answers were called wrong in the last 24 hours, each once", async () => {
    const [first, second, good] = [turnOf(), turnOf(), turnOf()];
    for (const turn of [first, second, good]) await save(turn);
    await rate(first.id, { value: "wrong" });
    await rate(first.id, { value: "wrong", reason: "other" });
    await rate(second.id, { value: "wrong" });
    await rate(good.id, { value: "right" });
    expect(new Set(await store().findRejected(conversationId))).toEqual(new Set([first.id, second.id]));
    await database.db.update(feedback).set({ createdAt: sql`now() - interval '25 hours'` }).where(eq(feedback.turnId, first.id));
    expect(await store().findRejected(conversationId)).toEqual([second.id]);
    expect(await store().findRejected(await addContact())).toEqual([]);
  });

  it("give the last questions with what was shown, without those that are not kept and without commands", async () => {
    for (const question of ["eins", "zwei", undefined, "/hilfe", "drei"]) await save(turnOf({ question }));
    const found = await database.db.transaction((transaction) => store().findAsked(transaction, conversationId, 2));
    expect(found.map(({ text, kind, offers }) => ({ text, kind, offers }))).toEqual([
      { text: "zwei", kind: "offers", offers: ["kita"] },
      { text: "drei", kind: "offers", offers: ["kita"] },
    ]);
  });

  it("find the turn that answered a message, in their own conversation only", async () => {
    const turn = turnOf();
    await save(turn);
    const other = await addContact();
    const find = (id: string, message: number) => store().findTurn(id, message);
    expect(await find(conversationId, 7)).toBe(turn.id);
    expect([await find(conversationId, 8), await find(other, 7)]).toEqual([undefined, undefined]);
  });

  it("are erased with their turns and ratings, and others stay", async () => {
    const turn = turnOf();
    await save(turn);
    const other = await addContact();
    await save(turnOf({ conversationId: other }));
    await database.db.transaction(async (transaction) => {
      await store().rate(transaction, turn.id, { value: "right" });
      await store().erase(transaction, conversationId, async () => undefined);
    });
    expect(await store().load(conversationId)).toEqual(freshContext);
    expect(await database.db.select().from(turns).where(eq(turns.conversationId, conversationId))).toEqual([]);
    expect(await database.db.select().from(feedback)).toEqual([]);
    expect(await store().load(other)).toEqual(context);
    expect(await database.db.select().from(turns)).toHaveLength(1);
  });

  it("write nothing of a transaction that fails", async () => {
    await expect(
      database.db.transaction(async (transaction) => {
        await store().save(transaction, turnOf(), context, [7]);
        throw new Error("later");
      }),
    ).rejects.toThrow("later");
    expect(await store().load(conversationId)).toEqual(freshContext);
    expect(await database.db.select().from(turns)).toEqual([]);
  });
});
