import { describe, expect, it } from "vitest";
import { createCatalogue, searchDocuments } from "../../src/catalogue/catalogue.ts";
import { readContent } from "../../src/catalogue/content-files.ts";
import { openMemorySearch } from "../../src/catalogue/live-catalogue.ts";
import type { OfferQuery } from "../../src/core/catalogue.ts";
import type { Need, Offer } from "../../src/core/offer.ts";
import { projectRoot } from "../../src/node-content.ts";
import { needOf, offerOf } from "./fixtures.ts";

const needs = [
  needOf("kita-platz", ["Kita", "Krippe", "Kindergarten"]),
  needOf("hund", ["Hund", "Welpe", "Hundesteuer"]),
  needOf("abfall", ["Müll", "Sperrmüll", "Wertstoffhof"]),
];
const address = (postcode: string) => ({ street: "Weg 1", postcode, city: "München" });
const kita = { score: 0.9, id: "kita-platz" };

async function open(content: { readonly needs: readonly Need[]; readonly offers: readonly Offer[] }) {
  return createCatalogue(content, await openMemorySearch({ documents: searchDocuments(content), nameConcepts: () => [], version: "test" }));
}

async function search(offers: readonly Offer[], query: Partial<OfferQuery> = {}) {
  const result = await (await open({ needs, offers })).search({ text: "", needs: [kita], slots: {}, offset: 0, limit: 10, ...query });
  return { ...result, ids: result.found.map(({ offer }) => offer.id) };
}

describe("searching by need", () => {
  it("finds the offers of the need and no others, best first, each with a score of 0 to 1", async () => {
    const { ids, total, found } = await search([
      offerOf("second", { needs: ["hund", "kita-platz"] }),
      offerOf("other", { needs: ["hund"] }),
      offerOf("first", { needs: ["kita-platz", "hund"] }),
    ]);
    expect(ids).toEqual(["first", "second"]);
    expect(total).toBe(2);
    const scores = found.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(scores.every((score) => score > 0 && score <= 1)).toBe(true);
  });

  it("lets the words of the question decide among the offers of a need", async () => {
    const offers = ["Kita am Bach", "Kita mit Garten", "Kita im Wald"].map((de, index) =>
      offerOf(`kita-${index}`, { title: { de, en: `Nursery ${index}` } }),
    );
    expect((await search(offers, { text: "eine Kita im Wald" })).ids[0]).toBe("kita-2");
    expect((await search(offers, { text: "Kita mit einem Garten" })).ids[0]).toBe("kita-1");
  });

  it("brings up an offer of another need if the words clearly speak for it, and not if one word does", async () => {
    const offers = [offerOf("kita"), offerOf("welpen", { needs: ["hund"], title: { de: "Welpenschule im Westpark", en: "Puppy school" } })];
    expect((await search(offers, { text: "Welpenschule Westpark" })).ids).toEqual(["welpen", "kita"]);
    const rambling =
      "mein Sohn ist drei und wir brauchen dringend Betreuung am besten gleich neben dem Westpark weil ich wieder arbeiten muss";
    expect((await search(offers, { text: rambling })).ids).toEqual(["kita"]);
  });

  it("judges an offer without a need by its words alone", async () => {
    const title = { de: "Kita im Wald", en: "Nursery" };
    const { found } = await search([offerOf("none", { title, needs: [] }), offerOf("kita")], { text: "Wald" });
    expect(found.find(({ offer }) => offer.id === "none")?.score).toBeGreaterThan(0.9);
  });

  it("shows equal offers in the order of the files, checked or not", async () => {
    expect((await search([offerOf("b"), offerOf("a", { status: "checked", checkedAt: "2026-06-08" })])).ids).toEqual(["b", "a"]);
    expect((await search([offerOf("a", { status: "checked", checkedAt: "2026-06-08" }), offerOf("b")])).ids).toEqual(["a", "b"]);
  });

  it("finds nothing for a need that nothing serves", async () => {
    expect(await search([offerOf("a", { needs: ["hund"] })])).toMatchObject({ ids: [], total: 0, widened: [] });
  });

  it("gives the same answer for the same question", async () => {
    const offers = Array.from({ length: 20 }, (_, index) => offerOf(`offer-${index}`));
    expect((await search(offers)).ids).toEqual((await search(offers)).ids);
  });
});

describe("searching by words alone", async () => {
  const catalogue = await open(await readContent({ root: projectRoot, demo: false }));
  const first = async (text: string) => (await catalogue.search({ text, needs: [], slots: {}, offset: 0, limit: 1 })).found[0]?.offer.needs;

  it.each([
    ["Sperrmüllabholung", "abfall"],
    ["sperrmuell abholen", "abfall"],
    ["Hundesteuer anmelden", "hund"],
    ["Kita-Finder", "kita-platz"],
  ])("%s → %s", async (text, expected) => {
    expect(await first(text)).toContain(expected);
  });

  it.each(["", "?!", "xyzzy plugh", "ich habe eine"])("finds nothing for %j", async (text) => {
    expect(await first(text)).toBeUndefined();
  });
});

describe("what the words of a text say for an offer", async () => {
  const offers = [
    offerOf("welpen", {
      needs: ["hund"],
      title: { de: "Welpenschule im Westpark", en: "Puppy school" },
      words: { de: ["Hundetraining"], en: [] },
    }),
    offerOf("kita"),
    offerOf("park", {
      title: { de: "Kita im Grünen", en: "Green nursery" },
      summary: { de: "Mit Blick auf den Bavariafilm", en: "A view" },
    }),
  ];
  const { weigh } = await open({ needs, offers });

  it("is more the more of them are its title or its own words", async () => {
    const [all, most, few] = [
      await weigh("Welpenschule Westpark"),
      await weigh("Welpenschule Westpark xyzzy"),
      await weigh("Welpenschule xyzzy plugh"),
    ];
    expect(all).toBeGreaterThan(most);
    expect(most).toBeGreaterThan(0);
    expect(few).toBe(0);
    expect(await weigh("Hundetraining")).toBeGreaterThan(0);
  });

  it("is nothing where they stand in its text alone, or nowhere", async () => {
    expect(await weigh("Bavariafilm")).toBe(0);
    expect(await weigh("xyzzy")).toBe(0);
    expect(await weigh("")).toBe(0);
  });
});

describe("a place", () => {
  const sendling = offerOf("sendling", { district: "Sendling", address: address("81371") });
  const pasing = offerOf("pasing", { district: "Pasing-Obermenzing", address: address("81241") });
  const city = offerOf("city");

  it("shows its own offers first", async () => {
    const { ids, widened } = await search([city, pasing, sendling], { slots: { district: "Sendling" } });
    expect(ids[0]).toBe("sendling");
    expect(widened).toEqual([]);
  });

  it("says so where nothing is there, with the name that the citizen used", async () => {
    const inQuarter = await search([pasing, city], { slots: { district: "Sendling", quarter: "Untersendling" } });
    expect(inQuarter.widened).toEqual([{ kind: "place", place: "Untersendling" }]);
    expect(inQuarter.ids.toSorted()).toEqual(["city", "pasing"]);
    expect((await search([pasing], { slots: { district: "Sendling" } })).widened).toEqual([{ kind: "place", place: "Sendling" }]);
  });

  it("may be a postcode", async () => {
    const { ids, widened } = await search([sendling, pasing], { slots: { postcode: "81241" } });
    expect(ids[0]).toBe("pasing");
    expect(widened).toEqual([]);
    expect((await search([pasing], { slots: { postcode: "80331" } })).widened).toEqual([{ kind: "place", place: "80331" }]);
  });

  it("is not spoken of where nothing was found at all", async () => {
    expect(await search([], { slots: { district: "Sendling" } })).toMatchObject({ ids: [], widened: [] });
  });
});

describe("wishes", () => {
  const free = offerOf("free", { cost: { free: true } });
  const paid = offerOf("paid", { cost: { free: false } });
  const unknown = offerOf("unknown");

  it("free of charge keeps only what is known to be free", async () => {
    expect(await search([free, paid, unknown], { slots: { costFree: true } })).toMatchObject({ ids: ["free"], widened: [] });
  });

  it("free of charge says so where nothing is known to be free", async () => {
    const { ids, widened } = await search([paid, unknown], { slots: { costFree: true } });
    expect(ids.toSorted()).toEqual(["paid", "unknown"]);
    expect(widened).toEqual([{ kind: "costFree" }]);
  });

  it("a wheelchair keeps only what is known to be accessible, or says so", async () => {
    const step = offerOf("ramp", { wheelchair: true });
    expect((await search([step, unknown, offerOf("stairs", { wheelchair: false })], { slots: { wheelchair: true } })).ids).toEqual([
      "ramp",
    ]);
    expect((await search([unknown], { slots: { wheelchair: true } })).widened).toEqual([{ kind: "wheelchair" }]);
  });

  it("several at once: the place is told first", async () => {
    const { widened } = await search([unknown], { slots: { wheelchair: true, costFree: true, district: "Sendling" } });
    expect(widened.map(({ kind }) => kind)).toEqual(["place", "costFree", "wheelchair"]);
  });
});

describe("an age", () => {
  const offers = [
    offerOf("small", { age: { to: 5 } }),
    offerOf("school", { age: { from: 6, to: 17 } }),
    offerOf("old", { age: { from: 60 } }),
    offerOf("all"),
  ];

  it.each([
    [0, ["all", "small"]],
    [5, ["all", "small"]],
    [6, ["all", "school"]],
    [17, ["all", "school"]],
    [18, ["all"]],
    [60, ["all", "old"]],
    [101, ["all", "old"]],
  ])("of %i finds %j", async (age, expected) => {
    expect((await search(offers, { slots: { age } })).ids.toSorted()).toEqual(expected);
  });

  it("that nobody named leaves all", async () => {
    expect((await search(offers)).ids).toHaveLength(4);
  });
});

describe("two needs in one message", () => {
  const dog = { id: "hund", score: 0.45 };
  const offers = [1, 2, 3].flatMap((number) => [offerOf(`kita-${number}`), offerOf(`hund-${number}`, { needs: ["hund"] })]);

  it("have their best offers first, the likelier one's at the top; the rest follow by their scores", async () => {
    const needOfId = (id: string) => id.split("-")[0];
    const { ids, total } = await search(offers, { needs: [{ ...kita, score: 0.5 }, dog] });
    expect(ids.map(needOfId)).toEqual(["kita", "hund", "kita", "kita", "hund", "hund"]);
    expect(total).toBe(6);
    expect(new Set(ids).size).toBe(6);
  });

  it("show an offer that serves both only once", async () => {
    const both = offerOf("both", { needs: ["kita-platz", "hund"] });
    const { ids } = await search([both, ...offers], { needs: [{ ...kita, score: 0.5 }, dog] });
    expect(ids.filter((id) => id === "both")).toHaveLength(1);
    expect(ids).toHaveLength(7);
  });

  it("show the one that has offers where the other has none", async () => {
    expect((await search([offerOf("kita-1")], { needs: [dog, kita] })).ids).toEqual(["kita-1"]);
  });
});

describe("pages", () => {
  const offers = Array.from({ length: 8 }, (_, index) => offerOf(`offer-${index}`));

  it("follow each other without gaps and repeats, and each knows how many there are", async () => {
    const all = (await search(offers)).ids;
    const pages = await Promise.all([0, 3, 6, 9].map((offset) => search(offers, { offset, limit: 3 })));
    expect(pages.flatMap(({ ids }) => ids)).toEqual(all);
    expect(pages.map(({ ids, total }) => [ids.length, total])).toEqual([
      [3, 8],
      [3, 8],
      [2, 8],
      [0, 8],
    ]);
  });
});

describe("needs", async () => {
  const catalogue = await open({ needs, offers: [] });

  it("are found by id", async () => {
    expect(catalogue.findNeed("hund")?.label.de).toBe("hund de");
    expect(catalogue.findNeed("nichts")).toBeUndefined();
  });
});
