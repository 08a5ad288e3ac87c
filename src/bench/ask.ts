import { z } from "zod";
import type { AnswerSummary } from "../core/answer.ts";
import { isRight } from "../core/expectation.ts";
import { isLang } from "../core/languages.ts";
import { readLines } from "./read-lines.ts";
import { type Tally, tally } from "./tally.ts";

const Question = z.object({
  id: z.string(),
  text: z.string(),
  lang: z.string(),
  /** How it is written, where that is counted by itself: "bavarian". */
  style: z.string().optional(),
  expect: z.object({ kind: z.string(), needs: z.array(z.string()).optional(), slots: z.record(z.string(), z.unknown()).optional() }),
});

type Question = z.output<typeof Question>;

/** What `bench -- ask` prints. */
export interface AskReport {
  readonly n: number;
  readonly right: number;
  readonly byLang: Readonly<Record<string, Tally>>;
  readonly byStyle: Readonly<Record<string, Tally>>;
  readonly byKind: Readonly<Record<string, Tally>>;
  readonly wrong: readonly {
    readonly id: string;
    readonly text: string;
    readonly expected: Question["expect"];
    readonly got: Pick<AnswerSummary, "kind" | "needs" | "slots" | "lang">;
  }[];
}

/** Reads a file of questions; throws USAGE with the line that does not fit. */
export function readQuestions(path: string): Promise<readonly Question[]> {
  return readLines(path, Question, "a question {id,text,lang,expect}");
}

/** Asks every question in a conversation of its own and counts the right answers. */
export async function measureAsk(
  questions: readonly Question[],
  ask: (question: { text: string; conversation: string }) => Promise<AnswerSummary>,
  onProgress: (done: number) => void,
): Promise<AskReport> {
  const rows: { readonly question: Question; readonly got: AnswerSummary; readonly right: boolean }[] = [];
  for (const question of questions) {
    const got = await ask({ text: question.text, conversation: question.id });
    rows.push({ question, got, right: isRight(question.expect, got) });
    onProgress(rows.length);
  }
  return {
    n: rows.length,
    right: rows.filter(({ right }) => right).length,
    byLang: tally(rows.map(({ question, right }) => ({ group: isLang(question.lang) ? question.lang : "other", right }))),
    byStyle: tally(rows.flatMap(({ question, right }) => (question.style === undefined ? [] : [{ group: question.style, right }]))),
    byKind: tally(rows.map(({ question, right }) => ({ group: question.expect.kind, right }))),
    wrong: rows
      .filter(({ right }) => !right)
      .map(({ question, got }) => ({
        id: question.id,
        text: question.text,
        expected: question.expect,
        got: { kind: got.kind, lang: got.lang, needs: got.needs, slots: got.slots },
      })),
  };
}
