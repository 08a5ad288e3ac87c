import type { Lang } from "../../core/languages.ts";

/** A text with the language whose analysis it takes. */
export interface SearchText {
  readonly lang: Lang;
  readonly text: string;
}

/** What is searched: a title, words that people use for it, and a body whose lines are kept, since the best passage counts. */
export interface SearchDocument {
  readonly id: string;
  readonly title: readonly SearchText[];
  readonly keywords: readonly SearchText[];
  readonly body: readonly SearchText[];
}

/** A text to look for. Without a language the words are read in all of them. */
export interface SearchQuery {
  readonly text: string;
  readonly lang?: Lang | undefined;
  readonly limit: number;
  /** Ids among which is searched, all of which are weighed; otherwise the whole index. */
  readonly among?: readonly string[] | undefined;
}

/** How far the words of a query name a document: those that stand in its title or among its keywords. */
export interface Naming {
  /** Of all words of the query, the rare ones counting more, 0 to 1. */
  readonly share: number;
  /** How rare these words are together, in nats: how seldom they would stand there by chance. */
  readonly nats: number;
}

/** `score` is above 0, and comparable within one query only; `share` is the part (0 to 1) of the best possible score that it reaches. */
export interface SearchHit {
  readonly id: string;
  readonly score: number;
  readonly share: number;
  readonly named: Naming;
}

/** Finds documents by text, best first; equal scores in the order of the documents. */
export interface TextSearch {
  search(query: SearchQuery): Promise<readonly SearchHit[]>;
}
