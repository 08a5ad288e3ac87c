import { formulaRules } from "./formula-rules.ts";
import { grammarRules } from "./grammar-rules.ts";
import { numberRules } from "./number-rules.ts";
import { promiseRules } from "./promise-rules.ts";
import { type ReadText, readText } from "./read-text.ts";
import { readerRules } from "./reader-rules.ts";
import type { Level, PlainRule } from "./rule.ts";
import { sentenceRules } from "./sentence-rules.ts";
import { titleRules } from "./title-rules.ts";
import { wordRules } from "./word-rules.ts";

/** Rules about words, sentences and what is said: they hold for titles and running text. */
const styleRules = [...promiseRules, ...wordRules, ...numberRules, ...sentenceRules, ...grammarRules, ...readerRules] as const;

/** The rules of running text. */
export const plainRules = [...formulaRules, ...styleRules] as const;

export type PlainRuleId = (typeof plainRules)[number]["id"] | (typeof titleRules)[number]["id"];

/** One hit of a rule, ready to be underlined: `end` is the first place behind it, `found` the text between. */
export interface PlainHit {
  readonly rule: PlainRuleId;
  readonly level: Level;
  readonly start: number;
  readonly end: number;
  readonly found: string;
  readonly reason: string;
  readonly suggestion: string;
}

type NamedRule = PlainRule & { readonly id: PlainRuleId };

function hitsOf(text: ReadText, rules: readonly NamedRule[]): readonly PlainHit[] {
  return rules
    .flatMap(({ id, level, reason, find }) =>
      find(text).map(({ start, end, suggestion }) => ({
        rule: id,
        level,
        start,
        end,
        found: text.raw.slice(start, end),
        reason,
        suggestion,
      })),
    )
    .sort((a, b) => a.start - b.start || b.end - a.end);
}

/** All hits in German running text, in reading order. `names` are titles and institutions, which no rule but the ban on promises judges. */
export function checkPlainText(text: string, names: readonly string[] = []): readonly PlainHit[] {
  return hitsOf(readText(text, names), plainRules);
}

/** All hits in a German title: rules without a formula. */
export function checkPlainTitle(title: string, names: readonly string[] = []): readonly PlainHit[] {
  return hitsOf(readText(title, names), [...titleRules, ...styleRules]);
}

/** Statements of entitlement, legal advice, diagnosis or chances, in a text of any of the nine languages. */
export function findPromises(text: string): readonly PlainHit[] {
  return hitsOf(readText(text, []), promiseRules);
}

/** The gate: may this text be published or sent? Warnings do not stop it. */
export function passesGate(text: string, names: readonly string[] = []): boolean {
  return checkPlainText(text, names).every(({ level }) => level !== "error");
}
