import { describe, expect, it } from "vitest";
import { createArticleFinder } from "../../../src/catalogue/articles/find.ts";
import { searchDocuments } from "../../../src/catalogue/catalogue.ts";
import { openMemorySearch } from "../../../src/catalogue/live-catalogue.ts";
import type { Lang } from "../../../src/core/languages.ts";
import { needOf, offerOf } from "../fixtures.ts";
import { articleOf } from "./fixtures.ts";

const needs = [needOf("kita-platz", ["Kita"])];
const offers = [offerOf("a"), offerOf("b"), offerOf("c")];

/** The article with one question, as it is found for a text. */
async function findFor(question: string, text: string, lang: Lang = "de") {
  const article = articleOf(1, {
    title: { de: "Etwas Besonderes" },
    text: { de: "Das steht hier." },
    questions: [{ lang, text: question }],
  });
  const texts = await openMemorySearch({
    documents: searchDocuments({ needs, offers, articles: [article] }),
    nameConcepts: () => [],
    version: "1",
  });
  return (await createArticleFinder([article], texts, () => new Date()).find({ text }))?.match;
}

describe("a question of an article", () => {
  it.each([
    ["Wo gibt es einen Trinkbrunnen?", "Wo sind in München Trinkbrunnen?", "de"],
    ["Wo darf ich grillen?", "Ist Grillen im Park erlaubt?", "de"],
    ["Wo kann man ein Boot leihen?", "wo kan ich ein bot leihen", "de"],
    ["Wie bekomme ich einen Parkausweis?", "Bewohnerparkausweis beantragen", "de"],
    ["Where can one rent a boat?", "Where can I rent a boat in Munich?", "en"],
    ["Wo darf ich grillen?", "Wo darf ich grillen?", "de"],
    ["Где можно взять лодку?", "где взять лодки в Мюнхене", "ru"],
  ] as const)("%s is asked by: %s", async (question, text, lang) => {
    expect(await findFor(question, text, lang)).toBe("asked");
  });

  it.each([
    ["Wo kann ich meinen Hund anmelden?", "Wo kann ich mein Auto anmelden?", "de"],
    ["Wo kann man ein Boot leihen?", "Wo kann ich ein Auto leihen?", "de"],
    ["Wie hoch ist die Hundesteuer?", "Wie hoch ist die Grundsteuer?", "de"],
    ["Wie bekomme ich einen Parkausweis?", "Wie bekomme ich einen Personalausweis?", "de"],
    ["Where can one rent a boat?", "Where can I rent a flat in Munich?", "en"],
    ["Wo gibt es einen Trinkbrunnen?", "Hallo", "de"],
    ["Wo gibt es einen Trinkbrunnen?", "", "de"],
  ] as const)("%s is not asked by: %s", async (question, text, lang) => {
    expect(await findFor(question, text, lang)).not.toBe("asked");
  });
});
