import { desc, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import type { UnmetDemand } from "../core/clusters.ts";
import { areas, type DemandCell, leastPeople, outcomes } from "../core/demand.ts";
import { noNeed } from "../core/intents.ts";
import { type Database, guarded, idArray, rowsOf } from "../database/database.ts";
import { demand } from "../database/schema.ts";

const Cell = z.object({
  week: z.string(),
  need: z.string(),
  area: z.enum(areas),
  district: z.string(),
  outcome: z.enum(outcomes),
  people: z.number(),
});

/**
 * Counts the weeks that are over and have not been counted, each once and for ever: a count that grew from day to day would tell of single people. Conversations
 * are counted, with the last outcome of each need and place, so that nobody makes up a cell alone. Districts of too few people are told of together where these are enough;
 * the rest is not written anywhere. Returns the number of weeks.
 */
export async function countDemand(db: Database, now: Date): Promise<number> {
  const result = await guarded("Counting demand", () =>
    db.execute(sql`
    with moments as (select ${now.toISOString()}::timestamptz as now),
    wishes as materialized (
      select to_char(created_at at time zone 'Europe/Berlin', 'IYYY-"W"IW') as week, asked_need as need, coalesce(asked_district, '') as district,
        outcome, conversation_id, created_at
      from turns, moments
      where asked_need is not null
        and date_trunc('week', created_at at time zone 'Europe/Berlin') < date_trunc('week', (moments.now - interval '1 hour') at time zone 'Europe/Berlin')),
    fresh as (
      insert into demand_weeks (week) select distinct week from wishes on conflict do nothing returning week),
    asked as materialized (
      select distinct on (week, need, district, conversation_id) week, need, district, outcome, conversation_id
      from wishes join fresh using (week)
      order by week, need, district, conversation_id, created_at desc),
    sizes as materialized (
      select *, count(*) over (partition by week, need, district, outcome) as people from asked),
    named as (
      select week, need, case when district = '' then 'not-named' else 'district' end as area, district, outcome, people::integer
      from sizes where people >= ${leastPeople} group by week, need, district, outcome, people),
    others as (
      select week, need, 'others' as area, '' as district, outcome, count(distinct conversation_id)::integer as people
      from sizes where people < ${leastPeople} and district <> '' group by week, need, outcome having count(distinct conversation_id) >= ${leastPeople}),
    written as (
      insert into demand (week, need, area, district, outcome, people)
      select * from named union all select * from others
      on conflict do nothing)
    select week from fresh`),
  );
  return rowsOf(result).length;
}

/** The cells of the last weeks that have any, the newest first, all of them without a number. */
export async function readDemand(db: Database, mostWeeks?: number): Promise<readonly DemandCell[]> {
  const rows = await guarded("Reading demand", () => {
    const weeks = db.selectDistinct({ week: demand.week }).from(demand).orderBy(desc(demand.week));
    const all = db.select().from(demand);
    const wanted = mostWeeks === undefined ? all : all.where(inArray(demand.week, weeks.limit(mostWeeks)));
    return wanted.orderBy(desc(demand.week), demand.need, demand.area, demand.district, demand.outcome);
  });
  return Cell.array().parse(rows);
}

/** What is less likely is not counted as what somebody wanted. */
const leastNeed = 0.3;

/** Counts questions as wishes that nothing was there for: staff know that the city has nothing. Weeks that have been counted stay as they are. */
export const unmetDemand: UnmetDemand<Database> = {
  mark: async (transaction, turnIds) => {
    await transaction.execute(sql`
      update turns set outcome = 'missing', asked_need = coalesce(asked_need,
        case when (needs -> 0 ->> 'score')::double precision >= ${leastNeed} and needs -> 0 ->> 'id' <> ${noNeed} then needs -> 0 ->> 'id' end)
      where id = any(${idArray(turnIds)}::uuid[])`);
  },
};
