import { and, count, eq, gt, sql } from "drizzle-orm";
import type { Offer } from "../../core/offer.ts";
import { lastMoment, type SignUp, type SignUps } from "../../core/volunteering.ts";
import { type Database, guarded, rowsOf } from "../../database/database.ts";
import { signUps } from "../../database/schema.ts";
import { newReceipt } from "../participation/receipts.ts";

const dayMs = 86_400_000;
const daysAfterLast = 30;
const daysWithoutDates = 90;

type Row = typeof signUps.$inferSelect;

function signUpOf({ code, offerId, offerTitle, offerUrl, expiresAt }: Row): SignUp {
  return { code, offerId, title: offerTitle, url: offerUrl, until: expiresAt.toISOString() };
}

/** When somebody's yes to a task is deleted: a month after its last date. */
function endOf(offer: Offer, now: Date): Date {
  const last = lastMoment(offer);
  return last === undefined
    ? new Date(now.getTime() + daysWithoutDates * dayMs)
    : new Date(Math.max(new Date(last).getTime(), now.getTime()) + daysAfterLast * dayMs);
}

/**
 * Takes one place off and writes down who takes it, in one statement. The row of the task is locked by it, so that of many at once only as many get a place as there are. Places that
 * the organisation has counted since are taken instead of the ones known here.
 */
async function takePlace(db: Database, conversationId: string, offer: Offer, row: { readonly code: string; readonly end: Date }) {
  const { available = 0, asOf = "" } = offer.capacity ?? {};
  const result = await db.execute(sql`
    with place as (
      insert into task_places as known (offer_id, counted_at, free)
      select ${offer.id}, ${asOf}::timestamptz, greatest(${available}::integer - 1, 0)
      where ${available}::integer > 0 or exists (select from task_places where offer_id = ${offer.id})
      on conflict (offer_id) do update set changes = known.changes + 1, changed_at = now(),
        free = case when excluded.counted_at > known.counted_at then excluded.free else known.free - 1 end,
        counted_at = greatest(known.counted_at, excluded.counted_at)
      where case when excluded.counted_at > known.counted_at then ${available}::integer > 0 else known.free > 0 end
      returning offer_id)
    insert into sign_ups (code, conversation_id, offer_id, organization, offer_title, offer_url, expires_at)
    select ${row.code}, ${conversationId}::uuid, offer_id, ${offer.organization}, ${offer.title.de}, ${offer.url}, ${row.end.toISOString()}::timestamptz
    from place returning code`);
  return rowsOf(result).length > 0;
}

/** Gives the places of these yeses back and deletes them, in one statement; never more than there are in all is not known here, the organisation's next count says it. */
async function giveBack(transaction: Database, condition: ReturnType<typeof sql>): Promise<void> {
  await transaction.execute(sql`
    with gone as (delete from sign_ups where ${condition} and expires_at > now() returning offer_id)
    update task_places set free = free + 1, changes = changes + 1, changed_at = now() where offer_id in (select offer_id from gone)`);
}

/** Places of volunteers' tasks in the database; `now` sets when a yes is deleted. */
export function createSignUps(db: Database, now: () => Date): SignUps<Database> {
  async function findOwn(conversationId: string, offerId: string): Promise<SignUp | undefined> {
    const [row] = await db
      .select()
      .from(signUps)
      .where(and(eq(signUps.conversationId, conversationId), eq(signUps.offerId, offerId)));
    return row === undefined ? undefined : signUpOf(row);
  }

  return {
    take: (conversationId, offer) =>
      guarded("Taking a place", async () => {
        const own = await findOwn(conversationId, offer.id);
        if (own !== undefined) return { kind: "already", signUp: own };
        const row = { code: newReceipt(), end: endOf(offer, now()) };
        if (!(await takePlace(db, conversationId, offer, row))) return { kind: "full" };
        const { id: offerId, title, url } = offer;
        return { kind: "taken", signUp: { code: row.code, offerId, title: title.de, url, until: row.end.toISOString() } };
      }),
    find: (code) =>
      guarded("Finding a place", async () => {
        const [row] = await db
          .select()
          .from(signUps)
          .where(and(eq(signUps.code, code), gt(signUps.expiresAt, sql`now()`)));
        return row === undefined ? undefined : signUpOf(row);
      }),
    leave: (transaction, code) => giveBack(transaction, sql`code = ${code}`),
    tell: async (transaction, code, message) => {
      await transaction.update(signUps).set({ message }).where(eq(signUps.code, code));
    },
    count: (conversationId) =>
      guarded("Counting places", async () => {
        const [row] = await db.select({ count: count() }).from(signUps).where(eq(signUps.conversationId, conversationId));
        return row?.count ?? 0;
      }),
    forget: async (transaction, conversationId) => {
      await giveBack(transaction, sql`conversation_id = ${conversationId}::uuid`);
      await transaction.delete(signUps).where(eq(signUps.conversationId, conversationId));
    },
  };
}
