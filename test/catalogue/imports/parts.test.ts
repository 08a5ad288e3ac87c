import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Comparable, createPairFinder } from "../../../src/catalogue/imports/duplicate-pairs.ts";
import { firstSentences, plainTextOf } from "../../../src/catalogue/imports/html.ts";
import { createDistrictFinder } from "../../../src/catalogue/imports/locate.ts";
import { importedOfferId } from "../../../src/catalogue/imports/offer-id.ts";
import { pairWithFiles, serviceIdIn } from "../../../src/catalogue/imports/same-offer.ts";
import { similarityOf } from "../../../src/catalogue/imports/similarity.ts";

describe("the id of an imported offer", () => {
  it("is readable where the external one fits", () => {
    expect(importedOfferId("zms", "1063441")).toBe("zms-1063441");
    expect(importedOfferId("hsds", "ac148810-d857-441c-9679-408f346de14b")).toBe("hsds-ac148810-d857-441c-9679-408f346de14b");
  });

  it("always fits, and differs where the external ones do", () => {
    const id = fc.string({ minLength: 1, unit: "grapheme" });
    fc.assert(
      fc.property(id, id, (one, other) => {
        expect(importedOfferId("a", one)).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
        if (one !== other) expect(importedOfferId("a", one)).not.toBe(importedOfferId("a", other));
      }),
    );
    expect(importedOfferId("a", "Müller")).not.toBe(importedOfferId("a", "mueller"));
  });
});

describe("plain text of HTML", () => {
  it.each([
    ["<p>Eins</p><p>Zwei &amp; drei&nbsp;vier</p>", "Eins\nZwei & drei vier"],
    ["<ul><li>a</li><li>b</li></ul>", "- a\n- b"],
    ["<ol><li>a</li></ol>", "1. a"],
    ['Siehe <a href="https://example.org">hier</a><br>und da', "Siehe hier\nund da"],
    ["<h2>Titel</h2><p>\u200bText<script>alert(1)</script></p>", "Titel\nText"],
    ["Bin schon Text", "Bin schon Text"],
    ["", ""],
  ])("%s", (html, text) => {
    expect(plainTextOf(html)).toBe(text);
  });

  it("is cut after a sentence, or else at a word", () => {
    expect(firstSentences("Eins zwei. Drei vier. Fünf sechs.", 24)).toBe("Eins zwei. Drei vier.");
    expect(firstSentences("Ein einziger langer Satz ohne Ende", 16)).toBe("Ein einziger …");
    expect(firstSentences("Kurz.", 24)).toBe("Kurz.");
  });
});

describe("the district of a place", () => {
  const districts = [
    { number: 6, name: "Sendling", quarters: [], aliases: [], postcodes: ["81371"] },
    { number: 7, name: "Sendling-Westpark", quarters: [], aliases: [], postcodes: ["81371", "81373"] },
    { number: 8, name: "Schwanthalerhöhe", quarters: [], aliases: [], postcodes: ["80339"] },
  ];
  const find = createDistrictFinder(districts);
  const at = (postcode: string, city = "München") => ({ address: { street: "Weg 1", postcode, city } });

  it.each([
    ["its only one by the postcode", at("80339"), "Schwanthalerhöhe"],
    ["open where a postcode has two", at("81371"), undefined],
    ["the nearer of two by the coordinates", { ...at("81371"), geo: { lat: 48.1162, lon: 11.5215 } }, "Sendling-Westpark"],
    ["open where coordinates speak against the postcode", { ...at("81371"), geo: { lat: 48.1337, lon: 11.54 } }, undefined],
    ["by the coordinates alone", { geo: { lat: 48.1337, lon: 11.54 } }, "Schwanthalerhöhe"],
    ["none outside the city", { ...at("85221", "Dachau"), geo: { lat: 48.1337, lon: 11.54 } }, undefined],
    ["what the source says, if there is such a one", { district: "Sendling" }, "Sendling"],
    ["none if there is none", { district: "Nirgendwo" }, undefined],
  ])("%s", (_name, place, district) => {
    expect(find(place)).toBe(district);
  });
});

describe("the same offer", () => {
  it.each([
    ["https://stadt.muenchen.de/service/info/1063441/n0/", "1063441"],
    ["https://stadt.muenchen.de/service/info/reisepass/1063453/", "1063453"],
    ["https://stadt.muenchen.de/buergerservice/terminvereinbarung.html#/services/1064333/locations/10308013", "1064333"],
    ["https://stadt.muenchen.de/terminvereinbarung_/terminvereinbarung_kfz.html?&loc=KFZ&ct=1064273", "1064273"],
    ["https://stadt.muenchen.de/infos/heirat-standesamt.html", undefined],
    ["https://example.org/service/info/1063441/", undefined],
  ])("%s is of service %s", (url, id) => {
    expect(serviceIdIn(url)).toBe(id);
  });

  it("is one by its number or by a page of its own, never by a page that several have or a start page", () => {
    const file = (id: string, url: string, bookingUrl?: string) => ({ id, url, bookingUrl });
    const files = [
      file("f1", "https://www.example.org/a/"),
      file("f2", "https://example.org/list"),
      file("f3", "https://example.org/list"),
      file("f4", "https://example.org"),
      file("f5", "https://stadt.muenchen.de/", "https://stadt.muenchen.de/x.html#/services/7"),
    ];
    const records = [
      file("r1", "http://example.org/A"),
      file("r2", "https://example.org/list"),
      file("r4", "https://example.org/"),
      file("r5", "https://stadt.muenchen.de/y.html#/services/7"),
      file("r6", "https://example.org/b"),
    ];
    expect([...pairWithFiles(files, records)].map(([id, record]) => [id, record.id])).toEqual([
      ["f1", "r1"],
      ["f5", "r5"],
    ]);
  });
});

describe("pairs that may be the same", () => {
  const offer = (id: string, source: string, change: Partial<Comparable> = {}): Comparable => ({
    id,
    source,
    title: "Sprachcafé für Frauen",
    organization: "Nachbarschaftstreff Probe e. V.",
    ...change,
  });
  const address = { street: "Weg 1", postcode: "81371", city: "München" };
  const findPairs = (offers: readonly Comparable[], source: string) => {
    const finder = createPairFinder(source);
    for (const each of offers) finder.count(each);
    for (const each of offers) finder.compare(each);
    return finder.pairs();
  };

  it.each([
    ["another spelling", {}, { title: "Sprach-Café für Frauen", organization: "Nachbarschaftstreff Probe" }, 1],
    ["another number", { title: "Kurs Nähen 1" }, { title: "Kurs Nähen 2" }, 0],
    ["another place", { address }, { address: { ...address, street: "Weg 2" } }, 0],
    ["a place that one lacks", { address }, {}, 0],
    ["points next to each other", { geo: { lat: 48.1, lon: 11.5 } }, { geo: { lat: 48.1005, lon: 11.5005 } }, 1],
    ["another organisation", {}, { organization: "Sportclub Muster" }, 0],
    ["another title", {}, { title: "Hausaufgabenhilfe" }, 0],
  ])("%s", (_name, one, other, pairs) => {
    expect(findPairs([offer("a", "x", one), offer("b", "y", other)], "y")).toHaveLength(pairs);
  });

  it("are none within one source", () => {
    expect(findPairs([offer("a", "x"), offer("b", "x")], "x")).toEqual([]);
  });

  it("are none of words that many offers have, or that none of the source has", () => {
    const many = Array.from({ length: 61 }, (_, index) => offer(`x${index}`, "x"));
    expect(findPairs([...many, offer("b", "y")], "y")).toEqual([]);
    expect(findPairs([offer("a", "x"), offer("b", "z"), offer("c", "y", { title: "Hausaufgabenhilfe" })], "y")).toEqual([]);
  });

  it("begin with the one that came first", () => {
    expect(findPairs([offer("b", "y"), offer("a", "x"), offer("c", "z")], "y")).toEqual([
      { first: "b", second: "a", score: 1 },
      { first: "b", second: "c", score: 1 },
    ]);
  });

  it("are looked for in a work that grows with the offers, not with their pairs", () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, index) =>
        offer(`${index}`, index % 2 === 0 ? "x" : "y", { title: `Kurs ${index >> 1} Thema${index % 499} für alle` }),
      );
    const timeOf = (count: number) => {
      const before = process.cpuUsage();
      findPairs(many(count), "y");
      const { user, system } = process.cpuUsage(before);
      return user + system;
    };
    timeOf(2000);
    expect(timeOf(16_000)).toBeLessThan(20 * timeOf(2000));
  });

  it("are as like as their runs of four characters", () => {
    expect(similarityOf("sprachcafe", "sprachcafe")).toBe(1);
    expect(similarityOf("sprachcafe", "sprach cafe")).toBeGreaterThan(0.5);
    expect(similarityOf("sprachcafe", "nähkurs")).toBe(0);
  });
});
