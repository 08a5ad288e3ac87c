import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openMemorySearch } from "../../../src/catalogue/live-catalogue.ts";
import type { SearchDocument, SearchQuery, TextSearch } from "../../../src/catalogue/search/search-document.ts";
import type { Lang } from "../../../src/core/languages.ts";
import { type SearchEngine, searchEngines } from "../../support/search-engines.ts";

const page = (id: string, title: string, body = "", lang: Lang = "de", keywords = ""): SearchDocument => ({
  id,
  title: [{ lang, text: title }],
  keywords: keywords === "" ? [] : [{ lang, text: keywords }],
  body: [{ lang, text: body }],
});

const pages = [
  page("muell", "Sperrmüll abholen lassen", "Wir holen alte Möbel ab"),
  page("pflege", "Pflegeheim", "Ein Platz im Heim für alte Menschen"),
  page("kita", "Kinderkrippe und Kindergarten", "Ein Platz für Ihr Kind"),
  page("kurs", "Deutschkurs am Abend", "Deutsch lernen in der Gruppe"),
  page("beratung", "Beratung für Eltern", "Wir beraten Eltern"),
  page("wohngeld", "Zuschuss zur Miete", "Für Menschen mit wenig Geld", "de", "Wohngeld\nMietzuschuss"),
  page("melden", "Wohnung anmelden", "Nach einem Umzug"),
];

describe.each(searchEngines)("text search ($name)", ({ open: openEngine }) => {
  let engine: SearchEngine;
  beforeAll(async () => {
    engine = await openEngine();
  });
  afterAll(() => engine.close());
  const open = (documents: readonly SearchDocument[]) => engine.index(documents);

  const ranked = async (search: TextSearch, text: string, query: Partial<SearchQuery> = {}) =>
    (await search.search({ text, lang: "de", limit: 10, ...query })).map(({ id }) => id);

  it.each([
    ["the word itself", "Sperrmüll", "muell"],
    ["another form of it", "Eltern berät", "beratung"],
    ["an umlaut written as ue", "sperrmuell", "muell"],
    ["an umlaut left out", "sperrmull", "muell"],
    ["part of a compound", "Krippe", "kita"],
    ["a compound of known parts", "Sperrmüllabholung", "muell"],
    ["a letter too few", "Pfegeheim", "pflege"],
    ["two letters swapped", "Pflegehiem", "pflege"],
    ["a hyphenated spelling", "Deutsch-Kurs", "kurs"],
    ["capitals", "KINDERGARTEN", "kita"],
    ["a word that people use for it", "Wohngeld", "wohngeld"],
    ["Bavarian sounds", "a Hoam", "pflege"],
    ["a Bavarian verb", "Wohnung omeldn", "melden"],
  ])("finds by %s", async (_, text, expected) => {
    expect((await ranked(await open(pages), text))[0]).toBe(expected);
  });

  it("finds nothing for words that stand nowhere, for words without a topic and for no words", async () => {
    const search = await open(pages);
    for (const text of ["xyzzy", "ich habe eine", "", "?! 😀", "'; drop table search_postings; --xyzzy", "<b>", "\u200b\u202e"])
      expect(await ranked(search, text), text).toEqual([]);
  });

  it("finds what means the same, after what is the same", async () => {
    const search = await open([page("perso", "Perso verloren"), page("ausweis", "Personalausweis"), page("hund", "Hund")]);
    expect(await ranked(search, "Personalausweis")).toEqual(["ausweis", "perso"]);
    expect(await ranked(search, "ID card", { lang: "en" })).toEqual(["perso", "ausweis"]);
  });

  it("tells how much of the question an offer holds", async () => {
    const search = await open(pages);
    const share = async (text: string) => (await search.search({ text, lang: "de", limit: 1 }))[0]?.share ?? 0;
    expect(await share("Sperrmüll")).toBe(1);
    expect(await share("Sperrmüll xyzzy plugh")).toBeLessThan(0.5);
  });

  it("searches among some only where that is asked, and never finds another", async () => {
    const search = await open(pages);
    expect(await ranked(search, "Platz", { among: ["kita", "muell", "nobody"] })).toEqual(["kita"]);
    expect(await ranked(search, "Platz", { among: [] })).toEqual([]);
  });

  it("gives as many as are asked for, and equal ones in their order", async () => {
    const search = await open(Array.from({ length: 30 }, (_, index) => page(`p${String(index).padStart(2, "0")}`, "Ausweis")));
    expect(await ranked(search, "Ausweis", { limit: 3 })).toEqual(["p00", "p01", "p02"]);
  });

  it("counts a rare word more than a common one", async () => {
    const search = await open([page("a", "Platz Krippe"), page("b", "Platz Garten"), page("c", "Platz Heim")]);
    expect((await ranked(search, "Platz Garten"))[0]).toBe("b");
    const [b, other] = await search.search({ text: "Platz Garten", lang: "de", limit: 2 });
    expect(b?.score).toBeGreaterThan(1.5 * (other?.score ?? 0));
  });

  it("counts a word in the title more than one in the text", async () => {
    const search = await open([page("text", "Hund", "Ausweis"), page("title", "Ausweis", "Hund"), page("none", "Kita")]);
    expect(await ranked(search, "Ausweis")).toEqual(["title", "text"]);
  });

  it("counts words that stand together more than the same words far apart", async () => {
    const far = (first: string, second: string) => `${first}\n${"Hier steht etwas anderes.\n".repeat(20)}${second}`;
    const search = await open([
      page("apart", "Eins", far("Hund", "Steuer")),
      page("near", "Zwei", far("Hund und Steuer", "Ende")),
      page("none", "Drei"),
    ]);
    expect((await ranked(search, "Hund Steuer"))[0]).toBe("near");
  });

  it("reads each language by its own rules, and all of them where the language is not known", async () => {
    const search = await open([
      page("en", "Registering marriages", "", "en"),
      page("fr", "Déclarations de naissance", "", "fr"),
      page("uk", "Допомога з житлом", "", "uk"),
      page("ar", "مساعدة في السكن", "", "ar"),
      ...pages,
    ]);
    expect(await ranked(search, "register a marriage", { lang: "en" })).toEqual(["en"]);
    expect((await ranked(search, "déclaration naissance", { lang: undefined }))[0]).toBe("fr");
    expect((await ranked(search, "допомога", { lang: undefined }))[0]).toBe("uk");
    expect((await ranked(search, "مساعدة", { lang: "ar" }))[0]).toBe("ar");
    expect((await ranked(search, "Sperrmüll", { lang: undefined }))[0]).toBe("muell");
  });

  it("answers from no documents, and from documents without words", async () => {
    expect(await ranked(await open([]), "Kita")).toEqual([]);
    const search = await open([page("empty", "", ""), page("emoji", "😀", "!?"), page("kita", "Kita")]);
    expect(await ranked(search, "Kita")).toEqual(["kita"]);
    expect(await ranked(search, "Kita", { among: ["empty", "emoji"] })).toEqual([]);
  });

  it("reads a hundred thousand characters in a moment", async () => {
    const search = await open(pages);
    for (const text of ["Sperrmüllabholungsterminvereinbarung ".repeat(3000), "x".repeat(100_000), "a-".repeat(50_000)]) {
      const started = performance.now();
      await ranked(search, text);
      expect(performance.now() - started).toBeLessThan(1500);
    }
  });
});

describe("the memory engine", () => {
  it("is built in slices, so that other work is not kept waiting", async () => {
    const many = Array.from({ length: 3000 }, (_, index) => page(`p${index}`, `Beratung Nummer ${index}`, `Text über Thema${index % 700}`));
    let longest = 0;
    let last = performance.now();
    const timer = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 1);
    await openMemorySearch({ documents: many, nameConcepts: () => [], version: "test" });
    clearInterval(timer);
    expect(longest).toBeLessThan(250);
  });
});
