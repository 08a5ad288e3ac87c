import { sql } from "drizzle-orm";
import { boolean, integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { int64, json, moment } from "./columns.ts";

export const contacts = pgTable(
  "contacts",
  {
    id: uuid("id").primaryKey(),
    channel: text("channel").notNull(),
    addressHash: text("address_hash").notNull(),
    addressEncrypted: text("address_encrypted").notNull(),
    waiting: integer("waiting").notNull().default(0),
    dueAt: moment("due_at").notNull().defaultNow(),
    leaseToken: int64("lease_token").notNull().default(0),
    goneAt: moment("gone_at"),
    createdAt: moment("created_at").notNull().defaultNow(),
  },
  (table) => [unique().on(table.channel, table.addressHash)],
);

export const dataKey = pgTable("data_key", { id: integer("id").primaryKey(), mark: text("mark").notNull() });

export const inbox = pgTable(
  "inbox",
  {
    id: int64("id").primaryKey().default(sql`nextval('message_sequence')`),
    conversationId: uuid("conversation_id").notNull(),
    channel: text("channel").notNull(),
    externalId: text("external_id").notNull(),
    clientId: text("client_id"),
    content: json("content").notNull(),
    interfaceLang: text("interface_lang"),
    client: text("client"),
    state: text("state").notNull().default("waiting"),
    attempts: integer("attempts").notNull().default(0),
    error: text("error"),
    receivedAt: moment("received_at").notNull().defaultNow(),
  },
  (table) => [unique().on(table.channel, table.externalId)],
);

export const outbox = pgTable("outbox", {
  id: int64("id").primaryKey().default(sql`nextval('message_sequence')`),
  conversationId: uuid("conversation_id").notNull(),
  channel: text("channel").notNull(),
  /** Null for a letter that answers no message. */
  inReplyTo: int64("in_reply_to"),
  inboxIds: int64("inbox_ids").array().notNull().default([]),
  reply: json("reply").notNull(),
  state: text("state").notNull().default("waiting"),
  attempts: integer("attempts").notNull().default(0),
  platformId: text("platform_id"),
  error: text("error"),
  createdAt: moment("created_at").notNull().defaultNow(),
  sentAt: moment("sent_at"),
});

export const sendQueue = pgTable("send_queue", {
  conversationId: uuid("conversation_id").primaryKey(),
  channel: text("channel").notNull(),
  waiting: integer("waiting").notNull(),
  dueAt: moment("due_at").notNull().defaultNow(),
  underWay: boolean("under_way").notNull().default(false),
  leaseToken: int64("lease_token").notNull().default(0),
});

export const sendLimits = pgTable("send_limits", {
  channel: text("channel").primaryKey(),
  paidUntil: moment("paid_until").notNull().default(sql`'-infinity'`),
  pausedUntil: moment("paused_until").notNull().default(sql`'-infinity'`),
});
