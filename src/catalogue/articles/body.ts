import { z } from "zod";
import type { ArticleBody } from "../../core/articles.ts";
import { AppError } from "../../core/errors.ts";
import { languages } from "../../core/languages.ts";
import { berlinClock } from "../../text/berlin-time.ts";

const longest = { title: 80, text: 600, question: 300, source: 60, url: 200, name: 100 } as const;
/** Title, text and source of one language together: an answer of more than 900 characters is not read on a phone. */
const longestInAll = 780;
const mostQuestions = 50;
const mostMonths = 12;
const hourMs = 3_600_000;

/** Control characters but the line break, and marks that turn the order of what follows; joiners stay, as they make one letter or picture of several. */
const unseen = /(?!\n)\p{Cc}|[\u202A-\u202E\u2066-\u2069\uFEFF]/gu;

function clean(given: string): string {
  return given.toWellFormed().replace(/\r\n?/g, "\n").replaceAll("\t", " ").replace(unseen, "").trim();
}

/** Without what cannot be seen, whatever else it may hold: it is shown as text and never as anything else. */
const text = (most: number) => z.string().transform(clean).pipe(z.string().min(1).max(most));

function localized(most: number) {
  const other = text(most).optional();
  return z.strictObject({ de: text(most), en: other, tr: other, uk: other, ru: other, ar: other, it: other, fr: other, hr: other });
}

const HttpUrl = z.url({ protocol: /^https?$/ }).max(longest.url);

/** An article as it is stored. */
export const StoredBody = z.object({
  title: localized(longest.title),
  text: localized(longest.text),
  need: z.string().max(longest.name).optional(),
  questions: z
    .array(z.strictObject({ lang: z.enum(languages), text: text(longest.question) }))
    .max(mostQuestions)
    .default([]),
  owner: z.strictObject({ id: text(longest.name), name: text(longest.name) }),
  source: z.strictObject({ name: text(longest.source), url: HttpUrl }),
});

/** Staff give a day, which counts to its end in Munich, or a moment. */
const DraftBody = StoredBody.extend({ validUntil: z.union([z.iso.datetime({ offset: true }), z.iso.date()]) }).strict();

type DraftBody = z.output<typeof DraftBody>;

/** The end of a day in Munich, or a moment as it is. */
function momentOf(given: string): Date {
  if (given.length > "2027-01-01".length) return new Date(given);
  const midnight = new Date(`${given}T22:00:00Z`);
  // 22 hours in UTC are midnight in summer and 23 o'clock in winter.
  return berlinClock(midnight).time === "00:00" ? midnight : new Date(midnight.getTime() + hourMs);
}

/** The longest of the texts that one answer may show. */
function lengthOf({ title, text: body, source }: DraftBody): number {
  const longestOf = (given: Readonly<Record<string, string | undefined>>) =>
    Math.max(...Object.values(given).map((each) => each?.length ?? 0));
  return longestOf(title) + longestOf(body) + source.name.length + source.url.length;
}

/** Checks what staff wrote; `needs` are those there are. Throws USAGE with what is wrong. */
export function readDraft(given: unknown, needs: ReadonlySet<string>, now: Date): ArticleBody {
  const parsed = DraftBody.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new AppError("USAGE", `article.${issue?.path.join(".")}: ${issue?.message}. Nothing was saved.`);
  }
  const { validUntil: until, ...body } = parsed.data;
  const refuse = (field: string, reason: string): never => {
    throw new AppError("USAGE", `article.${field}: ${reason} Nothing was saved.`);
  };
  if (body.need !== undefined && !needs.has(body.need))
    refuse("need", `there is no need ${JSON.stringify(body.need)}; see knowledge/needs.`);
  if (lengthOf(parsed.data) > longestInAll)
    refuse("text", `title, text and source have ${lengthOf(parsed.data)} characters together, ${longestInAll} are the most.`);
  const validUntil = momentOf(until);
  const latest = new Date(now);
  latest.setUTCMonth(latest.getUTCMonth() + mostMonths);
  latest.setUTCDate(latest.getUTCDate() + 1);
  if (validUntil <= now) refuse("validUntil", "it is over already.");
  if (validUntil > latest) refuse("validUntil", `an article holds for ${mostMonths} months at the most; then somebody looks at it again.`);
  return { ...body, validUntil: validUntil.toISOString() };
}
