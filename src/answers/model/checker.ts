import { parseJsonMarkdown } from "@langchain/core/output_parsers";
import { z } from "zod";
import type { Offer } from "../../core/offer.ts";
import { checkPlainText, type PlainHit } from "../../text/plain/check.ts";
import { formulaRules } from "../../text/plain/formula-rules.ts";
import { readSentences } from "../../text/plain/read-text.ts";
import { type Evidence, evidenceIn, fieldsOf, withSingleBlanks } from "./evidence.ts";
import { isSameStatement } from "./same-statement.ts";

const PartialDraft = z.object({ sentences: z.array(z.unknown()) });

function parsePartialDraft(written: string): readonly unknown[] {
  try {
    return PartialDraft.safeParse(parseJsonMarkdown(written)).data?.sentences ?? [];
  } catch {
    return [];
  }
}

const mostSentences = 12;
const longestText = 400;

/** What a model is asked for: sentences, each with the offer it speaks of and the words of that offer it rests on. */
export const Draft = z.object({
  sentences: z.array(z.object({ text: z.string(), offerId: z.string(), quote: z.string() })).max(mostSentences),
});

export type Draft = z.output<typeof Draft>;

const Sentence = Draft.shape.sentences.element;

/** The sentences of a draft that is still being written, without the one under way; none where it is in no form. */
export function wholeSentences(written: string): Draft {
  const parsed = parsePartialDraft(written.slice(0, written.lastIndexOf("}") + 1));
  return { sentences: parsed.flatMap((each) => Sentence.safeParse(each).data ?? []).slice(0, mostSentences) };
}

export type Refusal = "unknown-offer" | "unsafe-text" | "not-one-sentence" | "no-quote" | "not-covered" | "repeated" | "not-plain";

/** What of a draft may be sent, by offer, and why the rest may not. `advice` is for the model's second try. */
export interface Checked {
  readonly sent: ReadonlyMap<string, readonly string[]>;
  readonly refused: readonly Refusal[];
  readonly advice: readonly string[];
}

/** Letters of German and its neighbours, digits and usual marks: no other script, nothing invisible, no markup. */
const usual = /^[A-Za-zÀ-ÖØ-öø-ÿ0-9 .,;:!?()"„“”‚‘’'€%&§/+–-]+$/u;
const address = /https?:|www\.|\/\/|[\p{L}\p{N}]\.\p{L}{2,}/iu;
/** Code shows telephone numbers; in a sentence they would be a second one. */
const longNumber = /\d(?:[ /()-]*\d){5,}/u;

function isSafe(text: string): boolean {
  return text.length <= longestText && usual.test(text) && !address.test(text) && !longNumber.test(text);
}

function isOneSentence(text: string): boolean {
  return readSentences(text).length === 1 && !/[?]|[.!]\s+\S/u.test(text.replace(/(\d{1,2}|\b\p{L})\.(?=\s)/gu, "$1"));
}

/** The whole sentences that a quote stands in: what is left out of the quote ("nicht") still counts. */
function findEvidence(offer: Offer, quote: string): readonly Evidence[] {
  const wanted = withSingleBlanks(quote);
  if (wanted === "") return [];
  return fieldsOf(offer).flatMap((field) => {
    const at = field.indexOf(wanted);
    return at < 0 ? [] : evidenceIn(field).filter(({ start, end }) => start < at + wanted.length && end > at);
  });
}

const formulas: ReadonlySet<string> = new Set(formulaRules.map(({ id }) => id));

function problemsOf(text: string, { title, organization }: Offer): readonly PlainHit[] {
  return checkPlainText(text, [title.de, organization]).filter(({ level }) => level === "error");
}

const adviceOf = (problems: readonly PlainHit[]) => problems.map(({ reason, suggestion }) => `${reason} ${suggestion}`);

/** What of the style is wrong with one sentence: the formulas are made for running text. */
function styleProblems(text: string, offer: Offer): readonly PlainHit[] {
  return problemsOf(text, offer).filter(({ rule }) => !formulas.has(rule));
}

interface Refused {
  readonly refusal: Refusal;
  readonly advice?: readonly string[];
}

type Verdict = { readonly offerId: string; readonly text: string } | Refused;

function judge({ text: raw, offerId, quote }: Draft["sentences"][number], offers: readonly Offer[]): Verdict {
  const offer = offers.find(({ id }) => id === offerId);
  if (offer === undefined) return { refusal: "unknown-offer" };
  const text = raw.trim();
  if (!isSafe(text)) return { refusal: "unsafe-text" };
  if (!isOneSentence(text)) return { refusal: "not-one-sentence" };
  const evidence = findEvidence(offer, quote);
  if (evidence.length === 0) return { refusal: "no-quote" };
  if (!evidence.some((each) => isSameStatement(text, each.text))) return { refusal: "not-covered" };
  const problems = styleProblems(text, offer);
  if (problems.length > 0) return { refusal: "not-plain", advice: adviceOf(problems) };
  return { offerId, text: /[.!]["“”»)]?$/u.test(text) ? text : `${text}.` };
}

const saysTwice = (said: readonly string[]) => (text: string, at: number) => said.slice(0, at).some((each) => isSameStatement(text, each));

/** What is wrong with the sentences about one offer as a text. */
function textProblems(texts: readonly string[], offer: Offer): readonly PlainHit[] {
  return texts.length < 2 ? [] : problemsOf(texts.join(" "), offer);
}

/** Holds each sentence of a draft against the offers that were found. In doubt a sentence is refused: the plain composer has the same facts. */
export function checkDraft({ sentences }: Draft, offers: readonly Offer[]): Checked {
  const verdicts = sentences.map((sentence) => judge(sentence, offers));
  const refused: Refused[] = verdicts.flatMap((verdict) => ("refusal" in verdict ? [verdict] : []));
  const sent = new Map<string, readonly string[]>();
  for (const offer of offers) {
    const said = verdicts.flatMap((verdict) => ("text" in verdict && verdict.offerId === offer.id ? [verdict.text] : []));
    const repeated = said.filter(saysTwice(said));
    const texts = said.filter((text, at) => !saysTwice(said)(text, at));
    const problems = textProblems(texts, offer);
    refused.push(...repeated.map(() => ({ refusal: "repeated" }) as const));
    if (problems.length > 0) refused.push(...texts.map(() => ({ refusal: "not-plain", advice: adviceOf(problems) }) as const));
    else if (texts.length > 0) sent.set(offer.id, texts);
  }
  const advice = new Set(refused.flatMap((each) => each.advice ?? []));
  return { sent, refused: refused.map(({ refusal }) => refusal), advice: [...advice] };
}
