import { beforeAll, describe, expect, it } from "vitest";
import { readContent } from "../../src/catalogue/content-files.ts";
import type { Offer } from "../../src/core/offer.ts";
import { projectRoot } from "../../src/node-content.ts";
import { checkPlainText, checkPlainTitle, splitSentences } from "../../src/text/plain-language.ts";
import { de } from "../../src/words/de.ts";

/** What stands for itself in an offer's text: who offers it, by the whole name and by its parts, the title, the source. */
function namesOf({ organization, title, source }: Offer): readonly string[] {
  return [organization, ...organization.split(/,\s*/), title.de, source.name];
}

const problemsOf = (text: string, names: readonly string[] = []) =>
  checkPlainText(text, names).map(({ rule, found }) => `${rule}: ${found}`);

describe("what ships in German passes the gate of plain language", () => {
  let offers: readonly Offer[];

  beforeAll(async () => {
    offers = (await readContent({ root: projectRoot, demo: true })).offers;
  });

  it("every offer's summary", () => {
    const failing = offers.flatMap((offer) => problemsOf(offer.summary.de, namesOf(offer)).map((problem) => `${offer.id}: ${problem}`));
    expect(failing).toEqual([]);
  });

  it("every offer's title", () => {
    const failing = offers.flatMap(({ id, title }) => checkPlainTitle(title.de).map(({ found }) => `${id}: ${found}`));
    expect(failing).toEqual([]);
  });

  it("for whom an offer is and what it costs: no long word, abbreviation, passive or conjunctive", () => {
    // Not whole sentences: the formulas measure running text.
    const formulas = /^(?:wiener|amstad):/;
    const failing = offers.flatMap(({ id, forWhom, cost }) =>
      [forWhom?.de, cost?.text?.de].flatMap((text) =>
        text === undefined ? [] : problemsOf(text).flatMap((problem) => (formulas.test(problem) ? [] : [`${id}: ${problem} (${text})`])),
      ),
    );
    expect(failing).toEqual([]);
  });
});

/** Every text of the German words, with values of the kind that really stand in them; labels of the page are no sentences. */
function germanTexts(): readonly (readonly [name: string, text: string])[] {
  const { page, languageNames, crisis, exampleQuestions, ...rest } = de;
  const texts: (readonly [string, string])[] = [
    ...Object.entries(crisis).map(([kind, text]) => [`crisis.${kind}`, text] as const),
    ...exampleQuestions.map((text, index) => [`exampleQuestions.${index}`, text] as const),
    ...(["lead", "notice", "failed", "noScript", "demoBanner"] as const).map((name) => [`page.${name}`, page[name]] as const),
    ["foundFor", rest.foundFor("Kita-Platz")],
    ["foundForTwo", rest.foundForTwo("Kita-Platz", "Hund")],
    ["widened", rest.widened("Sendling")],
    ["freePlaces", rest.freePlaces(3, "Plätze", "1. März 2027")],
    ["noFreePlaces", rest.noFreePlaces("Plätze", "1. März 2027")],
    ["age", rest.age(3, 6)],
    ["source", rest.source("Stadt München", "1. März 2027")],
    ["unchecked", rest.unchecked("muenchen.de")],
    ["nearestNeed", rest.nearestNeed("Kita-Platz")],
    ["textInLanguage", rest.textInLanguage("Englisch")],
  ];
  return [...texts, ...Object.entries(rest).flatMap(([name, text]) => (typeof text === "string" ? [[name, text] as const] : []))];
}

/** Proper names in the crisis texts and languages, which nobody can write more simply. */
const names = ["Krisendienste Bayern", "Giftnotruf München", "Stadtlotse München", ...Object.values(de.languageNames), "JavaScript"];

describe("every German sentence that the assistant says passes the gate of plain language", () => {
  const long = germanTexts().filter(([, text]) => text.split(/\s+/).length > 3);

  it.each(long)("%s", (_, text) => {
    expect(problemsOf(text, names)).toEqual([]);
  });

  it.each(long)("%s: each sentence has at most 15 words", (_, text) => {
    for (const sentence of splitSentences(text)) expect(sentence.split(/\s+/).length, sentence).toBeLessThanOrEqual(15);
  });
});
