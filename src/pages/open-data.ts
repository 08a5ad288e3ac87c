import { Hono, type MiddlewareHandler } from "hono";
import { type DemandCell, leastPeople } from "../core/demand.ts";
import { demandCsv } from "./demand-csv.ts";

export interface OpenDataParts {
  readonly readDemand: () => Promise<readonly DemandCell[]>;
  readonly publicUrl: string;
}

/** The licence that Munich gives its open data under. */
const licence = {
  id: "dl-by-de/2.0",
  title: "Datenlizenz Deutschland – Namensnennung – Version 2.0",
  url: "https://www.govdata.de/dl-de/by-2-0",
  attribution: "Landeshauptstadt München, Stadtlotse",
} as const;

const description = {
  de:
    `Wie viele Menschen in einer Woche nach etwas gefragt haben, und ob etwas gefunden wurde. Jede Zahl zählt Gespräche einer ganzen ISO-Woche; Zahlen unter ${leastPeople} stehen nirgends, ` +
    "auch nicht in einer Summe. Summen über die Zeilen sind deshalb keine Summen über alle Fragen.",
  en:
    `How many people asked for something within a week, and whether anything was found. Each number counts conversations of a whole ISO week; numbers below ${leastPeople} are nowhere, ` +
    "not within a sum either. Sums over the rows are therefore no sums over all questions.",
} as const;

const fields = {
  week: "ISO 8601 week of Europe/Berlin, such as 2026-W47",
  need: "id of the need, as in /hsds/v3/taxonomy_terms",
  area: "district: one Stadtbezirk; not-named: nobody said where; others: all Stadtbezirke together that have too few people each",
  district: "official name of the Stadtbezirk, empty unless area is district",
  outcome: "missing: nothing found there; full: all places taken; free: places free; unknown: found, nobody reports free places",
  people: `conversations, at least ${leastPeople}`,
} as const;

const openHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  c.header("Access-Control-Allow-Origin", "*");
  c.header("Cache-Control", "public, max-age=3600");
  c.header("Link", `<${licence.url}>; rel="license"`);
  c.header("X-Content-Type-Options", "nosniff");
};

/** Open data: the unmet demand as CSV and JSON, for everybody. */
export function createOpenData({ readDemand, publicUrl }: OpenDataParts): Hono {
  const app = new Hono();
  const address = `${publicUrl.replace(/\/+$/, "")}/open-data/unmet-demand`;

  app.get("/open-data/unmet-demand.csv", openHeaders, async (c) =>
    c.body(demandCsv(await readDemand()), 200, {
      "Content-Type": "text/csv; charset=utf-8; header=present",
      "Content-Disposition": 'attachment; filename="unmet-demand.csv"',
    }),
  );

  app.get("/open-data/unmet-demand.json", openHeaders, async (c) =>
    c.json({ title: "Unmet demand", description, licence, fields, csv: `${address}.csv`, rows: await readDemand() }),
  );

  return app;
}
