import ical, { ICalCalendarMethod } from "ical-generator";
import { type Lang, localize, localizeTitle } from "../../core/languages.ts";
import type { Offer, OfferDate } from "../../core/offer.ts";

const product = { company: "Landeshauptstadt München", product: "Stadtlotse", language: "DE" };

function whereOf({ address, geo }: Offer) {
  const point = geo === undefined ? {} : { geo };
  return address === undefined ? undefined : { title: `${address.street}, ${address.postcode} ${address.city}`, ...point };
}

/**
 * The dates of an offer as a file for calendars (RFC 5545), times in UTC, whole days as days. An event keeps its UID as long as its start, so that a file that is
 * opened again changes what is there. `note` is told in each event, as that an entry is made up.
 */
export function writeCalendarFile(
  offer: Offer,
  dates: readonly OfferDate[],
  { lang, host, now, note }: { readonly lang: Lang; readonly host: string; readonly now: Date; readonly note: string | undefined },
): string {
  const calendar = ical({ prodId: product, method: ICalCalendarMethod.PUBLISH });
  const location = whereOf(offer);
  const description = [localize(offer.summary, lang).text, note, offer.url].filter((part) => part !== undefined).join("\n");
  for (const { start, end } of dates)
    calendar.createEvent({
      id: `${offer.id}.${start.replaceAll(/[^\dTZ+]/g, "")}@${host}`,
      stamp: now,
      start: new Date(start),
      ...(end === undefined ? {} : { end: new Date(end) }),
      allDay: start.length === 10,
      summary: localizeTitle(offer.title, lang).text,
      description,
      url: offer.url,
      ...(location === undefined ? {} : { location }),
    });
  return `${calendar.toString()}\r\n`;
}
