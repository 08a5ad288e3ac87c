import { expect, it } from "vitest";
import { measureOwnIntents } from "../../src/bench/own-intents.ts";

const sentence = (text: string) => ({ lang: "de" as const, text });

it("tells right intents from right answers, and what was taken for what", async () => {
  const answers: Readonly<Record<string, string>> = {
    "was kostet das": "find-offer",
    "kost des was": "find-offer",
    "ist was frei": "find-offer",
    servus: "greeting",
  };
  const done: number[] = [];
  const report = await measureOwnIntents(
    [
      { id: "costs", tests: [sentence("was kostet das"), sentence("kost des was")] },
      { id: "free-places", tests: [sentence("ist was frei")] },
      { id: "greeting", tests: [sentence("servus")] },
    ],
    async ({ text }) => ({ intent: answers[text] ?? "" }),
    (count) => done.push(count),
  );
  expect(report).toMatchObject({
    n: 4,
    right: 1,
    rightAnswer: 3,
    byLang: { de: { right: 1, n: 4 } },
    byIntent: { costs: { right: 0, n: 2 } },
  });
  expect(report.confusion).toEqual([
    { expected: "costs", got: "find-offer", n: 2 },
    { expected: "free-places", got: "find-offer", n: 1 },
  ]);
  expect(report.wrong).toHaveLength(3);
  expect(done).toEqual([1, 2, 3, 4]);
});

it("asks each sentence in a conversation of its own", async () => {
  const conversations: string[] = [];
  await measureOwnIntents(
    [{ id: "yes", tests: [sentence("ja"), sentence("jo")] }],
    async ({ conversation }) => {
      conversations.push(conversation);
      return { intent: "yes" };
    },
    () => undefined,
  );
  expect(new Set(conversations).size).toBe(2);
});
