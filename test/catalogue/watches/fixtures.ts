import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { createComposer } from "../../../src/answers/composer.ts";
import type { StoredContent } from "../../../src/catalogue/content-store.ts";
import { createWatches } from "../../../src/catalogue/watches/store.ts";
import { createWatchWorker } from "../../../src/catalogue/watches/worker.ts";
import type { Offer } from "../../../src/core/offer.ts";
import type { WatchWish } from "../../../src/core/watches.ts";
import { type Database, rowsOf } from "../../../src/database/database.ts";
import { contacts, openings, seenOffers, watches } from "../../../src/database/schema.ts";
import { createLetters } from "../../../src/messages/letters.ts";
import { needOf, offerOf } from "../fixtures.ts";

const needs = [
  needOf("kita-platz", ["Kita"]),
  needOf("gewalt", ["Gewalt"], "schutz"),
  needOf("sucht", ["Sucht"], "gesundheit"),
  needOf("kurs", ["Kurs"]),
];
const content: StoredContent = { hash: "test", needs, districts: [], offers: [], concepts: [], crisisConcepts: [], changedAt: new Map() };

/** Free places of an offer, counted now. */
export function freePlaces(available: number, at = new Date()): Pick<Offer, "capacity"> {
  return { capacity: { unit: { de: "Plätze", en: "places" }, available, asOf: at.toISOString() } };
}

/** An offer with that many free places, counted now. */
export const placesAt = (id: string, available: number, change: Partial<Offer> = {}) =>
  offerOf(id, { ...freePlaces(available), ...change });

const Letter = z.object({
  conversation_id: z.string(),
  reply: z.object({
    lead: z.array(z.string()),
    cards: z.array(z.object({ id: z.string() })),
    closing: z.array(z.string()),
    buttons: z.array(z.object({ value: z.string() })),
  }),
});

/** Watches over a database, with a catalogue that a test sets: what a process of the product has. */
export function openProcess(db: Database, offers: readonly Offer[] = []) {
  const catalogue = { current: offers };
  const letters = createLetters(() => ["telegram"]);
  const now = () => new Date();
  const composer = createComposer((id, lang) => needs.find((need) => need.id === id)?.label[lang]);
  const findOffer = (id: string) => catalogue.current.find((offer) => offer.id === id);
  const worker = createWatchWorker({
    ...{ db, letters, now },
    catalogue: { offers: () => catalogue.current, content: () => content, refresh: async () => false },
    compose: (finding, lang) => composer.compose({ kind: "watch", ...finding }, { lang, simple: false, introduce: false }),
    onTold: () => undefined,
  });
  const book = createWatches({ db, letters, findOffer, now });
  return {
    worker,
    book,
    /** Sets what the catalogue says. */
    say: (...said: readonly Offer[]): void => {
      catalogue.current = said;
    },
    /** Works until nothing is due. */
    runDry: async () => {
      while (await worker.step());
    },
    watch: (conversationId: string, wish: Partial<WatchWish> = {}, pushes = true) => {
      const drafted = book.draft({ needs: ["kita-platz"], ...wish }, "de", pushes);
      return db.transaction(async (transaction) => {
        await book.open(transaction, conversationId, drafted);
        return drafted;
      });
    },
  };
}

/** A new chat that letters can be sent to. */
export async function openChat(db: Database, channel = "telegram"): Promise<string> {
  const id = randomUUID();
  await db.insert(contacts).values({ id, channel, addressHash: id, addressEncrypted: "x" });
  return id;
}

/** Many chats, each with a watch, in the order of waiting. */
export async function openWaitingChats(db: Database, count: number): Promise<readonly string[]> {
  const ids = Array.from({ length: count }, () => randomUUID());
  await db.insert(contacts).values(ids.map((id) => ({ id, channel: "telegram", addressHash: id, addressEncrypted: "x" })));
  const rows = ids.map((id, index) => ({ id: `watch-${index}`, conversation_id: id, place: index }));
  await db.execute(sql`
    insert into watches (id, conversation_id, lang, needs, wish, pushes, expires_at)
    select id, conversation_id, 'de', '{kita-platz}', 'kita-platz', true, now() + interval '90 days'
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g(id text, conversation_id uuid, place integer) order by place`);
  return ids;
}

/** All letters, in the order in which they were written. */
export async function lettersOf(db: Database) {
  return Letter.array().parse(
    rowsOf(await db.execute(sql`select conversation_id, reply from outbox where in_reply_to is null order by id`)),
  );
}

/** Whom letters were written to, in their order. */
export const toldIn = async (db: Database) => (await lettersOf(db)).map((letter) => letter.conversation_id);

/** Half an hour passes. */
export async function passHalfAnHour(db: Database): Promise<void> {
  await db.execute(sql`update openings set next_wave_at = next_wave_at - interval '30 minutes'`);
}

/** Empties what watches and letters left behind. */
export async function emptyWatches(db: Database): Promise<void> {
  await db.delete(openings);
  await db.delete(seenOffers);
  await db.delete(watches);
  await db.delete(contacts);
  await db.execute(sql`delete from leases`);
}
