import { describe, expect, it } from "vitest";
import { createFeatureExtractor, normalizeForFeatures, wordHashesOf } from "../../src/understanding/features.ts";

const extract = createFeatureExtractor();

describe("one spelling for look-alikes", () => {
  it.each([
    ["Müll", "Muell"],
    ["STRASSE", "Straße"],
    ["Kita, bitte!", "kita bitte"],
    ["ｋｉｔａ", "kita"],
    ["l’école", "l'école"],
    ["mit 70", "mit 85"],
    ["٣ سنوات", "3 سنوات"],
    ["  viele   Leer\tzeichen \n", "viele leer zeichen"],
  ])("%s = %s", (first, second) => {
    expect(normalizeForFeatures(first)).toBe(normalizeForFeatures(second));
  });

  it.each([
    ["Kita", "Kita Platz"],
    ["şehir", "sehir"],
    ["садок", "садик"],
    ["7", "70"],
  ])("%s and %s stay apart", (first, second) => {
    expect(normalizeForFeatures(first)).not.toBe(normalizeForFeatures(second));
  });
});

describe("features", () => {
  const shared = (a: string, b: string) => {
    const known = new Set(extract(a).hashes);
    return [...extract(b).hashes].filter((hash) => known.has(hash)).length / extract(b).hashes.length;
  };

  it("are each there once, with their count", () => {
    const { hashes, counts } = extract("Kita Kita Hund");
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(counts).toHaveLength(hashes.length);
    const count = (word: string) => counts[hashes.indexOf(wordHashesOf(word)[0] ?? 0)];
    expect(count("Kita")).toBe(2);
    expect(count("Hund")).toBe(1);
  });

  it("are the same for the same text, in whatever spelling", () => {
    expect(extract("Sperrmüll?")).toEqual(extract("SPERRMUELL"));
  });

  it("are shared by words with a typo, and hardly by other words", () => {
    expect(shared("Pflegeheim", "Pflegehiem")).toBeGreaterThan(0.3);
    expect(shared("Pflegeheim", "Sperrmüll")).toBeLessThan(0.1);
  });

  it("know the order of two words", () => {
    expect(shared("Hund Kita", "Kita Hund")).toBeLessThan(1);
    expect(shared("Hund Kita", "Hund Kita")).toBe(1);
  });

  it.each(["", "   ", "?!", "👍"])("are none in %j", (text) => {
    expect(extract(text).hashes).toHaveLength(0);
    expect(wordHashesOf(text)).toEqual([]);
  });

  it("hold the words among them", () => {
    const { hashes } = extract("Kita in Sendling");
    for (const hash of wordHashesOf("sendling KITA")) expect(hashes).toContain(hash);
  });

  it("cost no more for a text of a megabyte", () => {
    const started = performance.now();
    expect(extract("Kita ".repeat(200_000)).hashes.length).toBeLessThan(100);
    expect(performance.now() - started).toBeLessThan(200);
  });

  it("take halves of surrogate pairs and every other sign", () => {
    for (const text of ["\ud800", "a\udfffb", "\u0000", "\u202e"]) expect(() => extract(text)).not.toThrow();
  });
});
