import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import {
  checkPlainText,
  checkPlainTitle,
  countSyllables,
  measureText,
  readability,
  splitSentences,
  withoutNames,
} from "../../src/text/plain-language.ts";
import { itShared, sharedPath } from "../support/shared.ts";

const rulesOf = (text: string, names: readonly string[] = []) => checkPlainText(text, names).map(({ rule }) => rule);

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
    expect(splitSentences("Kommen Sie! Wann? Am 1. März 2027. Bitte\nRufen Sie an.")).toEqual([
      "Kommen Sie!",
      "Wann?",
      "Am 1. März 2027.",
      "Bitte",
      "Rufen Sie an.",
    ]);
    expect(splitSentences(" \n - \n")).toEqual([]);
  });

  it("counts a hyphenated compound as its parts or as one word", () => {
    expect(measureText("Der Deutsch-Kurs hilft.", "split").words).toBe(4);
    expect(measureText("Der Deutsch-Kurs hilft.", "joined").words).toBe(3);
  });

  it("measures nothing in nothing", () => {
    expect(measureText("", "split")).toEqual({
      words: 0,
      sentences: 0,
      longestSentence: 0,
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
      longestSentence: 4,
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

  it("names that are given, the longest first", () => {
    expect(withoutNames("Die Stadtbibliothek München und die Stadtbibliothek.", ["Stadtbibliothek", "Stadtbibliothek München"])).toBe(
      "Die und die.",
    );
  });

  it("and numbers of years, ages and days stay", () => {
    expect(withoutNames("Seit 2020 für Kinder von 3 bis 6 Jahren.", [])).toBe("Seit 2020 für Kinder von 3 bis 6 Jahren.");
  });
});

describe("the gate", () => {
  it.each([
    "Die Beratung kostet nichts. Rufen Sie an.",
    "Hier lernen Sie Deutsch. Der Kurs ist am Abend. Sie zahlen nichts.",
    "Sie bekommen Geld für die Miete. Das Amt prüft Ihren Antrag.",
    "Der Kurs ist am 1. März 2027 um 9 Uhr.",
    "Viele werden Mutter.",
  ])("lets pass: %s", (text) => {
    expect(checkPlainText(text)).toEqual([]);
  });

  it.each([
    ["passive", "Der Antrag wird vom Amt geprüft."],
    ["passive", "Die Kosten werden bezahlt."],
    ["passive", "Das Geld wurde im Mai verdoppelt."],
    ["conjunctive", "Das wäre gut für Sie."],
    ["conjunctive", "Sie könnten Geld bekommen."],
    ["conjunctive", "Ich würde gern kommen."],
    ["abbreviation", "Bringen Sie z. B. den Pass mit."],
    ["abbreviation", "Bringen Sie Pass bzw. Karte mit."],
    ["abbreviation", "Das Bad kostet ca. 5 Euro."],
    ["long-word", "Hier ist die Wohngeldstelle und die Aufenthaltserlaubnis da."],
    ["sentence-length", "Sie gehen in das Haus und dann in den Saal und dann zu dem Tisch und dann in den Hof am Tor."],
    ["wiener", "Sozialpädagogische Familienberatungsstellen unterstützen Alleinerziehende."],
    ["amstad", "Sozialpädagogische Familienberatungsstellen unterstützen Alleinerziehende."],
  ])("finds %s in: %s", (rule, text) => {
    expect(rulesOf(text)).toContain(rule);
  });

  it("shows what it found and says what to do", () => {
    expect(checkPlainText("Bringen Sie bitte usw. mit.")).toEqual([
      { rule: "abbreviation", found: "usw.", advice: expect.stringMatching(/\w+ \w+/) },
    ]);
  });

  it("counts the parts of a hyphenated compound, each by itself", () => {
    expect(rulesOf("Das ist die Aufenthalts-Erlaubnis.")).not.toContain("long-word");
    expect(rulesOf("Das ist die Aufenthaltserlaubnis.")).toContain("long-word");
  });

  it("has its bound for words at 13 letters and for sentences at 20 words", () => {
    expect(rulesOf("Das ist ein Kindergärten.")).not.toContain("long-word");
    expect(rulesOf(`Da ist ${"a".repeat(13)} im Haus.`)).not.toContain("long-word");
    expect(rulesOf(`Da ist ${"a".repeat(14)} im Haus.`)).toContain("long-word");
    expect(rulesOf(`${"ja ".repeat(20).trim()}.`)).not.toContain("sentence-length");
    expect(rulesOf(`${"ja ".repeat(21).trim()}.`)).toContain("sentence-length");
  });

  it("does not judge names that are given", () => {
    const text = "Gehen Sie zur Sozialbürgerhausverwaltung.";
    expect(rulesOf(text)).toContain("long-word");
    expect(rulesOf(text, ["Sozialbürgerhausverwaltung"])).not.toContain("long-word");
  });

  it("passes an empty text", () => {
    expect(checkPlainText("")).toEqual([]);
  });
});

describe("the gate for titles", () => {
  it("lets six words pass and not seven; signs are no words", () => {
    expect(checkPlainTitle("Geld für die Miete – schnell bekommen")).toEqual([]);
    expect(checkPlainTitle("Geld für die Miete ganz schnell bekommen")).toMatchObject([{ rule: "title-length" }]);
  });
});

const Line = z.object({ text: z.string() });

async function readTexts(name: string): Promise<readonly string[]> {
  const file = await readFile(sharedPath("data/plain-language", name), "utf8");
  return file
    .trim()
    .split("\n")
    .map((line) => Line.parse(JSON.parse(line)).text);
}

/** Share of pairs in which the normal text has the higher score: the area under the curve. */
function areaUnderCurve(easy: readonly number[], normal: readonly number[]): number {
  const wins = normal.flatMap((high) => easy.map((low): number => (high > low ? 1 : high === low ? 0.5 : 0)));
  return wins.reduce((sum, each) => sum + each, 0) / wins.length;
}

itShared("the formulas tell easy texts from normal ones", async () => {
  const [easy, normal] = [await readTexts("easy.jsonl"), await readTexts("normal.jsonl")];
  const areas = {
    wiener: areaUnderCurve(
      easy.map((text) => readability(text).wiener),
      normal.map((text) => readability(text).wiener),
    ),
    amstad: areaUnderCurve(
      easy.map((text) => -readability(text).amstad),
      normal.map((text) => -readability(text).amstad),
    ),
  };
  for (const area of Object.values(areas)) expect(area, JSON.stringify(areas)).toBeGreaterThan(0.7);
});
