import { and, eq, gt, isNull, lte, or } from "drizzle-orm";
import { providerRole, type Staff, type StaffLang, type StaffSession, staffRoles } from "../core/people.ts";
import { type Database, guarded } from "../database/database.ts";
import { accounts, sessions } from "../database/schema.ts";
import { hashOf, newSession } from "./secrets.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const longestMs = 12 * hourMs;
const idleMs = hourMs;

export type AccountRow = typeof accounts.$inferSelect;

const langs: readonly StaffLang[] = ["de", "en"];

/** Somebody of the city as the console knows them; undefined for a row whose role is none. */
export function staffOf(row: AccountRow): Staff | undefined {
  const role = staffRoles.find((each) => each === row.role);
  if (role === undefined) return undefined;
  const { id: account, name, shortcuts } = row;
  return { account, name, role, lang: langs.find((each) => each === row.lang), shortcuts, local: row.issuer === null };
}

/** Opens a session of an account and ends the one that the browser had before. */
export async function openStaffSession(db: Database, account: AccountRow, now: Date, before?: string): Promise<string> {
  const session = newSession();
  await db.delete(sessions).where(lte(sessions.expiresAt, now));
  if (before !== undefined) await endSession(db, before);
  await db.insert(sessions).values({
    ...{ tokenHash: hashOf(session), role: account.role, accountId: account.id, createdAt: now, seenAt: now },
    expiresAt: new Date(now.getTime() + longestMs),
  });
  return session;
}

export async function endSession(db: Database, session: string): Promise<void> {
  await guarded("Ending a session", () => db.delete(sessions).where(eq(sessions.tokenHash, hashOf(session))));
}

/** Signs an account out everywhere. */
export async function endSessionsOf(db: Database, account: number): Promise<void> {
  await db.delete(sessions).where(eq(sessions.accountId, account));
}

/** Whom a session belongs to; `local` says which accounts may be signed in at all: those with a password, or those of another service. */
export async function findSession(
  db: Database,
  session: string,
  { now, local, quiet }: { readonly now: Date; readonly local: boolean; readonly quiet: boolean },
): Promise<StaffSession | undefined> {
  const tokenHash = hashOf(session);
  const idleSince = new Date(now.getTime() - idleMs);
  const [row] = await guarded("Looking for a session", () =>
    db
      .select({ role: sessions.role, seenAt: sessions.seenAt, account: accounts })
      .from(sessions)
      .leftJoin(accounts, eq(accounts.id, sessions.accountId))
      .where(
        and(
          ...[eq(sessions.tokenHash, tokenHash), gt(sessions.expiresAt, now), isNull(accounts.disabledAt)],
          or(eq(sessions.role, providerRole), gt(sessions.seenAt, idleSince)),
        ),
      ),
  );
  if (row === undefined) return undefined;
  if (row.role === providerRole) return { kind: "provider" };
  const staff = row.account === null ? undefined : staffOf(row.account);
  if (staff === undefined || staff.local !== local) return undefined;
  if (!quiet && (row.seenAt === null || now.getTime() - row.seenAt.getTime() > minuteMs))
    await guarded("Keeping a session", () => db.update(sessions).set({ seenAt: now }).where(eq(sessions.tokenHash, tokenHash)));
  return { kind: "staff", staff };
}
