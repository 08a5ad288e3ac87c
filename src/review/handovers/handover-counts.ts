import { sql } from "drizzle-orm";
import { z } from "zod";
import type { CountDays } from "../../core/numbers.ts";
import { type Database, guarded, rowsOf } from "../../database/database.ts";
import { dayOf, onDays } from "../../database/day-ranges.ts";

const Row = z.object({ day: z.string(), key: z.string(), count: z.coerce.number() });

/** Counts talks with a person by the day on which they were asked for: all, those that somebody took, and how they ended. */
export function createHandoverCounts(db: Database): CountDays {
  return async (from, to) => {
    const result = await guarded("Counting handovers", () =>
      db.execute(sql`
        with asked as materialized (
          select ${dayOf(sql`asked_at`)} as day, taken_at, end_reason from handovers where ${onDays(sql`asked_at`, from, to)})
        select day, 'asked' as key, count(*) as count from asked group by day
        union all
        select day, 'taken', count(*) from asked where taken_at is not null group by day
        union all
        select day, end_reason, count(*) from asked where end_reason is not null group by day, end_reason`),
    );
    return Row.array()
      .parse(rowsOf(result))
      .map((row) => ({ ...row, metric: "handovers" }));
  };
}
