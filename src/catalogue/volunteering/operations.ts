import { and, asc, eq, gt, sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../../database/database.ts";
import { signUps } from "../../database/schema.ts";

const Listing = z.object({ organization: z.string() });

/** What an organisation sees of one of its tasks: how many people do it, and what they wrote, by their receipts. No address, and nothing of who they are. */
export interface TaskHelpers {
  readonly offer: string;
  readonly task: string;
  readonly helpers: number;
  readonly messages: readonly { readonly code: string; readonly text: string }[];
}

/** The tasks of an organisation that somebody does. */
export async function findHelpers(db: Database, organization: string): Promise<readonly TaskHelpers[]> {
  const rows = await db
    .select({ offer: signUps.offerId, task: signUps.offerTitle, code: signUps.code, message: signUps.message })
    .from(signUps)
    .where(and(eq(signUps.organization, organization), gt(signUps.expiresAt, sql`now()`)))
    .orderBy(asc(signUps.offerId), asc(signUps.createdAt));
  return [...Map.groupBy(rows, ({ offer }) => offer)].map(([offer, all]) => ({
    offer,
    task: all[0]?.task ?? "",
    helpers: all.length,
    messages: all.flatMap(({ code, message }) => (message === null ? [] : { code, text: message })),
  }));
}

/** Staff's view of volunteers' tasks. */
export function createVolunteeringOperations(db: Database): Readonly<Record<string, (input: unknown) => Promise<unknown>>> {
  return { "staff.helpers": (input) => findHelpers(db, Listing.parse(input).organization) };
}

/** Deletes what is too old to be kept; places of tasks that nobody has been counted for in a year are gone with their offers. */
export async function endVolunteering(db: Database): Promise<void> {
  await db.execute(sql`delete from sign_ups where expires_at <= now()`);
  await db.execute(sql`
    delete from task_places where counted_at < now() - interval '1 year' and not exists (select from sign_ups where sign_ups.offer_id = task_places.offer_id)`);
}
