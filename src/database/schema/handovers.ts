import { boolean, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { int64, json, moment } from "./columns.ts";

export const handovers = pgTable("handovers", {
  id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
  conversationId: uuid("conversation_id").notNull(),
  state: text("state").notNull(),
  lang: text("lang").notNull(),
  since: moment("since").notNull().defaultNow(),
  askedAt: moment("asked_at"),
  takenAt: moment("taken_at"),
  takenBy: text("taken_by"),
  endedAt: moment("ended_at"),
  endReason: text("end_reason"),
});

export const handoverMessages = pgTable("handover_messages", {
  id: int64("id").primaryKey().generatedAlwaysAsIdentity(),
  handoverId: integer("handover_id").notNull(),
  writer: text("writer").notNull(),
  text: text("text"),
  personal: boolean("personal").notNull().default(false),
  crisis: boolean("crisis").notNull().default(false),
  kind: text("kind"),
  offers: json("offers"),
  at: moment("at").notNull().defaultNow(),
});
