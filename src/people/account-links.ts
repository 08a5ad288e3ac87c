import { and, eq, gt, isNull } from "drizzle-orm";
import type { AccountLink } from "../core/people.ts";
import { type Database, guarded } from "../database/database.ts";
import { accountLinks } from "../database/schema.ts";
import { hashOf, newCode } from "./secrets.ts";

const dayMs = 24 * 60 * 60 * 1000;
const linkDays = 14;

type Row = typeof accountLinks.$inferSelect;

/** Makes the code of a link by which a password is set, for an account or for the very first one; those before of the same account end. */
export async function makeAccountLink(
  db: Database,
  accountId: number | undefined,
  now: Date,
): Promise<{ readonly code: string; readonly expiresAt: Date }> {
  const code = newCode();
  const expiresAt = new Date(now.getTime() + linkDays * dayMs);
  if (accountId !== undefined) await revokeLinks(db, accountId, now);
  await db.insert(accountLinks).values({ codeHash: hashOf(code), accountId, createdAt: now, expiresAt });
  return { code, expiresAt };
}

/** Ends the open links of an account. */
export async function revokeLinks(db: Database, accountId: number, now: Date): Promise<void> {
  const { revokedAt, usedAt } = accountLinks;
  await db
    .update(accountLinks)
    .set({ revokedAt: now })
    .where(and(eq(accountLinks.accountId, accountId), isNull(usedAt), isNull(revokedAt)));
}

export async function findLink(db: Database, code: string): Promise<Row | undefined> {
  const [row] = await guarded("Looking for a link", () =>
    db
      .select()
      .from(accountLinks)
      .where(eq(accountLinks.codeHash, hashOf(code))),
  );
  return row;
}

/** What became of a link. */
export function linkState(row: Row | undefined, now: Date): AccountLink["kind"] {
  if (row === undefined) return "unknown";
  if (row.revokedAt !== null) return "revoked";
  if (row.usedAt !== null) return "used";
  return row.expiresAt.getTime() <= now.getTime() ? "expired" : "open";
}

/** Uses a link up; true for exactly one of those who try at once. */
export async function useLinkUp(db: Database, code: string, now: Date): Promise<boolean> {
  const { codeHash, usedAt, revokedAt, expiresAt, id } = accountLinks;
  const used = await db
    .update(accountLinks)
    .set({ usedAt: now })
    .where(and(eq(codeHash, hashOf(code)), isNull(usedAt), isNull(revokedAt), gt(expiresAt, now)))
    .returning({ id });
  return used.length === 1;
}
