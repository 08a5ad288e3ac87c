import type { PageLang } from "../words.ts";
import type { Compared, Share } from "./report.ts";

const localeOf: Readonly<Record<PageLang, string>> = { de: "de-DE", en: "en-GB" };

/** A whole number or one with a decimal, as people of the language write it. */
export function formatNumber(value: number, lang: PageLang): string {
  return new Intl.NumberFormat(localeOf[lang], { maximumFractionDigits: 1 }).format(value);
}

/** An ISO date as people of the language write it. */
export function formatDate(day: string, lang: PageLang): string {
  return new Intl.DateTimeFormat(localeOf[lang], { dateStyle: "medium", timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`));
}

/** The share, 0 to 1; undefined of nothing. */
function shareValue({ part, of }: Share): number | undefined {
  return of === 0 ? undefined : part / of;
}

/** A share as percent; a dash of nothing. */
export function formatShare(share: Share, lang: PageLang): string {
  const value = shareValue(share);
  if (value === undefined) return "–";
  return new Intl.NumberFormat(localeOf[lang], { style: "percent", maximumFractionDigits: 1 }).format(value);
}

/** By how many percentage points a share changed, with its sign; undefined where one of both is a share of nothing. */
export function formatPoints({ now, before }: Compared<Share>, lang: PageLang): string | undefined {
  const [after, earlier] = [shareValue(now), shareValue(before)];
  if (after === undefined || earlier === undefined) return undefined;
  const points = 100 * (after - earlier);
  return new Intl.NumberFormat(localeOf[lang], { maximumFractionDigits: 1, signDisplay: "exceptZero" }).format(points);
}
