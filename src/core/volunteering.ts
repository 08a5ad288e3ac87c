import type { Offer, OfferDate } from "./offer.ts";

/** The need that tasks of volunteers are posted under. */
export const taskNeed = "ehrenamt";

/** Somebody's yes to a task. `until` (ISO 8601) is when it is deleted. */
export interface SignUp {
  /** The receipt, as in src/text/receipt-code.ts: the organisation knows people by it. */
  readonly code: string;
  readonly offerId: string;
  readonly title: string;
  readonly url: string;
  readonly until: string;
}

export type TakenPlace = { readonly kind: "taken" | "already"; readonly signUp: SignUp } | { readonly kind: "full" };

/** Places of volunteers' tasks. What writes works inside the turn's transaction, `take` excepted. */
export interface SignUps<Transaction> {
  /**
   * Takes a place, committed at once: the answer has to say whether there was one. Doing it again gives the same place, so that a turn that fails after it can be
   * repeated.
   */
  take(conversationId: string, offer: Offer): Promise<TakenPlace>;
  find(code: string): Promise<SignUp | undefined>;
  /** Deletes the yes and gives the place back. */
  leave(transaction: Transaction, code: string): Promise<void>;
  /** Leaves a redacted message for the organisation; it takes the place of the one before. */
  tell(transaction: Transaction, code: string, message: string): Promise<void>;
  count(conversationId: string): Promise<number>;
  /** Deletes all of a conversation and gives its places back. */
  forget(transaction: Transaction, conversationId: string): Promise<void>;
}

const dayMs = 86_400_000;

/** A whole day that has no end lasts until the next one. */
function endOf({ start, end }: OfferDate): string {
  const lasts = end === undefined && start.length === "2026-01-01".length ? dayMs : 0;
  return new Date(new Date(end ?? start).getTime() + lasts).toISOString();
}

/** When the last of its dates is over (ISO 8601, UTC); undefined where it has no dates. */
export function lastMoment({ dates = [] }: Pick<Offer, "dates">): string | undefined {
  return dates.map(endOf).sort().at(-1);
}

/** True for a task that people can sign up for at that moment: it counts its places, and not all of its dates are over. */
export function isTask(offer: Offer, now: Date): boolean {
  if (!offer.needs.includes(taskNeed) || offer.capacity === undefined) return false;
  const last = lastMoment(offer);
  return last === undefined || new Date(last) > now;
}
