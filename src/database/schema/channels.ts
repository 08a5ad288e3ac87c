import { pgTable, text } from "drizzle-orm/pg-core";
import { moment } from "./columns.ts";

export const directlineTokens = pgTable("directline_tokens", {
  tokenHash: text("token_hash").primaryKey(),
  conversationId: text("conversation_id").notNull(),
  userId: text("user_id").notNull(),
  purpose: text("purpose").notNull().default("chat"),
  sites: text("sites").array(),
  expiresAt: moment("expires_at").notNull(),
});
