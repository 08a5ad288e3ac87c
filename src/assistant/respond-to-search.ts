import { randomUUID } from "node:crypto";
import { type Fact, type Finding, type GapKind, type OfferPage, type PagePosition, withFirstOffers } from "../core/answer.ts";
import type { Catalogue } from "../core/catalogue.ts";
import type { NewContribution, Vote } from "../core/participation.ts";
import type { Scored, Slots, Understanding } from "../core/understanding.ts";
import type { NewWatch } from "../core/watches.ts";
import type { ConversationContext, LastSearch } from "./context.ts";
import type { Rating } from "./conversation-store.ts";
import { type Decision, detailIntents, factOf, intentOf } from "./decide.ts";
import { refersBack } from "./follow-up.ts";
import type { AskerStep } from "./respond-to-asker.ts";

/** What a message leads to: the finding, what it was understood as, and what the conversation remembers after it. */
export interface Response {
  readonly finding: Finding;
  readonly intent: string;
  readonly needs: readonly string[];
  readonly slots: Slots;
  readonly context: ConversationContext;
  readonly gap?: GapKind;
  /** The wish to be forgotten; carried out with the answer. */
  readonly effect?: "erase";
  /** What somebody says about an answer. */
  readonly rating?: Rating;
  /** The wish for a person, or for the assistant again. */
  readonly handover?: "ask" | "return";
  /** What becomes of watches with the answer. */
  readonly watch?: { readonly kind: "open"; readonly watch: NewWatch } | { readonly kind: "end"; readonly ids: readonly string[] };
  /** True if the message names a return code or a receipt that nobody knows. */
  readonly wrongCode?: true;
  /** The earlier turn that has no answer, where that is said now. */
  readonly unanswered?: string;
  /** What becomes of the wish to be told once a question has an answer. */
  readonly asker?: AskerStep;
  /** What becomes of contributions, votes and places with the answer. */
  readonly part?:
    | { readonly kind: "submit"; readonly contribution: NewContribution }
    | { readonly kind: "withdraw"; readonly code: string }
    | { readonly kind: "vote"; readonly offerId: string; readonly vote: Vote | undefined }
    | { readonly kind: "tell"; readonly code: string; readonly message: string }
    | { readonly kind: "leave"; readonly code: string };
  /** True if the words of the message open something, or are kept elsewhere if the person says yes, and must not be kept. */
  readonly secret?: true;
}

/** The response where only the first offers of it are shown: the conversation goes on behind those. */
export function withShown(response: Response, cards: number): Response {
  const { finding, context } = response;
  const fewer = withFirstOffers(finding, cards);
  if (fewer === finding || fewer.kind === "foreign-language" || !("found" in finding)) return { ...response, finding: fewer };
  const { search } = context;
  const left = finding.found.length - cards;
  return {
    ...response,
    finding: fewer,
    context: search === undefined ? context : { ...context, search: { ...search, shown: search.shown - left } },
  };
}

const pageSize = 3;
const keyLength = 8;

interface SearchWish {
  readonly search: LastSearch;
  readonly offset: number;
  /** A page if not given. */
  readonly limit?: number;
  readonly intent?: string;
}

/** Where somebody wants to book, what is free is told as well. */
const wantsFree = ({ search, intent }: SearchWish) => search.capacity || intent === "book-appointment";

interface Searched {
  readonly page: OfferPage;
  /** True if something was found that is not good enough to be shown. */
  readonly below: boolean;
}

/** One page of a search. */
export async function runSearch(catalogue: Catalogue, wish: SearchWish): Promise<Searched> {
  const { search, offset, limit = pageSize } = wish;
  const { found, total, widened, below } = await catalogue.search({
    text: search.text,
    needs: search.needs,
    slots: definedSlots(search.slots),
    wishes: search.wishes,
    origin: search.origin,
    hours: wish.intent === "opening-hours",
    capacity: wantsFree(wish),
    offset,
    limit,
  });
  const needs = search.needs.map(({ id }) => id);
  return { page: { needs, found, more: offset + found.length < total, widened }, below: below.length > 0 };
}

/** Slots without the keys that are there but empty. */
export function definedSlots(slots: LastSearch["slots"]): Slots {
  return Object.fromEntries(Object.entries(slots).filter(([, value]) => value !== undefined));
}

function noneFound(search: LastSearch, context: ConversationContext, below: boolean, intent: string): Response {
  const nearest = search.needs[0]?.id;
  return {
    finding: {
      kind: "no-answer",
      reason: nearest === undefined ? "not-understood" : "nothing-in-catalogue",
      ...(nearest === undefined ? {} : { nearest }),
    },
    intent,
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

/** Where this page stands; the key tells the buttons of this search from those of older ones. */
function positionOf(search: LastSearch, key: string): PagePosition {
  return { search: key, next: search.shown, ...(search.page === 0 ? {} : { previous: Math.max(0, search.page - pageSize) }) };
}

const namesPlace = ({ district, quarter, postcode }: LastSearch["slots"]) => (district ?? quarter ?? postcode) !== undefined;

/** True where it matters where the person is, and nothing says it. */
function asksPlace(intent: string, slots: LastSearch["slots"]): boolean {
  return intent === "nearest" && !namesPlace(slots);
}

/** Searches for a wish and remembers where its page ended. */
export async function respondToSearch(
  catalogue: Catalogue,
  context: ConversationContext,
  wish: SearchWish,
  intent: string,
): Promise<Response> {
  const { page, below } = await runSearch(catalogue, { ...wish, intent });
  if (page.found.length === 0) return noneFound(wish.search, context, below, intent);
  const key = (intent === "more" ? wish.search.key : undefined) ?? randomUUID().slice(0, keyLength);
  const search = { ...wish.search, chosen: undefined, key, shown: wish.offset + page.found.length, page: wish.offset };
  const kind = wish.search.capacity ? "capacity" : "offers";
  const place = asksPlace(intent, search.slots) ? { asksPlace: true } : {};
  const near = search.origin === undefined || wish.offset > 0 ? undefined : search.slots.district;
  return {
    finding: { kind, ...page, position: positionOf(search, key), ...place, near, asked: factOf(intent) },
    intent,
    needs: page.needs,
    slots: definedSlots(search.slots),
    context: { ...context, search },
  };
}

/** The page that a button asks for (`more:3:1a2b3c4d`), or the next one (`more`). */
export interface WantedPage {
  readonly offset: number;
  readonly key: string;
}

/** Shows the page that is asked for of the search before, the next one if none is. */
export async function respondToMore(catalogue: Catalogue, context: ConversationContext, wanted?: WantedPage): Promise<Response> {
  const { search } = context;
  const base = { intent: "more", needs: search?.needs.map(({ id }) => id) ?? [], slots: definedSlots(search?.slots ?? {}), context };
  if (search === undefined) return { ...base, finding: { kind: "no-answer", reason: "no-more" } };
  if (wanted !== undefined && wanted.key !== search.key) return { ...base, finding: { kind: "no-answer", reason: "outdated-list" } };
  const next = await respondToSearch(catalogue, context, { search, offset: wanted?.offset ?? search.shown }, "more");
  return next.finding.kind === "no-answer" ? { ...base, finding: { kind: "no-answer", reason: "no-more" } } : next;
}

/** A need this sure is a topic of its own, whatever the message begins with. */
const clearTopic = 0.6;

type Wish = Extract<Decision, { kind: "search" }>;

/** True where a message is about a topic of its own for sure. */
export function namesTopic(decision: Decision): boolean {
  return decision.kind === "search" && (decision.needs[0]?.score ?? 0) >= clearTopic;
}

/** Searches for what a text wants: alone, or as going on from the search before. */
export async function respondToWish(
  catalogue: Catalogue,
  text: string,
  { intent, needs, capacity, unsure }: Wish,
  { slots, wishes }: Pick<Understanding, "slots" | "wishes">,
  context: ConversationContext,
): Promise<Response> {
  const before = context.search;
  // A fact whose topic is only a guess belongs to what was spoken of.
  const isGuess = unsure !== undefined && factOf(intent) !== undefined;
  const newTopic = needs.length > 0 && ((needs[0]?.score ?? 0) >= clearTopic || !(refersBack(text) || isGuess));
  const goesOn = before !== undefined && before.needs.length > 0 && !newTopic;
  const fact = factOf(intent);
  const aboutShown = goesOn && before.shown > 0 && Object.keys(definedSlots(slots)).length === 0;
  if (aboutShown && fact !== undefined) return await respondToFact(catalogue, fact, before, context);
  const kept = goesOn || context.asked ? before : undefined;
  const told = { ...(kept?.slots ?? {}), ...slots };
  const atPlace = context.place !== undefined && asksPlace(intent, told);
  const search = {
    text,
    needs: [...(goesOn ? before.needs : needs)],
    slots: atPlace ? { ...told, district: context.place } : told,
    wishes: { ...kept?.wishes, ...wishes },
    origin: namesPlace(slots) ? undefined : (kept?.origin ?? (atPlace ? context.origin : undefined)),
    shown: 0,
    page: 0,
    capacity: capacity || (kept?.capacity ?? false),
  };
  const guessing = unsure !== undefined && !goesOn && !context.asked;
  if (guessing && (needs.length > 0 || detailIntents.has(intent))) return askBack(search, unsure, context, intent);
  const response = await respondToSearch(catalogue, context, { search, offset: 0 }, intent);
  return guessing && response.finding.kind === "no-answer" ? askBack(search, unsure, context, intent) : response;
}

/** Tells a fact about the offer that was picked, else about all that were shown last. */
export async function respondToFact(catalogue: Catalogue, fact: Fact, search: LastSearch, context: ConversationContext): Promise<Response> {
  const intent = intentOf(fact);
  const { page } = await runSearch(catalogue, { search, offset: search.page, limit: Math.max(1, search.shown - search.page), intent });
  const chosen = page.found.filter(({ offer }) => offer.id === search.chosen);
  const found = chosen.length === 0 ? page.found : chosen;
  if (found.length === 0) return noneFound(search, context, false, intent);
  return {
    finding: { kind: "offers", ...page, found, more: false, asked: fact },
    intent,
    needs: page.needs,
    slots: definedSlots(search.slots),
    context,
  };
}

/** Shows one of the offers shown last by itself, beginning with what was asked about it. */
export async function respondToChoice(
  catalogue: Catalogue,
  { choice, asked }: { readonly choice: number; readonly asked: Fact | undefined },
  search: LastSearch,
  context: ConversationContext,
): Promise<Response> {
  const intent = asked === undefined ? "find-offer" : intentOf(asked);
  const { page } = await runSearch(catalogue, { search, offset: search.page + choice, limit: 1, intent });
  return {
    finding: { kind: search.capacity ? "capacity" : "offers", ...page, more: false, asked },
    intent,
    needs: page.needs,
    slots: definedSlots(search.slots),
    context: { ...context, search: { ...search, chosen: page.found[0]?.offer.id } },
  };
}
