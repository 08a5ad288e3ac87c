import { and, desc, eq, gt, isNull, or } from "drizzle-orm";
import { z } from "zod";
import { AppError } from "../core/errors.ts";
import { type Purpose, purposes } from "../core/provider.ts";
import { type Database, guarded } from "../database/database.ts";
import { invitations } from "../database/schema.ts";
import { hashOf, newCode } from "./secrets.ts";

const invitationDays = 14;
const linksOfPage = 50;

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

/**
 * Ends one link of an organisation that nobody has used, expired or not, and returns what it was for. Throws NOT_FOUND where the organisation has no such link, and
 * USAGE where the link was used or withdrawn meanwhile.
 */
export async function withdrawInvitation(db: Database, organization: string, id: number, now: Date): Promise<Purpose> {
  const own = and(eq(invitations.id, id), eq(invitations.organization, organization));
  const [row] = await guarded("Looking for an invitation", () => db.select().from(invitations).where(own));
  if (row === undefined) throw new AppError("NOT_FOUND", `"${organization}" has no link ${id}.`);
  const gone = await guarded("Withdrawing an invitation", () =>
    db
      .update(invitations)
      .set({ revokedAt: now })
      .where(and(own, isNull(invitations.usedAt), isNull(invitations.revokedAt)))
      .returning({ id: invitations.id }),
  );
  if (gone.length === 0) throw new AppError("USAGE", `Link ${id} has been used or withdrawn meanwhile.`);
  return z.enum(purposes).parse(row.purpose);
}

const shownLink = (row: InvitationRow, now: Date) => ({
  id: row.id,
  organization: row.organization,
  purpose: row.purpose,
  state: stateOf(row, now),
  madeBy: row.madeBy,
  expiresAt: row.expiresAt.toISOString(),
});

/** The links of the last weeks, the newest first, without their codes. */
export async function listInvitations(db: Database, now: Date) {
  const since = new Date(now.getTime() - 2 * invitationDays * dayMs);
  const rows = await db
    .select()
    .from(invitations)
    .where(or(gt(invitations.expiresAt, now), gt(invitations.createdAt, since)))
    .orderBy(desc(invitations.id));
  return rows.map((row) => shownLink(row, now));
}

/** The newest links of one organisation, however old, without their codes. */
export async function listInvitationsOf(db: Database, organization: string, now: Date) {
  const rows = await guarded("Reading invitations", () =>
    db.select().from(invitations).where(eq(invitations.organization, organization)).orderBy(desc(invitations.id)).limit(linksOfPage),
  );
  return rows.map((row) => ({
    ...shownLink(row, now),
    createdAt: row.createdAt.toISOString(),
    usedAt: row.usedAt?.toISOString(),
  }));
}
