import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Offer, OfferKind } from "../../core/offer.ts";
import { type Database, rowsOf } from "../../database/database.ts";
import { isCurrent } from "../capacity/freshness.ts";

/** People are told for each place that came up. */
export const toldPerPlace = 3;
/** Minutes until the next are told, if places are still free. */
export const waveMinutes = 30;

/** Kinds of offers of which a new one is news by itself. */
const newsKinds: ReadonlySet<OfferKind> = new Set(["event", "course", "participation", "open-call", "lab"]);
const rowsAtOnce = 5000;

/** What matters of an offer here: whether it counts places, how many are free if that is current, and whether a new one is news. */
interface Seen {
  readonly id: string;
  readonly counts: boolean;
  readonly available: number | undefined;
  readonly news: boolean;
}

function seenOf(offer: Offer, now: Date): Seen {
  const { id, kind, capacity } = offer;
  return {
    id,
    counts: capacity !== undefined,
    available: isCurrent(offer, now) ? capacity?.available : undefined,
    news: newsKinds.has(kind),
  };
}

/** Compares with what was seen before, opens what came up and ends what is taken. The first time ever nothing is news. */
function compare(rows: readonly Seen[], isFirst: boolean): SQL {
  return sql`
    with given as materialized (
      select g.*, s.offer_id is not null as known, coalesce(s.available, 0) as before
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g(id text, counts boolean, available integer, news boolean)
      left join seen_offers s on s.offer_id = g.id),
    stored as (
      insert into seen_offers (offer_id, available) select id, available from given
      where not known or (counts and available is not null) or not counts
      on conflict (offer_id) do update set available = excluded.available where seen_offers.available is distinct from excluded.available),
    came_up as (
      insert into openings (offer_id, kind, due, next_wave_at)
      select id, case when counts then 'places' else 'new' end, case when counts then ${toldPerPlace} * (available - before) else 0 end,
        now() + make_interval(mins => case when counts then ${waveMinutes} else 0 end)
      from given where not ${isFirst} and ((counts and available > before) or (not counts and news and not known))
      on conflict (offer_id) where ended_at is null do update
        set due = openings.due + excluded.due, raised_at = now(), next_wave_at = excluded.next_wave_at, kind = excluded.kind)
    update openings set ended_at = now() from given
    where openings.offer_id = given.id and openings.ended_at is null and openings.kind = 'places' and (not counts or available = 0)`;
}

const First = z.array(z.object({ first: z.boolean() }));

/**
 * Writes down what the catalogue says now, as far as it differs from `before`, and opens what came up. `before` is what the same process wrote last, as long as no
 * other process has written since; undefined otherwise. Returns what to give next time.
 */
export async function observe(
  transaction: Database,
  offers: readonly Offer[],
  now: Date,
  before: ReadonlyMap<string, string> | undefined,
): Promise<ReadonlyMap<string, string>> {
  const seen = offers.map((offer) => seenOf(offer, now));
  const after = new Map(seen.map((each) => [each.id, JSON.stringify(each)]));
  const changed = seen.filter(({ id }) => before?.get(id) !== after.get(id));
  if (changed.length === 0) return after;
  const [state] = First.parse(rowsOf(await transaction.execute(sql`select not exists (select 1 from seen_offers) as first`)));
  for (let from = 0; from < changed.length; from += rowsAtOnce)
    await transaction.execute(compare(changed.slice(from, from + rowsAtOnce), state?.first === true));
  return after;
}
