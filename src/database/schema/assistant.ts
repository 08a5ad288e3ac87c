import { boolean, doublePrecision, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { json, moment } from "./columns.ts";

export const conversations = pgTable("conversations", {
  id: uuid("id").primaryKey(),
  context: json("context").notNull(),
  updatedAt: moment("updated_at").notNull().defaultNow(),
});

export const turns = pgTable("turns", {
  id: uuid("id").primaryKey(),
  conversationId: uuid("conversation_id").notNull(),
  inboxIds: json("inbox_ids").notNull(),
  kind: text("kind").notNull(),
  lang: text("lang").notNull(),
  intent: text("intent").notNull(),
  confidence: doublePrecision("confidence").notNull(),
  intents: json("intents").notNull(),
  needs: json("needs").notNull(),
  slots: json("slots").notNull(),
  offers: json("offers").notNull(),
  gap: text("gap"),
  question: text("question"),
  askedNeed: text("asked_need"),
  askedDistrict: text("asked_district"),
  outcome: text("outcome"),
  article: json("article"),
  channel: text("channel"),
  standsAlone: boolean("stands_alone").notNull().default(false),
  gapAt: moment("gap_at"),
  createdAt: moment("created_at").notNull().defaultNow(),
});

export const feedback = pgTable("feedback", {
  id: uuid("id").primaryKey(),
  turnId: uuid("turn_id").notNull().unique(),
  rating: text("rating").notNull(),
  reason: text("reason"),
  comment: text("comment"),
  gapBefore: text("gap_before"),
  createdAt: moment("created_at").notNull().defaultNow(),
});

export const demandWeeks = pgTable("demand_weeks", {
  week: text("week").primaryKey(),
  countedAt: moment("counted_at").notNull().defaultNow(),
});

export const demand = pgTable(
  "demand",
  {
    week: text("week").notNull(),
    need: text("need").notNull(),
    area: text("area").notNull(),
    district: text("district").notNull(),
    outcome: text("outcome").notNull(),
    people: integer("people").notNull(),
  },
  (table) => [primaryKey({ columns: [table.week, table.need, table.area, table.district, table.outcome] })],
);
