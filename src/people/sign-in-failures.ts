import { eq, lt, sql } from "drizzle-orm";
import { type Database, guarded, rowsOf } from "../database/database.ts";
import { signInFailures } from "../database/schema.ts";
import { hashOf } from "./secrets.ts";

/** Failures in a row that are free; each further one locks for twice as long as the one before. */
const freeFailures = 10;
const firstLockSeconds = 60;
const longestLockSeconds = 3600;
const forgottenAfterMs = 24 * 60 * 60 * 1000;

/**
 * Counts an attempt as failed before it is looked at, so that many at once get no more tries than one after the other.
 * Gives the end of the lock where there is one: then the attempt must not be looked at.
 */
export async function countAttempt(db: Database, login: string, now: Date): Promise<Date | undefined> {
  const nameHash = hashOf(login);
  const at = now.toISOString();
  return await guarded("Counting sign-ins", async () => {
    await db.delete(signInFailures).where(lt(signInFailures.lastAt, new Date(now.getTime() - forgottenAfterMs)));
    const counted = await db.execute(sql`
      insert into sign_in_failures (name_hash, failures, last_at) values (${nameHash}, 1, ${at}::timestamptz)
      on conflict (name_hash) do update set
        failures = sign_in_failures.failures + 1,
        last_at = excluded.last_at,
        locked_until = case when sign_in_failures.failures + 1 >= ${freeFailures}
          then excluded.last_at + interval '1 second'
            * least(${longestLockSeconds}, ${firstLockSeconds} * power(2, least(sign_in_failures.failures + 1 - ${freeFailures}, 20))) end
      where sign_in_failures.locked_until is null or sign_in_failures.locked_until <= excluded.last_at
      returning failures`);
    if (rowsOf(counted).length === 1) return undefined;
    const [row] = await db.select().from(signInFailures).where(eq(signInFailures.nameHash, nameHash));
    return row?.lockedUntil ?? undefined;
  });
}

/** Forgets the failures of a name whose owner has come in. */
export async function forgetFailures(db: Database, login: string): Promise<void> {
  await db.delete(signInFailures).where(eq(signInFailures.nameHash, hashOf(login)));
}
