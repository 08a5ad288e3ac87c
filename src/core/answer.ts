import type { Lang } from "./languages.ts";
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

/** What the assistant decided to say; the composer words it. */
export type Finding =
  | {
      readonly kind: "offers";
      readonly needs: readonly string[];
      readonly found: readonly FoundOffer[];
      /** True if a further page of offers can be asked for. */
      readonly more: boolean;
      /** The place that was asked for, when nothing is there and the whole city was searched instead. */
      readonly widenedFrom?: string;
    }
  | { readonly kind: "capacity"; readonly needs: readonly string[]; readonly found: readonly FoundOffer[]; readonly more: boolean; readonly widenedFrom?: string }
  | { readonly kind: "foreign-language"; readonly needs: readonly string[]; readonly found: readonly FoundOffer[] }
  | { readonly kind: "question"; readonly choices: readonly string[] }
  | { readonly kind: "smalltalk"; readonly about: "greeting" | "thanks" | "goodbye" | "insult" | "yes" | "no" }
  | { readonly kind: "meta"; readonly about: "who-are-you" | "what-can-you-do" | "privacy" | "delete-data" | "deleted" }
  | { readonly kind: "crisis"; readonly about: CrisisKind; readonly needs: readonly string[]; readonly found: readonly FoundOffer[] }
  | { readonly kind: "handover" }
  | {
      readonly kind: "confirmation";
      readonly about: "watch" | "stop-watch" | "rate-right" | "rate-wrong" | "language" | "simpler";
      readonly needs: readonly string[];
    }
  | { readonly kind: "out-of-scope" }
  | { readonly kind: "unreadable"; readonly reason: "empty" | "too-long" | "not-text" }
  | { readonly kind: "no-answer"; readonly nearest?: string };

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

/** An answer in one language, not yet shaped for a channel. Every string is plain text. */
export interface Reply {
  readonly lang: Lang;
  readonly lead: readonly string[];
  readonly cards: readonly OfferCard[];
  readonly closing: readonly string[];
  readonly buttons: readonly Button[];
}

/** A whole turn's outcome: what was understood, what was decided, what is said. */
export interface Answer {
  readonly kind: AnswerKind;
  readonly lang: Lang;
  readonly intent: string;
  readonly confidence: number;
  readonly needs: readonly string[];
  readonly slots: Slots;
  readonly offers: readonly FoundOffer[];
  readonly reply: Reply;
}

/** The reply as one text: lead, offers with their lines, closing; for channels without cards and for the terminal. */
export function replyText(reply: Reply): string {
  const cards = reply.cards.map((card) => [card.title, ...card.lines, card.url, card.source].join("\n"));
  return [...reply.lead, ...cards, ...reply.closing].filter((part) => part !== "").join("\n\n");
}
