import { createHash, randomBytes, randomInt } from "node:crypto";
import { and, asc, eq, gt, inArray, lte, sql } from "drizzle-orm";
import type { Letters } from "../../core/message.ts";
import type { Offer } from "../../core/offer.ts";
import { codeLength, spellWish, type Watches, type WatchNews, watchDays } from "../../core/watches.ts";
import { type Database, guarded } from "../../database/database.ts";
import { openings, watches, watchNotices, watchSilences } from "../../database/schema.ts";
import { wordCode } from "../../text/return-code.ts";
import { markOutdated } from "../capacity/rank.ts";
import { WatchRow, watchOf } from "./wish.ts";

/** What watches are kept with; `findOffer` looks into the live catalogue. */
export interface WatchParts {
  readonly db: Database;
  readonly letters: Letters<Database>;
  readonly findOffer: (id: string) => Offer | undefined;
  readonly now: () => Date;
}

const idBytes = 12;
const codeWordsOf = 1024;
const mostShown = 10;
const dayMs = 86_400_000;

/** What is kept of a return code. It holds 130 bits, so that no salt is needed. */
export function hashCode(code: string): string {
  return createHash("sha256").update(code).digest("base64url");
}

const live = () => gt(watches.expiresAt, sql`now()`);

/** Watches in the database. */
export function createWatches({ db, letters, findOffer, now }: WatchParts): Watches<Database> {
  async function newsOf(row: WatchRow): Promise<WatchNews> {
    const told = await db
      .select({ offerId: openings.offerId })
      .from(watchNotices)
      .innerJoin(openings, eq(openings.id, watchNotices.openingId))
      .where(eq(watchNotices.watchId, row.id))
      .orderBy(sql`${openings.id} desc`);
    const offers = [...new Set(told.map(({ offerId }) => offerId))].flatMap((id) => findOffer(id) ?? []);
    const found = offers.slice(0, mostShown).map((offer) => ({ offer, score: 1 }));
    return { watch: watchOf(row), found: markOutdated(found, now()) };
  }

  async function findRow(condition: ReturnType<typeof eq>): Promise<WatchRow | undefined> {
    const [row] = await db.select().from(watches).where(and(condition, live()));
    return row === undefined ? undefined : WatchRow.parse(row);
  }

  return {
    find: (conversationId) =>
      guarded("Finding watches", async () => {
        const rows = await db
          .select()
          .from(watches)
          .where(and(eq(watches.conversationId, conversationId), live()))
          .orderBy(asc(watches.position));
        return WatchRow.array().parse(rows).map(watchOf);
      }),
    isSilent: (conversationId) =>
      guarded("Looking for a silence", async () => {
        const rows = await db
          .select({ since: watchSilences.since })
          .from(watchSilences)
          .where(eq(watchSilences.conversationId, conversationId));
        return rows.length > 0;
      }),
    silentAmong: async (transaction, conversationIds) => {
      if (conversationIds.length === 0) return [];
      const rows = await transaction
        .select({ id: watchSilences.conversationId })
        .from(watchSilences)
        .where(inArray(watchSilences.conversationId, [...conversationIds]));
      return rows.map(({ id }) => id);
    },
    draft: (wish, lang, pushes) => ({
      id: randomBytes(idBytes).toString("base64url"),
      wish,
      lang,
      pushes,
      until: new Date(now().getTime() + watchDays * dayMs).toISOString(),
      ...(pushes ? {} : { code: wordCode(Array.from({ length: codeLength }, () => randomInt(codeWordsOf))) }),
    }),
    open: async (transaction, conversationId, { id, wish, lang, pushes, until, code }) => {
      const ofThis = and(eq(watches.conversationId, conversationId), eq(watches.wish, spellWish(wish)));
      await transaction.delete(watches).where(and(ofThis, lte(watches.expiresAt, sql`now()`)));
      await transaction
        .insert(watches)
        .values({
          ...{ id, conversationId, lang, pushes, needs: [...wish.needs], offerId: wish.offer, district: wish.district },
          ...{ fromDate: wish.from, costFree: wish.costFree === true, wheelchair: wish.wheelchair === true, wish: spellWish(wish) },
          ...{ expiresAt: new Date(until), codeHash: code === undefined ? undefined : hashCode(code) },
        })
        .onConflictDoNothing({ target: [watches.conversationId, watches.wish] });
    },
    end: async (transaction, ids) => {
      if (ids.length > 0) await transaction.delete(watches).where(inArray(watches.id, [...ids]));
    },
    silence: async (transaction, conversationId) => {
      await transaction.insert(watchSilences).values({ conversationId }).onConflictDoNothing();
      // Waits for a wave that is being written for this conversation; what it wrote is then taken back.
      await transaction.update(watches).set({ pushes: false }).where(eq(watches.conversationId, conversationId));
      await letters.withdraw(transaction, conversationId);
    },
    forget: async (transaction, conversationId) => {
      await transaction.delete(watches).where(eq(watches.conversationId, conversationId));
      await transaction.delete(watchSilences).where(eq(watchSilences.conversationId, conversationId));
    },
    newsOf: (id) =>
      guarded("Reading what came up", async () => {
        const row = await findRow(eq(watches.id, id));
        return row === undefined ? undefined : await newsOf(row);
      }),
    findByCode: (code) =>
      guarded("Finding a watch by its code", async () => {
        const row = await findRow(eq(watches.codeHash, hashCode(code)));
        return row === undefined ? undefined : await newsOf(row);
      }),
  };
}
