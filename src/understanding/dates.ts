import * as german from "chrono-node/de";
import * as english from "chrono-node/en";
import type { Lang } from "../core/languages.ts";

const berlin = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Berlin" });
const longestRead = 500;

/** Readers by language; a text in another language names no date that could be read without guessing. */
const readers: { readonly [lang in Lang]?: typeof german.parse } = { de: german.parse, en: english.parse };

/** The first day or span of days that a German or English text names: ISO days in Europe/Berlin and the words themselves. */
export function findDates(text: string, lang: Lang, now: Date): { readonly from?: string; readonly to?: string; readonly when?: string } {
  const read = readers[lang];
  if (read === undefined) return {};
  const found = read(text.slice(0, longestRead), now, { forwardDate: true }).find(
    ({ start, text: words }) => (start.isCertain("day") || start.isCertain("weekday")) && /\p{L}{3}|\d\./u.test(words),
  );
  if (found === undefined) return {};
  const to = found.end?.date();
  return { from: berlin.format(found.start.date()), ...(to === undefined ? {} : { to: berlin.format(to) }), when: found.text };
}
