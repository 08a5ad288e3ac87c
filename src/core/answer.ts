import type { Widened } from "./catalogue.ts";
import { type Lang, localize } from "./languages.ts";
import type { FoundOffer } from "./offer.ts";
import type { Slots } from "./understanding.ts";

export const crisisKinds = ["suicide", "violence", "child", "medical"] as const;

export type CrisisKind = (typeof crisisKinds)[number];

export const answerKinds = [
  "offers",
  "capacity",
  "article",
  "question",
  "smalltalk",
  "meta",
  "crisis",
  "handover",
  "confirmation",
  "out-of-scope",
  "no-answer",
] as const;

export type AnswerKind = (typeof answerKinds)[number];

/** Offers of one page of a search. `more` says that a further page can be asked for. */
export interface OfferPage {
  readonly needs: readonly string[];
  readonly found: readonly FoundOffer[];
  readonly more: boolean;
  /** Wishes that nothing fulfilled; the answer says so. */
  readonly widened: readonly Widened[];
}

/** What the assistant decided to say; the composer words it. */
export type Finding =
  | ({ readonly kind: "offers" } & OfferPage)
  | ({ readonly kind: "capacity" } & OfferPage)
  | { readonly kind: "foreign-language"; readonly needs: readonly string[]; readonly found: readonly FoundOffer[] }
  | { readonly kind: "smalltalk"; readonly about: "greeting" | "thanks" | "goodbye" | "insult" | "yes" | "no" }
  | { readonly kind: "meta"; readonly about: "welcome" | "who-are-you" | "what-can-you-do" | "privacy" | "delete-data" | "deleted" }
  | { readonly kind: "crisis"; readonly about: CrisisKind; readonly needs: readonly string[]; readonly found: readonly FoundOffer[] }
  | { readonly kind: "handover" }
  | { readonly kind: "question"; readonly needs: readonly string[] }
  | ({ readonly kind: "confirmation"; readonly about: "watch" } & OfferPage)
  | { readonly kind: "confirmation"; readonly about: "stop-watch" | "rate-right" | "rate-wrong" | "language" | "simpler" }
  | { readonly kind: "out-of-scope" }
  | { readonly kind: "unreadable"; readonly reason: "empty" | "too-long" | "attachment" }
  | { readonly kind: "no-answer"; readonly reason: "not-understood" | "nothing-in-catalogue" | "no-more"; readonly nearest?: string };

/** Why a question counts as not answered well. */
export type GapKind = "not-understood" | "nothing-in-catalogue" | "below-the-bar" | "rejected" | "out-of-scope";

/** A way to go on; `value` comes back as the text of a button press and has at most 60 bytes. */
export interface Button {
  readonly label: string;
  readonly value: string;
}

/** One offer as a citizen sees it. `lines` are whole lines of plain text. */
export interface OfferCard {
  readonly id: string;
  readonly title: string;
  /** The language that title and summary are in, where it is not the reply's. */
  readonly lang?: Lang;
  readonly lines: readonly string[];
  readonly url: string;
  readonly source: string;
}

/** One offer of an answer, for machines. */
export interface OfferSummary {
  readonly id: string;
  readonly title: string;
  readonly needs: readonly string[];
  readonly url: string;
  readonly score: number;
  readonly capacity?: { readonly available: number; readonly asOf: string };
}

/** An answer without its words: the contract of `ask --json`. */
export interface AnswerSummary {
  readonly lang: Lang;
  readonly kind: AnswerKind;
  readonly intent: string;
  readonly confidence: number;
  readonly needs: readonly string[];
  readonly slots: Slots;
  readonly offers: readonly OfferSummary[];
}

/** An answer in one language, not yet shaped for a channel. Every string is plain text. */
export interface Reply {
  readonly lang: Lang;
  readonly lead: readonly string[];
  readonly cards: readonly OfferCard[];
  readonly closing: readonly string[];
  readonly buttons: readonly Button[];
  /** What the answer is, for clients that show kinds differently and for `ask --at`. */
  readonly about?: AnswerSummary;
}

/** A whole turn's outcome: what was understood, what was decided, what is said. */
export interface Answer {
  readonly summary: AnswerSummary;
  readonly offers: readonly FoundOffer[];
  readonly gap?: GapKind;
  readonly reply: Reply;
}

/** The reply as one text: lead, offers with their lines, closing; for channels without cards and for the terminal. */
export function replyText(reply: Reply): string {
  const cards = reply.cards.map((card) => [card.title, ...card.lines, card.url, card.source].join("\n"));
  return [...reply.lead, ...cards, ...reply.closing].filter((part) => part !== "").join("\n\n");
}

const thousandth = (value: number) => Math.round(value * 1000) / 1000;

/** An offer as machines see it, the title in the citizen's language where there is one. */
export function summarizeOffer({ offer, score }: FoundOffer, lang: Lang): OfferSummary {
  const { capacity } = offer;
  return {
    id: offer.id,
    title: localize(offer.title, lang).text,
    needs: offer.needs,
    url: offer.url,
    score: thousandth(score),
    ...(capacity === undefined ? {} : { capacity: { available: capacity.available, asOf: capacity.asOf } }),
  };
}
