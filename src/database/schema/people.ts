import { integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { moment } from "./columns.ts";

export const invitations = pgTable("invitations", {
  id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
  codeHash: text("code_hash").notNull(),
  organization: text("organization").notNull(),
  purpose: text("purpose").notNull(),
  madeBy: text("made_by").notNull(),
  createdAt: moment("created_at").notNull(),
  expiresAt: moment("expires_at").notNull(),
  usedAt: moment("used_at"),
  revokedAt: moment("revoked_at"),
});

export const sessions = pgTable("sessions", {
  tokenHash: text("token_hash").primaryKey(),
  role: text("role").notNull(),
  /** Null for staff. */
  organization: text("organization"),
  /** Null for organisations. */
  accountId: uuid("account_id"),
  seenAt: moment("seen_at"),
  createdAt: moment("created_at").notNull(),
  expiresAt: moment("expires_at").notNull(),
});

export const organizationLetters = pgTable("organization_letters", {
  id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
  sender: text("sender").notNull(),
  recipient: text("recipient").notNull(),
  text: text("text").notNull(),
  sentAt: moment("sent_at").notNull(),
  readAt: moment("read_at"),
  reportedAt: moment("reported_at"),
  reportClosedAt: moment("report_closed_at"),
});
