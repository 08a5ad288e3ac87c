import type { StaffLang } from "../../core/people.ts";
import { type ConsoleWords, de } from "./words/de.ts";
import { en } from "./words/en.ts";

export type { ConsoleWords };

/** The sentences of the console's frame in each of its languages. */
export const consoleWords: Readonly<Record<StaffLang, ConsoleWords>> = { de, en };
