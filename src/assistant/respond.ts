import type { Finding, GapKind, OfferPage } from "../core/answer.ts";
import type { Catalogue } from "../core/catalogue.ts";
import type { MessageContent } from "../core/message.ts";
import type { Scored, Slots, Understanding } from "../core/understanding.ts";
import type { ConversationContext, LastSearch } from "./context.ts";
import { type Decision, decide, needOfCrisis, type TalkIntent } from "./decide.ts";
import { findChoice, refersBack } from "./follow-up.ts";
import { spokenHere } from "./language.ts";

/** What a message leads to: the finding, what it was understood as, and what the conversation remembers after it. */
export interface Response {
  readonly finding: Finding;
  readonly intent: string;
  readonly needs: readonly string[];
  readonly slots: Slots;
  readonly context: ConversationContext;
  readonly gap?: GapKind;
  /** A rating of the answer before, or the wish to be forgotten; carried out with the answer. */
  readonly effect?: "rate-right" | "rate-wrong" | "erase";
}

const pageSize = 3;
const crisisPlaces = 2;
const foreignPlaces = 3;
const foreignNeeds: readonly Scored[] = [
  { id: "dolmetscher", score: 0.5 },
  { id: "migrationsberatung", score: 0.5 },
];

interface SearchWish {
  readonly search: LastSearch;
  readonly offset: number;
  /** A page if not given. */
  readonly limit?: number;
}

async function runSearch(
  catalogue: Catalogue,
  { search, offset, limit = pageSize }: SearchWish,
): Promise<OfferPage & { readonly below: boolean }> {
  const { found, total, widened, below } = await catalogue.search({
    text: search.text,
    needs: search.needs,
    slots: definedSlots(search.slots),
    offset,
    limit,
  });
  const needs = search.needs.map(({ id }) => id);
  return { needs, found, more: offset + found.length < total, widened, below: below.length > 0 };
}

/** Slots without the keys that are there but empty. */
function definedSlots(slots: LastSearch["slots"]): Slots {
  return Object.fromEntries(Object.entries(slots).filter(([, value]) => value !== undefined));
}

function noneFound(search: LastSearch, context: ConversationContext, below: boolean): Response {
  const nearest = search.needs[0]?.id;
  return {
    finding: {
      kind: "no-answer",
      reason: nearest === undefined ? "not-understood" : "nothing-in-catalogue",
      ...(nearest === undefined ? {} : { nearest }),
    },
    intent: "find-offer",
    needs: search.needs.map(({ id }) => id),
    slots: definedSlots(search.slots),
    context,
    gap: nearest === undefined ? "not-understood" : below ? "below-the-bar" : "nothing-in-catalogue",
  };
}

/** Asks what is meant, with the likely needs as buttons; where and when it is wanted is kept for the answer. */
function askBack(search: LastSearch, options: readonly Scored[], context: ConversationContext, intent: string): Response {
  const needs = options.map(({ id }) => id);
  return {
    finding: { kind: "question", needs },
    intent,
    needs,
    slots: definedSlots(search.slots),
    context: { ...context, search: { ...search, needs: [] } },
    gap: "not-understood",
  };
}

async function respondToSearch(catalogue: Catalogue, context: ConversationContext, wish: SearchWish, intent: string): Promise<Response> {
  const { below, ...page } = await runSearch(catalogue, wish);
  if (page.found.length === 0) return noneFound(wish.search, context, below);
  const search = { ...wish.search, shown: wish.offset + page.found.length, page: wish.offset };
  const kind = wish.search.capacity ? "capacity" : "offers";
  return { finding: { kind, ...page }, intent, needs: page.needs, slots: definedSlots(search.slots), context: { ...context, search } };
}

async function respondToMore(catalogue: Catalogue, context: ConversationContext): Promise<Response> {
  const base = {
    intent: "more",
    needs: context.search?.needs.map(({ id }) => id) ?? [],
    slots: definedSlots(context.search?.slots ?? {}),
    context,
  };
  if (context.search === undefined) return { ...base, finding: { kind: "no-answer", reason: "no-more" } };
  const next = await respondToSearch(catalogue, context, { search: context.search, offset: context.search.shown }, "more");
  return next.finding.kind === "no-answer" ? { ...base, finding: { kind: "no-answer", reason: "no-more" } } : next;
}

function respondToTalk(intent: TalkIntent, context: ConversationContext, understanding: Understanding): Response {
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
      return { ...base, finding: { kind: "handover" } };
    case "language": {
      const chosen = spokenHere(understanding.namedLanguage);
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
      return { ...base, finding: { kind: "confirmation", about: intent }, effect: intent };
    case "stop-watch":
      return { ...base, finding: { kind: "confirmation", about: "stop-watch" } };
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

/** A need this sure is a topic of its own, whatever the message begins with. */
const clearTopic = 0.6;

type Wish = Extract<Decision, { kind: "search" }>;

/** Searches for what a text wants: alone, or as going on from the search before. */
async function respondToWish(
  catalogue: Catalogue,
  text: string,
  { intent, needs, capacity, unsure }: Wish,
  slots: Slots,
  context: ConversationContext,
): Promise<Response> {
  const before = context.search;
  const newTopic = needs.length > 0 && ((needs[0]?.score ?? 0) >= clearTopic || !refersBack(text));
  const goesOn = before !== undefined && before.needs.length > 0 && !newTopic;
  const kept = goesOn || context.asked ? before : undefined;
  const search = {
    text,
    needs: [...(goesOn ? before.needs : needs)],
    slots: { ...(kept?.slots ?? {}), ...slots },
    shown: 0,
    page: 0,
    capacity: capacity || (kept?.capacity ?? false),
  };
  const guessing = unsure !== undefined && !goesOn && !context.asked;
  if (guessing && needs.length > 0) return askBack(search, unsure, context, intent);
  const response = await respondToSearch(catalogue, context, { search, offset: 0 }, intent);
  return guessing && response.finding.kind === "no-answer" ? askBack(search, unsure, context, intent) : response;
}

/** Shows one of the offers shown last by itself. */
async function respondToChoice(catalogue: Catalogue, choice: number, search: LastSearch, context: ConversationContext): Promise<Response> {
  const page = await runSearch(catalogue, { search, offset: search.page + choice, limit: 1 });
  const { below: _, ...chosen } = page;
  return {
    finding: { kind: search.capacity ? "capacity" : "offers", ...chosen, more: false },
    intent: "find-offer",
    needs: chosen.needs,
    slots: definedSlots(search.slots),
    context,
  };
}

/** Answers a text that was understood. */
export async function respondToText(
  catalogue: Catalogue,
  text: string,
  understanding: Understanding,
  context: ConversationContext,
): Promise<Response> {
  const decision = decide(understanding);
  const { slots } = understanding;
  const choice = context.search === undefined || decision.kind === "crisis" ? undefined : findChoice(text);
  if (context.search !== undefined && choice !== undefined && context.search.page + choice < context.search.shown)
    return await respondToChoice(catalogue, choice, context.search, context);
  switch (decision.kind) {
    case "crisis":
      return crisisResponse(catalogue, decision.about, context, understanding);
    case "search":
      return await respondToWish(catalogue, text, decision, slots, context);
    case "watch": {
      const needs = decision.needs.length > 0 ? decision.needs : (context.search?.needs ?? []);
      const page = await runSearch(catalogue, { search: { text, needs: [...needs], slots, shown: 0, page: 0, capacity: true }, offset: 0 });
      return { finding: { kind: "confirmation", about: "watch", ...page }, intent: "watch", needs: page.needs, slots, context };
    }
    case "talk":
      return respondToTalk(decision.intent, context, understanding);
    case "more":
      return respondToMore(catalogue, context);
    case "out-of-scope":
      return { finding: { kind: "out-of-scope" }, intent: "out-of-scope", needs: [], slots, context, gap: "out-of-scope" };
    case "not-understood":
      return {
        finding: { kind: "no-answer", reason: "not-understood", ...(decision.nearest === undefined ? {} : { nearest: decision.nearest }) },
        intent: understanding.intents[0]?.id ?? "out-of-scope",
        needs: [],
        slots,
        context,
        gap: "not-understood",
      };
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

const noUnderstanding: Understanding = { intents: [], needs: [], slots: {} };

/** Answers a button; an unknown value is one of a version that is gone and is answered like an empty message. */
export async function respondToButton(catalogue: Catalogue, value: string, context: ConversationContext): Promise<Response> {
  const base = { intent: "find-offer", needs: [], slots: {}, context };
  const [action = "", argument = ""] = value.split(":", 2);
  if (action === "more") return respondToMore(catalogue, context);
  if (action === "human") return respondToTalk("human", context, noUnderstanding);
  if (action === "right" || action === "wrong") return respondToTalk(`rate-${action}`, context, noUnderstanding);
  if (action === "delete") return { ...base, intent: "delete-data", finding: { kind: "meta", about: "deleted" }, effect: "erase" };
  if (action === "need" && catalogue.findNeed(argument) !== undefined) {
    const { slots = {}, capacity = false } = context.search ?? {};
    const search = { text: "", needs: [{ id: argument, score: 1 }], slots, shown: 0, page: 0, capacity: context.asked && capacity };
    return respondToSearch(catalogue, context, { search, offset: 0 }, "find-offer");
  }
  return { ...base, finding: { kind: "unreadable", reason: "empty" } };
}

/** Answers what holds no words. */
export function respondToWordless(
  content: Exclude<MessageContent, { kind: "text" } | { kind: "button" }>,
  context: ConversationContext,
): Response {
  const base = { needs: [], slots: {}, context };
  if (content.kind === "start") return { ...base, intent: "greeting", finding: { kind: "meta", about: "welcome" } };
  return { ...base, intent: "out-of-scope", finding: { kind: "unreadable", reason: "attachment" } };
}
