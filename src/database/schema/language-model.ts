import { date, pgTable } from "drizzle-orm/pg-core";
import { int64 } from "./columns.ts";

export const modelUsage = pgTable("model_usage", {
  day: date("day").primaryKey(),
  inputTokens: int64("input_tokens").notNull(),
  outputTokens: int64("output_tokens").notNull(),
});
