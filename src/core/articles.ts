import type { Lang, Localized } from "./languages.ts";
import type { FoundOffer } from "./offer.ts";

/** What staff write so that a question has an answer. */
export interface ArticleBody {
  readonly title: Localized;
  readonly text: Localized;
  readonly need?: string | undefined;
  /** How people ask for it, in any language. */
  readonly questions: readonly { readonly lang: Lang; readonly text: string }[];
  /** Whom the reminder is for: the id of an account, and a name to show. */
  readonly owner: { readonly id: string; readonly name: string };
  /** ISO 8601; from the next minute on it is not used any more. */
  readonly validUntil: string;
  readonly source: { readonly name: string; readonly url: string };
}

/** The version of an article that people read. */
export interface Article extends ArticleBody {
  readonly id: number;
  readonly version: number;
  /** When that version was written, ISO 8601. */
  readonly writtenAt: string;
}

/** What an article is looked for with. */
export interface ArticleQuery {
  readonly text: string;
}

/** An article that a text asks for: `asked` where one of its own questions or its title nearly is the text, `near` where it is only the best there is. */
export interface FoundArticle {
  readonly article: Article;
  readonly match: "asked" | "near";
}

/** True as long as an article may be used. */
export function isValid({ validUntil }: Pick<ArticleBody, "validUntil">, now: Date): boolean {
  return new Date(validUntil) > now;
}

/** Days after which the wish for an answer ends by itself. */
export const askerDays = 90;

/** Somebody who wants the answer to a question that had none; nothing of the question is kept here. */
export interface Asker {
  readonly id: string;
  /** When they said yes and when that ends, ISO 8601. */
  readonly since: string;
  readonly until: string;
  /** False where nothing is sent and people come back with their code. */
  readonly pushes: boolean;
}

/** An asker that is not stored yet; `code` stands where nothing is sent. */
export interface NewAsker extends Asker {
  readonly turnId: string;
  readonly lang: Lang;
  /** True for a topic that no letter names. */
  readonly personal: boolean;
  readonly code?: string | undefined;
}

/** What somebody who comes back finds: the number of the article or the id of the offer that answers, if there is one by now. */
export interface AskerNews {
  readonly asker: Asker;
  readonly article: number | undefined;
  readonly offer: string | undefined;
}

/** Those who want to be told, as the assistant sees them. What writes works inside the turn's transaction. */
export interface Askers<Transaction> {
  /** Those of a conversation that still wait or have a code, the oldest first. */
  find(conversationId: string): Promise<readonly Asker[]>;
  /** True if somebody waits for the answer to that turn already. */
  isKnown(turnId: string): Promise<boolean>;
  draft(wish: Pick<NewAsker, "turnId" | "lang" | "pushes" | "personal">): NewAsker;
  /** Stores the wish with the moment of consent; a second one for the same turn changes nothing. */
  open(transaction: Transaction, conversationId: string, asker: NewAsker): Promise<void>;
  /** Whoever knows an id may end it: it is in that person's buttons only. */
  end(transaction: Transaction, ids: readonly string[]): Promise<void>;
  /** Erases everything about a conversation, also that it got an answer. */
  forget(transaction: Transaction, conversationId: string): Promise<void>;
  /** Whoever gives a code must not have tried too many (core/code-tries.ts). */
  findByCode(code: string): Promise<AskerNews | undefined>;
}

/** What is said about the wish to be told. */
export type AskerFinding =
  | { readonly about: "opened"; readonly asker: NewAsker }
  | { readonly about: "already" | "declined" | "nothing-yet" }
  /** A letter that names no topic: there is an answer, or one was wrong; the button shows it. */
  | { readonly about: "hidden"; readonly article: number; readonly corrected: boolean }
  | { readonly about: "hidden-offer"; readonly offer: string }
  /** The one offer that answers. */
  | { readonly about: "offer"; readonly found: readonly FoundOffer[] };

/** How an article came to be shown: somebody asked, waited for it, or was told something wrong before. */
export type ArticleOccasion = "asked" | "told" | "corrected";
