import { describe, expect, it } from "vitest";
import { standardSpellings } from "../../src/text/bavarian.ts";
import { editDistance } from "../../src/text/edit-distance.ts";

describe("edits between two words", () => {
  it.each([
    ["kita", "kita", 0],
    ["kita", "kitta", 1],
    ["kita", "kia", 1],
    ["kita", "kipa", 1],
    ["kita", "ktia", 1],
    ["kita", "katze", 3],
    ["", "ab", 2],
  ])("%s and %s are %i apart", (first, second, edits) => {
    expect(editDistance(first, second, 3)).toBe(edits);
    expect(editDistance(second, first, 3)).toBe(edits);
  });

  it("are counted up to a limit, in no time beyond it", () => {
    expect(editDistance("wohngeld", "schwimmbad", 2)).toBe(3);
    const started = performance.now();
    expect(editDistance("a".repeat(50_000), "b".repeat(50_000), 2)).toBe(3);
    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe("standard spellings of Bavarian words", () => {
  it.each([
    ["hoam", "heim"],
    ["omeldn", "anmelden"],
    ["guad", "gud"],
    ["kindal", "kind"],
    ["wohnan", "wohnan"],
  ])("%s may be %s", (bavarian, standard) => {
    expect([bavarian, ...standardSpellings(bavarian)]).toContain(standard);
  });

  it("are few, whatever is asked", () => {
    expect(standardSpellings("oauaiaea".repeat(2000)).length).toBeLessThan(100);
  });
});
