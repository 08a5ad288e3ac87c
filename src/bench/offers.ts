import { z } from "zod";
import type { AnswerSummary } from "../core/answer.ts";
import { readLines } from "./read-lines.ts";

const OfferQuestion = z.object({ id: z.string(), text: z.string(), lang: z.string(), offers: z.array(z.string()).min(1) });

type OfferQuestion = z.output<typeof OfferQuestion>;

/** What `bench -- offers` prints; rates 0 to 1, of the three offers that an answer shows. */
export interface OfferReport {
  readonly n: number;
  /** The first offer shown is one of those that fit. */
  readonly hit1: number;
  /** One of the offers shown is. */
  readonly hit3: number;
  /** Mean of 1/place of the first that fits, 0 if none is shown. */
  readonly mrr3: number;
  readonly missed: readonly {
    readonly id: string;
    readonly text: string;
    readonly expected: readonly string[];
    readonly shown: readonly string[];
  }[];
}

/** Reads a file of questions with the offers that fit; throws USAGE with the line that does not. */
export function readOfferQuestions(path: string): Promise<readonly OfferQuestion[]> {
  return readLines(path, OfferQuestion, "a question {id,text,lang,offers}");
}

/** Asks each question in a conversation of its own and looks at which offers the answer shows, and in which order. */
export async function measureOffers(
  questions: readonly OfferQuestion[],
  ask: (question: { text: string; conversation: string }) => Promise<AnswerSummary>,
  onProgress: (done: number) => void,
): Promise<OfferReport> {
  const rows: { readonly question: OfferQuestion; readonly shown: readonly string[]; readonly place: number }[] = [];
  for (const question of questions) {
    const { offers } = await ask({ text: question.text, conversation: question.id });
    const shown = offers.map(({ id }) => id);
    rows.push({ question, shown, place: shown.findIndex((id) => question.offers.includes(id)) });
    onProgress(rows.length);
  }
  const mean = (value: (place: number) => number) => rows.reduce((sum, { place }) => sum + value(place), 0) / Math.max(1, rows.length);
  return {
    n: rows.length,
    hit1: mean((place) => (place === 0 ? 1 : 0)),
    hit3: mean((place) => (place >= 0 ? 1 : 0)),
    mrr3: mean((place) => (place >= 0 ? 1 / (place + 1) : 0)),
    missed: rows
      .filter(({ place }) => place < 0)
      .map(({ question, shown }) => ({ id: question.id, text: question.text, expected: question.offers, shown })),
  };
}
