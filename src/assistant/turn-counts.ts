import { sql } from "drizzle-orm";
import { z } from "zod";
import { type CountDays, metrics, uncountedKinds } from "../core/numbers.ts";
import { type Database, guarded, rowsOf } from "../database/database.ts";
import { dayOf, onDays } from "../database/day-ranges.ts";

const Row = z.object({ day: z.string(), metric: z.enum(metrics), key: z.string(), count: z.coerce.number() });

/** Counts questions, gaps, needs and ratings of days from the turns that are still there. */
export function createTurnCounts(db: Database): CountDays {
  const none = sql.join(
    [...uncountedKinds, "crisis"].map((kind) => sql`${kind}`),
    sql`, `,
  );
  return async (from, to) => {
    const result = await guarded("Counting turns", () =>
      db.execute(sql`
        with seen as materialized (
          select ${dayOf(sql`created_at`)} as day, conversation_id, kind, lang, gap, asked_need from turns where ${onDays(sql`created_at`, from, to)}),
        asked as materialized (select * from seen where kind not in (${none})),
        rated as (select ${dayOf(sql`created_at`)} as day, rating from feedback where ${onDays(sql`created_at`, from, to)})
        select day, 'kinds' as metric, kind as key, count(*) as count from asked group by day, kind
        union all
        select day, 'answered', '', count(*) from asked where kind in ('offers', 'capacity', 'article') and gap is null group by day
        union all
        select day, 'gaps', gap, count(*) from asked where gap is not null group by day, gap
        union all
        select day, 'crises', '', count(*) from seen where kind = 'crisis' group by day
        union all
        select day, 'languages', lang, count(*) from asked group by day, lang
        union all
        select day, 'needs', asked_need, count(distinct conversation_id) from seen where asked_need is not null group by day, asked_need
        union all
        select day, 'ratings', rating, count(*) from rated group by day, rating`),
    );
    return Row.array().parse(rowsOf(result));
  };
}
