import type { StaffLang } from "../../core/people.ts";

const fields = {
  ...{ title: "Titel", summary: "Kurz gesagt", forWhom: "Für wen", papers: "Unterlagen", skills: "Was man können muss" },
  ...{ openingHours: "Öffnungszeiten (OSM-Schreibweise)", phone: "Telefon", email: "E-Mail", url: "Adresse im Netz" },
  ...{ cost: "Kostenlos", wheelchair: "Mit Rollstuhl", online: "Im Internet", languages: "Sprachen (mit Kommas)", age: "Alter" },
  ...{ bookingUrl: "Adresse für Termine", deadline: "Frist (JJJJ-MM-TT)", validUntil: "Gültig bis (JJJJ-MM-TT)" },
} as const;

const de = {
  title: "Angebote",
  lead: "Alle Angebote, auch die nicht mehr gezeigten.",
  search: "Suchen nach Titel, Anbieter oder Kennung",
  button: "Suchen",
  found: (count: number) => `${count} Angebote`,
  page: (page: number, pages: number) => `Seite ${page} von ${pages}`,
  older: "Weiter",
  newer: "Zurück",
  removed: "wird nicht gezeigt",
  unchecked: "noch nicht geprüft",
  checked: (day: string) => `geprüft am ${day}`,
  fields: fields as Readonly<Record<string, string>>,
  inputs: { de: "Deutsch", en: "Englisch", from: "Von", to: "Bis" } as Readonly<Record<string, string>>,
  flags: { "": "nicht bekannt", yes: "ja", no: "nein" } as Readonly<Record<string, string>>,
  from: "Stand von",
  layers: { source: "Datei oder Quelle", import: "Import", provider: "Anbieter", staff: "Redaktion" },
  save: "Speichern",
  reset: "Wieder wie in der Quelle",
  check: "Heute geprüft, alles stimmt",
  remove: "Nicht mehr zeigen",
  restore: "Wieder zeigen",
  others: "Weitere Angaben",
  history: "Was geändert wurde",
  noHistory: "Noch nichts.",
  olderChanges: "Ältere Änderungen",
  before: "Vorher",
  after: "Danach",
  who: "Wer und wann",
  what: "Was",
  fault: "Das passt nicht. Nichts wurde geändert.",
  done: {
    saved: "Gespeichert. In wenigen Sekunden ist es überall so.",
    places: "Freie Plätze gespeichert. In wenigen Sekunden ist es überall so.",
    reset: "Jetzt gilt wieder die Quelle.",
  } as Readonly<Record<string, string>>,
};

type OfferWords = typeof de;

const en: OfferWords = {
  title: "Offers",
  lead: "All offers, those too that are not shown any more.",
  search: "Search by title, organisation or id",
  button: "Search",
  found: (count) => `${count} offers`,
  page: (page, pages) => `Page ${page} of ${pages}`,
  older: "Next",
  newer: "Back",
  removed: "is not shown",
  unchecked: "not checked yet",
  checked: (day) => `checked on ${day}`,
  fields: {
    ...{ title: "Title", summary: "In short", forWhom: "For whom", papers: "Papers", skills: "What one must be able to do" },
    ...{ openingHours: "Opening hours (as in OpenStreetMap)", phone: "Phone", email: "Email", url: "Web address" },
    ...{ cost: "Free of charge", wheelchair: "By wheelchair", online: "Online", languages: "Languages (with commas)", age: "Age" },
    ...{ bookingUrl: "Address for appointments", deadline: "Deadline (YYYY-MM-DD)", validUntil: "Valid until (YYYY-MM-DD)" },
  },
  inputs: { de: "German", en: "English", from: "From", to: "To" },
  flags: { "": "not known", yes: "yes", no: "no" },
  from: "Said by",
  layers: { source: "file or source", import: "import", provider: "organisation", staff: "editors" },
  save: "Save",
  reset: "As the source says again",
  check: "Checked today, all is right",
  remove: "Do not show any more",
  restore: "Show again",
  others: "Other facts",
  history: "What was changed",
  noHistory: "Nothing yet.",
  olderChanges: "Older changes",
  before: "Before",
  after: "After",
  who: "Who and when",
  what: "What",
  fault: "That does not fit. Nothing was changed.",
  done: {
    saved: "Saved. Everywhere within a few seconds.",
    places: "Free places saved. Everywhere within a few seconds.",
    reset: "The source counts again.",
  },
};

/** The sentences about editing offers, in each of the console's languages. */
export const offerWords: Readonly<Record<StaffLang, OfferWords>> = { de, en };
