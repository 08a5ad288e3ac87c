import { describe, expect, it } from "vitest";
import { maskNames } from "../../src/text/plain/mask-names.ts";
import { countSyllables, measureText, readability } from "../../src/text/plain/measures.ts";
import { readSentences } from "../../src/text/plain/read-text.ts";

const sentencesOf = (text: string) => readSentences(text).map((sentence) => sentence.text);

/** What is left of a text, read as it would be without the blanks. */
const withoutNames = (text: string, names: readonly string[]) =>
  maskNames(text, names)
    .replace(/ +/g, " ")
    .replace(/ ([.,;:!?])/g, "$1");

describe("counting", () => {
  it.each([
    ["Haus", 1],
    ["Kita", 2],
    ["Beratung", 3],
    ["Telefon", 3],
    ["Mai", 1],
    ["Bayern", 2],
    ["Häuser", 2],
    ["See", 1],
    ["Familie", 3],
    ["Informationen", 6],
    ["115", 1],
  ])("%s has %i syllables", (word, syllables) => {
    expect(countSyllables(word)).toBe(syllables);
  });

  it("ends sentences at . ! ? and line breaks, not at a day's dot or a number's", () => {
    expect(sentencesOf("Kommen Sie! Wann? Am 1. März 2027. Bitte\nRufen Sie an.")).toEqual([
      "Kommen Sie!",
      "Wann?",
      "Am 1. März 2027.",
      "Bitte",
      "Rufen Sie an.",
    ]);
    expect(sentencesOf(" \n - \n")).toEqual([]);
  });

  it("ends no sentence behind a letter or a shortened word", () => {
    expect(sentencesOf("Bringen Sie z. B. den Pass mit. Es kostet ca. 5 Euro.")).toEqual([
      "Bringen Sie z. B. den Pass mit.",
      "Es kostet ca. 5 Euro.",
    ]);
  });

  it("knows where sentences and words stand", () => {
    const text = "  Ja.\nRufen Sie an! ";
    for (const sentence of readSentences(text)) {
      expect(text.slice(sentence.start, sentence.end)).toBe(sentence.text);
      for (const word of sentence.words) expect(text.slice(word.start, word.end)).toBe(word.text);
    }
    expect(sentencesOf(text)).toEqual(["Ja.", "Rufen Sie an!"]);
  });

  it("counts a hyphenated compound as its parts or as one word", () => {
    expect(measureText("Der Deutsch-Kurs hilft.", "split").words).toBe(4);
    expect(measureText("Der Deutsch-Kurs hilft.", "joined").words).toBe(3);
  });

  it("measures nothing in nothing", () => {
    expect(measureText("", "split")).toEqual({
      words: 0,
      sentences: 0,
      wordsPerSentence: 0,
      syllablesPerWord: 0,
      threeSyllablePercent: 0,
      longWordPercent: 0,
      oneSyllablePercent: 0,
    });
  });
});

describe("the formulas, computed by hand", () => {
  // Die(1) Be-ra-tung(3) kos-tet(2) nichts(1) | Ru-fen(2) Sie(1) an(1): 7 words, 2 sentences, 11 syllables.
  const text = "Die Beratung kostet nichts. Rufen Sie an.";

  it("measures", () => {
    expect(measureText(text, "split")).toEqual({
      words: 7,
      sentences: 2,
      wordsPerSentence: 3.5,
      syllablesPerWord: 11 / 7,
      threeSyllablePercent: 100 / 7,
      // Beratung: more than 6 letters. "kostet" and "nichts" have exactly 6.
      longWordPercent: 100 / 7,
      oneSyllablePercent: 400 / 7,
    });
  });

  it("first Wiener Sachtextformel, Amstad and LIX", () => {
    const { wiener, amstad, amstadJoined, lix } = readability(text);
    // 0.1935 · 14.2857 + 0.1672 · 3.5 + 0.1297 · 14.2857 − 0.0327 · 57.1429 − 0.875
    expect(wiener).toBeCloseTo(2.7643 + 0.5852 + 1.8529 - 1.8686 - 0.875, 3);
    // 180 − 3.5 − 58.5 · 1.5714
    expect(amstad).toBeCloseTo(84.571, 2);
    expect(amstadJoined).toBeCloseTo(84.571, 2);
    expect(lix).toBeCloseTo(3.5 + 14.2857, 3);
  });

  it("joins the parts of compounds for the second Amstad and for LIX", () => {
    // Das(1) Te-le-fon(3)-Ge-spräch(2) ist(1) gut(1): split 5 words, 8 syllables; joined 4 words, 8 syllables.
    const { amstad, amstadJoined, lix } = readability("Das Telefon-Gespräch ist gut.");
    expect(amstad).toBeCloseTo(180 - 5 - 58.5 * (8 / 5), 6);
    expect(amstadJoined).toBeCloseTo(180 - 4 - 58.5 * (8 / 4), 6);
    expect(lix).toBeCloseTo(4 + 25, 6);
  });
});

describe("what is read as a name and not as a sentence is taken out", () => {
  it.each([
    ["Mehr auf www.muenchen.de/kita hier.", "Mehr auf hier."],
    ["Siehe https://stadt.muenchen.de/service/info/x bitte", "Siehe bitte"],
    ["Schreiben Sie an kita@muenchen.de bald.", "Schreiben Sie an bald."],
    ["Rufen Sie 089 233-96771 an.", "Rufen Sie an."],
    ["Offen von 9 bis 12 Uhr.", "Offen von."],
    ["Das Amt ist am Marienplatz 8, 80331 München.", "Das Amt ist am."],
    ["Die Stelle ist in der Orleansstraße 50 im Haus.", "Die Stelle ist in der im Haus."],
  ])("%s", (text, rest) => {
    expect(withoutNames(text, [])).toBe(rest);
  });

  it("blanks keep every other letter in its place", () => {
    const text = "Mehr auf www.muenchen.de, Tel. 089 233-96771.";
    expect(maskNames(text, [])).toHaveLength(text.length);
  });

  it("names that are given, the longest first", () => {
    expect(withoutNames("Die Stadtbibliothek München und die Stadtbibliothek.", ["Stadtbibliothek", "Stadtbibliothek München"])).toBe(
      "Die und die.",
    );
  });

  it("and numbers of years, ages and days stay", () => {
    expect(withoutNames("Seit 2020 für Kinder von 3 bis 6 Jahren.", [])).toBe("Seit 2020 für Kinder von 3 bis 6 Jahren.");
  });
});
