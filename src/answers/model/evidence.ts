import type { Offer } from "../../core/offer.ts";
import { readSentences } from "../../text/plain/read-text.ts";

/** One sentence of an offer's own German text, which a model's sentence can rest on. */
export interface Evidence {
  readonly text: string;
  /** The running text it stands in. */
  readonly field: string;
  readonly start: number;
  readonly end: number;
}

/** One blank for any run of them. */
export function withSingleBlanks(text: string): string {
  return text.replace(/\s+/gu, " ").trim();
}

/** The German texts of an offer that say something in whole sentences. For whom it is, its cost and its hours are lines of the card, which code writes. */
export function fieldsOf({ summary, papers, participation }: Offer): readonly string[] {
  return [summary.de, papers?.de, participation?.how?.de].flatMap((text) => (text === undefined ? [] : withSingleBlanks(text)));
}

/** The sentences of a text that state something: a question ("Sie haben alte Möbel?") states nothing, a piece without an end may lack its other half. */
export function evidenceIn(field: string): readonly Evidence[] {
  return readSentences(field)
    .filter(({ text }) => /[.!]["“»)]?$/u.test(text))
    .map(({ text, start, end }) => ({ text, field, start, end }));
}
