import type { StaffLang } from "../../core/people.ts";

const layers = { source: "Datei oder Quelle", import: "Import", provider: "Organisation", staff: "Redaktion" };

const de = {
  title: "Freie Plätze",
  lead: "Alle Angebote, die freie Plätze zählen. Zahlen, die zu alt sind, stehen vorn: Der Stadtlotse zeigt sie niemandem.",
  search: "Suchen nach Titel, Organisation oder Kennung",
  button: "Suchen",
  found: (all: number, outdated: number) => `${all} Angebote, bei ${outdated} davon ist die Zahl zu alt`,
  page: (page: number, pages: number) => `Seite ${page} von ${pages}`,
  older: "Weiter",
  newer: "Zurück",
  count: (available: number, maximum: number | undefined, unit: string) =>
    maximum === undefined ? `${available} frei (${unit})` : `${available} von ${maximum} frei (${unit})`,
  unknown: "Zahl nicht bekannt",
  outdated: "zu alt",
  current: "gilt",
  asOf: (moment: string) => `Stand: ${moment}`,
  since: (moment: string) => `seit ${moment}`,
  by: (layer: keyof typeof layers) => `gesagt von: ${layers[layer]}`,
  none: "Dieses Angebot zählt keine Plätze.",
  rule: "Es gilt, wer zuletzt etwas gesagt hat: die Organisation, die Redaktion oder der Import.",
  field: "Wie viel ist frei?",
  fieldOf: (unit: string) => `Wie viel ist frei? (${unit})`,
  ofMaximum: (maximum: number) => `Es gibt ${maximum}.`,
  unit: "Was wird gezählt?",
  save: "Zahl speichern",
  forget: "Zahl ist nicht bekannt",
  faults: {
    number: "Tragen Sie eine ganze Zahl von 0 bis 100.000 ein.",
    "too-many": (maximum: number) => `Es gibt nur ${maximum}. Tragen Sie höchstens ${maximum} ein.`,
    newer: "Jemand hat inzwischen eine neue Zahl gesagt. Sie steht oben. Ihre steht noch im Feld. Bitte prüfen Sie sie.",
    "unit-missing": "Wählen Sie aus, was gezählt wird.",
  },
};

export type PlaceWords = typeof de;

const layersEn: typeof layers = { source: "file or source", import: "import", provider: "organisation", staff: "editors" };

const en: PlaceWords = {
  title: "Free places",
  lead: "All offers that count free places. Counts that are too old come first: Stadtlotse shows them to nobody.",
  search: "Search by title, organisation or id",
  button: "Search",
  found: (all, outdated) => `${all} offers, the count of ${outdated} of them is too old`,
  page: (page, pages) => `Page ${page} of ${pages}`,
  older: "Next",
  newer: "Back",
  count: (available, maximum, unit) =>
    maximum === undefined ? `${available} free (${unit})` : `${available} of ${maximum} free (${unit})`,
  unknown: "number not known",
  outdated: "too old",
  current: "holds",
  asOf: (moment) => `As of ${moment}`,
  since: (moment) => `since ${moment}`,
  by: (layer) => `said by: ${layersEn[layer]}`,
  none: "This offer counts no places.",
  rule: "Whoever spoke last counts: the organisation, editors or the import.",
  field: "How many are free?",
  fieldOf: (unit) => `How many are free? (${unit})`,
  ofMaximum: (maximum) => `There are ${maximum}.`,
  unit: "What is counted?",
  save: "Save the number",
  forget: "The number is not known",
  faults: {
    number: "Enter a whole number from 0 to 100,000.",
    "too-many": (maximum) => `There are only ${maximum}. Enter ${maximum} at most.`,
    newer: "Somebody has said a new number meanwhile. It stands above. Yours still stands in the field. Please check it.",
    "unit-missing": "Choose what is counted.",
  },
};

/** The sentences about free places, in each of the console's languages. */
export const placeWords: Readonly<Record<StaffLang, PlaceWords>> = { de, en };
