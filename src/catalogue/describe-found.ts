import type { OfferQuery } from "../core/catalogue.ts";
import type { OpeningHours } from "../core/hours.ts";
import type { FoundOffer } from "../core/offer.ts";
import type { LoadHours } from "./hours/load-hours.ts";
import { readHours } from "./open-now.ts";
import { placeFound } from "./places.ts";
import { comingDates, isWithin, standingOf } from "./standing.ts";

/** What decides beside the content: the clock, and the reader of opening hours, without which all hours are unknown. */
export interface Circumstances {
  readonly now?: (() => Date) | undefined;
  readonly loadHours?: LoadHours | undefined;
}

/** The dates to come; those of the days that were asked for alone, if there are any. */
function datesOf({ offer }: FoundOffer, { from, to = from }: OfferQuery["slots"], now: Date): Pick<FoundOffer, "dates"> {
  const coming = comingDates(offer, now);
  if (coming.length === 0) return {};
  const asked = from === undefined || to === undefined ? [] : coming.filter((date) => isWithin(date, from, to));
  return { dates: asked.length > 0 ? asked : coming };
}

function hoursOf(hours: OpeningHours | undefined, query: OfferQuery): Pick<FoundOffer, "hours"> {
  const asked = query.hours === true ? "week" : query.wishes?.openNow === true ? "now" : undefined;
  if (hours === undefined && asked === undefined) return {};
  return { hours: { ...(hours ?? { state: { kind: "unknown" }, days: [] }), asked } };
}

/** Says of what is shown where it is, when it is open or takes place, and whether one can take part. */
export async function describeFound(
  page: readonly FoundOffer[],
  query: OfferQuery,
  { now, loadHours }: { readonly now: Date; readonly loadHours: LoadHours | undefined },
): Promise<readonly FoundOffer[]> {
  const placed = page.map((found) => placeFound(found, query.slots, query.origin));
  const hours = await readHours(placed, now, loadHours);
  return placed.map((found, index) => {
    const standing = standingOf(found.offer, now);
    return {
      ...found,
      ...hoursOf(hours[index], query),
      ...datesOf(found, query.slots, now),
      ...(standing === undefined ? {} : { standing }),
    };
  });
}
