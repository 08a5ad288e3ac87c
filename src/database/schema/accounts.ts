import { integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { int64, moment } from "./columns.ts";

export const accounts = pgTable("accounts", {
  id: uuid("id").primaryKey(),
  login: text("login").notNull(),
  name: text("name").notNull(),
  role: text("role").notNull(),
  /** Null for those who come by the city's own sign-in. */
  passwordHash: text("password_hash"),
  issuer: text("issuer"),
  subject: text("subject"),
  failures: integer("failures").notNull().default(0),
  lockedUntil: moment("locked_until"),
  disabledAt: moment("disabled_at"),
  createdAt: moment("created_at").notNull().defaultNow(),
});

export const accountLinks = pgTable("account_links", {
  codeHash: text("code_hash").primaryKey(),
  /** Of the account to be made; null where the link is for a new password. */
  role: text("role"),
  accountId: uuid("account_id"),
  expiresAt: moment("expires_at").notNull(),
  usedAt: moment("used_at"),
});

export const audit = pgTable("audit", {
  id: int64("id").primaryKey(),
  /** ISO 8601, as it was hashed. */
  at: text("at").notNull(),
  actor: text("actor").notNull(),
  action: text("action").notNull(),
  subject: text("subject").notNull(),
  hash: text("hash").notNull(),
});

export const auditHead = pgTable("audit_head", {
  id: integer("id").primaryKey(),
  lastId: int64("last_id").notNull(),
  hash: text("hash").notNull(),
});
