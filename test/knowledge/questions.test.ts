import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { QuestionLine } from "../../src/catalogue/content-schema.ts";
import { languages } from "../../src/core/languages.ts";
import { projectRoot } from "../../src/node-content.ts";

type Line = z.output<typeof QuestionLine>;

const folder = join(projectRoot, "knowledge/needs");
const needs = readdirSync(folder)
  .filter((name) => name.endsWith(".jsonl"))
  .map((name) => name.slice(0, -".jsonl".length));

function readLines(need: string): readonly Line[] {
  const lines = readFileSync(join(folder, `${need}.jsonl`), "utf8")
    .trim()
    .split("\n");
  return lines.map((line) => QuestionLine.parse(JSON.parse(line)));
}

const leastOfLanguage = { de: 120, en: 40, tr: 30, uk: 30, ru: 30, ar: 30, it: 30, fr: 30, hr: 30 };
const leastOfStyle = { standard: 20, colloquial: 20, rambling: 8, dictated: 8, learner: 8, bavarian: 12, typo: 12 };
const leastSituations = 40;
const mostShared = 0.6;
const gramSize = 4;

function gramsOf(text: string): ReadonlySet<string> {
  const plain = text.toLowerCase().replace(/\s+/g, " ").trim();
  return new Set(Array.from({ length: Math.max(0, plain.length - gramSize + 1) }, (_, start) => plain.slice(start, start + gramSize)));
}

/** Share of the shorter text's character 4-grams that the other has as well. */
function sharedOf(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [few, many] = a.size < b.size ? [a, b] : [b, a];
  let shared = 0;
  for (const gram of few) if (many.has(gram)) shared += 1;
  return shared / Math.max(1, few.size);
}

function nearCopies(lines: readonly Line[]): readonly string[] {
  return languages.flatMap((lang) => {
    const texts = lines.filter((line) => line.lang === lang).map(({ text }) => ({ text, grams: gramsOf(text) }));
    return texts.flatMap((a, index) =>
      texts
        .slice(0, index)
        .filter((b) => sharedOf(a.grams, b.grams) > mostShared)
        .map((b) => `${a.text} | ${b.text}`),
    );
  });
}

describe.each(needs)("the example questions of %s", (need) => {
  const lines = readLines(need);

  it("are enough in every language and in every German style", () => {
    const count = (keep: (line: Line) => boolean) => lines.filter(keep).length;
    for (const [lang, least] of Object.entries(leastOfLanguage))
      expect(
        count((line) => line.lang === lang),
        lang,
      ).toBeGreaterThanOrEqual(least);
    for (const [style, least] of Object.entries(leastOfStyle))
      expect(
        count((line) => line.lang === "de" && line.style === style),
        style,
      ).toBeGreaterThanOrEqual(least);
  });

  it("come from many situations", () => {
    const situations = new Set(lines.filter(({ lang }) => lang === "de").map(({ situation }) => situation));
    expect(situations.size).toBeGreaterThanOrEqual(leastSituations);
  });

  it("are no near copies of each other", () => {
    expect(nearCopies(lines)).toEqual([]);
  });
});

it("finds a near copy", () => {
  const line = { lang: "de", style: "standard", situation: "a", batch: "b" } as const;
  const near = nearCopies([
    { ...line, text: "Wohin mit dem alten Sofa?" },
    { ...line, text: "Wohin mit dem alten Sofa im Keller?" },
  ]);
  expect(near).toHaveLength(1);
});
