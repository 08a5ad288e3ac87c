import { describe, expect, it } from "vitest";
import { analyses, tokenOf, writtenWords } from "../../src/text/analysis.ts";
import { createCompoundSplitter, foldGerman, possibleParts, stemGerman } from "../../src/text/german.ts";

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

const tokens = (text: string) => writtenWords(text).flatMap((written) => tokenOf(written, analyses.de) ?? []);
const folded = (text: string) => tokens(text).map((token) => token.folded);
const stemsOf = (text: string) => folded(text).map(stemGerman);

describe("words", () => {
  it("a letter that stands alone belongs to its noun, unless it is a word itself", () => {
    expect(folded("H Kennzeichen")).toEqual(folded("H-Kennzeichen"));
    expect(writtenWords("p schein, a wohnung, e papà")).toEqual(["p-schein", "a", "wohnung", "e", "papà"]);
  });

  it("are letters and digits, in order", () => {
    expect(folded("Guten Morgen, 2 Plätze (frei)!")).toEqual(["guten", "morgen", "2", "platze", "frei"]);
  });

  it("join hyphenated compounds and know their parts", () => {
    expect(tokens("Kita-Platz Roll-Stuhl-Fahrer")).toEqual([
      { folded: "kitaplatz", parts: ["kita", "platz"] },
      { folded: "rollstuhlfahrer", parts: ["roll", "stuhl", "fahrer"] },
    ]);
    expect(tokens("089-233")).toEqual([{ folded: "089233", parts: [] }]);
  });

  it("are joined where only a soft hyphen parts them", () => {
    expect(folded("Wohn\u00ADgeld")).toEqual(["wohngeld"]);
  });

  it("are none in signs alone", () => {
    expect(folded(" … ?! 😀 ")).toEqual([]);
  });

  it("are cut where no language writes so long ones", () => {
    expect(folded("x".repeat(100_000))[0]?.length).toBeLessThan(100);
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
  const split = createCompoundSplitter((part) => (stems.includes(part) ? part : undefined));
  const parts = (word: string) => split(stemGerman(foldGerman(word)));

  it.each([
    ["Sperrmüllabholung", ["Sperrmüll", "Abholung"]],
    ["Pflegeheim", ["Pflege", "Heim"]],
    ["Pflegeheimplatz", ["Pflege", "Heim", "Platz"]],
    ["Geburtsurkunde", ["Geburt", "Urkunde"]],
    ["Kindergarten", ["Kinder", "Garten"]],
    ["Arbeitsplatz", ["Arbeit", "Platz"]],
    ["Kinderkrippe", ["Kinder", "Krippe"]],
    ["Pflegeschiff", ["Pflege", "Schiff"]],
    ["Hortplatz", ["Hort", "Platz"]],
  ])("%s is %j", (word, expected) => {
    expect(parts(word)).toEqual(expected.map((part) => stemGerman(foldGerman(part))));
  });

  it.each(["Heim", "Segelboot", "Notiz", "Radikal", "Wohnung", ""])("%s has no known part", (word) => {
    expect(parts(word)).toEqual([]);
  });

  it("asks for nothing but what it says it may ask for", () => {
    for (const stem of ["sperrmullabholung", "pflegeheimplatz", "x", "wohnungsgeburtsurkundenamt"]) {
      const may = new Set(possibleParts(stem));
      createCompoundSplitter((part) => {
        expect(may).toContain(part);
        return stems.includes(part) ? part : undefined;
      })(stem);
    }
  });

  it("gives up on a word that no German writes, at once", () => {
    const started = performance.now();
    expect(split("heimplatz".repeat(2000))).toEqual([]);
    expect(performance.now() - started).toBeLessThan(100);
  });
});
