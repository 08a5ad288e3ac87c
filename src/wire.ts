import { Hono } from "hono";
import type { Logger } from "pino";
import { createComposer } from "./answers/composer.ts";
import { createApp } from "./app.ts";
import { createAssistant } from "./assistant/assistant.ts";
import { createConversationStore } from "./assistant/conversation-store.ts";
import { type LiveCatalogue, openLiveCatalogue, openMemorySearch, postgresSearchOf } from "./catalogue/live-catalogue.ts";
import { createDirectLineChannel } from "./channels/directline/channel.ts";
import { createTelegramChannel } from "./channels/telegram/telegram.ts";
import type { Config } from "./config.ts";
import type { Answer } from "./core/answer.ts";
import { messageOf } from "./core/errors.ts";
import type { Channel, Inbox, Sender } from "./core/message.ts";
import type { Recogniser } from "./core/understanding.ts";
import type { OpenDatabase } from "./database/database.ts";
import { createAddressVault } from "./messages/address-vault.ts";
import { createAnswering } from "./messages/answering.ts";
import { createInbox } from "./messages/inbox.ts";
import { createLoop, type Loop } from "./messages/loop.ts";
import { createSending } from "./messages/sending.ts";
import { createTranscript } from "./messages/transcript.ts";
import { createHealth } from "./operations/health.ts";
import { type Asset, createPages } from "./pages/pages.tsx";
import type { EncodedModels } from "./understanding/models.ts";
import { createRecogniser } from "./understanding/recogniser.ts";

/** What an entry brings: what differs between Node, tests and Workers. */
export interface Platform {
  readonly database: OpenDatabase;
  /** The trained models; messages are accepted before they are there and answered after. */
  readonly models: Promise<EncodedModels>;
  readonly dataKey: Uint8Array;
  readonly publicUrl: string;
  readonly demo: boolean;
  readonly assets: (name: string) => Promise<Asset | undefined>;
  readonly now: () => Date;
  readonly log: Logger;
}

/** The running product. */
export interface Stadtlotse {
  readonly app: Hono;
  readonly inbox: Inbox;
  readonly catalogue: LiveCatalogue;
  /** Resolves when answers are given; rejects if the models cannot be had. */
  readonly answering: Promise<void>;
  /** Calls back for each answer after its commit. */
  onAnswer(listener: (messageId: number, answer: Answer) => void): void;
  /** Ends the workers; what is under way is finished first. */
  stop(): Promise<void>;
}

const pollMs = 500;
const refreshMs = 3000;

/** Joins the rooms to one running product; the database must be migrated and hold content. */
export async function wire(
  config: Pick<Config, "allowedOrigins" | "telegram" | "directlineSecret" | "searchEngine">,
  platform: Platform,
): Promise<Stadtlotse> {
  const { log, publicUrl, demo, assets, now } = platform;
  const { db } = platform.database;
  const vault = createAddressVault(platform.dataKey);
  const catalogue = await openLiveCatalogue(db, config.searchEngine === "postgres" ? postgresSearchOf(db) : openMemorySearch);
  const listeners: ((messageId: number, answer: Answer) => void)[] = [];
  const loops: Loop[] = [];
  const wakeAll = () => {
    for (const loop of loops) loop.wake();
  };
  const inbox = createInbox(db, vault, wakeAll);
  const startLoop = (name: string, work: () => Promise<boolean>, everyMs: number) =>
    loops.push(
      createLoop(work, {
        pollMs: everyMs,
        onFault: (error) => log.error({ loop: name, reason: messageOf(error) }, "background work failed, will be tried again"),
      }),
    );

  const directline = createDirectLineChannel({
    db,
    inbox,
    transcript: createTranscript(db, vault, "directline"),
    publicUrl,
    allowedOrigins: config.allowedOrigins,
    secret: config.directlineSecret,
    now,
    log,
  });
  const telegram = config.telegram === undefined ? undefined : createTelegramChannel({ ...config.telegram, inbox, log });
  const senders = new Map<Channel, Sender>(telegram === undefined ? [] : [["telegram", telegram.sender]]);
  const ready = { answering: false };

  async function startAnswering(): Promise<void> {
    const recogniser: Recogniser = createRecogniser(await platform.models, catalogue.content().districts, now);
    const composer = createComposer((id, lang) => catalogue.current().findNeed(id)?.label[lang]);
    const assistant = createAssistant({
      recogniser: () => recogniser,
      catalogue: catalogue.current,
      composer,
      conversations: createConversationStore(db),
    });
    const onAnswered = (messageId: number, answer: Answer) => {
      for (const listener of listeners) listener(messageId, answer);
      wakeAll();
    };
    startLoop("answering", createAnswering({ db, assistant, pushes: new Set(["telegram", "botframework"]), onAnswered, log }), pollMs);
    if (senders.size > 0) startLoop("sending", createSending({ db, vault, senders, log }), pollMs);
    startLoop(
      "catalogue",
      async () => {
        await catalogue.refresh();
        return false;
      },
      refreshMs,
    );
    ready.answering = true;
  }

  const isReady = async () => {
    await db.execute("select 1");
    return ready.answering;
  };
  const routes = [
    createHealth(isReady),
    createPages({ publicUrl, demo, assets }),
    new Hono().route("/", directline),
    ...(telegram === undefined ? [] : [telegram.routes]),
  ];
  return {
    app: createApp({ routes, log }),
    inbox,
    catalogue,
    answering: startAnswering(),
    onAnswer: (listener) => listeners.push(listener),
    stop: async () => {
      await Promise.all(loops.map((loop) => loop.stop()));
    },
  };
}
