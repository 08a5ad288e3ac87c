import { sql } from "drizzle-orm";
import { type Database, rowsOf } from "./database.ts";

/** Takes or keeps the right to a work that one process does at a time, for so many seconds of the database's clock; false while another holder has it. */
export async function takeLease(db: Database, name: string, holder: string, seconds: number): Promise<boolean> {
  const rows = await db.execute(
    sql`insert into leases (name, holder, until) values (${name}, ${holder}, now() + make_interval(secs => ${seconds}))
      on conflict (name) do update set holder = excluded.holder, until = excluded.until
      where leases.until < now() or leases.holder = excluded.holder returning name`,
  );
  return rowsOf(rows).length > 0;
}

/** Gives the right back; does nothing if somebody else has it by now. */
export async function endLease(db: Database, name: string, holder: string): Promise<void> {
  await db.execute(sql`delete from leases where name = ${name} and holder = ${holder}`);
}
