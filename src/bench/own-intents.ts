import type { AnswerSummary } from "../core/answer.ts";
import type { Intent } from "../core/content.ts";
import { isSameAnswer } from "../core/intents.ts";
import { type Tally, tally } from "./tally.ts";

/** What `bench -- intents` prints without files: the intents' own test sentences, each asked in a conversation of its own. */
export interface OwnIntentsReport {
  readonly n: number;
  /** The answer's intent is the sentence's. */
  readonly right: number;
  /** The answer's intent is the sentence's or one that is answered in the same way by design: all searches but that for free places. */
  readonly rightAnswer: number;
  readonly byIntent: Readonly<Record<string, Tally>>;
  readonly byLang: Readonly<Record<string, Tally>>;
  /** Pairs of intents that were taken for each other, the most frequent first. */
  readonly confusion: readonly { readonly expected: string; readonly got: string; readonly n: number }[];
  readonly wrong: readonly { readonly text: string; readonly lang: string; readonly expected: string; readonly got: string }[];
}

interface Row {
  readonly text: string;
  readonly lang: string;
  readonly expected: string;
  readonly got: string;
}

function confusionOf(wrong: readonly Row[]): OwnIntentsReport["confusion"] {
  const groups = Map.groupBy(wrong, ({ expected, got }) => JSON.stringify({ expected, got }));
  return [...groups]
    .map(([key, rows]) => ({ ...(JSON.parse(key) as { expected: string; got: string }), n: rows.length }))
    .sort((a, b) => b.n - a.n);
}

/** Asks every test sentence of the intents and compares the intent of the answer. */
export async function measureOwnIntents(
  intents: readonly Pick<Intent, "id" | "tests">[],
  ask: (question: { text: string; conversation: string }) => Promise<Pick<AnswerSummary, "intent">>,
  onProgress: (done: number) => void,
): Promise<OwnIntentsReport> {
  const rows: Row[] = [];
  for (const { id, tests } of intents) {
    for (const [index, { text, lang }] of tests.entries()) {
      const { intent } = await ask({ text, conversation: `${id} ${index}` });
      rows.push({ text, lang, expected: id, got: intent });
      onProgress(rows.length);
    }
  }
  const wrong = rows.filter(({ expected, got }) => expected !== got);
  const counted = (groupOf: (row: Row) => string) => tally(rows.map((row) => ({ group: groupOf(row), right: row.expected === row.got })));
  return {
    n: rows.length,
    right: rows.length - wrong.length,
    rightAnswer: rows.filter(({ expected, got }) => isSameAnswer(expected, got)).length,
    byIntent: counted(({ expected }) => expected),
    byLang: counted(({ lang }) => lang),
    confusion: confusionOf(wrong),
    wrong,
  };
}
