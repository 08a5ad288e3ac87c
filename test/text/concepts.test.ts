import { describe, expect, it } from "vitest";
import { createConceptFinder, foldForConcepts } from "../../src/text/concepts.ts";

const find = createConceptFinder([
  { id: "zahn", patterns: ["zahn*", "zähn*", "diş", "зуб*", "سن", "ضرس"] },
  { id: "arzt", patterns: ["*arzt", "ärzt*", "doktor*", "طبيب"] },
  { id: "pflege", patterns: ["*pflege*"] },
  { id: "pass", patterns: ["pass", "reisepass*"] },
]);

describe("the concepts of a word", () => {
  it.each<readonly [string, readonly number[]]>([
    ["Zahnarzt", [0, 1]],
    ["Zähne", [0]],
    ["Zaehne", [0]],
    ["zahne", [0]],
    ["DİŞ", [0]],
    ["dişim", []],
    ["зуби", [0]],
    ["Kurzzeitpflegeplatz", [2]],
    ["Pflege", [2]],
    ["Pass", [3]],
    ["passiert", []],
    ["Reisepässe", [3]],
    ["Arztes", [1]],
    ["Marztes", []],
    ["Aerztin", [1]],
    ["", []],
  ])("%s", (word, concepts) => {
    expect([...find(word)].sort()).toEqual(concepts);
  });

  it.each(["الطبيب", "والطبيب", "للطبيب", "بطبيب", "طَبيب"])("are found behind what Arabic joins to it: %s", (word) => {
    expect(find(word)).toEqual([1]);
  });

  it("take bounded time in a word of a megabyte", () => {
    const started = performance.now();
    find("pflege".repeat(170_000).slice(0, 4000));
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

it("folds look-alikes to one spelling", () => {
  expect(foldForConcepts("Köln")).toBe(foldForConcepts("Koeln"));
  expect(foldForConcepts("IŞIK")).toBe(foldForConcepts("ışık"));
  expect(foldForConcepts("أُمّ")).toBe(foldForConcepts("ام"));
});
