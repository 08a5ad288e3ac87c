import { sql } from "drizzle-orm";
import {
  bigint,
  customType,
  doublePrecision,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  unique,
  uuid,
} from "drizzle-orm/pg-core";

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });
const messageId = (name: string) => bigint(name, { mode: "number" });
/** Drivers give JSON parsed; Drizzle's own jsonb parses once more and turns the text "115" into a number. */
const json = customType<{ data: unknown; driverData: unknown }>({ dataType: () => "jsonb", toDriver: (value) => JSON.stringify(value) });
const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => "bytea" });

export const contacts = pgTable(
  "contacts",
  {
    id: uuid("id").primaryKey(),
    channel: text("channel").notNull(),
    addressHash: text("address_hash").notNull(),
    addressEncrypted: text("address_encrypted").notNull(),
    waiting: integer("waiting").notNull().default(0),
    leaseUntil: moment("lease_until"),
    leaseToken: messageId("lease_token").notNull().default(0),
    createdAt: moment("created_at").notNull().defaultNow(),
  },
  (table) => [unique().on(table.channel, table.addressHash)],
);

export const inbox = pgTable(
  "inbox",
  {
    id: messageId("id").primaryKey().default(sql`nextval('message_sequence')`),
    conversationId: uuid("conversation_id").notNull(),
    channel: text("channel").notNull(),
    externalId: text("external_id").notNull(),
    clientId: text("client_id"),
    content: json("content").notNull(),
    interfaceLang: text("interface_lang"),
    state: text("state").notNull().default("waiting"),
    attempts: integer("attempts").notNull().default(0),
    receivedAt: moment("received_at").notNull().defaultNow(),
  },
  (table) => [unique().on(table.channel, table.externalId)],
);

export const outbox = pgTable("outbox", {
  id: messageId("id").primaryKey().default(sql`nextval('message_sequence')`),
  conversationId: uuid("conversation_id").notNull(),
  channel: text("channel").notNull(),
  inReplyTo: messageId("in_reply_to").notNull(),
  reply: json("reply").notNull(),
  state: text("state").notNull().default("waiting"),
  attempts: integer("attempts").notNull().default(0),
  nextAttemptAt: moment("next_attempt_at").notNull().defaultNow(),
  leaseUntil: moment("lease_until"),
  leaseToken: messageId("lease_token").notNull().default(0),
  platformId: text("platform_id"),
  error: text("error"),
  createdAt: moment("created_at").notNull().defaultNow(),
  sentAt: moment("sent_at"),
});

export const conversations = pgTable("conversations", {
  id: uuid("id").primaryKey(),
  context: json("context").notNull(),
  updatedAt: moment("updated_at").notNull().defaultNow(),
});

export const turns = pgTable("turns", {
  id: uuid("id").primaryKey(),
  conversationId: uuid("conversation_id").notNull(),
  inboxIds: json("inbox_ids").notNull(),
  kind: text("kind").notNull(),
  lang: text("lang").notNull(),
  intent: text("intent").notNull(),
  confidence: doublePrecision("confidence").notNull(),
  intents: json("intents").notNull(),
  needs: json("needs").notNull(),
  slots: json("slots").notNull(),
  offers: json("offers").notNull(),
  gap: text("gap"),
  question: text("question"),
  createdAt: moment("created_at").notNull().defaultNow(),
});

export const feedback = pgTable("feedback", {
  id: uuid("id").primaryKey(),
  turnId: uuid("turn_id").notNull(),
  rating: text("rating").notNull(),
  createdAt: moment("created_at").notNull().defaultNow(),
});

export const content = pgTable(
  "content",
  {
    kind: text("kind").notNull(),
    id: text("id").notNull(),
    position: integer("position").notNull(),
    body: json("body").notNull(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.id] })],
);

export const contentState = pgTable("content_state", {
  id: integer("id").primaryKey(),
  hash: text("hash").notNull(),
  loadedAt: moment("loaded_at").notNull().defaultNow(),
});

export const overrides = pgTable(
  "overrides",
  {
    offerId: text("offer_id").notNull(),
    field: text("field").notNull(),
    layer: text("layer").notNull(),
    value: json("value").notNull(),
    base: json("base"),
    updatedAt: moment("updated_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.offerId, table.field, table.layer] })],
);

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

export const directlineTokens = pgTable("directline_tokens", {
  tokenHash: text("token_hash").primaryKey(),
  conversationId: text("conversation_id").notNull(),
  userId: text("user_id").notNull(),
  origin: text("origin"),
  expiresAt: moment("expires_at").notNull(),
});

export const searchIndex = pgTable("search_index", {
  id: integer("id").primaryKey(),
  generation: integer("generation").notNull(),
  version: text("version").notNull(),
  statistics: json("statistics").notNull(),
  gramCounts: bytes("gram_counts").notNull(),
  builtAt: moment("built_at").notNull().defaultNow(),
});

export const searchLease = pgTable("search_lease", {
  id: integer("id").primaryKey(),
  holder: uuid("holder").notNull(),
  until: moment("until").notNull(),
});

export const searchDocuments = pgTable(
  "search_documents",
  {
    generation: integer("generation").notNull(),
    number: integer("number").notNull(),
    id: text("id").notNull(),
    lengths: json("lengths").notNull(),
    terms: bytes("terms").notNull(),
    counts: bytes("counts").notNull(),
    grams: bytes("grams").notNull(),
  },
  (table) => [primaryKey({ columns: [table.generation, table.number] })],
);

export const searchPostings = pgTable(
  "search_postings",
  {
    generation: integer("generation").notNull(),
    hash: integer("hash").notNull(),
    segment: integer("segment").notNull(),
    count: integer("count").notNull(),
    documents: integer("documents").array().notNull(),
    impacts: smallint("impacts").array().notNull(),
  },
  (table) => [primaryKey({ columns: [table.generation, table.hash, table.segment] })],
);

export const searchForms = pgTable(
  "search_forms",
  { generation: integer("generation").notNull(), form: text("form").notNull(), stem: text("stem").notNull() },
  (table) => [primaryKey({ columns: [table.generation, table.form] })],
);

export const searchDeletions = pgTable("search_deletions", {
  generation: integer("generation").notNull(),
  hash: integer("hash").notNull(),
  form: text("form").notNull(),
});
