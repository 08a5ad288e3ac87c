import { boolean, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { int64, json, moment } from "./columns.ts";

export const articles = pgTable("articles", {
  id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
  state: text("state").notNull(),
  lastVersion: integer("last_version").notNull().default(1),
  liveVersion: integer("live_version"),
  updatedAt: moment("updated_at").notNull().defaultNow(),
});

export const articleVersions = pgTable(
  "article_versions",
  {
    articleId: integer("article_id").notNull(),
    version: integer("version").notNull(),
    kind: text("kind").notNull(),
    ofVersion: integer("of_version"),
    body: json("body").notNull(),
    validUntil: moment("valid_until").notNull(),
    author: text("author").notNull(),
    writtenAt: moment("written_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.articleId, table.version] })],
);

export const articleEvents = pgTable("article_events", {
  id: int64("id").primaryKey().generatedAlwaysAsIdentity(),
  articleId: integer("article_id").notNull(),
  version: integer("version").notNull(),
  event: text("event").notNull(),
  by: text("by").notNull(),
  reason: text("reason"),
  detail: json("detail"),
  at: moment("at").notNull().defaultNow(),
});

export const askers = pgTable("askers", {
  id: text("id").primaryKey(),
  position: int64("position").notNull().generatedAlwaysAsIdentity(),
  conversationId: uuid("conversation_id"),
  turnId: uuid("turn_id").notNull(),
  lang: text("lang").notNull(),
  pushes: boolean("pushes").notNull(),
  personal: boolean("personal").notNull(),
  codeHash: text("code_hash"),
  consentedAt: moment("consented_at").notNull().defaultNow(),
  expiresAt: moment("expires_at").notNull(),
  publicationId: integer("publication_id"),
  toldAt: moment("told_at"),
});

export const publications = pgTable("publications", {
  id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
  kind: text("kind").notNull(),
  articleId: integer("article_id"),
  offerId: text("offer_id"),
  version: integer("version").notNull(),
  by: text("by").notNull(),
  publishedAt: moment("published_at").notNull().defaultNow(),
  collectsUntil: moment("collects_until"),
});

export const publicationTurns = pgTable(
  "publication_turns",
  { publicationId: integer("publication_id").notNull(), turnId: uuid("turn_id").notNull() },
  (table) => [primaryKey({ columns: [table.publicationId, table.turnId] })],
);

export const publicationRecipients = pgTable(
  "publication_recipients",
  {
    publicationId: integer("publication_id").notNull(),
    conversationId: uuid("conversation_id").notNull(),
    lang: text("lang").notNull(),
    version: integer("version").notNull(),
    personal: boolean("personal").notNull(),
    shown: boolean("shown").notNull().default(false),
    outboxId: int64("outbox_id"),
    toldAt: moment("told_at"),
    expiresAt: moment("expires_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.publicationId, table.conversationId] })],
);
