import type { Lang } from "./languages.ts";
import type { FoundOffer } from "./offer.ts";

/** What somebody waits for: places or news of these needs, or of one offer. */
export interface WatchWish {
  readonly needs: readonly string[];
  /** Id of an offer; its needs then do not matter. */
  readonly offer?: string | undefined;
  /** Official Stadtbezirk. */
  readonly district?: string | undefined;
  /** ISO date: of what has dates only that day and later. */
  readonly from?: string | undefined;
  readonly costFree?: true | undefined;
  readonly wheelchair?: true | undefined;
}

/** Days after which a watch ends by itself. */
export const watchDays = 90;

/** Words of a return code, drawn from 1024: 130 bits. */
export const codeLength = 13;

/** Somebody's wish to be told. */
export interface Watch {
  readonly id: string;
  readonly wish: WatchWish;
  /** ISO 8601. */
  readonly until: string;
  /** False where nothing is sent and people come back with their code. */
  readonly pushes: boolean;
}

/** A watch that is not stored yet; `code` stands where nothing is sent. */
export interface NewWatch extends Watch {
  readonly lang: Lang;
  readonly code?: string | undefined;
}

/** What came up for a watch and is still in the catalogue, the newest first. */
export interface WatchNews {
  readonly watch: Watch;
  readonly found: readonly FoundOffer[];
}

/** Watches as the assistant sees them. What writes works inside the turn's transaction. */
export interface Watches<Transaction> {
  /** A conversation's watches, the oldest first. */
  find(conversationId: string): Promise<readonly Watch[]>;
  /** True if nothing is ever to be sent to a conversation by itself. */
  isSilent(conversationId: string): Promise<boolean>;
  /** Those of these conversations that nothing is ever to be sent to by itself. */
  silentAmong(transaction: Transaction, conversationIds: readonly string[]): Promise<readonly string[]>;
  /** Makes a watch ready to be stored: its id, its end and, where nothing is sent, its code. */
  draft(wish: WatchWish, lang: Lang, pushes: boolean): NewWatch;
  /** Stores a watch with the moment of consent; one with the same wish in the same conversation stays as it is. */
  open(transaction: Transaction, conversationId: string, watch: NewWatch): Promise<void>;
  /** Whoever knows an id may end the watch: it is in that person's buttons only. */
  end(transaction: Transaction, ids: readonly string[]): Promise<void>;
  /** From now on nothing is sent to this conversation by itself; what has not left yet is taken back. */
  silence(transaction: Transaction, conversationId: string): Promise<void>;
  /** Erases everything about a conversation. */
  forget(transaction: Transaction, conversationId: string): Promise<void>;
  newsOf(id: string): Promise<WatchNews | undefined>;
  /** Whoever gives a code must not have tried too many (core/code-tries.ts). */
  findByCode(code: string): Promise<WatchNews | undefined>;
}

/** The wish in one spelling: equal for equal wishes. */
export function spellWish({ needs, offer, district, from, costFree, wheelchair }: WatchWish): string {
  const topic = offer === undefined ? [...needs].sort() : [offer];
  return JSON.stringify([topic, district ?? "", from ?? "", costFree === true, wheelchair === true]);
}
