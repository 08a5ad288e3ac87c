import type { Asker, AskerFinding, AskerNews, Askers, NewAsker } from "../core/articles.ts";
import type { Catalogue } from "../core/catalogue.ts";
import type { Database } from "../database/database.ts";
import type { ConversationContext } from "./context.ts";
import type { AskableTurn } from "./conversation-store.ts";
import type { Response } from "./respond-to-search.ts";
import type { WatchTurn } from "./respond-to-watch.ts";

/** Where the wish to be told once a question has an answer is dealt with. */
export interface AskerPorts {
  readonly askers: Askers<Database>;
  /** A turn of this conversation that may be waited for: by its id, or by the message that it answered. */
  readonly findAskable: (which: { readonly turnId: string } | { readonly inboxId: number }) => Promise<AskableTurn | undefined>;
}

/** What becomes of the wish to be told with the answer. */
export type AskerStep = { readonly kind: "open"; readonly asker: NewAsker } | { readonly kind: "end"; readonly ids: readonly string[] };

const base = (context: ConversationContext) => ({ intent: "watch", needs: [], slots: {}, context });

function answer(context: ConversationContext, finding: AskerFinding): Response {
  return { ...base(context), finding: { kind: "asker", ...finding } };
}

const outdated = (context: ConversationContext): Response => ({
  ...base(context),
  finding: { kind: "no-answer", reason: "outdated-list" },
});

/** The yes: stores the wish, with this moment as that of consent. */
async function consent(turn: AskableTurn | undefined, context: ConversationContext, parts: WatchTurn): Promise<Response> {
  if (turn === undefined) return outdated(context);
  if (await parts.askers.isKnown(turn.id)) return answer(context, { about: "already" });
  const pushes = parts.pushes && !(await parts.watches.isSilent(parts.conversationId));
  const asker = parts.askers.draft({ turnId: turn.id, lang: parts.lang, pushes, personal: turn.personal });
  return { ...answer(context, { about: "opened", asker }), asker: { kind: "open", asker } };
}

/** A typed yes or no to the question whether to tell; undefined if that was not asked just now. */
export async function respondToTelling(said: "yes" | "no", context: ConversationContext, parts: WatchTurn): Promise<Response | undefined> {
  if (context.asksTell === undefined) return undefined;
  if (said === "no") return answer(context, { about: "declined" });
  return await consent(await parts.findAskable({ turnId: context.asksTell }), context, parts);
}

/** Shows an article that a letter or a code led to; if it is used no more, that there is no answer yet. */
function show(catalogue: Catalogue, id: number, occasion: "told" | "corrected", context: ConversationContext): Response {
  const article = catalogue.article(id);
  if (article === undefined) return answer(context, { about: "nothing-yet" });
  const needs = article.need === undefined ? [] : [article.need];
  return { ...base(context), needs, finding: { kind: "article", article, occasion } };
}

/** Shows the offer that answers, as it is now; if it is there no more, that there is no answer yet. */
function showOffer(catalogue: Catalogue, ref: string, context: ConversationContext): Response {
  const found = catalogue.showOffer(ref);
  if (found === undefined) return answer(context, { about: "nothing-yet" });
  return { ...answer(context, { about: "offer", found: [found] }), needs: found.offer.needs.slice(0, 1) };
}

function showNews(catalogue: Catalogue, { article, offer }: AskerNews, context: ConversationContext): Response {
  if (article !== undefined) return show(catalogue, article, "told", context);
  return offer === undefined ? answer(context, { about: "nothing-yet" }) : showOffer(catalogue, offer, context);
}

/** What a return code leads to that is none of a watch; undefined if nobody knows it. */
export async function respondToAskerCode(
  catalogue: Catalogue,
  code: string,
  context: ConversationContext,
  { askers }: AskerPorts,
): Promise<Response | undefined> {
  const news = await askers.findByCode(code);
  if (news === undefined) return undefined;
  return { ...showNews(catalogue, news, context), secret: true };
}

async function stop(id: string, context: ConversationContext, parts: WatchTurn): Promise<Response> {
  const [watches, own] = await Promise.all([parts.watches.find(parts.conversationId), parts.askers.find(parts.conversationId)]);
  const ended = own.filter((asker) => asker.id === id).length;
  const left: readonly Asker[] = own.filter((asker) => asker.id !== id);
  return {
    ...{ ...base(context), intent: "stop-watch", finding: { kind: "watch", about: "stopped", ended, left: watches, askers: left } },
    asker: { kind: "end", ids: [id] },
  };
}

const numberOf = (argument: string) => (/^\d{1,9}$/.test(argument) ? Number(argument) : undefined);

/** None of the topics that were offered is meant: the question has no answer. */
async function sayNothingFits(on: number, { search: _guess, ...context }: ConversationContext, parts: WatchTurn): Promise<Response> {
  const turn = await parts.findAskable({ inboxId: on });
  if (turn === undefined) return outdated(context);
  return { ...base(context), intent: "find-offer", finding: { kind: "no-answer", reason: "not-understood", on }, unanswered: turn.id };
}

/** Answers a button about the wish to be told (`none:17`, `tell-yes:17`, `untell:…`, `article:12`, `answer-offer:…`); undefined for any other value. */
export async function respondToAskerButton(
  catalogue: Catalogue,
  value: string,
  context: ConversationContext,
  parts: WatchTurn,
): Promise<Response | undefined> {
  const [action = "", argument = ""] = value.split(":", 2);
  const number = /^\d{1,15}$/.test(argument) ? Number(argument) : undefined;
  switch (action) {
    case "tell-yes":
      return number === undefined
        ? ((await respondToTelling("yes", context, parts)) ?? outdated(context))
        : await consent(await parts.findAskable({ inboxId: number }), context, parts);
    case "none":
      return number === undefined ? outdated(context) : await sayNothingFits(number, context, parts);
    case "tell-no":
      return answer(context, { about: "declined" });
    case "untell":
      return await stop(argument, context, parts);
    case "answer-offer":
      return showOffer(catalogue, argument, context);
    case "article":
    case "corrected":
      return show(catalogue, numberOf(argument) ?? 0, action === "corrected" ? "corrected" : "told", context);
    default:
      return undefined;
  }
}

/** Asks below an answer that helped nobody whether to tell once there is one; not while a person of the city is in the talk. */
export async function offerTelling(
  response: Response,
  {
    watches,
    conversationId,
    pushes,
    isWithHuman,
  }: Pick<WatchTurn, "watches" | "conversationId" | "pushes"> & { readonly isWithHuman: boolean },
): Promise<Response> {
  const { finding, gap, unanswered } = response;
  const isUnanswered = finding.kind === "no-answer" && (gap ?? unanswered) !== undefined;
  const isRejected = finding.kind === "feedback" && finding.about === "wrong" && finding.asksWhy;
  if (isWithHuman || !(isUnanswered || isRejected)) return response;
  const silent = await watches.isSilent(conversationId);
  return { ...response, finding: { ...finding, tells: pushes && !silent ? "letter" : "code" } };
}
