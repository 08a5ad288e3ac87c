import { boolean, date, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { bytes, json, moment } from "./columns.ts";

export const clusters = pgTable("clusters", {
  id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
  state: text("state").notNull().default("new"),
  title: text("title"),
  assignee: text("assignee"),
  held: boolean("held").notNull().default(false),
  mergedInto: integer("merged_into"),
  gaps: integer("gaps").notNull().default(0),
  firstAt: moment("first_at"),
  lastAt: moment("last_at"),
  nearest: json("nearest"),
  profile: json("profile"),
  createdAt: moment("created_at").notNull().defaultNow(),
  changedAt: moment("changed_at").notNull().defaultNow(),
});

export const clusterGaps = pgTable("cluster_gaps", {
  turnId: uuid("turn_id").primaryKey(),
  clusterId: integer("cluster_id").notNull(),
  byHand: boolean("by_hand").notNull().default(false),
  day: date("day", { mode: "string" }).notNull(),
  channel: text("channel").notNull(),
  lang: text("lang").notNull(),
  district: text("district").notNull(),
  gap: text("gap").notNull(),
  need: text("need").notNull(),
  nearest: json("nearest"),
  at: moment("at").notNull(),
  signature: bytes("signature"),
  signatureKey: text("signature_key"),
});

export const clusterDays = pgTable(
  "cluster_days",
  {
    clusterId: integer("cluster_id").notNull(),
    day: date("day", { mode: "string" }).notNull(),
    channel: text("channel").notNull(),
    lang: text("lang").notNull(),
    district: text("district").notNull(),
    gap: text("gap").notNull(),
    need: text("need").notNull(),
    gaps: integer("gaps").notNull(),
  },
  (table) => [primaryKey({ columns: [table.clusterId, table.day, table.channel, table.lang, table.district, table.gap, table.need] })],
);

export const clusterSteps = pgTable("cluster_steps", {
  id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
  clusterId: integer("cluster_id").notNull(),
  step: text("step").notNull(),
  by: text("by").notNull(),
  text: text("text"),
  at: moment("at").notNull().defaultNow(),
});

export const clusterProgress = pgTable("cluster_progress", {
  id: integer("id").primaryKey(),
  readUntil: moment("read_until").notNull(),
});

export const forwards = pgTable("forwards", {
  id: uuid("id").primaryKey().defaultRandom(),
  clusterId: integer("cluster_id").notNull(),
  note: text("note"),
  by: text("forwarded_by").notNull(),
  at: moment("forwarded_at").notNull().defaultNow(),
  state: text("state").notNull().default("waiting"),
  attempts: integer("attempts").notNull().default(0),
  nextAt: moment("next_at").notNull().defaultNow(),
  fault: text("fault"),
  sentAt: moment("sent_at"),
});

export const clusterArticles = pgTable(
  "cluster_articles",
  {
    clusterId: integer("cluster_id").notNull(),
    articleId: integer("article_id").notNull(),
    linkedBy: text("linked_by").notNull(),
    linkedAt: moment("linked_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.clusterId, table.articleId] })],
);
