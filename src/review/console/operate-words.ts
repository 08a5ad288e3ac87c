import type { StaffLang } from "../../core/people.ts";

const de = {
  conflict: { title: "Das geht gerade nicht", text: "Vielleicht war jemand schneller. Laden Sie die Seite neu.", back: "Zurück" },
};

/** What is said when something cannot be done as things stand, in each of the console's languages. */
export const operateWords: Readonly<Record<StaffLang, typeof de>> = {
  de,
  en: { conflict: { title: "This is not possible right now", text: "Perhaps somebody was faster. Load the page again.", back: "Back" } },
};
