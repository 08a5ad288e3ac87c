import { and, asc, desc, eq, gt, gte, inArray, isNotNull, lte, or, sql } from "drizzle-orm";
import { z } from "zod";
import type { Gap, GapNews, GapSource } from "../core/clusters.ts";
import { languages } from "../core/languages.ts";
import { channels } from "../core/message.ts";
import { type Database, guarded } from "../database/database.ts";
import { turns } from "../database/schema.ts";

const Ranking = z.array(z.object({ id: z.string(), score: z.number() }));

const Row = z.object({
  id: z.string(),
  question: z.string().nullable(),
  lang: z.enum(languages),
  channel: z.enum(channels),
  askedDistrict: z.string().nullable(),
  slots: z.object({ district: z.string().optional() }),
  gap: z.enum(["not-understood", "nothing-in-catalogue", "below-the-bar", "rejected", "out-of-scope"]).nullable(),
  needs: Ranking,
  offers: Ranking,
  createdAt: z.date(),
  gapAt: z.date(),
});

const columns = {
  ...{ id: turns.id, question: turns.question, lang: turns.lang, channel: turns.channel, askedDistrict: turns.askedDistrict },
  ...{ slots: turns.slots, gap: turns.gap, needs: turns.needs, offers: turns.offers },
  ...{ createdAt: turns.createdAt, gapAt: turns.gapAt },
};

function newsOf(row: unknown): GapNews {
  const { id, question, lang, channel, askedDistrict, slots, gap, needs, offers, createdAt, gapAt } = Row.parse(row);
  // Of personal topics, whose words are gone, no place is kept.
  const district = question === null ? undefined : (askedDistrict ?? slots.district);
  const found: Gap | undefined =
    gap === null ? undefined : { id, question: question ?? undefined, lang, channel, district, kind: gap, needs, offers, at: createdAt };
  return { id, gap: found, since: gapAt };
}

const readable = and(isNotNull(turns.gapAt), eq(turns.standsAlone, true), isNotNull(turns.channel));

/** The gaps among the turns: questions that were not answered well, and that mean something by themselves. */
export function createGapSource(db: Database): GapSource {
  return {
    readNews: (from, most, after) =>
      guarded("Reading gaps", async () => {
        // Drivers read moments to the millisecond, the database keeps them finer.
        const at = sql<Date>`date_trunc('milliseconds', ${turns.gapAt})`;
        const since = after?.since.toISOString();
        const beyond = after && or(sql`${at} > ${since}::timestamptz`, and(sql`${at} = ${since}::timestamptz`, gt(turns.id, after.id)));
        const rows = await db
          .select(columns)
          .from(turns)
          .where(and(readable, gte(turns.gapAt, after?.since ?? from), beyond))
          .orderBy(asc(at), asc(turns.id))
          .limit(most);
        return rows.map(newsOf);
      }),
    readGaps: (ids) =>
      guarded("Reading gaps", async () => {
        if (ids.length === 0) return [];
        const rows = await db
          .select(columns)
          .from(turns)
          .where(and(readable, isNotNull(turns.gap), inArray(turns.id, [...ids])));
        return rows.flatMap((row) => newsOf(row).gap ?? []);
      }),
    readBefore: (id, most) =>
      guarded("Reading what was said before", async () => {
        const [own] = await db
          .select({ conversationId: turns.conversationId, createdAt: turns.createdAt })
          .from(turns)
          .where(and(eq(turns.id, id), readable));
        if (own === undefined) return [];
        const rows = await db
          .select({ at: turns.createdAt, question: turns.question, kind: turns.kind, offers: turns.offers })
          .from(turns)
          .where(and(eq(turns.conversationId, own.conversationId), lte(turns.createdAt, own.createdAt)))
          .orderBy(desc(turns.createdAt), desc(turns.id))
          .limit(most);
        return rows.reverse().map(({ at, question, kind, offers }) => ({
          ...{ at: at.toISOString(), question: question ?? undefined, kind },
          offers: Ranking.parse(offers).map((offer) => offer.id),
        }));
      }),
  };
}
