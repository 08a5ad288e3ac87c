import type { TextFaults } from "../core/provider.ts";
import { de, type PageWords } from "./words/de.ts";
import { en } from "./words/en.ts";

export type { PageWords };

/** Languages of the pages for organisations. */
export const pageLanguages = ["de", "en"] as const;

export type PageLang = (typeof pageLanguages)[number];

/** The sentences of the pages in each of their languages. */
export const pageWords: Readonly<Record<PageLang, PageWords>> = { de, en };

/** What is wrong with a text of the form. */
export function faultText(words: PageWords, fault: TextFaults[string]): string {
  return words.errors[fault];
}
