import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSession, type Session } from "../../src/commands/session.ts";
import { languages } from "../../src/core/languages.ts";
import { topics } from "../../src/pages/topics.ts";
import { trainedCache, trainingMs } from "../support/cache.ts";

let session: Session;
beforeAll(async () => {
  session = await openSession({ demo: false, dataDir: await trainedCache(), onProgress: () => undefined });
}, trainingMs);
afterAll(() => session.close());

const shown = languages.flatMap((lang) => (topics[lang] ?? []).flatMap(({ questions }) => questions.map((text) => ({ lang, text }))));

describe("a question of the start page", () => {
  test.each(shown)("is answered with offers in its language: $text", async ({ lang, text }) => {
    const { summary } = await session.ask({ conversation: `${lang} ${text}`, text, lang });
    expect([summary.lang, summary.kind]).toEqual([lang, "offers"]);
    expect(summary.offers.length).toBeGreaterThan(0);
  });
});
