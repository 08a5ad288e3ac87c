import type { PageLang } from "./words.ts";

const locales = { de: "de-DE", en: "en-GB" } as const;
const zone = "Europe/Berlin";

/** A moment as people of Munich say it, to the minute. */
export function formatMoment(moment: string | Date, lang: PageLang): string {
  return new Intl.DateTimeFormat(locales[lang], { timeZone: zone, dateStyle: "long", timeStyle: "short" }).format(new Date(moment));
}

/** A day without the time. */
export function formatDay(moment: string | Date, lang: PageLang): string {
  return new Intl.DateTimeFormat(locales[lang], { timeZone: zone, dateStyle: "long" }).format(new Date(moment));
}
