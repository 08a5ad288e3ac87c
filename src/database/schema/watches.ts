import { boolean, date, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { int64, moment } from "./columns.ts";

export const watches = pgTable("watches", {
  id: text("id").primaryKey(),
  position: int64("position").notNull().generatedAlwaysAsIdentity(),
  conversationId: uuid("conversation_id"),
  lang: text("lang").notNull(),
  needs: text("needs").array().notNull(),
  offerId: text("offer_id"),
  district: text("district"),
  fromDate: date("from_date"),
  costFree: boolean("cost_free").notNull().default(false),
  wheelchair: boolean("wheelchair").notNull().default(false),
  wish: text("wish").notNull(),
  pushes: boolean("pushes").notNull(),
  codeHash: text("code_hash"),
  consentedAt: moment("consented_at").notNull().defaultNow(),
  expiresAt: moment("expires_at").notNull(),
});

export const watchSilences = pgTable("watch_silences", {
  conversationId: uuid("conversation_id").primaryKey(),
  since: moment("since").notNull().defaultNow(),
});

export const codeTries = pgTable("code_tries", {
  id: int64("id").primaryKey().generatedAlwaysAsIdentity(),
  conversationId: uuid("conversation_id").notNull(),
  client: text("client"),
  triedAt: moment("tried_at").notNull().defaultNow(),
});

export const seenOffers = pgTable("seen_offers", {
  offerId: text("offer_id").primaryKey(),
  available: integer("available"),
  firstSeenAt: moment("first_seen_at").notNull().defaultNow(),
});

export const openings = pgTable("openings", {
  id: int64("id").primaryKey().generatedAlwaysAsIdentity(),
  offerId: text("offer_id").notNull(),
  kind: text("kind").notNull(),
  due: integer("due").notNull(),
  raisedAt: moment("raised_at").notNull().defaultNow(),
  nextWaveAt: moment("next_wave_at").notNull(),
  endedAt: moment("ended_at"),
});

export const watchNotices = pgTable(
  "watch_notices",
  {
    watchId: text("watch_id").notNull(),
    openingId: int64("opening_id").notNull(),
    outboxId: int64("outbox_id"),
    toldAt: moment("told_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.watchId, table.openingId] })],
);

export const capacityKeys = pgTable("capacity_keys", {
  organization: text("organization").primaryKey(),
  keyHash: text("key_hash").notNull(),
  madeAt: moment("made_at").notNull().defaultNow(),
});
