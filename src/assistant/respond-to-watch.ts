import { randomUUID } from "node:crypto";
import type { WatchFinding } from "../core/answer.ts";
import type { Catalogue } from "../core/catalogue.ts";
import type { Lang } from "../core/languages.ts";
import type { Scored, Slots } from "../core/understanding.ts";
import { spellWish, type Watches, type WatchWish } from "../core/watches.ts";
import type { Database } from "../database/database.ts";
import type { ConversationContext, LastSearch } from "./context.ts";
import { type AskerPorts, respondToAskerCode } from "./respond-to-asker.ts";
import { definedSlots, type Response, runSearch } from "./respond-to-search.ts";

/** Where a wish to be told is dealt with: the talk, what its channel can do, and the language of the answer. */
export interface WatchTurn extends AskerPorts {
  readonly watches: Watches<Database>;
  readonly conversationId: string;
  /** True if the channel can be sent to. */
  readonly pushes: boolean;
  readonly lang: Lang;
  /** True if no more codes are to be tried. */
  readonly hasTriedTooMany: () => Promise<boolean>;
}

const keyLength = 8;
/** Nothing on this topic is ever sent by itself: somebody else may read it. */
const neverPushed = "gewalt";

function answer(context: ConversationContext, finding: WatchFinding, intent = "watch"): Response {
  return { finding: { kind: "watch", ...finding }, intent, needs: [], slots: {}, context };
}

const wishOf = ({ needs, slots, chosen }: LastSearch): WatchWish => ({
  needs: needs.map(({ id }) => id),
  offer: chosen,
  district: slots.district,
  from: slots.from,
  costFree: slots.costFree,
  wheelchair: slots.wheelchair,
});

/** Asks whether to tell, saying what is stored and for how long; nothing is stored before the yes. */
async function askForConsent(catalogue: Catalogue, search: LastSearch, context: ConversationContext, turn: WatchTurn): Promise<Response> {
  if (search.needs.length === 0 && search.chosen === undefined)
    return { ...answer({ ...context, search }, { about: "what" }), slots: definedSlots(search.slots) };
  const { page } = await runSearch(catalogue, { search, offset: 0 });
  const wish = wishOf(search);
  const silent = wish.needs.includes(neverPushed) || (await turn.watches.isSilent(turn.conversationId));
  const key = randomUUID().slice(0, keyLength);
  const question = { about: "ask", wish, key, pushes: turn.pushes && !silent, ...page, more: false } as const;
  return {
    ...answer({ ...context, search, wish: { ...wish, needs: [...wish.needs], key, pushes: question.pushes } }, question),
    needs: page.needs,
    slots: definedSlots(search.slots),
  };
}

/** Answers the wish to be told: of what the message names, else of what was spoken of before. */
export async function respondToWatch(
  catalogue: Catalogue,
  said: { readonly text: string; readonly needs: readonly Scored[]; readonly slots: Slots },
  context: ConversationContext,
  turn: WatchTurn,
): Promise<Response> {
  const before = said.needs.length > 0 ? undefined : context.search;
  const slots = { ...before?.slots, ...said.slots };
  const needs = before === undefined ? [...said.needs] : before.needs;
  const search: LastSearch = { text: said.text, needs, slots, shown: 0, page: 0, capacity: true, chosen: before?.chosen };
  return await askForConsent(catalogue, search, context, turn);
}

/** The yes: stores the watch, with this moment as that of consent. */
async function consent(catalogue: Catalogue, context: ConversationContext, turn: WatchTurn): Promise<Response> {
  if (context.wish === undefined) return answer(context, { about: "what" });
  const { key: _key, pushes, ...wish } = context.wish;
  const base = { needs: wish.needs, slots: definedSlots(context.search?.slots ?? {}) };
  const same = (await turn.watches.find(turn.conversationId)).find((watch) => spellWish(watch.wish) === spellWish(wish));
  if (same !== undefined) return { ...answer(context, { about: "already", watch: same }), ...base };
  const watch = turn.watches.draft(wish, turn.lang, pushes);
  const { found } = await catalogue.search({
    text: "",
    needs: wish.needs.map((id) => ({ id, score: 1 })),
    slots: base.slots,
    offset: 0,
    limit: 2,
  });
  const organization =
    wish.offer === undefined && found.length !== 1
      ? undefined
      : found.find(({ offer }) => (wish.offer ?? offer.id) === offer.id)?.offer.organization;
  return { ...answer(context, { about: "opened", watch, organization }), ...base, watch: { kind: "open", watch } };
}

/** A typed yes or no to the question for consent; undefined if none was asked just now. */
export async function respondToConsent(
  catalogue: Catalogue,
  said: "yes" | "no",
  context: ConversationContext,
  turn: WatchTurn,
): Promise<Response | undefined> {
  if (context.asksConsent === undefined) return undefined;
  return said === "yes" ? await consent(catalogue, context, turn) : answer(context, { about: "declined" });
}

async function stop(ids: readonly string[], context: ConversationContext, turn: WatchTurn): Promise<Response> {
  const [own, askers] = await Promise.all([turn.watches.find(turn.conversationId), turn.askers.find(turn.conversationId)]);
  const known = own.filter(({ id }) => ids.includes(id));
  const elsewhere = await Promise.all(ids.filter((id) => !own.some((watch) => watch.id === id)).map((id) => turn.watches.newsOf(id)));
  const ended = [...known.map(({ id }) => id), ...elsewhere.flatMap((news) => news?.watch.id ?? [])];
  const left = own.filter(({ id }) => !ended.includes(id));
  return { ...answer(context, { about: "stopped", ended: ended.length, left, askers }, "stop-watch"), watch: { kind: "end", ids: ended } };
}

/** Ends all that a conversation wants to be told. */
async function stopAll(context: ConversationContext, turn: WatchTurn): Promise<Response> {
  const [own, askers] = await Promise.all([turn.watches.find(turn.conversationId), turn.askers.find(turn.conversationId)]);
  return {
    ...answer(context, { about: "stopped", ended: own.length + askers.length, left: [] }, "stop-watch"),
    watch: { kind: "end", ids: own.map(({ id }) => id) },
    asker: { kind: "end", ids: askers.map(({ id }) => id) },
  };
}

/** The wish not to be told any more: one watch ends at once, of several the person picks. */
export async function respondToStop(context: ConversationContext, turn: WatchTurn): Promise<Response> {
  const [watches, askers] = await Promise.all([turn.watches.find(turn.conversationId), turn.askers.find(turn.conversationId)]);
  if (watches.length + askers.length > 1) return answer(context, { about: "list", watches, askers }, "stop-watch");
  return await stopAll(context, turn);
}

/** The list of a conversation's watches. */
export async function listWatches(context: ConversationContext, turn: WatchTurn): Promise<Response> {
  const [watches, askers] = await Promise.all([turn.watches.find(turn.conversationId), turn.askers.find(turn.conversationId)]);
  return answer(context, { about: "list", watches, askers }, "watches");
}

async function showNews(id: string, context: ConversationContext, turn: WatchTurn): Promise<Response> {
  const news = await turn.watches.newsOf(id);
  if (news === undefined) return answer(context, { about: "stopped", ended: 0, left: [] });
  return { ...answer(context, { about: "news", ...news, as: "asked", more: 0 }), needs: news.watch.wish.needs };
}

/** Answers a return code, whose words are not kept. */
export async function respondToCode(catalogue: Catalogue, code: string, context: ConversationContext, turn: WatchTurn): Promise<Response> {
  if (await turn.hasTriedTooMany()) return { ...answer(context, { about: "too-many-codes" }), secret: true };
  const news = await turn.watches.findByCode(code);
  if (news === undefined)
    return (
      (await respondToAskerCode(catalogue, code, context, turn)) ?? {
        ...answer(context, { about: "unknown-code" }),
        ...{ secret: true, wrongCode: true },
      }
    );
  const { watch, found } = news;
  return { ...answer(context, { about: "news", watch, found, as: "asked", more: 0 }), needs: watch.wish.needs, secret: true };
}

/** Answers a button about watches; undefined for any other value. */
export async function respondToWatchButton(
  catalogue: Catalogue,
  value: string,
  context: ConversationContext,
  turn: WatchTurn,
): Promise<Response | undefined> {
  const [action = "", argument = ""] = value.split(":", 2);
  switch (action) {
    case "watch":
      return context.search === undefined
        ? answer(context, { about: "what" })
        : await askForConsent(catalogue, { ...context.search, capacity: true }, context, turn);
    case "watch-yes":
      return context.wish?.key === argument
        ? await consent(catalogue, context, turn)
        : { ...answer(context, { about: "what" }), finding: { kind: "no-answer", reason: "outdated-list" } };
    case "watch-no":
      return answer(context, { about: "declined" });
    case "unwatch":
      return await stop([argument], context, turn);
    case "unwatch-all":
      return await stopAll(context, turn);
    case "news":
      return await showNews(argument, context, turn);
    default:
      return undefined;
  }
}
