import type { ReadText, Sentence } from "./read-text.ts";
import { eachMatch, eachSentence, type Finding, type PlainRule, wholeWords } from "./rule.ts";

/** Most words of a sentence before a warning and before an error; source: the city's list after BITV 2.0 and LS-BW. */
const mostWords = { warn: 15, error: 20 } as const;

const tooLong = (words: number) => `Der Satz hat ${words} Wörter. Machen Sie 2 Sätze daraus.`;

/** Words that open a clause with a verb of its own behind a comma. */
const subordinate =
  "weil|dass|wenn|ob|damit|obwohl|während|bevor|nachdem|sobald|solange|falls|indem|sodass|wie|was|wer|wen|wem|wo|woher|wohin|wann|warum|worum|woran|wofür|welche[mnrs]?|um|der|die|das|den|dem|deren|dessen|denen|aber|denn|doch|sondern";
const clauseStart = new RegExp(
  `[,;] (?:und |oder |an |auf |aus |bei |für |in |mit |nach |von |vor |zu )?(?:${subordinate})(?!\\p{L})`,
  "giu",
);
const leadingClause = /^(?:weil|wenn|falls|obwohl|während|bevor|nachdem|sobald|solange|da|damit|um)(?!\p{L})[^,]*,/iu;
const secondSubject = /(?<!\p{L})(?:und|oder|aber)(?: dann| danach| dort| hier| so| auch)? (?:ich|du|er|sie|es|wir|ihr|man)(?!\p{L})/giu;
const infinitiveClause = /, (?!um )(?:\p{L}+ ){0,5}(?:zu \p{Ll}+en|\p{Ll}{2,4}zu\p{Ll}{2,}en)(?!\p{L})/giu;

/** How many statements a sentence makes, by the signs that open clauses; two questions in one ("Wann und wo?") are one. */
function countStatements({ text }: Sentence): number {
  const count = (pattern: RegExp) => [...text.matchAll(pattern)].length;
  return 1 + count(clauseStart) + (leadingClause.test(text) ? 1 : 0) + count(secondSubject) + count(infinitiveClause);
}

/** More things than this are a list; source: BITV 2.0, Anlage 2. */
const mostItems = 3;

/** Runs of short things between commas with "und" or "oder" before the last: "Hund, Katze, Vogel oder Fisch". */
const enumeration = /[\p{L}\p{N}-]+(?:, (?:[\p{L}\p{N}-]+ ){0,2}[\p{L}\p{N}-]+){2,12},? (?:und|oder|sowie) [\p{L}\p{N}-]+/gu;

function enumerations({ running }: ReadText): readonly Finding[] {
  return [...running.matchAll(enumeration)]
    .map(({ 0: found, index }) => ({ found, start: index, items: found.split(/, | (?:und|oder|sowie) /u).length }))
    .filter(({ items }) => items > mostItems)
    .map(({ found, start, items }) => ({
      start,
      end: start + found.length,
      suggestion: `Machen Sie eine Liste mit ${items} Zeilen.`,
    }));
}

const negation = "(?:nicht|nie|niemals|niemand|kein(?:e[mnrs]?)?|ohne)";
/** "un" that does not turn a word into its opposite. */
const noOpposite = "(?!und|unter|uns|ung(?:efähr|arn)|unbe?dingt|univ|unten)";

const doubleNegations = [
  `nicht ${noOpposite}un\\p{Ll}{3,}`,
  "nicht ohne",
  "nicht selten",
  `${negation} (?:[\\p{L}\\p{N}-]+ ){0,4}${negation}`,
];

export const sentenceRules = [
  {
    id: "sentence-over-15",
    level: "warn",
    reason: `Ein Satz hat am besten höchstens ${mostWords.warn} Wörter.`,
    find: eachSentence(({ words }) =>
      words.length > mostWords.warn && words.length <= mostWords.error ? tooLong(words.length) : undefined,
    ),
  },
  {
    id: "sentence-over-20",
    level: "error",
    reason: `Ein Satz darf höchstens ${mostWords.error} Wörter haben.`,
    find: eachSentence(({ words }) => (words.length > mostWords.error ? tooLong(words.length) : undefined)),
  },
  {
    id: "statements",
    level: "warn",
    reason: "Ein Satz sagt am besten nur eine Sache.",
    find: eachSentence((sentence) => {
      const statements = countStatements(sentence);
      return statements > 1 ? `Machen Sie ${statements} Sätze daraus.` : undefined;
    }),
  },
  {
    id: "enumeration",
    level: "warn",
    reason: "Viele Dinge in einem Satz merkt man sich schwer.",
    find: enumerations,
  },
  {
    id: "double-negation",
    level: "warn",
    reason: "Zweimal Nein in einem Satz ist schwer.",
    find: eachMatch(wholeWords(doubleNegations), () => "Sagen Sie, was ist. Nicht, was nicht ist."),
  },
] as const satisfies readonly PlainRule[];
