import type { Article, ArticleOccasion, Asker, AskerFinding } from "./articles.ts";
import type { Widened } from "./catalogue.ts";
import type { HandoverFinding } from "./handover.ts";
import { type Lang, localizeTitle } from "./languages.ts";
import type { AttachmentKind } from "./message.ts";
import type { FoundOffer, GeoPoint, Offer } from "./offer.ts";
import type { ContributionStanding, NewContribution, Vote } from "./participation.ts";
import type { Slots } from "./understanding.ts";
import type { SignUp } from "./volunteering.ts";
import type { NewWatch, Watch, WatchWish } from "./watches.ts";

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

/** Where a page stands in its search: the search's key, and the offsets of the pages after and before it. */
export interface PagePosition {
  readonly search: string;
  readonly next: number;
  readonly previous?: number | undefined;
}

/** What can be asked about an offer; an answer begins each card with it, and says so where it is not known. */
export const facts = ["hours", "cost", "papers", "contact", "audience", "route"] as const;

export type Fact = (typeof facts)[number];

/** Offers of one page of a search. `more` says that a further page can be asked for. */
export interface OfferPage {
  readonly needs: readonly string[];
  readonly found: readonly FoundOffer[];
  readonly more: boolean;
  /** Wishes that nothing fulfilled; the answer says so. */
  readonly widened: readonly Widened[];
  readonly position?: PagePosition;
  /** True where it depends on where the person is, and nobody said it. */
  readonly asksPlace?: boolean;
  /** What about them was asked for. */
  readonly asked?: Fact | undefined;
  /** The district of the place that somebody shared, which the distances are from. */
  readonly near?: string | undefined;
}

/** What is kept of one conversation; `texts` are the messages whose words are still there, `since` is ISO 8601. */
export interface StoredData {
  readonly since: string | undefined;
  readonly messages: number;
  readonly texts: number;
  readonly answers: number;
  readonly ratings: number;
  readonly watches: number;
  readonly contributions: number;
  readonly votes: number;
  readonly signUps: number;
  /** Questions whose answer they want to be told. */
  readonly askers: number;
  /** Messages that are kept for people of the city. */
  readonly handoverMessages: number;
  readonly search:
    | { readonly text: string; readonly needs: readonly string[]; readonly slots: Slots; readonly origin?: GeoPoint | undefined }
    | undefined;
}

/** What is said about watches. */
export type WatchFinding =
  /** Nobody knows yet what somebody wants to be told of. */
  | { readonly about: "what" }
  /** Asks for consent, below what is there already; `key` stands in the button, and `pushes` is false where nothing is sent and a code is given. */
  | ({ readonly about: "ask"; readonly wish: WatchWish; readonly key: string; readonly pushes: boolean } & OfferPage)
  | { readonly about: "opened"; readonly watch: NewWatch; readonly organization?: string | undefined }
  | { readonly about: "already"; readonly watch: Watch }
  | { readonly about: "declined" | "unknown-code" | "too-many-codes" }
  | { readonly about: "list"; readonly watches: readonly Watch[]; readonly askers?: readonly Asker[] }
  | { readonly about: "stopped"; readonly ended: number; readonly left: readonly Watch[]; readonly askers?: readonly Asker[] }
  /** What came up: because somebody asked, or pushed, then without naming it where the topic is personal; `more` offers are not shown. */
  | {
      readonly about: "news";
      readonly watch: Watch;
      readonly found: readonly FoundOffer[];
      readonly as: "asked" | "pushed" | "hidden";
      readonly more: number;
    };

/** What is said about having a say: contributions to projects and measures, and votes on measures. */
export type ParticipationFinding =
  | { readonly about: "ask-text" | "too-long"; readonly offer: Offer }
  /** Shows what would be stored and until when (ISO 8601); `key` stands in the button. */
  | { readonly about: "confirm"; readonly contribution: Omit<NewContribution, "code">; readonly key: string }
  | { readonly about: "submitted"; readonly contribution: NewContribution }
  | { readonly about: "too-many" | "declined" | "unknown-receipt" | "too-many-codes" | "withdrawn" }
  | { readonly about: "closed"; readonly offer: Offer }
  | { readonly about: "standing"; readonly standing: ContributionStanding }
  | { readonly about: "voted"; readonly offer: Offer; readonly vote: Vote | undefined };

/** What is said about volunteers' tasks. */
export type VolunteeringFinding =
  | { readonly about: "joined"; readonly offer: Offer; readonly signUp: SignUp; readonly again: boolean }
  | { readonly about: "full" | "over"; readonly offer: Offer }
  | { readonly about: "standing" | "ask-message" | "message-too-long"; readonly signUp: SignUp }
  | { readonly about: "confirm-message"; readonly signUp: SignUp; readonly text: string; readonly key: string }
  | { readonly about: "told" | "left"; readonly signUp: SignUp };

/** Set where somebody is asked whether to tell them once there is an answer; by a letter, or else by a code. */
interface MayTell {
  readonly tells?: "letter" | "code" | undefined;
}

/** Why an answer was no good, in the order in which it is asked. */
export const feedbackReasons = ["wrong-topic", "nothing-fits", "outdated", "unclear", "other"] as const;

export type FeedbackReason = (typeof feedbackReasons)[number];

/** What is said once an answer was called wrong; `rated` is the id of the message it answered, the last one if not given. */
export type FeedbackFinding =
  /** Asks why, where there was an answer; `offersHuman` if it is not the first in this talk. */
  | ({ readonly about: "wrong"; readonly rated?: number | undefined; readonly asksWhy: boolean; readonly offersHuman: boolean } & MayTell)
  | { readonly about: "reason"; readonly rated?: number | undefined }
  | { readonly about: "ask-comment" | "comment-stored" };

/** What the assistant decided to say; the composer words it. */
export type Finding =
  | ({ readonly kind: "offers" } & OfferPage)
  | ({ readonly kind: "capacity" } & OfferPage)
  | { readonly kind: "foreign-language"; readonly needs: readonly string[]; readonly found: readonly FoundOffer[] }
  | { readonly kind: "smalltalk"; readonly about: "greeting" | "thanks" | "goodbye" | "insult" | "yes" | "no" }
  | {
      readonly kind: "meta";
      readonly about: "welcome" | "who-are-you" | "what-can-you-do" | "privacy" | "delete-data" | "deleted" | "settings";
    }
  | { readonly kind: "meta"; readonly about: "help"; readonly unknownCommand: boolean }
  | { readonly kind: "meta"; readonly about: "my-data"; readonly stored: StoredData }
  | { readonly kind: "crisis"; readonly about: CrisisKind; readonly needs: readonly string[]; readonly found: readonly FoundOffer[] }
  | ({ readonly kind: "handover" } & HandoverFinding)
  /** `district` is where somebody is who has only said that. */
  | { readonly kind: "question"; readonly needs: readonly string[]; readonly district?: string }
  | { readonly kind: "article"; readonly article: Article; readonly occasion: ArticleOccasion }
  | ({ readonly kind: "asker" } & AskerFinding)
  | ({ readonly kind: "watch" } & WatchFinding)
  | ({ readonly kind: "participation" } & ParticipationFinding)
  | ({ readonly kind: "volunteering" } & VolunteeringFinding)
  | { readonly kind: "confirmation"; readonly about: "rate-right" | "language" | "simpler" | "longer" }
  | ({ readonly kind: "feedback" } & FeedbackFinding)
  | { readonly kind: "out-of-scope" }
  | { readonly kind: "unreadable"; readonly reason: "empty" | "too-long" | "attachment" | AttachmentKind }
  | ({
      readonly kind: "no-answer";
      readonly reason: "not-understood" | "nothing-in-catalogue" | "no-more" | "outdated-list";
      readonly nearest?: string;
      /** The message that has no answer, where it is an earlier one. */
      readonly on?: number;
    } & MayTell);

/** The finding with its first offers only; the page behind it begins with the next one. The same finding where it has no more than that, or lists no offers to turn pages of. */
export function withFirstOffers(finding: Finding, count: number): Finding {
  if (finding.kind === "foreign-language") return { ...finding, found: finding.found.slice(0, count) };
  if (finding.kind !== "offers" && finding.kind !== "capacity") return finding;
  const left = finding.found.length - count;
  if (left <= 0) return finding;
  const { position } = finding;
  const turned = position === undefined ? {} : { position: { ...position, next: position.next - left } };
  return { ...finding, ...turned, found: finding.found.slice(0, count), more: true };
}

/** Why a question counts as not answered well. */
export const gapKinds = ["not-understood", "nothing-in-catalogue", "below-the-bar", "rejected", "out-of-scope"] as const;

export type GapKind = (typeof gapKinds)[number];

/** A way to go on; `value` comes back as the text of a button press and has at most 60 bytes. */
export interface Button {
  readonly label: string;
  readonly value: string;
  /** Set where pressing it shares where the person is; only on channels that can (`ChannelCapabilities.sharesPlace`). */
  readonly shares?: "place" | undefined;
  /** Said where such a button is shown, in place of the reply's last closing line, which says how to do without. */
  readonly says?: string | undefined;
  /** Set where the answer takes the place of the one it hangs on, so that no words of the press are to stand between; only on channels that can (`ChannelCapabilities.replaces`). */
  readonly inPlace?: true | undefined;
}

/** One offer as a citizen sees it. `lines` are whole lines of plain text. */
export interface OfferCard {
  readonly id: string;
  readonly title: string;
  /** The language of the title, where it is not the reply's. */
  readonly titleLang?: Lang;
  /** The language of the summary and the other texts of the offer, where it is not the reply's. */
  readonly lang?: Lang;
  readonly lines: readonly string[];
  readonly url: string;
  /** Where it has dates: a file for calendars. */
  readonly calendar?: { readonly label: string; readonly url: string };
  /** Where it has an address: a map. Shown by clients that make links of it; the address itself stands in `lines`. */
  readonly map?: { readonly label: string; readonly url: string };
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

/** The article of an answer, for machines. */
export interface ArticleSummary {
  readonly id: number;
  readonly version: number;
  readonly title: string;
  readonly url: string;
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
  /** Only where the answer is one. */
  readonly article?: ArticleSummary;
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
  /** The platform's id of a message whose place it takes, where the channel can do that. */
  readonly replaces?: string;
  /** Set where a person of the city wrote it. */
  readonly writer?: "human";
  /** Set where nothing is said, since a person of the city answers: it is not sent, and clients that fetch it learn that the message arrived. */
  readonly silent?: true;
}

/** A whole turn's outcome: what was understood, what was decided, what is said. */
export interface Answer {
  readonly summary: AnswerSummary;
  readonly offers: readonly FoundOffer[];
  readonly gap?: GapKind;
  readonly reply: Reply;
}

/** A card as one text, a line for each thing that it says. */
function cardText({ title, lines, url, calendar, source }: OfferCard): string {
  return [title, ...lines, url, ...(calendar === undefined ? [] : [`${calendar.label}: ${calendar.url}`]), source].join("\n");
}

/** The reply as one text: lead, offers with their lines, closing; for channels without cards and for the terminal. */
export function replyText(reply: Reply): string {
  return [...reply.lead, ...reply.cards.map(cardText), ...reply.closing].filter((part) => part !== "").join("\n\n");
}

const thousandth = (value: number) => Math.round(value * 1000) / 1000;

/** An offer as machines see it, the title as a citizen sees it; a count of free places that is outdated is none. */
export function summarizeOffer({ offer, score, outdated }: FoundOffer, lang: Lang): OfferSummary {
  const capacity = outdated === true ? undefined : offer.capacity;
  return {
    id: offer.id,
    title: localizeTitle(offer.title, lang).text,
    needs: offer.needs,
    url: offer.url,
    score: thousandth(score),
    ...(capacity === undefined ? {} : { capacity: { available: capacity.available, asOf: capacity.asOf } }),
  };
}
