import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { areaUnderCurve, isChosenOn, measurePlain, only, readPlainSet } from "../../src/bench/plain.ts";
import { fitPlainWeights } from "../../src/bench/plain-weights.ts";
import { scoreParts, scoreWeights } from "../../src/text/plain/score.ts";
import { itShared, sharedPath } from "../support/shared.ts";

const shared = () =>
  readPlainSet({
    easy: sharedPath("data/plain-language/easy.jsonl"),
    normal: sharedPath("data/plain-language/normal.jsonl"),
  });

describe("the area under the curve", () => {
  it.each([
    [[1, 2], [3, 4], 1],
    [[3, 4], [1, 2], 0],
    [[1, 2], [1, 2], 0.5],
    [[1, 3], [2, 3], 0.625],
  ])("of %j and %j is %d", (easy, normal, area) => {
    expect(areaUnderCurve(easy, normal)).toBe(area);
  });
});

it("reads sentences with their documents, without line breaks and dots of the source, and names a missing file", async () => {
  const folder = await mkdtemp(join(tmpdir(), "plain-"));
  try {
    const easy = join(folder, "easy.jsonl");
    await writeFile(easy, `${JSON.stringify({ id: "7", text: "• Das ist \\newline ein Hund.", topic: "hund" })}\n`);
    const normal = join(folder, "normal.jsonl");
    await writeFile(normal, `${JSON.stringify({ id: "stadt/de/1#23", text: "Hier gibt es Hilfe." })}\n`);
    expect(await readPlainSet({ easy, normal })).toEqual({
      easy: [{ document: "hund", text: "Das ist ein Hund." }],
      normal: [{ document: "stadt/de/1", text: "Hier gibt es Hilfe." }],
    });
    await expect(readPlainSet({ easy: join(folder, "none.jsonl"), normal })).rejects.toThrow("none.jsonl cannot be read");
  } finally {
    await rm(folder, { recursive: true });
  }
});

describe("on easy and normal sentences", () => {
  itShared("the score tells them apart, on documents that its weights were not chosen on, too", async () => {
    const report = measurePlain(await shared());
    for (const { auc, sameLengthAuc } of [report, report.all, report.chosenOn]) {
      expect(auc).toBeGreaterThanOrEqual(0.85);
      // Sentences of 8 to 12 words: better than mean word length, the best simple score there.
      expect(sameLengthAuc).toBeGreaterThan(0.75);
    }
    for (const alone of [report.wordsPerSentenceAuc, report.wienerAuc, report.amstadAuc]) expect(report.all.auc).toBeGreaterThan(alone);
  });

  itShared("every rule that the score counts hits normal sentences more often, and no error but a few easy ones by chance", async () => {
    const { rules } = measurePlain(await shared());
    for (const part of scoreParts) {
      const shares = rules[part];
      if (shares !== undefined) expect(shares.normal, part).toBeGreaterThan(shares.easy);
    }
    for (const rule of ["long-word", "genitive", "passive", "subjunctive", "past-tense", "number-word", "abbreviation", "sentence-over-20"])
      expect(rules[rule]?.easy, rule).toBeLessThanOrEqual(0.06);
  });

  itShared("the weights are those that its own half of the documents gives, and no other half", async () => {
    const set = await shared();
    expect(fitPlainWeights(set)).toEqual(scoreWeights);
    expect(fitPlainWeights(only(set, isChosenOn))).toEqual(scoreWeights);
    const chosen = only(set, isChosenOn);
    expect(chosen.easy.length + chosen.normal.length).toBeGreaterThan(300);
    expect(chosen.easy.length + chosen.normal.length).toBeLessThan(700);
  });
});
