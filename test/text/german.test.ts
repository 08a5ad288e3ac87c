import { describe, expect, it } from "vitest";
import { createCompoundSplitter, foldGerman, stemGerman, stemsOf, tokenize } from "../../src/text/german.ts";

describe("one spelling for all ways to write a German word", () => {
  it.each([
    ["Müll", "Muell"],
    ["Müll", "mull"],
    ["Müll", "MÜLL"],
    ["Mu\u0308ll", "Müll"],
    ["Straße", "strasse"],
    ["Größe", "GROESSE"],
    ["Ämter", "Aemter"],
    ["Öffnungszeiten", "oeffnungszeiten"],
    ["Führerschein", "fuehrerschein"],
    ["Café", "cafe"],
    ["ﬁnden", "finden"],
    ["Ｋｉｔａ", "kita"],
  ])("%s = %s", (first, second) => {
    expect(foldGerman(first)).toBe(foldGerman(second));
  });

  it.each([
    ["schön", "schon"],
    ["drücken", "drucken"],
  ])("knowingly takes %s and %s for one", (first, second) => {
    expect(foldGerman(first)).toBe(foldGerman(second));
  });

  it.each([
    ["neue", "neu"],
    ["Bauer", "Baur"],
    ["Quelle", "Qulle"],
    ["Frauen", "Fraun"],
  ])("keeps %s and %s apart: ue after a, e or q is no umlaut", (first, second) => {
    expect(foldGerman(first)).not.toBe(foldGerman(second));
  });

  it("leaves other scripts readable", () => {
    expect(foldGerman("Допомога")).toBe("допомога");
    expect(foldGerman("مساعدة")).toBe("مساعدة");
  });
});

describe("words", () => {
  it("are letters and digits, in order", () => {
    expect(tokenize("Hallo, 2 Plätze (bitte)!")).toEqual(["hallo", "2", "platze", "bitte"]);
  });

  it("join hyphenated compounds, and not numbers", () => {
    expect(tokenize("Kita-Platz Roll-Stuhl-Fahrer 3-4")).toEqual(["kitaplatz", "rollstuhlfahrer", "3", "4"]);
  });

  it("are none in signs alone", () => {
    expect(tokenize(" … ?! 😀 ")).toEqual([]);
  });
});

describe("stems", () => {
  it.each([
    ["Wohnung", "Wohnungen"],
    ["Kind", "Kinder"],
    ["Termin", "Termine"],
    ["Beratung", "Beratungen"],
    ["abholen", "abhole"],
    ["Hund", "Hundes"],
  ])("%s and %s have one", (first, second) => {
    expect(stemGerman(foldGerman(first))).toBe(stemGerman(foldGerman(second)));
  });

  it("leave out words without a topic and single letters, and keep repeats", () => {
    expect(stemsOf("Ich suche eine Kita, eine Kita in München")).toEqual([stemGerman("kita"), stemGerman("kita")]);
    expect(stemsOf("wo ist das? i hob a b")).toEqual([]);
  });

  it("know stop words in every spelling", () => {
    expect(stemsOf("für fuer über ueber können koennen")).toEqual([]);
  });
});

describe("compounds", () => {
  const stems = [
    "sperrmull",
    "abholung",
    "pflege",
    "heim",
    "platz",
    "kinder",
    "garten",
    "geburt",
    "urkunde",
    "arbeit",
    "amt",
    "wohnung",
  ].map(stemGerman);
  const split = createCompoundSplitter(new Set(stems));
  const parts = (word: string) => split(stemGerman(foldGerman(word)));

  it.each([
    ["Sperrmüllabholung", ["Sperrmüll", "Abholung"]],
    ["Pflegeheim", ["Pflege", "Heim"]],
    ["Pflegeheimplatz", ["Pflege", "Heim", "Platz"]],
    ["Geburtsurkunde", ["Geburt", "Urkunde"]],
    ["Kindergarten", ["Kinder", "Garten"]],
    ["Arbeitsplatz", ["Arbeit", "Platz"]],
  ])("%s is %j", (word, expected) => {
    expect(parts(word)).toEqual(expected.map((part) => stemGerman(foldGerman(part))));
  });

  it.each(["Heim", "Schifffahrt", "Pflegeschiff", "Schiffspflege", "Wohnung", ""])("%s is none of known parts", (word) => {
    expect(parts(word)).toEqual([]);
  });

  it("gives up on a word that no German writes, at once", () => {
    const started = performance.now();
    expect(split("heimplatz".repeat(2000))).toEqual([]);
    expect(performance.now() - started).toBeLessThan(100);
  });
});
