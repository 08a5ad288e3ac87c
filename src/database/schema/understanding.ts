import { pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { bytes, int64, moment } from "./columns.ts";

export const models = pgTable(
  "models",
  {
    kind: text("kind").notNull(),
    contentHash: text("content_hash").notNull(),
    bytes: bytes("bytes").notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.contentHash] })],
);

export const lessons = pgTable(
  "lessons",
  {
    kind: text("kind").notNull(),
    text: text("text").notNull(),
    label: text("label"),
    taughtAt: moment("taught_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.text] })],
);

export const lessonVersions = pgTable("lesson_versions", {
  kind: text("kind").primaryKey(),
  version: int64("version").notNull(),
});
