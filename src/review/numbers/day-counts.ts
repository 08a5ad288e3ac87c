import { and, gte, lt, lte } from "drizzle-orm";
import { z } from "zod";
import { type CountDays, type DayCount, metrics } from "../../core/numbers.ts";
import { type Database, guarded } from "../../database/database.ts";
import { countedDays, dayCounts } from "../../database/schema.ts";
import { berlinDay, dayAfter } from "../../text/berlin-time.ts";

/** Days whose rows are all there yet: turns are kept for 30, and the last day is a part of one. */
const daysOfRows = 29;
/** Ratings and ends of talks come for some days after; then a day stands for good. */
const settledDays = 3;
/** Three years: two of them can be compared. */
const keptDays = 3 * 366;

const Row = z.object({ day: z.string(), metric: z.enum(metrics), key: z.string(), count: z.number() });

export interface DayCountsParts {
  readonly db: Database;
  /** Each counts from the rows of its owner. */
  readonly sources: readonly CountDays[];
  readonly now: () => Date;
}

export interface DayCounts {
  /** The counts of some days, both ends included: those that are kept, and the others as their rows say now. */
  read(from: string, to: string): Promise<readonly DayCount[]>;
  /** Keeps the counts of days that are over and settled, before their rows go. */
  keep(): Promise<false>;
}

function daysFrom(first: string, last: string): readonly string[] {
  const days: string[] = [];
  for (let day = first; day <= last; day = dayAfter(day, 1)) days.push(day);
  return days;
}

/** Counts of days, kept for years, and of the present ones. */
export function createDayCounts({ db, sources, now }: DayCountsParts): DayCounts {
  const count = async (from: string, to: string) => (await Promise.all(sources.map((source) => source(from, to)))).flat();

  async function findKept(from: string, to: string): Promise<ReadonlySet<string>> {
    const rows = await db
      .select({ day: countedDays.day })
      .from(countedDays)
      .where(and(gte(countedDays.day, from), lte(countedDays.day, to)));
    return new Set(rows.map(({ day }) => day));
  }

  /** The days that can be counted from rows and are not kept yet. */
  async function findOpen(from: string, to: string): Promise<readonly string[]> {
    const today = berlinDay(now());
    const oldest = dayAfter(today, -daysOfRows);
    const kept = await findKept(from, to);
    return daysFrom(from < oldest ? oldest : from, to > today ? today : to).filter((day) => !kept.has(day));
  }

  async function countOpen(days: readonly string[]): Promise<readonly DayCount[]> {
    const [first] = days;
    const last = days.at(-1);
    if (first === undefined || last === undefined) return [];
    const open = new Set(days);
    return (await count(first, last)).filter(({ day }) => open.has(day));
  }

  async function read(from: string, to: string): Promise<readonly DayCount[]> {
    const rows = await db
      .select()
      .from(dayCounts)
      .where(and(gte(dayCounts.day, from), lte(dayCounts.day, to)));
    return [...Row.array().parse(rows), ...(await countOpen(await findOpen(from, to)))];
  }

  async function keep(): Promise<false> {
    const today = berlinDay(now());
    const days = await findOpen(dayAfter(today, -daysOfRows), dayAfter(today, -settledDays));
    const counts = await countOpen(days);
    await db.transaction(async (transaction) => {
      // Another process may have kept some of them meanwhile: whoever writes the day writes its counts.
      const written =
        days.length === 0
          ? []
          : await transaction
              .insert(countedDays)
              .values(days.map((day) => ({ day })))
              .onConflictDoNothing()
              .returning({ day: countedDays.day });
      const mine = new Set(written.map(({ day }) => day));
      const rows = counts.filter(({ day }) => mine.has(day));
      if (rows.length > 0) await transaction.insert(dayCounts).values([...rows]);
      const oldest = dayAfter(today, -keptDays);
      await transaction.delete(dayCounts).where(lt(dayCounts.day, oldest));
      await transaction.delete(countedDays).where(lt(countedDays.day, oldest));
    });
    return false;
  }

  return {
    read: (from, to) => guarded("Reading counts", () => read(from, to)),
    keep: () => guarded("Keeping counts", keep),
  };
}
