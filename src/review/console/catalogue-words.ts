import type { StaffLang } from "../../core/people.ts";

const de = {
  title: "Katalog",
  offers: "Angebote suchen und ändern",
  stale: "Lange nicht geprüft",
  places: "Freie Plätze",
  waiting: "Wartet auf eine Entscheidung",
  none: "Nichts wartet.",
  kinds: { import: "Import angehalten", duplicate: "Vielleicht doppelt", proposal: "Neuer Text eines Anbieters" } as Readonly<
    Record<string, string>
  >,
  approve: "Ja, so übernehmen",
  reject: "Nein",
  reason: "Warum nicht (liest der Anbieter)",
  conflicts: "Von der Redaktion geändert, und die Quelle sagt jetzt etwas anderes",
  imports: "Quellen",
  done: {
    approved: "Übernommen.",
    rejected: "Abgelehnt.",
  } as Readonly<Record<string, string>>,
};

type CatalogueWords = typeof de;

const en: CatalogueWords = {
  title: "Catalogue",
  offers: "Search and change offers",
  stale: "Not checked for long",
  places: "Free places",
  waiting: "Waiting for a decision",
  none: "Nothing waits.",
  kinds: { import: "Import held", duplicate: "Perhaps the same", proposal: "New text of an organisation" },
  approve: "Yes, take it",
  reject: "No",
  reason: "Why not (the organisation reads it)",
  conflicts: "Changed by editors, and the source says something else now",
  imports: "Sources",
  done: {
    approved: "Taken.",
    rejected: "Rejected.",
  },
};

/** The sentences about decisions about the catalogue, in each of the console's languages. */
export const catalogueWords: Readonly<Record<StaffLang, CatalogueWords>> = { de, en };
