import type { OpenHandover } from "../core/handover.ts";
import type { Database } from "../database/database.ts";
import type { ConversationContext } from "./context.ts";
import type { ConversationStore } from "./conversation-store.ts";
import { isPassedOn } from "./respond-to-handover.ts";
import type { Response } from "./respond-to-search.ts";

/** Answers called wrong in one talk after which a person is offered. */
const wrongBeforeOffer = 2;

/** The turn that a rating is about; undefined if there is none. */
export async function findRated(
  conversations: ConversationStore,
  conversationId: string,
  { rating }: Response,
  { lastTurn }: ConversationContext,
): Promise<string | undefined> {
  if (rating === undefined) return undefined;
  return rating.on === undefined ? lastTurn : await conversations.findTurn(conversationId, rating.on);
}

/** Settles what is said to an answer that was called wrong: whether there is one to say why about, and whether a person is offered. */
export async function settleRating(
  response: Response,
  conversations: ConversationStore,
  {
    conversationId,
    rated,
    open,
  }: { readonly conversationId: string; readonly rated: string | undefined; readonly open: OpenHandover | undefined },
): Promise<Response> {
  const { finding } = response;
  if (finding.kind !== "feedback" || finding.about !== "wrong") return response;
  const rejected = new Set([...(await conversations.findRejected(conversationId)), ...(rated === undefined ? [] : [rated])]);
  const offersHuman = rejected.size >= wrongBeforeOffer && (open === undefined || open.state === "offered");
  return { ...response, finding: { ...finding, asksWhy: rated !== undefined, offersHuman } };
}

/** Keeps a rating; of a personal topic without the sentence. */
export async function saveRating(
  transaction: Database,
  conversations: ConversationStore,
  { rating }: Response,
  { rated, personal }: { readonly rated: string | undefined; readonly personal: boolean },
): Promise<void> {
  if (rating === undefined || rated === undefined) return;
  await conversations.rate(transaction, rated, personal ? { ...rating, comment: undefined } : rating);
}

/** True for a turn about the answer before it, which stays the one that a rating without a name is about. */
export function isAboutAnswer(response: Response): boolean {
  const { rating, finding } = response;
  return rating !== undefined || finding.kind === "feedback" || isPassedOn(response);
}
