import { describe, expect, it } from "vitest";
import { createTextIndex, type IndexDocument } from "../../src/catalogue/text-index.ts";

const documentOf = (id: string, ...texts: readonly string[]): IndexDocument => ({ id, fields: texts.map((text) => ({ text, weight: 1 })) });

const index = createTextIndex([
  documentOf("muell", "Sperrmüll abholen lassen", "Wir holen alte Möbel ab"),
  documentOf("pflege", "Pflegeheim", "Ein Platz im Heim für alte Menschen"),
  documentOf("kita", "Kinderkrippe und Kindergarten", "Ein Platz für Ihr Kind"),
  documentOf("kurs", "Deutschkurs am Abend", "Deutsch lernen in der Gruppe"),
  documentOf("beratung", "Beratung für Eltern", "Wir beraten Eltern"),
]);

function ranked(query: string): readonly string[] {
  return [...index(query)].sort((a, b) => b[1] - a[1]).map(([id]) => id);
}

describe("the text index", () => {
  it.each([
    ["the word itself", "Sperrmüll", "muell"],
    ["another form of it", "Eltern berät", "beratung"],
    ["an umlaut written as ue", "sperrmuell", "muell"],
    ["an umlaut left out", "sperrmull", "muell"],
    ["part of a compound", "Krippe", "kita"],
    ["a compound of known parts", "Sperrmüllabholung", "muell"],
    ["a typo", "Pflegehiem", "pflege"],
    ["a hyphenated spelling", "Deutsch-Kurs", "kurs"],
    ["capitals", "KINDERGARTEN", "kita"],
  ])("finds by %s", (_, query, expected) => {
    expect(ranked(query)[0]).toBe(expected);
  });

  it("scores nothing for words that stand nowhere, for words without a topic and for no words", () => {
    expect(index("xyzzy").size).toBe(0);
    expect(index("ich habe eine").size).toBe(0);
    expect(index("").size).toBe(0);
    expect(index("?! 😀").size).toBe(0);
  });

  it("counts the parts of a compound nearly like words, and the letters of a misspelled one little", () => {
    const parts = createTextIndex([documentOf("a", "Sperrmüll Abholung"), documentOf("b", "Garten"), documentOf("c", "Heim")]);
    const score = (query: string) => parts(query).get("a") ?? 0;
    expect(score("Sperrmüllabholung")).toBeGreaterThan(score("Sperrmüll"));
    expect(score("Sperrmüllabholung")).toBeLessThan(score("Sperrmüll Abholung"));
    expect(score("Spermülxx")).toBeLessThan(0.3 * score("Sperrmüll"));
  });

  it("counts a rare word more than a common one", () => {
    const rarity = createTextIndex([documentOf("a", "Platz Krippe"), documentOf("b", "Platz Garten"), documentOf("c", "Platz Heim")]);
    expect(rarity("Krippe").get("a") ?? 0).toBeGreaterThan(1.5 * (rarity("Platz").get("a") ?? 0));
  });

  it("counts a word in a heavy field more than in a light one", () => {
    const weighted = createTextIndex([
      {
        id: "title",
        fields: [
          { text: "Ausweis", weight: 3 },
          { text: "Hund", weight: 1 },
        ],
      },
      {
        id: "text",
        fields: [
          { text: "Hund", weight: 3 },
          { text: "Ausweis", weight: 1 },
        ],
      },
      { id: "none", fields: [{ text: "Kita", weight: 1 }] },
    ]);
    const scores = weighted("Ausweis");
    expect(scores.get("title") ?? 0).toBeGreaterThan(scores.get("text") ?? 0);
    expect(scores.get("text") ?? 0).toBeGreaterThan(0);
  });

  it("counts repetition less and less", () => {
    const repeated = createTextIndex([
      documentOf("once", "Ausweis"),
      documentOf("often", "Ausweis ".repeat(50)),
      documentOf("none", "Kita"),
    ]);
    const scores = repeated("Ausweis");
    expect((scores.get("often") ?? 0) / (scores.get("once") ?? 1)).toBeLessThan(2.5);
  });

  it("gives the same score for the same words in another order", () => {
    expect(index("Kindergarten Platz").get("kita")).toBeCloseTo(index("Platz Kindergarten").get("kita") ?? 0, 10);
  });

  it("reads a text of a hundred thousand characters in a moment", () => {
    const started = performance.now();
    index("Sperrmüllabholungsterminvereinbarung ".repeat(3000));
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it("answers from no documents", () => {
    expect(createTextIndex([])("Kita").size).toBe(0);
  });
});
