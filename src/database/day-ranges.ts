import { type AnyColumn, type SQL, sql } from "drizzle-orm";

/** True for moments on the days from `from` to `to` of Europe/Berlin, both included; a plain range, so that an index serves it. */
export function onDays(column: AnyColumn | SQL, from: string, to: string): SQL<boolean> {
  return sql`${column} >= ${from}::date::timestamp at time zone 'Europe/Berlin'
    and ${column} < (${to}::date + 1)::timestamp at time zone 'Europe/Berlin'`;
}

/** The day of Europe/Berlin that a moment is on, as ISO 8601. */
export function dayOf(column: AnyColumn | SQL): SQL<string> {
  return sql<string>`to_char(${column} at time zone 'Europe/Berlin', 'YYYY-MM-DD')`;
}
