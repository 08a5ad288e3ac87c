import { integer, pgTable, primaryKey, real, text, unique, uuid } from "drizzle-orm/pg-core";
import { bytes, int64, json, moment } from "./columns.ts";

export const sources = pgTable("sources", {
  name: text("name").primaryKey(),
  kind: text("kind").notNull(),
  location: text("location").notNull(),
  options: json("options").notNull(),
  version: int64("version").notNull().default(0),
  offers: integer("offers").notNull().default(0),
  checkedAt: moment("checked_at"),
  soleAnswer: json("sole_answer"),
  createdAt: moment("created_at").notNull().defaultNow(),
});

export const importRuns = pgTable("import_runs", {
  id: uuid("id").primaryKey(),
  source: text("source").notNull(),
  state: text("state").notNull(),
  holder: uuid("holder").notNull(),
  cursor: json("cursor"),
  safePosition: integer("safe_position").notNull().default(0),
  report: json("report"),
  reason: text("reason"),
  startedAt: moment("started_at").notNull().defaultNow(),
  endedAt: moment("ended_at"),
});

export const importStaging = pgTable(
  "import_staging",
  {
    run: uuid("run").notNull(),
    position: integer("position").notNull(),
    id: text("id").notNull(),
    hash: text("hash").notNull(),
    body: json("body"),
  },
  (table) => [primaryKey({ columns: [table.run, table.id] })],
);

export const importRejections = pgTable(
  "import_rejections",
  { run: uuid("run").notNull(), position: integer("position").notNull(), place: text("place").notNull(), reason: text("reason").notNull() },
  (table) => [primaryKey({ columns: [table.run, table.position] })],
);

export const sourceAnswers = pgTable(
  "source_answers",
  {
    source: text("source").notNull(),
    url: text("url").notNull(),
    etag: text("etag"),
    lastModified: text("last_modified"),
    headers: json("headers").notNull(),
    body: bytes("body").notNull(),
  },
  (table) => [primaryKey({ columns: [table.source, table.url] })],
);

export const importedOffers = pgTable("imported_offers", {
  id: text("id").primaryKey(),
  source: text("source").notNull(),
  position: integer("position").notNull(),
  hash: text("hash").notNull(),
  body: json("body").notNull(),
  version: int64("version").notNull(),
  changedAt: moment("changed_at").notNull().defaultNow(),
});

export const importDuplicates = pgTable(
  "import_duplicates",
  {
    id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
    first: text("first").notNull(),
    second: text("second").notNull(),
    score: real("score").notNull(),
    state: text("state").notNull().default("open"),
    foundAt: moment("found_at").notNull().defaultNow(),
    decidedAt: moment("decided_at"),
  },
  (table) => [unique().on(table.first, table.second)],
);
