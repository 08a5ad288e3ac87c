import { date, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { moment } from "./columns.ts";

export const dayCounts = pgTable(
  "day_counts",
  {
    day: date("day").notNull(),
    metric: text("metric").notNull(),
    key: text("key").notNull(),
    count: integer("count").notNull(),
  },
  (table) => [primaryKey({ columns: [table.day, table.metric, table.key] })],
);

export const countedDays = pgTable("counted_days", {
  day: date("day").primaryKey(),
  countedAt: moment("counted_at").notNull().defaultNow(),
});
