import { type SQL, sql } from "drizzle-orm";
import type { Offer } from "../../core/offer.ts";

/** Letters that one watch leads to in a day; whoever had so many is passed over. */
const mostADay = 3;

/** What of an offer decides whom it is for; no districts means the whole city, no last day that it has no dates. */
export interface OfferTraits {
  readonly opening: number;
  readonly offer: string;
  readonly needs: readonly string[];
  readonly districts: readonly string[];
  readonly free: boolean;
  readonly wheelchair: boolean;
  readonly lastDay: string | undefined;
}

function daysOf({ dates, deadline, participation }: Offer): readonly string[] {
  return [...(dates ?? []).map(({ start, end }) => end ?? start), deadline, participation?.to].flatMap((day) => day?.slice(0, 10) ?? []);
}

/** The traits of an offer that something came up at. */
export function traitsOf(opening: number, offer: Offer): OfferTraits {
  const places = [offer, ...(offer.locations ?? [])];
  return {
    opening,
    offer: offer.id,
    needs: offer.needs,
    districts: [...new Set(places.flatMap(({ district }) => district ?? []))],
    free: offer.cost?.free === true,
    wheelchair: places.some(({ wheelchair }) => wheelchair === true),
    lastDay: [...daysOf(offer)].sort().at(-1),
  };
}

/** Traits as a table `o`. */
export function traitRows(traits: readonly OfferTraits[]): SQL {
  return sql`jsonb_to_recordset(${JSON.stringify(traits)}::jsonb)
    as o(opening bigint, offer text, needs jsonb, districts jsonb, free boolean, wheelchair boolean, "lastDay" date)`;
}

/** True in SQL where watch `w` is for offer `o` and has not been told of it. */
export const isFor: SQL = sql`
  w.expires_at > now()
  and case when w.offer_id is null then jsonb_exists_any(o.needs, w.needs) else w.offer_id = o.offer end
  and (w.district is null or jsonb_array_length(o.districts) = 0 or jsonb_exists(o.districts, w.district))
  and (not w.cost_free or o.free) and (not w.wheelchair or o.wheelchair)
  and (w.from_date is null or o."lastDay" is null or o."lastDay" >= w.from_date)
  and not exists (select 1 from watch_notices n where n.watch_id = w.id and n.opening_id = o.opening)`;

/** True in SQL where watch `w` may have a letter today. */
export const mayHaveLetter: SQL = sql`
  w.pushes and w.conversation_id is not null
  and (select count(distinct n.outbox_id) from watch_notices n where n.watch_id = w.id and n.told_at > now() - interval '1 day') < ${mostADay}`;
