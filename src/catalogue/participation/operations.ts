import { and, asc, count, eq, gt, sql } from "drizzle-orm";
import { z } from "zod";
import { AppError } from "../../core/errors.ts";
import { contributionStates } from "../../core/participation.ts";
import type { Database } from "../../database/database.ts";
import { contributions, votes } from "../../database/schema.ts";
import { csvOf } from "../../text/csv.ts";

const Listing = z.object({ state: z.enum(contributionStates).optional() });
const Approval = z.object({ code: z.string() });
const Rejection = Approval.extend({ reason: z.string().trim().min(1, "a rejection needs a reason: the person is told") });
const Export = z.object({ format: z.enum(["csv", "json"]) });

const columns = ["code", "offer", "project", "url", "text", "district", "language", "day"] as const;

type Operations = Readonly<Record<string, (input: unknown) => Promise<unknown>>>;

/** Where the table's time is a day of Munich. */
const day = sql<string>`to_char(${contributions.createdAt} at time zone 'Europe/Berlin', 'YYYY-MM-DD')`;

const fields = {
  code: contributions.code,
  offer: contributions.offerId,
  project: contributions.offerTitle,
  url: contributions.offerUrl,
  text: contributions.body,
  district: contributions.district,
  language: contributions.lang,
  day,
} as const;

const live = () => gt(contributions.expiresAt, sql`now()`);

/** Staff's work on contributions and votes. What is exported is open data: approved contributions only, and nothing of who wrote them. */
export function createParticipationOperations(db: Database): Operations {
  async function decide(code: string, change: { readonly state: "approved" | "rejected"; readonly reason: string | null }): Promise<void> {
    const decided = await db
      .update(contributions)
      .set({ ...change, decidedAt: sql`now()` })
      .where(and(eq(contributions.code, code.toUpperCase()), sql`${contributions.state} <> 'withdrawn'`, live()))
      .returning({ code: contributions.code });
    if (decided.length === 0) throw new AppError("NOT_FOUND", `There is no contribution ${code}, or it was withdrawn.`);
  }

  return {
    "staff.contributions": async (input) => {
      const { state } = Listing.parse(input);
      return await db
        .select({ ...fields, state: contributions.state, reason: contributions.reason })
        .from(contributions)
        .where(and(state === undefined ? undefined : eq(contributions.state, state), live()))
        .orderBy(asc(contributions.createdAt), asc(contributions.code));
    },
    "staff.approve-contribution": (input) => decide(Approval.parse(input).code, { state: "approved", reason: null }),
    "staff.reject-contribution": async (input) => {
      const { code, reason } = Rejection.parse(input);
      await decide(code, { state: "rejected", reason });
    },
    "staff.export-contributions": async (input) => {
      const { format } = Export.parse(input);
      const rows = await db
        .select(fields)
        .from(contributions)
        .where(and(eq(contributions.state, "approved"), live()))
        .orderBy(asc(contributions.createdAt), asc(contributions.code));
      // The receipt lets people withdraw, so that it stays with the person and with staff.
      const open = rows.map(({ code: _code, ...row }) => row);
      return format === "json" ? `${JSON.stringify(open, undefined, 2)}\n` : csvOf(columns.slice(1), rows);
    },
    "staff.votes": async () =>
      await db
        .select({
          measure: votes.offerId,
          important: sql<number>`count(*) filter (where ${votes.vote} = 'important')`.mapWith(Number),
          unimportant: sql<number>`count(*) filter (where ${votes.vote} = 'unimportant')`.mapWith(Number),
          all: count(),
        })
        .from(votes)
        .groupBy(votes.offerId)
        .orderBy(asc(votes.offerId)),
  };
}

/** Deletes what is too old to be kept. */
export async function endParticipation(db: Database, days: number): Promise<void> {
  await db.execute(sql`delete from contributions where expires_at <= now()`);
  await db.execute(sql`delete from votes where voted_at <= now() - make_interval(days => ${days})`);
}
