import { serve } from "@hono/node-server";
import { sql } from "drizzle-orm";
import { Hono } from "hono";
import pino from "pino";
import { createApp } from "../app.ts";
import { createTelegramChannel } from "../channels/telegram/telegram.ts";
import type { Answer } from "../core/answer.ts";
import { messageOf } from "../core/errors.ts";
import type { Assistant, Sender } from "../core/message.ts";
import type { Database, OpenDatabase } from "../database/database.ts";
import { openEmbedded } from "../database/embedded.ts";
import { migrate } from "../database/migrate.ts";
import { openServer } from "../database/server.ts";
import { createAddressVault } from "../messages/address-vault.ts";
import { createAnswering, type Worker } from "../messages/answering.ts";
import { createInbox } from "../messages/inbox.ts";
import { createLoop } from "../messages/loop.ts";
import { createSending } from "../messages/sending.ts";
import { benchBot } from "./senders.ts";

/** How much of the message path a server has: one INSERT and nothing else, up to the inbox, up to the outbox, or all of it. */
export const pathModes = ["bare", "acknowledge", "answer", "path"] as const;

export type PathMode = (typeof pathModes)[number];

export interface PathServerOptions {
  readonly mode: PathMode;
  readonly port: number;
  /** The embedded database in memory without one. */
  readonly databaseUrl: string | undefined;
  readonly platformUrl: string;
  readonly secret: string;
}

const connections = 10;
const publicUrl = "http://127.0.0.1";
const pollMs = 500;
const restMs = 5;
const unlimited = { perSecond: 1e6, perChatPerSecond: 1e6 };

const answer: Answer = {
  summary: { lang: "de", kind: "smalltalk", intent: "greeting", confidence: 1, needs: [], slots: {}, offers: [] },
  offers: [],
  reply: { lang: "de", lead: ["Guten Tag! Wie kann ich Ihnen helfen?"], cards: [], closing: [], buttons: [] },
};
const constantAssistant: Assistant<Database> = {
  answer: async () => ({ answer, erase: "nothing", save: async () => undefined }),
};

/** What anybody would write who only wants to keep what comes in. */
async function createBareApp(db: Database): Promise<Hono> {
  await db.execute(
    sql`create table if not exists bare (id bigserial primary key, body jsonb not null, at timestamptz not null default now())`,
  );
  const app = new Hono();
  app.post("/telegram/webhook", async (c) => {
    await db.execute(sql`insert into bare (body) values (${await c.req.text()}::jsonb)`);
    return c.json({});
  });
  return app;
}

function openWorkers(db: Database, sender: Sender, mode: PathMode, vault: ReturnType<typeof createAddressVault>) {
  const log = pino({ level: "error" });
  const wake: { answering: () => void; sending: () => void } = { answering: () => undefined, sending: () => undefined };
  const start = (worker: Worker) =>
    createLoop(worker.step, { pollMs, restMs, onFault: (error) => log.error({ reason: messageOf(error) }, "background work failed") }).wake;
  if (mode === "answer" || mode === "path") {
    const parts = { db, assistant: constantAssistant, pushes: () => true, showTyping: () => () => undefined, log };
    wake.answering = start(createAnswering({ ...parts, onAnswered: () => wake.sending(), onMore: () => wake.answering() }));
  }
  if (mode === "path")
    wake.sending = start(createSending({ db, vault, senders: new Map([["telegram", sender]]), onMore: () => wake.sending(), log }));
  return wake;
}

function createPathApp({ db }: OpenDatabase, { mode, platformUrl, secret }: PathServerOptions): Hono {
  const log = pino({ level: "error" });
  const vault = createAddressVault(new Uint8Array(32).fill(1));
  const inbox = createInbox(db, vault, () => wake.answering());
  const telegram = createTelegramChannel({
    token: benchBot.token,
    arrival: { kind: "webhook", secret },
    apiRoot: platformUrl,
    publicUrl,
    inbox,
    log,
  });
  const sender = { ...telegram.sender, capabilities: { ...telegram.sender.capabilities, pace: unlimited } };
  const wake = openWorkers(db, sender, mode, vault);
  return createApp({ routes: [telegram.routes], log });
}

/** Serves a part of the message path with a constant answer, on loopback, until the process is ended. */
export async function servePath(options: PathServerOptions): Promise<void> {
  const { mode, port, databaseUrl } = options;
  const database = databaseUrl === undefined ? await openEmbedded({}) : openServer(databaseUrl, { connections });
  await migrate(database);
  const app = mode === "bare" ? await createBareApp(database.db) : createPathApp(database, options);
  app.get("/ready", (c) => c.text("ready"));
  serve({ fetch: app.fetch, hostname: "127.0.0.1", port });
}
