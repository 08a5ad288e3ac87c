import { boolean, integer, pgTable, text } from "drizzle-orm/pg-core";
import { int64, moment } from "./columns.ts";

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
  createdAt: moment("created_at").notNull(),
  expiresAt: moment("expires_at").notNull(),
  /** Null for organisations. */
  accountId: integer("account_id"),
  /** The last request of somebody of the city, to the minute. */
  seenAt: moment("seen_at"),
});

export const accounts = pgTable("accounts", {
  id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
  /** The folded name; null for those who come through another service. */
  login: text("login"),
  name: text("name").notNull(),
  issuer: text("issuer"),
  subject: text("subject"),
  role: text("role").notNull(),
  passwordHash: text("password_hash"),
  lang: text("lang"),
  shortcuts: boolean("shortcuts").notNull().default(true),
  createdAt: moment("created_at").notNull(),
  disabledAt: moment("disabled_at"),
});

export const accountLinks = pgTable("account_links", {
  id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
  codeHash: text("code_hash").notNull(),
  accountId: integer("account_id"),
  createdAt: moment("created_at").notNull(),
  expiresAt: moment("expires_at").notNull(),
  usedAt: moment("used_at"),
  revokedAt: moment("revoked_at"),
});

export const signInFailures = pgTable("sign_in_failures", {
  nameHash: text("name_hash").primaryKey(),
  failures: integer("failures").notNull(),
  lastAt: moment("last_at").notNull(),
  lockedUntil: moment("locked_until"),
});

export const audit = pgTable("audit", {
  id: int64("id").primaryKey(),
  at: moment("at").notNull(),
  by: text("by").notNull(),
  action: text("action").notNull(),
  subject: text("subject"),
  previousHash: text("previous_hash").notNull(),
  hash: text("hash").notNull(),
});

export const auditHead = pgTable("audit_head", {
  one: boolean("one").primaryKey().default(true),
  lastId: int64("last_id").notNull(),
  hash: text("hash").notNull(),
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
