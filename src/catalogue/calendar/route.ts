import { Hono } from "hono";
import { isLang, type Lang } from "../../core/languages.ts";
import type { Offer } from "../../core/offer.ts";
import { words } from "../../words/words.ts";
import { comingDates } from "../standing.ts";

export interface CalendarRouteParts {
  readonly offers: () => readonly Offer[];
  readonly publicUrl: string;
  readonly now: () => Date;
}

/** The address of an offer's file for calendars. */
export function calendarUrlOf(publicUrl: string, offerId: string, lang: Lang): string {
  return `${publicUrl.replace(/\/+$/, "")}/offers/${offerId}.ics?lang=${lang}`;
}

/** GET /offers/<id>.ics: the dates of an offer that are not over, in the language of ?lang= (German without); 404 where there are none. */
export function createCalendarRoute({ offers, publicUrl, now }: CalendarRouteParts): Hono {
  const host = new URL(publicUrl).hostname;
  return new Hono().get("/offers/:file{[a-z0-9-]+\\.ics}", async (context) => {
    const id = context.req.param("file").replace(/\.ics$/, "");
    const offer = offers().find((each) => each.id === id);
    const at = now();
    const dates = offer === undefined ? [] : comingDates(offer, at);
    if (offer === undefined || dates.length === 0) return context.notFound();
    const wanted = context.req.query("lang");
    const lang = isLang(wanted) ? wanted : "de";
    const { writeCalendarFile } = await import("./calendar-file.ts");
    const note = offer.demo === true ? words[lang].demo : undefined;
    return context.body(writeCalendarFile(offer, dates, { lang, host, now: at, note }), 200, {
      "Content-Type": "text/calendar; charset=utf-8",
      "Content-Disposition": `attachment; filename="${id}.ics"`,
    });
  });
}
