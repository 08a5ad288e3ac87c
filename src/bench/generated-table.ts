import { csvOf } from "../text/csv.ts";
import { createRandom, offerOf } from "./generated-offers.ts";

/** What a table is made of; `changed` gives each tenth row another description, as a source does that lives. */
export interface TableOptions {
  readonly rows: number;
  readonly needs: readonly string[];
  readonly changed: boolean;
}

/** The columns as a department's export names them, and the field that each fills. */
export const tableMapping = {
  "Lfd. Nr.": "id",
  Angebotstitel: "title",
  Langtext: "summary",
  Träger: "organization",
  "Straße + Hausnummer": "street",
  Postleitzahl: "postcode",
  Gemeinde: "city",
  Bezirk: "district",
  "Telefon (Zentrale)": "phone",
  "E-Mail": "email",
  Internetseite: "url",
  Öffnungszeiten: "openingHours",
  Bedarf: "needs",
} as const;

const rowsAtOnce = 1000;
/** Each so manyth row has opening hours that nobody can read: real tables have such rows. */
const faultyEvery = 1000;
const changedEvery = 10;
const needEvery = 2;
const places = [
  ["80331", "Altstadt-Lehel"],
  ["80797", "Schwabing-West"],
  ["80634", "Neuhausen-Nymphenburg"],
  ["81371", "Sendling"],
  ["81241", "Pasing-Obermenzing"],
  ["81667", "Au-Haidhausen"],
  ["81735", "Ramersdorf-Perlach"],
  ["80995", "Feldmoching-Hasenbergl"],
] as const;
const days = ["Mo-Fr", "Mo-Th", "Tu-Sa", "Mo,We,Fr", "Tu,Th", "Sa,Su"];
const unreadableHours = "Mo-Fr 8 bis mittags nach Absprache";

/** How many of the rows an import must reject. */
export function countFaulty(rows: number): number {
  return Math.ceil(rows / faultyEvery);
}

function rowOf(number: number, { needs, changed }: TableOptions) {
  const random = createRandom(number + 1);
  const among = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)];
  const { title, body } = offerOf(number);
  const [postcode, district] = among(places) ?? places[0];
  const text = (body[0]?.text ?? "").replaceAll("\n", " ");
  const opens = 7 + Math.floor(random() * 4);
  const closes = 15 + Math.floor(random() * 6);
  const hours = `${among(days)} ${String(opens).padStart(2, "0")}:${random() < 0.5 ? "00" : "30"}-${closes}:00`;
  const news = changed && number % changedEvery === 0 ? " Jetzt auch am Abend." : "";
  return {
    "Lfd. Nr.": number + 1,
    Angebotstitel: title[0]?.text,
    Langtext: `${text} ${text.split(". ").reverse().join(". ")}${news}`,
    Träger: `Träger ${(offerOf(Math.floor(number / 40)).title[0]?.text ?? "").split(" ").at(-1)} e. V.`,
    "Straße + Hausnummer": `Musterstraße ${1 + Math.floor(random() * 200)}`,
    Postleitzahl: postcode,
    Gemeinde: "München",
    Bezirk: district,
    // Numbers that are given to nobody, for films and examples.
    "Telefon (Zentrale)": `089 99998${String(Math.floor(random() * 1000)).padStart(3, "0")}`,
    "E-Mail": `angebot-${number + 1}@example.org`,
    Internetseite: `https://example.org/angebote/${number + 1}`,
    Öffnungszeiten: number % faultyEvery === 0 ? unreadableHours : hours,
    Bedarf: number % needEvery === 0 ? among(needs) : "",
  } satisfies Record<keyof typeof tableMapping, unknown>;
}

/** A CSV file of offers in pieces, with what a real one has: German headers, long texts, quotes, and some rows that cannot be taken. The same options give the same file. */
export function* generateTable(options: TableOptions): Generator<string> {
  for (let from = 0; from < options.rows; from += rowsAtOnce) {
    const rows = Array.from({ length: Math.min(rowsAtOnce, options.rows - from) }, (_, index) => rowOf(from + index, options));
    yield csvOf(Object.keys(tableMapping), rows, from === 0);
  }
}
