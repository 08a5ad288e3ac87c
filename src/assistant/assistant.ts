import { randomUUID } from "node:crypto";
import { type Answer, type AnswerSummary, type ArticleSummary, type Finding, type StoredData, summarizeOffer } from "../core/answer.ts";
import type { Askers } from "../core/articles.ts";
import type { Catalogue } from "../core/catalogue.ts";
import type { ClusterForgetting } from "../core/clusters.ts";
import type { Composer } from "../core/composer.ts";
import type { Handovers } from "../core/handover.ts";
import type { LanguageModel, ModelTurn } from "../core/language-model.ts";
import { type Lang, localizeTitle } from "../core/languages.ts";
import type { Assistant, Channel, ChannelCapabilities, StoredMessage } from "../core/message.ts";
import { isPersonalTopic } from "../core/personal.ts";
import type { DetectedLanguage, Recogniser, Understanding } from "../core/understanding.ts";
import type { Watches } from "../core/watches.ts";
import type { Database } from "../database/database.ts";
import { readReceipt, withoutReceipt } from "../text/receipt-code.ts";
import { withoutMarks } from "../text/redact.ts";
import { readCode } from "../text/return-code.ts";
import { readCommand } from "./commands.ts";
import type { ConversationContext } from "./context.ts";
import type { ConversationStore } from "./conversation-store.ts";
import { decide } from "./decide.ts";
import { wishOf } from "./demand.ts";
import { kindOf } from "./kind-of.ts";
import { outputLanguage } from "./language.ts";
import { mannerOf, replaced } from "./manner.ts";
import { countParts, forgetParts, type PartPorts, type PartTurn, savePart } from "./parts.ts";
import { findRated, isAboutAnswer, saveRating, settleRating } from "./ratings.ts";
import { remember, withoutWords } from "./remember.ts";
import { respondToButton, respondToForeign, respondToText, respondToWordless } from "./respond.ts";
import { offerTelling } from "./respond-to-asker.ts";
import { respondToCommand, respondToSetting } from "./respond-to-command.ts";
import { respondToComment } from "./respond-to-feedback.ts";
import { isPassedOn, respectHandover, saveHandover } from "./respond-to-handover.ts";
import { respondToPart, respondToPartButton, settle } from "./respond-to-part.ts";
import { respondToPlace } from "./respond-to-place.ts";
import { type Response, withShown } from "./respond-to-search.ts";
import { respondToCode, type WatchTurn } from "./respond-to-watch.ts";
import { standsAlone } from "./standing-alone.ts";
import { hearSecondNeed } from "./two-needs.ts";
import { searchAgain, wordWith } from "./with-model.ts";

type MessageCounts = Pick<StoredData, "since" | "messages" | "texts" | "answers">;

/** What an assistant is made of; catalogue and recogniser are asked for anew each turn, since content changes while it runs. */
export interface AssistantParts extends PartPorts {
  readonly recogniser: () => Recogniser;
  readonly catalogue: () => Catalogue;
  readonly composer: Composer;
  readonly conversations: ConversationStore;
  readonly capabilities: (channel: Channel) => ChannelCapabilities;
  /** What the message path keeps of a conversation. */
  readonly countMessages: (conversationId: string) => Promise<MessageCounts>;
  readonly watches: Watches<Database>;
  readonly askers: Askers<Database>;
  readonly handovers: Handovers<Database>;
  /** Questions that were not answered well, grouped for staff; they forget with the conversation. */
  readonly clusters: ClusterForgetting<Database>;
  /** Absent where none is set: then nothing of a turn changes. */
  readonly languageModel?: LanguageModel | undefined;
}

/** Longer texts are not understood sentence by sentence; the person is asked for a short one. */
const longestText = 4000;

/** Lines that are looked at one by one: messages in one breath, or a letter. */
const mostLines = 20;

/** After these nothing is ever sent by itself: somebody else may read it. */
const endsPushing = ({ kind, needs }: AnswerSummary) => kind === "crisis" || needs.includes("gewalt");

function articleSummary({ article }: Extract<Finding, { kind: "article" }>, lang: Lang): ArticleSummary {
  return { id: article.id, version: article.version, title: localizeTitle(article.title, lang).text, url: article.source.url };
}

interface Read {
  readonly detected: DetectedLanguage;
  readonly understanding: Understanding | undefined;
  readonly response: Response;
}

const unknownLanguage: DetectedLanguage = { kind: "unknown" };

/** The turn: language → recognise → find → compose, for one message of a conversation. */
export function createAssistant(parts: AssistantParts): Assistant<Database> {
  const { recogniser, catalogue, composer, conversations, watches, askers, handovers } = parts;

  const findStored = (conversationId: string) => async () => ({
    ...(await parts.countMessages(conversationId)),
    ratings: await conversations.countRatings(conversationId),
    watches: (await watches.find(conversationId)).length,
    askers: (await askers.find(conversationId)).length,
    handoverMessages: await handovers.count(conversationId),
    ...(await countParts(conversationId, parts)),
  });

  const hasTriedTooMany = (message: StoredMessage) => () => parts.codeTries.areTooMany(message);

  /** What taking part needs to know of a turn. */
  function partTurn(message: StoredMessage, context: ConversationContext, detected = unknownLanguage): PartTurn {
    const lang = outputLanguage(context, detected, message.interfaceLang);
    return { ...parts, conversationId: message.conversationId, lang, hasTriedTooMany: hasTriedTooMany(message) };
  }

  /** What dealing with watches needs to know of a turn. */
  function watchTurn(message: StoredMessage, context: ConversationContext, detected = unknownLanguage): WatchTurn {
    const { conversationId, channel, interfaceLang } = message;
    const lang = outputLanguage(context, detected, interfaceLang);
    const findAskable: WatchTurn["findAskable"] = (which) => conversations.findAskable(conversationId, which);
    const { pushes } = parts.capabilities(channel);
    return { watches, askers, findAskable, conversationId, pushes, lang, hasTriedTooMany: hasTriedTooMany(message) };
  }

  /** A command, unless its words are those of a crisis; the id of a need in a link is none. */
  async function readCommandIn(text: string, message: StoredMessage, context: ConversationContext): Promise<Read | undefined> {
    const command = readCommand(text);
    if (command === undefined) return undefined;
    const rest = command.rest.slice(0, longestText).toWellFormed();
    const isTopic = command.kind === "start" && catalogue().findNeed(rest.toLowerCase()) !== undefined;
    if (rest !== "" && !isTopic && decide(recognise(withoutMarks(rest), "de")).kind === "crisis")
      return await readWords(rest, message, context);
    if (command.kind === "start" && command.topic === undefined && rest !== "") return await readWords(rest, message, context);
    const response = await respondToCommand(catalogue(), command, context, findStored(message.conversationId), watchTurn(message, context));
    return { detected: unknownLanguage, understanding: undefined, response };
  }

  /** A line that is a crisis by itself; what was written before or after it must not drown it. */
  function findCrisisLine(text: string, lang: Lang): Understanding | undefined {
    const lines = text.split("\n").filter((line) => /\p{L}/u.test(line));
    if (lines.length < 2) return undefined;
    const read = lines.slice(0, mostLines).map((line) => recogniser().recognise(line, lang));
    return read.find((understanding) => decide(understanding).kind === "crisis");
  }

  function recognise(text: string, lang: Lang): Understanding {
    const understanding = recogniser().recognise(text, lang);
    const crisis = findCrisisLine(text, lang);
    if (crisis !== undefined) return { ...understanding, intents: crisis.intents, needs: crisis.needs };
    return { ...understanding, needs: hearSecondNeed(text, understanding.needs, recogniser().rankNeeds) };
  }

  async function readWords(text: string, message: StoredMessage, asked: ConversationContext, model?: ModelTurn): Promise<Read> {
    const context = settle(asked);
    const base = { intent: "out-of-scope", needs: [], slots: {}, context };
    const said = withoutMarks(text);
    if (!/[\p{L}\p{N}]/u.test(said))
      return {
        detected: unknownLanguage,
        understanding: undefined,
        response: { ...base, finding: { kind: "unreadable", reason: "empty" }, context: asked },
      };
    const readable = said.slice(0, longestText).toWellFormed();
    const detected = recogniser().detectLanguage(withoutReceipt(readable));
    const understanding = recognise(readable, detected.kind === "spoken" ? detected.lang : "de");
    const crisis = decide(understanding).kind === "crisis";
    const comment = crisis ? undefined : respondToComment(text, understanding, asked);
    if (comment !== undefined) return { detected, understanding, response: comment };
    const part = crisis ? undefined : await respondToPart(catalogue(), text, understanding, asked, partTurn(message, asked, detected));
    if (part !== undefined) return { detected, understanding, response: part };

    async function respondToOthers(): Promise<Response> {
      if (text.length > longestText && !crisis) return { ...base, finding: { kind: "unreadable", reason: "too-long" } };
      if (detected.kind === "foreign" && !crisis) return await respondToForeign(catalogue(), context);
      const first = await respondToText(catalogue(), readable, understanding, context, watchTurn(message, context, detected));
      const again = crisis || readReceipt(text) !== undefined ? undefined : model;
      return await searchAgain({ catalogue: catalogue(), recognise, context }, { text: readable, understanding }, first, again);
    }
    // Nobody knew it, or it would have been answered: who tries codes in sentences is counted as well.
    const namesReceipt = !crisis && readReceipt(text) !== undefined;
    const response = await respondToOthers();
    return { detected, understanding, response: namesReceipt ? { ...response, wrongCode: true } : response };
  }

  async function read(message: StoredMessage, context: ConversationContext, model?: ModelTurn): Promise<Read> {
    const { content } = message;
    const settled = settle(context);
    switch (content.kind) {
      case "text":
      case "start": {
        const text = content.kind === "text" ? content.text : `/start ${content.topic ?? ""}`;
        const code = content.kind === "text" ? readCode(text) : undefined;
        if (code !== undefined) {
          const response = await respondToCode(catalogue(), code, settled, watchTurn(message, settled));
          return { detected: unknownLanguage, understanding: undefined, response };
        }
        return (await readCommandIn(text, message, settled)) ?? (await readWords(text, message, context, model));
      }
      case "button": {
        const response =
          respondToSetting(content.value, settled) ??
          (await respondToPartButton(catalogue(), content.value, settled, partTurn(message, settled))) ??
          (await respondToButton(catalogue(), content.value, settled, watchTurn(message, settled)));
        return { detected: unknownLanguage, understanding: undefined, response };
      }
      case "location":
        return { detected: unknownLanguage, understanding: undefined, response: await respondToPlace(catalogue(), content, settled) };
      default:
        return { detected: unknownLanguage, understanding: undefined, response: respondToWordless(content, context) };
    }
  }

  function isPersonal({ finding, needs }: Response): boolean {
    return finding.kind === "crisis" || isPersonalTopic(needs, catalogue().findNeed);
  }

  /** Carries out what a turn means for watches and for the wish to be told. */
  async function saveWatches(
    transaction: Database,
    conversationId: string,
    summary: AnswerSummary,
    { watch, asker }: Response,
  ): Promise<void> {
    if (asker?.kind === "open") await askers.open(transaction, conversationId, asker.asker);
    if (asker?.kind === "end") await askers.end(transaction, asker.ids);
    if (watch?.kind === "open") await watches.open(transaction, conversationId, watch.watch);
    if (watch?.kind === "end") await watches.end(transaction, watch.ids);
    if (endsPushing(summary)) await watches.silence(transaction, conversationId);
  }

  return {
    answer: async (message, show) => {
      const { conversationId } = message;
      const [before, open] = await Promise.all([conversations.load(conversationId), handovers.find(conversationId)]);
      // What is passed on to a person of the city is for nobody else.
      const model = open?.state === "with-human" ? undefined : parts.languageModel?.begin(message.id);
      const { detected, understanding, response: understood } = await read(message, before, model);
      const rated = await findRated(conversations, conversationId, understood, before);
      const settled = await settleRating(understood, conversations, { conversationId, rated, open });
      const isWithHuman = open !== undefined && open.state !== "offered";
      const capabilities = parts.capabilities(message.channel);
      const pushes = capabilities.pushes && !settled.needs.includes("gewalt");
      const heard = respectHandover(settled, message, open, before);
      const decided = await offerTelling(heard, { watches, conversationId, pushes, isWithHuman });
      const lang = outputLanguage(decided.context, detected, message.interfaceLang);
      const manner = mannerOf(message, decided, lang, before.lastTurn === undefined, capabilities);
      const composed = composer.compose(decided.finding, manner);
      const response = withShown(decided, composed.cards.length);
      const { finding, gap } = response;
      const found = "found" in finding ? finding.found : [];
      const summary: AnswerSummary = {
        lang,
        kind: kindOf(finding, response.intent),
        intent: response.intent,
        confidence: Math.round(1000 * (understanding?.intents.find(({ id }) => id === response.intent)?.score ?? 1)) / 1000,
        needs: response.needs,
        slots: response.slots,
        offers: found.map((each) => summarizeOffer(each, lang)),
        ...(finding.kind === "article" ? { article: articleSummary(finding, lang) } : {}),
      };
      const reply = await wordWith(model, { message, finding, manner, reply: composed }, show);
      const personal = isPersonal(understood);
      const about = personal ? { ...summary, slots: withoutWords(summary.slots) } : summary;
      const answer: Answer = {
        summary,
        offers: found,
        ...(gap === undefined ? {} : { gap }),
        reply: { ...reply, about, ...replaced(message, response, capabilities) },
      };
      return {
        answer,
        erase: response.effect === "erase" ? "conversation" : personal || response.secret === true ? "message" : "nothing",
        save: async (transaction, inboxIds) => {
          if (response.effect === "erase") {
            await watches.forget(transaction, conversationId);
            await askers.forget(transaction, conversationId);
            await forgetParts(transaction, conversationId, parts);
            await handovers.forget(transaction, conversationId);
            return await conversations.erase(transaction, conversationId, (ids) => parts.clusters.forget(transaction, ids));
          }
          await saveWatches(transaction, conversationId, summary, response);
          if (response.wrongCode === true) await parts.codeTries.count(transaction, message);
          await savePart(transaction, conversationId, response.part, parts);
          const id = randomUUID();
          await saveRating(transaction, conversations, response, { rated, personal });
          await saveHandover(transaction, { message, understood, response, open, lang, personal }, parts);
          const keepsWords = !personal && response.secret !== true && !isPassedOn(response);
          const question = message.content.kind === "text" && keepsWords ? message.content.text : undefined;
          await conversations.save(
            transaction,
            {
              id,
              conversationId,
              answer: { ...answer, summary: about },
              understanding: isPassedOn(response) ? undefined : understanding,
              question,
              wish: wishOf(summary, found, personal),
              article: finding.kind === "article" ? { id: finding.article.id, version: finding.article.version, personal } : undefined,
              channel: message.channel,
              standsAlone: !isPassedOn(response) && standsAlone(message.content, understanding, before),
            },
            remember(response, personal, lang, {
              rated: isAboutAnswer(response) ? (before.lastTurn ?? id) : id,
              askable: response.unanswered ?? (finding.kind === "feedback" ? rated : id),
            }),
            inboxIds,
          );
        },
      };
    },
  };
}
