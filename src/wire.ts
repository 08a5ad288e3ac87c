import { Hono } from "hono";
import type { UpgradeWebSocket } from "hono/ws";
import type { Logger } from "pino";
import { createComposer } from "./answers/composer.ts";
import { createApp } from "./app.ts";
import { createAssistant } from "./assistant/assistant.ts";
import { createConversationStore, dropOldWriting } from "./assistant/conversation-store.ts";
import { endOldTurns } from "./assistant/retention.ts";
import { remindOwners } from "./catalogue/articles/reminders.ts";
import { calendarUrlOf, createCalendarRoute } from "./catalogue/calendar/route.ts";
import type { LoadHours } from "./catalogue/hours/load-hours.ts";
import { createHsdsRoutes } from "./catalogue/hsds/routes.ts";
import { type LiveCatalogue, openLiveCatalogue, openMemorySearch, postgresSearchOf } from "./catalogue/live-catalogue.ts";
import { createPartPorts } from "./catalogue/participation/ports.ts";
import { endOldParts } from "./catalogue/participation/retention.ts";
import { createVectorSearch, type OpenEmbedder } from "./catalogue/vectors/vector-search.ts";
import { withTaskPlaces } from "./catalogue/volunteering/live-places.ts";
import { type FreePlaces, openFreePlaces } from "./catalogue/watches/open-watches.ts";
import { directLineCapabilities } from "./channels/directline/capabilities.ts";
import { type ClientAddress, createDirectLineChannel } from "./channels/directline/channel.ts";
import { createStreams } from "./channels/directline/streams.ts";
import { createTelegramChannel } from "./channels/telegram/telegram.ts";
import type { BotFrameworkConfig, Config, LanguageModelConfig, TelegramConfig } from "./config.ts";
import type { Answer } from "./core/answer.ts";
import type { Composer } from "./core/composer.ts";
import type { LanguageModel } from "./core/language-model.ts";
import type { Assistant, Channel, ChannelCapabilities, Inbox, Sender, ShowLive } from "./core/message.ts";
import type { PasswordHasher } from "./core/people.ts";
import type { Recogniser } from "./core/understanding.ts";
import type { Database, OpenDatabase } from "./database/database.ts";
import { type AddressVault, createAddressVault } from "./messages/address-vault.ts";
import { checkDataKey } from "./messages/data-key.ts";
import { createInbox } from "./messages/inbox.ts";
import { createLetters } from "./messages/letters.ts";
import { createLoops, createSweeps, type Loops } from "./messages/loop.ts";
import { eraseOldMessages } from "./messages/retention.ts";
import { createSentAnswers } from "./messages/sent-answers.ts";
import { openSignals, type Signals } from "./messages/signals.ts";
import { createMessageCounts } from "./messages/stored-data.ts";
import { createTranscript } from "./messages/transcript.ts";
import { createWorkers } from "./messages/workers.ts";
import { createHealth } from "./operations/health.ts";
import { createMetricsRoute, type WatchedMetrics } from "./operations/metrics-route.ts";
import { createRequestCounts, dropOldCounts } from "./operations/request-counts.ts";
import { createRequestLimits } from "./operations/request-limits.ts";
import { type Asset, createPages } from "./pages/pages.tsx";
import { clusterForgetting } from "./review/clusters/store.ts";
import type { Operate } from "./review/console/operate.tsx";
import { keepHandovers } from "./review/handovers/clock.ts";
import { createHandovers } from "./review/handovers/store.ts";
import { createAskers } from "./review/publications/store.ts";
import { isWithinHours } from "./text/service-hours.ts";
import { createLiveModels, type ModelSource } from "./understanding/live-models.ts";
import type { EncodedModels } from "./understanding/models.ts";
import { createRecogniser } from "./understanding/recogniser.ts";
import { openPublicationWorker } from "./wire-articles.ts";
import { openClusters, openForwarder, settleClusters } from "./wire-clusters.ts";
import { openConsole } from "./wire-console.ts";
import { openConsoleSections } from "./wire-console-sections.ts";
import { openHandovers } from "./wire-handovers.ts";
import { openOrganizations } from "./wire-organizations.ts";

/** What an entry brings: what differs between Node, tests and Workers. */
export interface Platform {
  readonly database: OpenDatabase;
  /** The trained models; messages are accepted before the first are there and answered after. */
  readonly models: ModelSource;
  /** Loads the embedding model, where one is set. */
  readonly openEmbedder?: OpenEmbedder | undefined;
  /** The reader of opening hours; where it is absent, they are not known. */
  readonly loadHours?: LoadHours | undefined;
  readonly dataKey: Uint8Array;
  readonly publicUrl: string;
  readonly demo: boolean;
  readonly assets: (name: string) => Promise<Asset | undefined>;
  /** Where it is absent, web chats poll. */
  readonly upgradeWebSocket?: UpgradeWebSocket;
  /** Where a request came from; where it is absent, codes are limited by conversation only. */
  readonly clientAddress?: ClientAddress;
  /** Keeps the passwords of staff; where it is absent, nobody signs in with one. */
  readonly passwords?: PasswordHasher;
  /** Where nothing can be trained: true while staff's lessons wait for a process that can. */
  readonly trainingWaits?: () => Promise<boolean>;
  /** Counts for those who watch over the product; read at /metrics by whoever knows METRICS_TOKEN. */
  readonly metrics?: WatchedMetrics;
  readonly now: () => Date;
  readonly log: Logger;
  /** Set where nothing runs between events: background work waits for `drain` and `sweep`, and the bot is registered by whoever deploys. */
  readonly byEvents?: {
    /** A message waits to be answered, or an answer to be sent: has an event begin for it. */
    readonly wake: () => void;
  };
  /** All that staff can have done, over the running product; where it is absent, the console has nothing but accounts and the audit log. */
  readonly operations?: (told: Told) => Operate;
}

/** Who is told of changes that staff make, and what is open already. */
export interface Told {
  readonly onChange: () => Promise<unknown>;
  readonly onRetry: () => void;
  readonly onClusters: () => void;
  readonly records: LiveCatalogue["records"];
  /** What reads questions at this moment; waits for the first models. */
  readonly recogniser: () => Promise<Recogniser>;
  readonly publicUrl: string;
}

/** The running product. */
export interface Stadtlotse {
  readonly app: Hono;
  readonly inbox: Inbox;
  readonly catalogue: LiveCatalogue;
  /** What commands have done; undefined where the platform brought no operations. */
  readonly operate: Operate | undefined;
  /** What reads questions at this moment; waits for the first models. */
  readonly recogniser: () => Promise<Recogniser>;
  /** Resolves when answers are given; rejects if the models cannot be had. */
  readonly answering: Promise<void>;
  /** Calls back for each answer after its commit. */
  onAnswer(listener: (messageId: number, answer: Answer) => void): void;
  /** Has the workers look for something to do. */
  wake(): void;
  /** Where nothing runs between events: answers and sends until nothing is due; the milliseconds until something will be, if that is known. */
  drain(): Promise<number | undefined>;
  /** Where nothing runs between events: takes over what has changed of the catalogue and the models; an isolate that answers may never meet the clock. */
  freshen(): Promise<void>;
  /** Where nothing runs between events: does all other background work once. */
  sweep(): Promise<void>;
  /** Ends the workers: nothing new is taken, what is under way has some seconds to end, and the rest is given up for others to take. */
  stop(): Promise<void>;
}

const refreshMs = 3000;
const lessonsMs = 1000;
const watchesMs = 2000;
const publicationsMs = 2000;
const handoversMs = 60_000;
const forwardsMs = 5_000;
const clustersMs = 5000;
const retentionMs = 3_600_000;
const countsMs = 60_000;

/** What the product's operator has set. */
type Settings = Pick<Config, "allowedOrigins" | "telegram" | "botframework" | "directlineSecret" | "searchEngine" | "searchFusion"> &
  Partial<Pick<Config, "zmsCitizenApi" | "metricsToken" | "staffHours" | "languageModel" | "oidc" | "forward">>;

interface MessageParts {
  readonly vault: AddressVault;
  readonly inbox: Inbox;
  readonly signals: Signals;
}

/** Loaded only where it is set up: its packages take a third of a second and 60 MB. */
async function openBotFramework(config: BotFrameworkConfig, { database, publicUrl, log }: Platform, { vault, inbox }: MessageParts) {
  const { createBotFrameworkChannel } = await import("./channels/botframework/channel.ts");
  const hash = (text: string) => vault.hash("botframework", text);
  const sentAnswers = createSentAnswers(database.db, vault, "botframework");
  return createBotFrameworkChannel({ ...config, publicUrl, inbox, sentAnswers, hash, log });
}

/** A channel that was switched off with messages waiting: their answers wait until it is on again. */
const switchedOff: ChannelCapabilities = { pushes: true, saysItself: false, mostButtons: 10, brokenOff: "resend" };

/** What the bot's operator sets, on top of what Telegram can do. */
function withSettings(sender: Sender, { brokenOff, pace }: TelegramConfig): Sender {
  return { ...sender, capabilities: { ...sender.capabilities, brokenOff, pace } };
}

/** What the web chat needs of a platform. */
type WebChatPlatform = Pick<Platform, "database" | "publicUrl" | "now" | "log" | "clientAddress" | "upgradeWebSocket">;

function openWebChat(
  settings: Pick<Settings, "allowedOrigins" | "directlineSecret">,
  platform: WebChatPlatform,
  { vault, inbox, signals }: MessageParts,
) {
  const { publicUrl, now, log, clientAddress, upgradeWebSocket: upgrade } = platform;
  const { db } = platform.database;
  const transcript = createTranscript(db, vault, "directline");
  const streams = createStreams({ db, transcript, subscribe: (heard) => signals.subscribe("answers", heard), now, log });
  const live = upgrade === undefined ? undefined : { streams, upgrade };
  const { allowedOrigins, directlineSecret: secret } = settings;
  const routes = createDirectLineChannel({ db, inbox, transcript, live, publicUrl, allowedOrigins, secret, clientAddress, now, log });
  return { routes, streams };
}

/** The web chat's WebSockets by themselves, for a platform that keeps them apart from all else. */
export async function wireStreams(
  settings: Pick<Settings, "allowedOrigins" | "directlineSecret">,
  platform: WebChatPlatform & Pick<Platform, "dataKey">,
): Promise<Hono> {
  const vault = createAddressVault(platform.dataKey);
  const signals = await openSignals(platform.database, platform.log);
  const inbox = createInbox(platform.database.db, vault, () => undefined);
  const { routes } = openWebChat(settings, platform, { vault, inbox, signals });
  return createApp({ routes: [new Hono().route("/", routes)], log: platform.log });
}

/** Opens the channels that are set up; Telegram is registered with in the background. */
async function openChannels(settings: Settings, platform: Platform, parts: MessageParts) {
  const { publicUrl, log } = platform;
  const { inbox } = parts;
  const webChat = openWebChat(settings, platform, parts);
  const registers = platform.byEvents === undefined;
  const telegram =
    settings.telegram === undefined ? undefined : createTelegramChannel({ ...settings.telegram, publicUrl, inbox, log, registers });
  if (registers) telegram?.start();
  const botframework = settings.botframework === undefined ? undefined : await openBotFramework(settings.botframework, platform, parts);

  const senders = new Map<Channel, Sender>();
  if (telegram !== undefined && settings.telegram !== undefined) senders.set("telegram", withSettings(telegram.sender, settings.telegram));
  if (botframework !== undefined) senders.set("botframework", botframework.sender);
  const capabilities = new Map<Channel, ChannelCapabilities>([["directline", directLineCapabilities]]);
  for (const [channel, sender] of senders) capabilities.set(channel, sender.capabilities);
  return {
    senders,
    capabilities: (channel: Channel) => capabilities.get(channel) ?? switchedOff,
    answered: webChat.streams.answered,
    // Only a language model takes so long that there is something to show before.
    live: new Map<Channel, ShowLive>(settings.languageModel === undefined ? [] : [["directline", webChat.streams.showLive]]),
    routes: [
      new Hono().route("/", webChat.routes),
      ...(telegram === undefined ? [] : [telegram.routes]),
      ...(botframework === undefined ? [] : [new Hono().route("/", botframework.routes)]),
    ],
    stop: async () => {
      await Promise.all([telegram?.stop(), webChat.streams.close()]);
    },
  };
}

/** Loaded only where one is set: LangChain takes a third of a second. */
async function openLanguageModel({ server, limits }: LanguageModelConfig, { database, log }: Platform): Promise<LanguageModel> {
  const [{ createLanguageModel }, { createBudget }] = await Promise.all([
    import("./answers/model/language-model.ts"),
    import("./answers/model/budget.ts"),
  ]);
  const onTrace = (trace: object) => log.info(trace, "asked the language model");
  return createLanguageModel({ server, budget: createBudget(database.db, limits), onTrace });
}

/** The assistant over the trained models, once the first are there; it learns on in the background. */
async function openAssistant(
  settings: Settings,
  platform: Platform,
  catalogue: LiveCatalogue,
  { current, watches }: FreePlaces,
  composer: Composer,
  capabilities: (channel: Channel) => ChannelCapabilities,
  loops: Loops,
): Promise<{ readonly assistant: Assistant<Database>; readonly recogniser: () => Recogniser }> {
  const { models: source, database, now, log } = platform;
  const { db } = database;
  const parts = {
    findConcepts: catalogue.conceptFinder(),
    crisisConcepts: catalogue.content().crisisConcepts,
    districts: catalogue.content().districts,
    now,
  };
  const { first, ...learning } = source;
  const { models, keys } = await first;
  let recogniser: Recogniser = createRecogniser(models, parts);
  const onModels = (newer: EncodedModels) => {
    recogniser = createRecogniser(newer, parts);
    log.info("learned anew");
  };
  loops.start("learning", createLiveModels({ ...learning, db, models, keys, onModels }), lessonsMs);
  const assistant = createAssistant({
    recogniser: () => recogniser,
    catalogue: current,
    composer,
    conversations: createConversationStore(db),
    capabilities,
    countMessages: createMessageCounts(db),
    watches,
    askers: createAskers(db, now),
    handovers: createHandovers(db),
    clusters: clusterForgetting,
    languageModel: settings.languageModel === undefined ? undefined : await openLanguageModel(settings.languageModel, platform),
    ...createPartPorts(db, now),
  });
  return { assistant, recogniser: () => recogniser };
}

async function openCatalogue(settings: Settings, { database: { db }, openEmbedder, loadHours, now, log }: Platform) {
  const openTexts = settings.searchEngine === "postgres" ? postgresSearchOf(db) : openMemorySearch;
  const vectors = openEmbedder === undefined ? undefined : createVectorSearch({ db, openEmbedder, fusion: settings.searchFusion, log });
  const live = await openLiveCatalogue(db, vectors?.over(openTexts) ?? openTexts, { now, loadHours });
  return { vectors, catalogue: await withTaskPlaces(db, live) };
}

/** Joins the rooms to one running product; the database must be migrated and hold content. */
export async function wire(settings: Settings, platform: Platform): Promise<Stadtlotse> {
  const { database, log, publicUrl, demo, assets } = platform;
  const { db } = database;
  const vault = createAddressVault(platform.dataKey);
  await checkDataKey(db, vault);
  const { catalogue, vectors } = await openCatalogue(settings, platform);
  const signals = await openSignals(database, log);
  // Telegram may bring messages before there are workers.
  const wake = { answering: (): void => undefined, catalogue: (): void => undefined, watches: (): void => undefined };
  const inbox = createInbox(db, vault, () => {
    wake.answering();
    signals.announce("messages");
  });
  const channels = await openChannels(settings, platform, { vault, inbox, signals });
  const { byEvents, metrics } = platform;
  const sweeps = byEvents === undefined ? undefined : createSweeps(log);
  const loops: Loops = sweeps ?? createLoops(log);
  const listeners: ((messageId: number, answer: Answer) => void)[] = [];
  const consoles = new Set<(topic: string) => void>();
  const tellConsole = (topic: string): void => {
    for (const heard of consoles) heard(topic);
  };
  const workers = createWorkers({
    ...{ database, vault, senders: channels.senders, live: channels.live, signals, log, metrics: platform.metrics },
    loops: byEvents === undefined ? loops : undefined,
    pushes: (channel) => channels.capabilities(channel).pushes,
    onAnswered: (messageId, answer) => {
      for (const listener of listeners) listener(messageId, answer);
      channels.answered(messageId);
      tellConsole("talks");
    },
  });
  wake.answering = byEvents?.wake ?? workers.wakeAnswering;
  const tellOfChange = (): void => {
    signals.announce("catalogue");
    wake.watches();
  };
  const pushing = () => [...channels.senders.values()].filter((sender) => sender.capabilities.pushes).map(({ channel }) => channel);
  const freePlaces = openFreePlaces({
    ...{ db, catalogue, letters: createLetters(pushing), zmsCitizenApi: settings.zmsCitizenApi, now: platform.now, log },
    onChange: tellOfChange,
  });
  const composer = createComposer((id, lang) => catalogue.current().findNeed(id)?.label[lang], {
    calendarUrl: (id, lang) => calendarUrlOf(publicUrl, id, lang),
    now: platform.now,
    serviceHours: settings.staffHours,
  });
  const onLetters = (): void => {
    byEvents?.wake();
    workers.wakeSending();
    signals.announce("letters");
  };
  const telling = freePlaces.createWorker(composer, onLetters);
  const publishing = openPublicationWorker({ db, catalogue, watches: freePlaces.watches, composer, onTold: onLetters });
  const onChange = () => catalogue.refresh().then(tellOfChange);
  const organizations = openOrganizations({ db, catalogue, publicUrl, onChange, now: platform.now, log });
  const wakeWorkers = (): void => {
    byEvents?.wake();
    workers.wakeAnswering();
    workers.wakeSending();
  };
  const onRetry = (): void => {
    wakeWorkers();
    tellConsole("talks");
  };
  const recogniser = async () => (await opening).recogniser();
  const onClusters = (): void => {
    tellConsole("inbox");
    signals.announce("clusters");
  };
  const operate = platform.operations?.({
    onChange: catalogue.refresh,
    onRetry,
    onClusters,
    records: catalogue.records,
    recogniser,
    publicUrl,
  });
  const { forward } = settings;
  const forwarder = openForwarder(forward, { db, publicUrl, now: platform.now, onChange: onClusters });
  const { sections, keepCounts } = openConsoleSections({ db, catalogue, composer, operate, forward, publicUrl, now: platform.now });
  const staffConsole = await openConsole({
    ...{
      db,
      publicUrl,
      passwords: platform.passwords,
      trainingWaits: platform.trainingWaits,
      oidc: settings.oidc,
      dataKey: platform.dataKey,
      sections,
      now: platform.now,
      log,
    },
    subscribe: (heard) => {
      const ends = [
        signals.subscribe("catalogue", () => heard("catalogue")),
        signals.subscribe("answers", () => heard("talks")),
        signals.subscribe("letters", () => heard("talks")),
        signals.subscribe("clusters", () => heard("inbox")),
        () => void consoles.delete(heard),
      ];
      consoles.add(heard);
      return () => {
        for (const end of ends) end();
      };
    },
  });
  const clusters = openClusters(db, catalogue, vectors, onClusters);
  const ready = { answering: false };

  async function endOldAndCount(): Promise<false> {
    await keepCounts();
    return await endOldTurns(db, platform.now());
  }

  async function refreshCatalogue(): Promise<false> {
    await catalogue.refresh();
    return false;
  }

  const opening = openAssistant(settings, platform, catalogue, freePlaces, composer, channels.capabilities, loops);

  async function startAnswering(): Promise<void> {
    await workers.start((await opening).assistant);
    wake.catalogue = loops.start("catalogue", refreshCatalogue, refreshMs).wake;
    wake.watches = loops.start("watches", telling.step, watchesMs).wake;
    loops.start("publications", publishing.step, publicationsMs);
    signals.subscribe("catalogue", () => wake.catalogue());
    loops.start("old writing", () => dropOldWriting(db), retentionMs);
    loops.start("old turns", endOldAndCount, retentionMs);
    loops.start("old messages", () => eraseOldMessages(db, platform.now()), retentionMs);
    loops.start("old counts", () => dropOldCounts(db), countsMs);
    loops.start("old parts", () => endOldParts(db), retentionMs);
    loops.start("handovers", () => keepHandovers(openHandovers(db, onLetters), platform.now()), handoversMs);
    if (forwarder !== undefined) loops.start("forwards", forwarder.step, forwardsMs);
    if (operate !== undefined) loops.start("answered groups", () => settleClusters(operate), handoversMs);
    loops.start("articles", () => remindOwners(db, platform.now()), handoversMs);
    loops.start("clusters", clusters.step, clustersMs);
    loops.start("organisations", organizations.keepUp, retentionMs);
    ready.answering = true;
    vectors?.start();
  }

  const limits = createRequestLimits({
    clientAddress: platform.clientAddress,
    // Another one each day, so that nobody is followed by it.
    hash: (address) => vault.hash("client", `${platform.now().toISOString().slice(0, 10)}\n${address}`),
    count: createRequestCounts(db),
    now: platform.now,
    log,
    metrics: platform.metrics,
    // Where connections belong to events, none waits for another: one that is cut off would hold them all up.
    inTurns: byEvents === undefined,
  });

  async function isReady(): Promise<boolean> {
    await db.execute("select 1");
    return ready.answering;
  }

  return {
    app: createApp({
      routes: [
        createHealth(isReady),
        ...(metrics === undefined ? [] : [createMetricsRoute({ token: settings.metricsToken, read: () => metrics.read(db) })]),
        limits,
        createPages({ publicUrl, demo, isOnDuty: () => isWithinHours(settings.staffHours ?? [], platform.now()), assets }),
        createCalendarRoute({ offers: catalogue.offers, publicUrl, now: platform.now }),
        createHsdsRoutes({ catalogue, publicUrl, now: platform.now }),
        freePlaces.routes,
        organizations.routes,
        staffConsole.app,
        ...channels.routes,
      ],
      log,
    }),
    inbox,
    catalogue,
    operate,
    recogniser,
    answering: startAnswering(),
    onAnswer: (listener) => listeners.push(listener),
    wake: wakeWorkers,
    drain: () => workers.drain(),
    freshen: async () => await sweeps?.sweep(["catalogue", "learning"]),
    sweep: async () => await sweeps?.sweep(),
    stop: async () => {
      staffConsole.close();
      await Promise.all([channels.stop(), loops.stop()]);
      // Without the database the leases run out by themselves.
      await Promise.all([telling.stop(), publishing.stop(), clusters.stop()].map((end) => end.catch(() => undefined)));
      await workers.finish();
      await signals.close();
      await vectors?.stop();
    },
  };
}
