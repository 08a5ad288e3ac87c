import { and, desc, eq, gt, isNull, or } from "drizzle-orm";
import type { Purpose } from "../core/provider.ts";
import { type Database, guarded } from "../database/database.ts";
import { invitations } from "../database/schema.ts";
import { hashOf, newCode } from "./secrets.ts";

const invitationDays = 14;

const dayMs = 24 * 60 * 60 * 1000;

interface Wanted {
  readonly organization: string;
  readonly purpose: Purpose;
  readonly madeBy: "staff" | "provider";
}

/** Makes a link's code, which nobody can read again later. */
export async function makeInvitation(
  db: Database,
  wanted: Wanted,
  now: Date,
): Promise<{ readonly code: string; readonly expiresAt: Date }> {
  const code = newCode();
  const expiresAt = new Date(now.getTime() + invitationDays * dayMs);
  await guarded("Making an invitation", () =>
    db.insert(invitations).values({ ...wanted, codeHash: hashOf(code), createdAt: now, expiresAt }),
  );
  return { code, expiresAt };
}

export type InvitationRow = typeof invitations.$inferSelect;

export async function findInvitation(db: Database, code: string): Promise<InvitationRow | undefined> {
  const [row] = await guarded("Looking for an invitation", () =>
    db
      .select()
      .from(invitations)
      .where(eq(invitations.codeHash, hashOf(code))),
  );
  return row;
}

/** What became of a link. */
export function stateOf(row: InvitationRow, now: Date): "open" | "used" | "expired" | "revoked" {
  if (row.revokedAt !== null) return "revoked";
  if (row.usedAt !== null) return "used";
  return row.expiresAt.getTime() <= now.getTime() ? "expired" : "open";
}

/** Uses a link up; true for exactly one of those who try at once. */
export async function useUp(db: Database, code: string, now: Date): Promise<boolean> {
  const used = await db
    .update(invitations)
    .set({ usedAt: now })
    .where(
      and(
        eq(invitations.codeHash, hashOf(code)),
        isNull(invitations.usedAt),
        isNull(invitations.revokedAt),
        gt(invitations.expiresAt, now),
      ),
    )
    .returning({ id: invitations.id });
  return used.length === 1;
}

/** Ends the open links of an organisation, those of one maker only where it is given; returns how many. */
export async function revokeInvitations(db: Database, organization: string, now: Date, madeBy?: Wanted["madeBy"]): Promise<number> {
  const gone = await db
    .update(invitations)
    .set({ revokedAt: now })
    .where(
      and(
        eq(invitations.organization, organization),
        isNull(invitations.usedAt),
        isNull(invitations.revokedAt),
        madeBy === undefined ? undefined : eq(invitations.madeBy, madeBy),
      ),
    )
    .returning({ id: invitations.id });
  return gone.length;
}

/** The links of the last weeks, the newest first, without their codes. */
export async function listInvitations(db: Database, now: Date) {
  const since = new Date(now.getTime() - 2 * invitationDays * dayMs);
  const rows = await db
    .select()
    .from(invitations)
    .where(or(gt(invitations.expiresAt, now), gt(invitations.createdAt, since)))
    .orderBy(desc(invitations.id));
  return rows.map((row) => ({
    id: row.id,
    organization: row.organization,
    purpose: row.purpose,
    state: stateOf(row, now),
    madeBy: row.madeBy,
    expiresAt: row.expiresAt.toISOString(),
  }));
}
