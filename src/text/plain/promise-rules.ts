import { languages } from "../../core/languages.ts";
import { hedges, type PromiseKind, promisePatterns } from "./promise-patterns.ts";
import type { ReadText } from "./read-text.ts";
import { type Finding, type PlainRule, wholeWords } from "./rule.ts";

const kinds = ["entitlement", "legal-advice", "diagnosis", "chances"] as const satisfies readonly PromiseKind[];

const anyBlanks = (pattern: string) => pattern.replaceAll(" ", "\\s+").replaceAll("\\p{L}", "[\\p{L}\\p{M}-]");

/** The patterns of all languages in one: a text is held against all of them, since a model may answer in the wrong language. */
const patterns: Readonly<Record<PromiseKind, RegExp>> = {
  entitlement: patternOf("entitlement"),
  "legal-advice": patternOf("legal-advice"),
  diagnosis: patternOf("diagnosis"),
  chances: patternOf("chances"),
};

function patternOf(kind: PromiseKind): RegExp {
  return wholeWords(languages.flatMap((lang) => promisePatterns[lang][kind].map(anyBlanks)));
}

const hedge = wholeWords(hedges.map(anyBlanks), "iu");
/** A comma opens a clause, but not behind "perhaps," that stands by itself. */
const clauseBegin = /[.!?؟:;\n–]|(?<!быть|возможно|можливо|perhaps|maybe),/giu;

const suggestions: Readonly<Record<PromiseKind, string>> = {
  entitlement: "Schreiben Sie: Vielleicht bekommen Sie … Das entscheidet das Amt.",
  "legal-advice": "Nennen Sie eine Stelle, die zum Recht berät.",
  diagnosis: "Nennen Sie eine Stelle, die hilft. Nur ein Arzt sagt, was jemand hat.",
  chances: "Lassen Sie das weg. Das entscheidet die Stelle.",
};

/** The text from the beginning of the clause to the end of what was found. */
function clauseAt(text: string, start: number, end: number): string {
  const begins = [...text.slice(0, start).matchAll(clauseBegin)];
  const last = begins.at(-1);
  return text.slice(last === undefined ? 0 : last.index + last[0].length, end);
}

/** "Haben Sie Anspruch?" asks and does not state; "Sie haben Anspruch, wussten Sie das?" does. */
function isAsked(text: string, end: number): boolean {
  return /^[^.!,;:\n–]*[?؟]/u.test(text.slice(end));
}

function findPromises({ raw }: ReadText, kind: PromiseKind): readonly Finding[] {
  return [...raw.matchAll(patterns[kind])].flatMap(({ 0: found, index: start }) => {
    const end = start + found.length;
    const open = kind === "entitlement" && hedge.test(clauseAt(raw, start, end));
    return open || isAsked(raw, end) ? [] : [{ start, end, suggestion: suggestions[kind] }];
  });
}

/** The ban that matters most; it reads names, too, and holds in all nine languages. */
export const promiseRules = [
  {
    id: "promise",
    level: "error",
    reason: "Der Chat sagt nie, was jemandem zusteht, wie gut es steht oder woran jemand leidet. Er gibt auch keinen Rat zum Recht.",
    find: (text) => kinds.flatMap((kind) => findPromises(text, kind)),
  },
] as const satisfies readonly PlainRule[];
