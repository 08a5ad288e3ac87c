import type { Fact } from "../core/answer.ts";
import type { Catalogue } from "../core/catalogue.ts";
import { needOfCrisis } from "../core/intents.ts";
import { langOfLocale } from "../core/languages.ts";
import type { MessageContent } from "../core/message.ts";
import type { Scored, Slots, Understanding } from "../core/understanding.ts";
import { wantsElsewhere } from "../text/elsewhere.ts";
import type { ConversationContext } from "./context.ts";
import { type Decision, decide, factOf, type TalkIntent, turnsAway } from "./decide.ts";
import { findChoice, findFact } from "./follow-up.ts";
import { respondToAskerButton, respondToTelling } from "./respond-to-asker.ts";
import { rate, respondToFeedbackButton } from "./respond-to-feedback.ts";
import { askForHuman, respondToHandoverButton } from "./respond-to-handover.ts";
import {
  namesTopic,
  type Response,
  respondToChoice,
  respondToFact,
  respondToMore,
  respondToSearch,
  respondToWish,
} from "./respond-to-search.ts";
import { respondToConsent, respondToStop, respondToWatch, respondToWatchButton, type WatchTurn } from "./respond-to-watch.ts";
import { respondWithArticle } from "./respond-with-article.ts";

const crisisPlaces = 2;
const foreignPlaces = 3;
const foreignNeeds: readonly Scored[] = [
  { id: "dolmetscher", score: 0.5 },
  { id: "migrationsberatung", score: 0.5 },
];

function respondToTalk(intent: Exclude<TalkIntent, "stop-watch">, context: ConversationContext, understanding: Understanding): Response {
  const base = { intent, needs: [], slots: understanding.slots, context };
  switch (intent) {
    case "greeting":
    case "thanks":
    case "goodbye":
    case "insult":
    case "yes":
    case "no":
      return { ...base, finding: { kind: "smalltalk", about: intent } };
    case "who-are-you":
    case "what-can-you-do":
    case "privacy":
    case "delete-data":
      return { ...base, finding: { kind: "meta", about: intent } };
    case "human":
      return askForHuman(context);
    case "language": {
      const chosen = langOfLocale(understanding.namedLanguage);
      if (chosen === undefined && understanding.namedLanguage !== undefined)
        return { ...base, finding: { kind: "foreign-language", needs: [], found: [] } };
      return {
        ...base,
        finding: { kind: "confirmation", about: "language" },
        context: { ...context, ...(chosen === undefined ? {} : { chosenLang: chosen }) },
      };
    }
    case "simpler":
      return { ...base, finding: { kind: "confirmation", about: "simpler" }, context: { ...context, simple: true } };
    case "rate-right":
    case "rate-wrong":
      return rate(intent === "rate-right" ? "right" : "wrong", undefined, context);
    default:
      return intent satisfies never;
  }
}

async function crisisResponse(
  catalogue: Catalogue,
  about: Parameters<typeof needOfCrisis>[0],
  context: ConversationContext,
  understanding: Understanding,
): Promise<Response> {
  const need = needOfCrisis(about);
  const { found } = await catalogue.search({
    text: "",
    needs: [{ id: need, score: 1 }],
    slots: understanding.slots,
    offset: 0,
    limit: crisisPlaces,
  });
  return {
    finding: { kind: "crisis", about, needs: [need], found },
    intent: `crisis-${about}`,
    needs: [need],
    slots: understanding.slots,
    context,
  };
}

function outOfScope(slots: Slots, context: ConversationContext): Response {
  return { finding: { kind: "out-of-scope" }, intent: "out-of-scope", needs: [], slots, context, gap: "out-of-scope" };
}

/** What a text asks for; before it is turned away or asked back, the catalogue is asked whether its words name something. */
async function decideWith(catalogue: Catalogue, text: string, understanding: Understanding): Promise<Decision> {
  const decision = decide(understanding);
  const isGuess = decision.kind === "search" && decision.unsure !== undefined;
  return turnsAway(decision) || isGuess ? decide(understanding, await catalogue.weigh(text)) : decision;
}

/** The fact that a text asks for: by its words, else by what it was understood as. */
function askedOf(text: string, decision: Decision): Fact | undefined {
  return findFact(text) ?? (decision.kind === "search" ? factOf(decision.intent) : undefined);
}

/** True where a text asks for something in another city and names no place of this one. */
function isElsewhere(text: string, { district, quarter, postcode }: Slots): boolean {
  return (district ?? quarter ?? postcode) === undefined && wantsElsewhere(text);
}

/** Answers a text that was understood. */
export async function respondToText(
  catalogue: Catalogue,
  text: string,
  understanding: Understanding,
  context: ConversationContext,
  turn: WatchTurn,
): Promise<Response> {
  const decision = await decideWith(catalogue, text, understanding);
  const { slots } = understanding;
  const choice = context.search === undefined || decision.kind === "crisis" ? undefined : findChoice(text);
  if (context.search !== undefined && choice !== undefined && context.search.page + choice < context.search.shown)
    return await respondToChoice(catalogue, { choice, asked: askedOf(text, decision) }, context.search, context);
  const followUp = decision.kind === "crisis" ? undefined : findFact(text);
  if (context.search !== undefined && followUp !== undefined && context.search.shown > 0 && !namesTopic(decision))
    return await respondToFact(catalogue, followUp, context.search, context);
  const searches = decision.kind === "search" || decision.kind === "watch";
  if (searches && isElsewhere(text, slots)) return outOfScope(slots, context);
  const respond = () => respondToDecision(catalogue, { text, decision, understanding }, context, turn);
  return await respondWithArticle({ catalogue, text, decision, slots, context }, respond);
}

interface Decided {
  readonly text: string;
  readonly decision: Decision;
  readonly understanding: Understanding;
}

/** The answer to what was not understood as anything. */
function notUnderstood(nearest: string | undefined, understanding: Understanding, context: ConversationContext): Response {
  return {
    finding: { kind: "no-answer", reason: "not-understood", ...(nearest === undefined ? {} : { nearest }) },
    intent: understanding.intents[0]?.id ?? "out-of-scope",
    needs: [],
    slots: understanding.slots,
    context,
    gap: "not-understood",
  };
}

/** What a question by itself is answered with, as far as offers and articles decide it; undefined for what asks for nothing of them. */
export async function respondToQuestion(
  catalogue: Catalogue,
  text: string,
  understanding: Understanding,
  context: ConversationContext,
): Promise<Response | undefined> {
  const decision = await decideWith(catalogue, text, understanding);
  const { slots } = understanding;
  async function respond(): Promise<Response | undefined> {
    if (decision.kind === "search") return await respondToWish(catalogue, text, decision, understanding, context);
    if (decision.kind === "out-of-scope") return outOfScope(slots, context);
    if (decision.kind === "not-understood") return notUnderstood(decision.nearest, understanding, context);
    if (decision.kind === "talk" && turnsAway(decision) && decision.intent !== "stop-watch")
      return respondToTalk(decision.intent, context, understanding);
    return undefined;
  }
  const plain = await respond();
  if (plain === undefined) return undefined;
  if (decision.kind === "search" && isElsewhere(text, slots)) return outOfScope(slots, context);
  return await respondWithArticle({ catalogue, text, decision, slots, context }, async () => plain);
}

/** Answers what was decided, without articles. */
async function respondToDecision(
  catalogue: Catalogue,
  { text, decision, understanding }: Decided,
  context: ConversationContext,
  turn: WatchTurn,
): Promise<Response> {
  const { slots } = understanding;
  switch (decision.kind) {
    case "crisis":
      return crisisResponse(catalogue, decision.about, context, understanding);
    case "search":
      return await respondToWish(catalogue, text, decision, understanding, context);
    case "watch":
      return await respondToWatch(catalogue, { text, needs: decision.needs, slots }, context, turn);
    case "talk": {
      const { intent } = decision;
      if (intent === "stop-watch") return await respondToStop(context, turn);
      const consented = intent === "yes" || intent === "no" ? await respondToConsent(catalogue, intent, context, turn) : undefined;
      const told = intent === "yes" || intent === "no" ? await respondToTelling(intent, context, turn) : undefined;
      return consented ?? told ?? respondToTalk(intent, context, understanding);
    }
    case "more":
      return respondToMore(catalogue, context);
    case "out-of-scope":
      return outOfScope(slots, context);
    case "not-understood":
      return notUnderstood(decision.nearest, understanding, context);
    default:
      return decision satisfies never;
  }
}

/** Answers a text in a language that is not spoken here: who interprets, and who helps people who are new. */
export async function respondToForeign(catalogue: Catalogue, context: ConversationContext): Promise<Response> {
  const { found } = await catalogue.search({ text: "", needs: foreignNeeds, slots: {}, offset: 0, limit: foreignPlaces });
  const needs = foreignNeeds.map(({ id }) => id);
  return { finding: { kind: "foreign-language", needs, found }, intent: "language", needs, slots: {}, context };
}

const pageButton = /^more(?::(\d{1,6}):([\w-]{1,16}))?$/;

/** Offers of one need, in the place that was spoken of before. */
export async function respondToNeed(catalogue: Catalogue, need: string, context: ConversationContext): Promise<Response> {
  const { slots = {}, capacity = false, origin } = context.search ?? {};
  const search = { text: "", needs: [{ id: need, score: 1 }], slots, origin, shown: 0, page: 0, capacity: context.asked && capacity };
  return await respondToSearch(catalogue, context, { search, offset: 0 }, "find-offer");
}

/** Answers a button; an unknown value is one of a version that is gone and is answered like an empty message. */
export async function respondToButton(
  catalogue: Catalogue,
  value: string,
  context: ConversationContext,
  turn: WatchTurn,
): Promise<Response> {
  const base = { intent: "find-offer", needs: [], slots: {}, context };
  const [action = "", argument = ""] = value.split(":", 2);
  const page = pageButton.exec(value);
  if (page !== null)
    return respondToMore(catalogue, context, page[2] === undefined ? undefined : { offset: Number(page[1]), key: page[2] });
  const watching = await respondToWatchButton(catalogue, value, context, turn);
  if (watching !== undefined) return watching;
  const telling = await respondToAskerButton(catalogue, value, context, turn);
  if (telling !== undefined) return telling;
  const talking = respondToHandoverButton(value, context) ?? respondToFeedbackButton(value, context);
  if (talking !== undefined) return talking;
  if (action === "delete") return { ...base, intent: "delete-data", finding: { kind: "meta", about: "deleted" }, effect: "erase" };
  if (action === "need" && catalogue.findNeed(argument) !== undefined) return await respondToNeed(catalogue, argument, context);
  return { ...base, finding: { kind: "unreadable", reason: "empty" } };
}

/** Answers what holds no words. */
export function respondToWordless(content: Extract<MessageContent, { kind: "attachment" }>, context: ConversationContext): Response {
  return { needs: [], slots: {}, context, intent: "out-of-scope", finding: { kind: "unreadable", reason: content.what ?? "attachment" } };
}
