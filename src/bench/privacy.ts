import { z } from "zod";
import { cleanText, redact } from "../text/redact.ts";
import { readLines } from "./read-lines.ts";
import { type Tally, tally } from "./tally.ts";

const Sentence = z.object({
  id: z.string(),
  text: z.string(),
  lang: z.string().default("unknown"),
  /** Personal data: from, to (UTF-16 units, `to` not included) and what it is; none in a harmless sentence. */
  spans: z.array(z.tuple([z.number().int().nonnegative(), z.number().int().positive(), z.string()])),
});

type Sentence = z.output<typeof Sentence>;

/** What `bench -- privacy` prints. */
export interface PrivacyReport {
  readonly n: number;
  /** Share of personal data that is gone, 0 to 1. */
  readonly recall: number;
  /** Share of harmless sentences that come out changed, 0 to 1. */
  readonly changedHarmless: number;
  readonly byType: Readonly<Record<string, Tally>>;
  readonly byLang: Readonly<Record<string, Tally>>;
  readonly missed: readonly { readonly id: string; readonly type: string; readonly left: string; readonly redacted: string }[];
  readonly changed: readonly { readonly id: string; readonly redacted: string }[];
}

/** Reads a file of sentences; throws USAGE with the line that does not fit. */
export function readPrivacySet(path: string): Promise<readonly Sentence[]> {
  return readLines(path, Sentence, "a sentence {id,text,spans:[[from,to,type]]}");
}

/** Letters of a part of a name that tells who it is. */
const tellingPart = /\p{L}{3,}/gu;

/** What is left of a datum: all of it, or of a name any part that stands nowhere else in the sentence. */
function leftOf(personal: string, type: string, around: string, redacted: string): string | undefined {
  if (redacted.includes(personal)) return personal;
  const parts = type === "name" ? (personal.match(tellingPart) ?? []) : [];
  return parts.find((part) => redacted.includes(part) && !around.includes(part));
}

/** Redacts every sentence as the inbox does, and counts what is gone and what is changed for nothing. */
export function measurePrivacy(sentences: readonly Sentence[]): PrivacyReport {
  const read = sentences.map((sentence) => ({ ...sentence, clean: cleanText(sentence.text), redacted: redact(cleanText(sentence.text)) }));
  const found = read.flatMap(({ id, lang, text, spans, redacted }) =>
    spans.map(([from, to, type]) => {
      const around = cleanText(`${text.slice(0, from)} ${text.slice(to)}`);
      return { id, lang, type, redacted, left: leftOf(cleanText(text.slice(from, to)), type, around, redacted) };
    }),
  );
  const harmless = read.filter(({ spans }) => spans.length === 0);
  const changed = harmless.filter(({ clean, redacted }) => clean !== redacted);
  const countBy = (groupOf: (each: (typeof found)[number]) => string) =>
    tally(found.map((each) => ({ group: groupOf(each), right: each.left === undefined })));
  return {
    n: sentences.length,
    recall: found.filter(({ left }) => left === undefined).length / Math.max(1, found.length),
    changedHarmless: changed.length / Math.max(1, harmless.length),
    byType: countBy(({ type }) => type),
    byLang: countBy(({ lang }) => lang),
    missed: found.flatMap(({ id, type, left, redacted }) => (left === undefined ? [] : [{ id, type, left, redacted }])),
    changed: changed.map(({ id, redacted }) => ({ id, redacted })),
  };
}
