import { and, eq, gt, lte, max, sql } from "drizzle-orm";
import { z } from "zod";
import { providerRole, staffRoles } from "../core/people.ts";
import { type Invitation, type ProviderAccess, purposes } from "../core/provider.ts";
import { type Database, guarded } from "../database/database.ts";
import { invitations, sessions } from "../database/schema.ts";
import { findInvitation, type InvitationRow, makeInvitation, revokeInvitations, stateOf, useUp } from "./invitations.ts";
import { hashOf, newSession } from "./secrets.ts";

const sessionHours = 12;

const hourMs = 60 * 60 * 1000;

function invitationOf({ organization, purpose }: InvitationRow): Invitation {
  return { organization, purpose: purposes.find((each) => each === purpose) ?? "join" };
}

const StoredSession = z.union([
  z.object({ role: z.literal(providerRole), organization: z.string() }),
  z.object({ role: z.enum(staffRoles) }),
]);

async function openSession(db: Database, organization: string, now: Date): Promise<string> {
  const session = newSession();
  const expiresAt = new Date(now.getTime() + sessionHours * hourMs);
  await db.delete(sessions).where(lte(sessions.expiresAt, now));
  await db.insert(sessions).values({ tokenHash: hashOf(session), role: providerRole, organization, createdAt: now, expiresAt });
  return session;
}

/** Links and sessions of organisations, by the given clock. */
export function createProviderAccess(db: Database, now: () => Date): ProviderAccess {
  return {
    look: async (code) => {
      const row = await findInvitation(db, code);
      if (row === undefined) return { kind: "unknown" };
      const kind = stateOf(row, now());
      return kind === "open" ? { kind, invitation: invitationOf(row) } : { kind };
    },
    redeem: async (code) =>
      await guarded("Using an invitation", () =>
        db.transaction(async (transaction) => {
          const at = now();
          const used = await useUp(transaction, code, at);
          const row = await findInvitation(transaction, code);
          if (row === undefined) return { kind: "unknown" as const };
          if (!used) {
            const kind = stateOf(row, at);
            return { kind: kind === "open" ? ("used" as const) : kind };
          }
          return { kind: "open" as const, invitation: invitationOf(row), session: await openSession(transaction, row.organization, at) };
        }),
      ),
    find: async (session) => {
      const [row] = await guarded("Looking for a session", () =>
        db
          .select({ role: sessions.role, organization: sessions.organization })
          .from(sessions)
          .where(and(eq(sessions.tokenHash, hashOf(session)), gt(sessions.expiresAt, now()))),
      );
      return row === undefined ? undefined : StoredSession.parse(row);
    },
    end: async (session) => {
      await guarded("Ending a session", () => db.delete(sessions).where(eq(sessions.tokenHash, hashOf(session))));
    },
    renew: async (organization) =>
      await guarded("Renewing an invitation", () =>
        db.transaction(async (transaction) => {
          await revokeInvitations(transaction, organization, now(), "provider");
          return await makeInvitation(transaction, { organization, purpose: "join", madeBy: "provider" }, now());
        }),
      ),
  };
}

/** Who of organisations is signed in now, how many links wait to be used, and when one was used last; those without either are left out. */
export async function readAccess(db: Database, now: Date) {
  const links = await guarded("Counting links", () =>
    db
      .select({
        organization: invitations.organization,
        open: sql<number>`count(*) filter (where ${invitations.usedAt} is null and ${invitations.revokedAt} is null and ${gt(invitations.expiresAt, now)})::int`,
        lastSignIn: max(invitations.usedAt),
      })
      .from(invitations)
      .groupBy(invitations.organization),
  );
  const signedIn = await guarded("Counting sessions", () =>
    db
      .select({ organization: sessions.organization, open: sql<number>`count(*)::int` })
      .from(sessions)
      .where(and(eq(sessions.role, providerRole), gt(sessions.expiresAt, now)))
      .groupBy(sessions.organization),
  );
  const linksOf = new Map(links.map((each) => [each.organization, each]));
  const sessionsOf = new Map(signedIn.flatMap(({ organization, open }) => (organization === null ? [] : [[organization, open]])));
  return [...new Set([...linksOf.keys(), ...sessionsOf.keys()])].map((organization) => ({
    organization,
    signedIn: sessionsOf.get(organization) ?? 0,
    openLinks: linksOf.get(organization)?.open ?? 0,
    lastSignIn: linksOf.get(organization)?.lastSignIn?.toISOString(),
  }));
}

/** Ends every link and session of an organisation. */
export async function revokeAccess(
  db: Database,
  organization: string,
  now: Date,
): Promise<{ readonly links: number; readonly sessions: number }> {
  return await guarded("Revoking access", () =>
    db.transaction(async (transaction) => {
      const links = await revokeInvitations(transaction, organization, now);
      const gone = await transaction
        .delete(sessions)
        .where(eq(sessions.organization, organization))
        .returning({ organization: sessions.organization });
      return { links, sessions: gone.length };
    }),
  );
}
