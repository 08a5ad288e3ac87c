import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createBudget } from "../../../src/answers/model/budget.ts";
import { offerOf } from "../../catalogue/fixtures.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../../support/databases.ts";
import { type ModelServer, startModelServer } from "../../support/model-server.ts";
import { openModel, wordingOf } from "./fixtures.ts";

const free = { input: 0, output: 0 };
const tokens = (input: number, output: number) => ({ input, output });

describe.each(databaseKinds())("the day's budget in a database (%s)", (kind) => {
  let database: TestDatabase;
  let server: ModelServer;

  beforeAll(async () => {
    [database, server] = await Promise.all([openTestDatabase(kind), startModelServer()]);
  });
  afterAll(async () => {
    await server.close();
    await database.close();
  });
  beforeEach(() => database.db.execute("delete from model_usage"));

  it("lets no call begin that the day has not the tokens for, and gives back what was not used", async () => {
    const budget = createBudget(database.db, { tokensPerDay: 100, costPerDay: undefined, prices: free });
    expect(await budget.reserve(tokens(60, 60))).toBe(false);
    expect(await budget.reserve(tokens(40, 40))).toBe(true);
    expect(await budget.reserve(tokens(20, 10))).toBe(false);
    await budget.settle(tokens(40, 40), tokens(30, 10));
    expect(await budget.reserve(tokens(40, 20))).toBe(true);
    expect(await budget.reserve(tokens(1, 0))).toBe(false);
  });

  it("counts the cost by both prices", async () => {
    const budget = createBudget(database.db, { tokensPerDay: 1_000_000, costPerDay: 0.002, prices: tokens(1, 10) });
    expect(await budget.reserve(tokens(0, 201))).toBe(false);
    expect(await budget.reserve(tokens(1000, 50))).toBe(true);
    expect(await budget.reserve(tokens(0, 51))).toBe(false);
    expect(await budget.reserve(tokens(0, 50))).toBe(true);
  });

  it("is one for all processes", async () => {
    const budgets = [1, 2, 3, 4].map(() => createBudget(database.db, { tokensPerDay: 100, costPerDay: undefined, prices: free }));
    const granted = await Promise.all(budgets.map((budget) => budget.reserve(tokens(30, 10))));
    expect(granted.filter(Boolean)).toHaveLength(2);
  });

  it("has the plain composer answer once it is used up", async () => {
    const offer = offerOf("a");
    const said = { text: offer.summary.de, offerId: "a", quote: offer.summary.de };
    server.behave(() => ({ kind: "says", content: { sentences: [said] }, tokens: tokens(9000, 900) }));
    const budget = createBudget(database.db, { tokensPerDay: 10_000, costPerDay: undefined, prices: free });
    const { model, traces } = openModel(server, { budget });
    const wording = wordingOf([offer]);
    for (const id of [1, 2, 3]) await model.begin(id).word(wording);
    expect(traces.map(({ outcome, inputTokens }) => [outcome, inputTokens])).toEqual([
      ["ok", 9000],
      ["spent", undefined],
      ["spent", undefined],
    ]);
  });
});
