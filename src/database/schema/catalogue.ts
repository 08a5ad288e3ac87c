import { integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { json, moment } from "./columns.ts";

export const content = pgTable(
  "content",
  {
    kind: text("kind").notNull(),
    id: text("id").notNull(),
    position: integer("position").notNull(),
    body: json("body").notNull(),
    changedAt: moment("changed_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.id] })],
);

export const contentState = pgTable("content_state", {
  id: integer("id").primaryKey(),
  hash: text("hash").notNull(),
  loadedAt: moment("loaded_at").notNull().defaultNow(),
});

export const overrides = pgTable(
  "overrides",
  {
    offerId: text("offer_id").notNull(),
    field: text("field").notNull(),
    layer: text("layer").notNull(),
    value: json("value").notNull(),
    base: json("base"),
    updatedAt: moment("updated_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.offerId, table.field, table.layer] })],
);

export const overrideChanges = pgTable(
  "override_changes",
  {
    offerId: text("offer_id").notNull(),
    number: integer("number").notNull(),
    field: text("field").notNull(),
    before: json("before"),
    after: json("after"),
    by: text("changed_by").notNull(),
    at: moment("changed_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.offerId, table.number] })],
);

export const needWords = pgTable(
  "need_words",
  {
    need: text("need").notNull(),
    lang: text("lang").notNull(),
    word: text("word").notNull(),
    by: text("added_by").notNull(),
    at: moment("added_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.need, table.lang, table.word] })],
);

export const proposals = pgTable("proposals", {
  id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
  offerId: text("offer_id").notNull(),
  organization: text("organization").notNull(),
  field: text("field").notNull(),
  value: json("value").notNull(),
  base: json("base"),
  state: text("state").notNull().default("open"),
  reason: text("reason"),
  proposedAt: moment("proposed_at").notNull().defaultNow(),
  decidedAt: moment("decided_at"),
});
