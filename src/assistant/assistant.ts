import { randomUUID } from "node:crypto";
import { type Answer, type AnswerKind, type AnswerSummary, type Finding, summarizeOffer } from "../core/answer.ts";
import type { Catalogue } from "../core/catalogue.ts";
import type { Composer } from "../core/composer.ts";
import type { Lang } from "../core/languages.ts";
import type { Assistant, Channel, StoredMessage } from "../core/message.ts";
import type { DetectedLanguage, Recogniser, Understanding } from "../core/understanding.ts";
import type { Database } from "../database/database.ts";
import type { ConversationContext, LastSearch } from "./context.ts";
import type { ConversationStore } from "./conversation-store.ts";
import { decide } from "./decide.ts";
import { outputLanguage } from "./language.ts";
import { type Response, respondToButton, respondToForeign, respondToText, respondToWordless } from "./respond.ts";

/** What an assistant is made of; catalogue and recogniser are asked for anew each turn, since content changes while it runs. */
export interface AssistantParts {
  readonly recogniser: () => Recogniser;
  readonly catalogue: () => Catalogue;
  readonly composer: Composer;
  readonly conversations: ConversationStore;
}

/** Longer texts are not understood sentence by sentence; the person is asked for a short one. */
const longestText = 4000;

/** Groups and needs whose questions are erased once they are answered. */
const personalGroups = new Set(["schutz", "gesundheit"]);
const personalNeeds = new Set(["ohne-versicherung", "aufenthalt"]);

function kindOf(finding: Finding): AnswerKind {
  switch (finding.kind) {
    case "foreign-language":
      return "offers";
    case "unreadable":
      return "no-answer";
    default:
      return finding.kind;
  }
}

interface Read {
  readonly detected: DetectedLanguage;
  readonly understanding: Understanding | undefined;
  readonly response: Response;
}

/** Channels whose page says for itself that a computer programme answers. */
const saysItself: ReadonlySet<Channel> = new Set(["directline"]);

const unknownLanguage: DetectedLanguage = { kind: "unknown" };

/** The turn: language → recognise → find → compose, for one message of a conversation. */
export function createAssistant({ recogniser, catalogue, composer, conversations }: AssistantParts): Assistant<Database> {
  async function readText(text: string, context: ConversationContext): Promise<Read> {
    const base = { intent: "out-of-scope", needs: [], slots: {}, context };
    if (!/[\p{L}\p{N}]/u.test(text))
      return {
        detected: unknownLanguage,
        understanding: undefined,
        response: { ...base, finding: { kind: "unreadable", reason: "empty" } },
      };
    const readable = text.slice(0, longestText).toWellFormed();
    const detected = recogniser().detectLanguage(readable);
    const understanding = recogniser().recognise(readable, detected.kind === "spoken" ? detected.lang : "de");
    const crisis = decide(understanding).kind === "crisis";
    if (text.length > longestText && !crisis)
      return { detected, understanding, response: { ...base, finding: { kind: "unreadable", reason: "too-long" } } };
    if (detected.kind === "foreign" && !crisis) return { detected, understanding, response: await respondToForeign(catalogue(), context) };
    return { detected, understanding, response: await respondToText(catalogue(), readable, understanding, context) };
  }

  async function read({ content }: StoredMessage, context: ConversationContext): Promise<Read> {
    switch (content.kind) {
      case "text":
        return await readText(content.text, context);
      case "button":
        return {
          detected: unknownLanguage,
          understanding: undefined,
          response: await respondToButton(catalogue(), content.value, context),
        };
      default:
        return { detected: unknownLanguage, understanding: undefined, response: respondToWordless(content, context) };
    }
  }

  function isPersonal({ kind, needs }: AnswerSummary): boolean {
    if (kind === "crisis") return true;
    return needs.some((id) => personalNeeds.has(id) || personalGroups.has(catalogue().findNeed(id)?.group ?? ""));
  }

  return {
    answer: async (message) => {
      const before = await conversations.load(message.conversationId);
      const { detected, understanding, response } = await read(message, before);
      const lang = outputLanguage(response.context, detected, message.interfaceLang);
      const { finding, gap } = response;
      const found = "found" in finding ? finding.found : [];
      const summary: AnswerSummary = {
        lang,
        kind: kindOf(finding),
        intent: response.intent,
        confidence: Math.round(1000 * (understanding?.intents.find(({ id }) => id === response.intent)?.score ?? 1)) / 1000,
        needs: response.needs,
        slots: response.slots,
        offers: found.map((each) => summarizeOffer(each, lang)),
      };
      const reply = composer.compose(finding, {
        lang,
        simple: response.context.simple,
        introduce: before.lastTurn === undefined && !saysItself.has(message.channel),
      });
      const personal = isPersonal(summary);
      const about = personal ? { ...summary, slots: withoutWords(summary.slots) } : summary;
      const answer: Answer = { summary, offers: found, ...(gap === undefined ? {} : { gap }), reply: { ...reply, about } };
      return {
        answer,
        erase: response.effect === "erase" ? "conversation" : personal ? "message" : "nothing",
        save: async (transaction, inboxIds) => {
          if (response.effect === "erase") return await conversations.erase(transaction, message.conversationId);
          const id = randomUUID();
          if (response.effect !== undefined && before.lastTurn !== undefined)
            await conversations.rate(transaction, before.lastTurn, response.effect === "rate-right" ? "right" : "wrong");
          const question = message.content.kind === "text" && !personal ? message.content.text : undefined;
          await conversations.save(
            transaction,
            { id, conversationId: message.conversationId, answer: { ...answer, summary: about }, understanding, question },
            remember(response, personal, lang, response.effect === undefined ? id : (before.lastTurn ?? id)),
            inboxIds,
          );
        },
      };
    },
  };
}

/** Slots without the citizen's own words. */
function withoutWords<Given extends Pick<LastSearch["slots"], "when">>({ when: _words, ...slots }: Given): Omit<Given, "when"> {
  return slots;
}

/** The context after a turn, `rated` being the turn that a rating is about; the words of a personal topic are not kept in it. */
function remember(response: Response, personal: boolean, lang: Lang, rated: string): ConversationContext {
  const { search } = response.context;
  const forgotten = personal && search !== undefined ? { search: { ...search, text: "", slots: withoutWords(search.slots) } } : {};
  return { ...response.context, lang, asked: response.finding.kind === "question", lastTurn: rated, ...forgotten };
}
