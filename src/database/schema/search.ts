import { integer, pgTable, primaryKey, smallint, text } from "drizzle-orm/pg-core";
import { bytes, json, moment } from "./columns.ts";

export const searchIndex = pgTable("search_index", {
  id: integer("id").primaryKey(),
  generation: integer("generation").notNull(),
  version: text("version").notNull(),
  statistics: json("statistics").notNull(),
  gramCounts: bytes("gram_counts").notNull(),
  builtAt: moment("built_at").notNull().defaultNow(),
});

export const searchDocuments = pgTable(
  "search_documents",
  {
    generation: integer("generation").notNull(),
    number: integer("number").notNull(),
    id: text("id").notNull(),
    lengths: json("lengths").notNull(),
    terms: bytes("terms").notNull(),
    counts: bytes("counts").notNull(),
    grams: bytes("grams").notNull(),
  },
  (table) => [primaryKey({ columns: [table.generation, table.number] })],
);

export const searchPostings = pgTable(
  "search_postings",
  {
    generation: integer("generation").notNull(),
    hash: integer("hash").notNull(),
    segment: integer("segment").notNull(),
    count: integer("count").notNull(),
    documents: integer("documents").array().notNull(),
    impacts: smallint("impacts").array().notNull(),
  },
  (table) => [primaryKey({ columns: [table.generation, table.hash, table.segment] })],
);

export const searchForms = pgTable(
  "search_forms",
  { generation: integer("generation").notNull(), form: text("form").notNull(), stem: text("stem").notNull() },
  (table) => [primaryKey({ columns: [table.generation, table.form] })],
);

export const searchDeletions = pgTable("search_deletions", {
  generation: integer("generation").notNull(),
  hash: integer("hash").notNull(),
  form: text("form").notNull(),
});

export const vectors = pgTable(
  "vectors",
  {
    model: text("model").notNull(),
    textHash: text("text_hash").notNull(),
    dimensions: integer("dimensions").notNull(),
    vector: bytes("vector").notNull(),
    madeAt: moment("made_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.model, table.textHash] })],
);
