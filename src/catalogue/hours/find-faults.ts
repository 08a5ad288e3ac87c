import type { Offer } from "../../core/offer.ts";
import type { LoadHours } from "./load-hours.ts";

/** Opening hours that cannot be read. */
export interface HoursFault {
  readonly offerId: string;
  readonly hours: string;
  readonly reason: string;
}

/** The opening hours among offers that nobody could read, so that whoever brings them mends them; nothing is loaded where there are none. */
export async function findHoursFaults(
  offers: readonly Pick<Offer, "id" | "openingHours" | "locations">[],
  loadHours: LoadHours,
): Promise<readonly HoursFault[]> {
  const said = offers.flatMap(({ id, openingHours, locations = [] }) =>
    [openingHours, ...locations.map((location) => location.openingHours)].flatMap((hours) =>
      hours === undefined ? [] : { offerId: id, hours },
    ),
  );
  if (said.length === 0) return [];
  const reader = await loadHours();
  return said.flatMap(({ offerId, hours }) => {
    const reason = reader.findFault(hours);
    return reason === undefined ? [] : { offerId, hours, reason };
  });
}
