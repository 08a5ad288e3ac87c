import { describe, expect, it } from "vitest";
import { type ConversationContext, freshContext } from "../../src/assistant/context.ts";
import { outputLanguage } from "../../src/assistant/language.ts";
import type { Lang } from "../../src/core/languages.ts";
import type { DetectedLanguage } from "../../src/core/understanding.ts";

const sure = (lang: Lang): DetectedLanguage => ({ kind: "spoken", lang, certain: true });
const guess = (lang: Lang): DetectedLanguage => ({ kind: "spoken", lang, certain: false });
const foreign: DetectedLanguage = { kind: "foreign", code: "pl" };
const unknown: DetectedLanguage = { kind: "unknown" };

const rows: readonly (readonly [
  why: string,
  context: Partial<ConversationContext>,
  detected: DetectedLanguage,
  app: Lang | undefined,
  expected: Lang,
])[] = [
  ["nothing is known", {}, unknown, undefined, "de"],
  ["the app says something", {}, unknown, "tr", "tr"],
  ["the text is sure", {}, sure("uk"), undefined, "uk"],
  ["the text is sure and the app says otherwise", {}, sure("uk"), "de", "uk"],
  ["the text is sure and the talk was in another language", { lang: "de" }, sure("ar"), "de", "ar"],
  ["the text is a guess and nothing else is known", {}, guess("fr"), undefined, "fr"],
  ["the text is a guess and the app says otherwise", {}, guess("fr"), "en", "en"],
  ["the text is a guess and the talk was in another language", { lang: "it" }, guess("fr"), "en", "it"],
  ["a button was pressed in a talk", { lang: "hr" }, unknown, "de", "hr"],
  ["the text is in no language spoken here, in a talk", { lang: "ru" }, foreign, "en", "ru"],
  ["the text is in no language spoken here, at first", {}, foreign, "en", "en"],
  ["the text is in no language spoken here and nothing is known", {}, foreign, undefined, "de"],
  ["the person chose one and writes another", { chosenLang: "en", lang: "de" }, sure("de"), "de", "en"],
  ["the person chose one and pressed a button", { chosenLang: "ar" }, unknown, "de", "ar"],
  ["the person chose one and writes one not spoken here", { chosenLang: "uk" }, foreign, "de", "uk"],
];

describe("the one language of a turn", () => {
  it.each(rows)("%s", (_, context, detected, app, expected) => {
    expect(outputLanguage({ ...freshContext, ...context }, detected, app)).toBe(expected);
  });
});
