import { type Lang, languages } from "../core/languages.ts";

/** Formats of each language, in Munich's time unless another is given; made once, since making one takes longer than all else in an answer's text. */
export function formatsOf(options: Intl.DateTimeFormatOptions): Readonly<Record<Lang, Intl.DateTimeFormat>> {
  const formatOf = (lang: Lang) => [lang, new Intl.DateTimeFormat(lang, { timeZone: "Europe/Berlin", ...options })] as const;
  return Object.fromEntries(languages.map(formatOf)) as Record<Lang, Intl.DateTimeFormat>;
}

function formatterOf(options: Intl.DateTimeFormatOptions): (iso: string, lang: Lang) => string {
  const formats = formatsOf(options);
  return (iso, lang) => formats[lang].format(new Date(iso));
}

/** A day as people of that language write it. */
export const formatDay = formatterOf({ dateStyle: "long" });

/** The same with the time of day, in Munich. */
export const formatMoment = formatterOf({ dateStyle: "long", timeStyle: "short" });
