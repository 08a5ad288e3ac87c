import { sql } from "drizzle-orm";
import { z } from "zod";
import { type CountDays, waitBucketsMs } from "../core/numbers.ts";
import { type Database, guarded, rowsOf } from "../database/database.ts";
import { dayOf, onDays } from "../database/day-ranges.ts";

const Row = z.object({ day: z.string(), bucket: z.coerce.number(), count: z.coerce.number() });

/** The key of a bucket: its upper end in milliseconds. */
const keyOf = (bucket: number): string => String(waitBucketsMs[bucket] ?? "longer");

/** Counts the answers of days by how long they took: from the message's arrival until its answer was sent, or lay ready where clients fetch it. */
export function createWaitCounts(db: Database): CountDays {
  // width_bucket puts a value that is an upper end into the next bucket: what took exactly as long is not longer.
  const ends = sql.raw(`array[${waitBucketsMs.map((ms) => ms + 0.001).join(", ")}]`);
  return async (from, to) => {
    const result = await guarded("Counting waits", () =>
      db.execute(sql`
        select ${dayOf(sql`o.created_at`)} as day,
          width_bucket(extract(epoch from coalesce(o.sent_at, o.created_at) - i.received_at)::double precision * 1000, ${ends}::double precision[]) as bucket,
          count(*) as count
        from outbox o join inbox i on i.id = o.in_reply_to
        where ${onDays(sql`o.created_at`, from, to)} and o.state = 'sent'
        group by 1, 2`),
    );
    return Row.array()
      .parse(rowsOf(result))
      .map(({ day, bucket, count }) => ({ day, metric: "waits", key: keyOf(bucket), count }));
  };
}
