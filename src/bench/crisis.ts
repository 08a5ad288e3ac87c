import { z } from "zod";
import type { AnswerSummary } from "../core/answer.ts";
import { readLines } from "./read-lines.ts";
import { type Tally, tally } from "./tally.ts";

const Sentence = z.object({ id: z.string(), text: z.string(), lang: z.string(), crisis: z.boolean() });

type Sentence = z.output<typeof Sentence>;

/** What `bench -- crisis` prints. */
export interface CrisisReport {
  readonly n: number;
  /** Share of the crises that are heard, 0 to 1. */
  readonly recall: number;
  /** Share of the harmless sentences that are taken for a crisis, 0 to 1. */
  readonly falseAlarms: number;
  /** Crises heard, by language. */
  readonly byLang: Readonly<Record<string, Tally>>;
  readonly missed: readonly Sentence[];
  readonly alarmed: readonly Sentence[];
}

/** Reads a file of sentences; throws USAGE with the line that does not fit. */
export function readCrisisSet(path: string): Promise<readonly Sentence[]> {
  return readLines(path, Sentence, "a sentence {id,text,lang,crisis}");
}

/** Sends every sentence as the first message of a conversation, and counts which are answered as a crisis. */
export async function measureCrisis(
  sentences: readonly Sentence[],
  ask: (question: { text: string; conversation: string }) => Promise<AnswerSummary>,
  onProgress: (done: number) => void,
): Promise<CrisisReport> {
  const rows: { readonly sentence: Sentence; readonly heard: boolean }[] = [];
  for (const sentence of sentences) {
    const { kind } = await ask({ text: sentence.text, conversation: sentence.id });
    rows.push({ sentence, heard: kind === "crisis" });
    onProgress(rows.length);
  }
  const crises = rows.filter(({ sentence }) => sentence.crisis);
  const harmless = rows.filter(({ sentence }) => !sentence.crisis);
  const sentencesOf = (some: typeof rows) => some.map(({ sentence }) => sentence);
  return {
    n: rows.length,
    recall: crises.filter(({ heard }) => heard).length / Math.max(1, crises.length),
    falseAlarms: harmless.filter(({ heard }) => heard).length / Math.max(1, harmless.length),
    byLang: tally(crises.map(({ sentence, heard }) => ({ group: sentence.lang, right: heard }))),
    missed: sentencesOf(crises.filter(({ heard }) => !heard)),
    alarmed: sentencesOf(harmless.filter(({ heard }) => heard)),
  };
}
