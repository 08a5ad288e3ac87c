import { integer, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { int64, moment } from "./columns.ts";

export const contributions = pgTable("contributions", {
  code: text("code").primaryKey(),
  conversationId: uuid("conversation_id"),
  offerId: text("offer_id").notNull(),
  offerTitle: text("offer_title").notNull(),
  offerUrl: text("offer_url").notNull(),
  body: text("body").notNull(),
  district: text("district"),
  lang: text("lang").notNull(),
  state: text("state").notNull().default("waiting"),
  reason: text("reason"),
  createdAt: moment("created_at").notNull().defaultNow(),
  decidedAt: moment("decided_at"),
  expiresAt: moment("expires_at").notNull(),
});

export const votes = pgTable(
  "votes",
  {
    conversationId: uuid("conversation_id").notNull(),
    offerId: text("offer_id").notNull(),
    vote: text("vote").notNull(),
    votedAt: moment("voted_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.conversationId, table.offerId] })],
);

export const taskPlaces = pgTable("task_places", {
  offerId: text("offer_id").primaryKey(),
  countedAt: moment("counted_at").notNull(),
  free: integer("free").notNull(),
  changes: int64("changes").notNull().default(1),
  changedAt: moment("changed_at").notNull().defaultNow(),
});

export const signUps = pgTable(
  "sign_ups",
  {
    code: text("code").primaryKey(),
    conversationId: uuid("conversation_id"),
    offerId: text("offer_id").notNull(),
    organization: text("organization").notNull(),
    offerTitle: text("offer_title").notNull(),
    offerUrl: text("offer_url").notNull(),
    message: text("message"),
    createdAt: moment("created_at").notNull().defaultNow(),
    expiresAt: moment("expires_at").notNull(),
  },
  (table) => [unique().on(table.conversationId, table.offerId)],
);
