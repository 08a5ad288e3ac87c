import type { PageLang } from "../words.ts";
import { type ConsoleWords, de } from "./words/de.ts";
import { en } from "./words/en.ts";

export type { ConsoleWords };

/** The sentences of the console in each of its languages. */
export const consoleWords: Readonly<Record<PageLang, ConsoleWords>> = { de, en };
