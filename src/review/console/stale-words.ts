import type { StaffLang } from "../../core/people.ts";

const de = {
  title: "Lange nicht geprüft",
  lead: "Angebote, die seit einem halben Jahr oder noch nie jemand mit der Wirklichkeit verglichen hat. Die ältesten stehen vorn.",
  found: (all: number, never: number) => `${all} Angebote, ${never} davon noch nie geprüft`,
  none: "Alle Angebote sind im letzten halben Jahr geprüft worden.",
  checked: (day: string) => `zuletzt geprüft am ${day}`,
  unchecked: "noch nie geprüft",
  check: "Heute geprüft",
  checkOf: (title: string) => `Heute geprüft, alles stimmt: ${title}`,
  page: (page: number, pages: number) => `Seite ${page} von ${pages}`,
  older: "Weiter",
  newer: "Zurück",
  done: { checked: "Als heute geprüft gespeichert." } as Readonly<Record<string, string>>,
};

type StaleWords = typeof de;

const en: StaleWords = {
  title: "Not checked for long",
  lead: "Offers that nobody has compared with the truth for half a year, or ever. The oldest come first.",
  found: (all, never) => `${all} offers, ${never} of them never checked`,
  none: "All offers have been checked within the last half year.",
  checked: (day) => `last checked on ${day}`,
  unchecked: "never checked",
  check: "Checked today",
  checkOf: (title) => `Checked today, all is right: ${title}`,
  page: (page, pages) => `Page ${page} of ${pages}`,
  older: "Next",
  newer: "Back",
  done: { checked: "Saved as checked today." },
};

/** The sentences about offers that nobody has checked for long, in each of the console's languages. */
export const staleWords: Readonly<Record<StaffLang, StaleWords>> = { de, en };
