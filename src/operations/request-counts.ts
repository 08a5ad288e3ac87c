import { sql } from "drizzle-orm";
import { z } from "zod";
import { createBatches } from "../database/batches.ts";
import { type Database, guarded, rowsOf } from "../database/database.ts";

/** A request that counts. */
export interface Counted {
  /** A hash of the address. */
  readonly who: string;
  readonly kind: string;
}

/** How many there were in this minute, this one included, over all processes; and the seconds until the next minute. */
export interface Count {
  readonly count: number;
  readonly secondsLeft: number;
}

const mostTogether = 500;
const Row = z.object({ who: z.string(), kind: z.string(), count: z.number(), left: z.coerce.number() });
const keyOf = ({ who, kind }: Counted) => `${kind} ${who}`;

async function add(db: Database, requests: readonly Counted[]): Promise<readonly Count[]> {
  // Always in the same order, so that no two processes wait for each other.
  const given = JSON.stringify(requests);
  const result = await db.execute(sql`
    insert into request_counts (who, kind, minute, count)
    select who, kind, date_trunc('minute', now()), count(*)
    from jsonb_to_recordset(${given}::jsonb) as given(who text, kind text) group by who, kind order by who, kind
    on conflict (minute, who, kind) do update set count = request_counts.count + excluded.count
    returning who, kind, count, extract(epoch from minute + interval '1 minute' - now()) as left`);
  const rows = new Map(
    z
      .array(Row)
      .parse(rowsOf(result))
      .map((row) => [keyOf(row), row]),
  );
  /** What each of this statement adds, the first one first. */
  const before = new Map([...rows].map(([key, { count }]) => [key, count - requests.filter((each) => keyOf(each) === key).length]));
  return requests.map((request) => {
    const key = keyOf(request);
    const count = (before.get(key) ?? 0) + 1;
    before.set(key, count);
    return { count, secondsLeft: Math.max(1, Math.ceil(rows.get(key)?.left ?? 1)) };
  });
}

/** Counts requests in the database, those that come together in one statement: a flood holds one connection. */
export function createRequestCounts(db: Database): (request: Counted) => Promise<Count> {
  return createBatches((requests: readonly Counted[]) => guarded("Counting requests", () => add(db, requests)), mostTogether);
}

/** Forgets the counts of minutes that are over. */
export async function dropOldCounts(db: Database): Promise<false> {
  await guarded("Forgetting counts of requests", () =>
    db.execute(sql`delete from request_counts where minute < now() - interval '2 minutes'`),
  );
  return false;
}
