import { integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { moment } from "./columns.ts";

export const requestCounts = pgTable(
  "request_counts",
  {
    who: text("who").notNull(),
    kind: text("kind").notNull(),
    minute: moment("minute").notNull(),
    count: integer("count").notNull(),
  },
  (table) => [primaryKey({ columns: [table.minute, table.who, table.kind] })],
);
