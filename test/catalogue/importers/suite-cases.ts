import { readdirSync, readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { unzipSync, zipSync } from "fflate";
import { z } from "zod";
import { importedOfferId } from "../../../src/catalogue/imports/offer-id.ts";
import type { Rejection } from "../../../src/catalogue/imports/report.ts";
import type { Answer } from "../../support/feed-host.ts";
import { fixture, fixtureJson, fixtureText, hsdsPage, importerOf } from "./sources.ts";
import type { ImporterCase } from "./suite.ts";

/** A body of another type than JSON, with a validator as files have it. */
function typed(body: string | Uint8Array, type: string): Answer {
  return (_request, response) => {
    response.writeHead(200, { "content-type": type }).end(body);
  };
}

const Rejected = z.array(z.string());

/** The broken rows of a fixture; a place has no colon with a space behind it. */
function brokenOf(id: string): readonly Rejection[] {
  return Rejected.parse(fixtureJson(`${id}/rejected.json`)).map((line) => {
    const at = line.indexOf(": ");
    return { place: line.slice(0, at), reason: line.slice(at + 2) };
  });
}

const Records = z.array(z.object({ externalId: z.string() }));

function countOf(id: string): number {
  return Records.parse(fixtureJson(`${id}/records.json`)).length;
}

const html = typed("<html><p>Wartung</p></html>", "text/html");

/** A source of one file, its smaller state made by taking one record out. */
function ofFile(
  id: string,
  file: string,
  type: string,
  given: Pick<ImporterCase, "ask"> & {
    readonly options?: Readonly<Record<string, string>>;
    readonly without: string | Uint8Array;
    readonly gone: string;
    readonly reason: string;
  },
): ImporterCase {
  const path = `/${file.split("/").at(-1)}`;
  const records = countOf(id);
  return {
    importer: importerOf(id),
    from: path,
    options: given.options ?? {},
    full: { serves: { [path]: typed(readFileSync(fixture(file)), type) }, records, broken: brokenOf(id) },
    fewer: { serves: { [path]: typed(given.without, type) }, records: records - 1, gone: [importedOfferId(id, given.gone)] },
    ruined: [
      { serves: {}, reason: "404" },
      { serves: { [path]: html }, reason: given.reason },
    ],
    ask: { text: given.ask.text, id: importedOfferId(id, given.ask.id) },
  };
}

/** The workbook without its last row that is right. */
function smallerWorkbook(): Uint8Array {
  const files = unzipSync(readFileSync(fixture("xlsx/angebote.xlsx")));
  const sheet = Buffer.from(files["xl/worksheets/sheet1.xml"] ?? []).toString("utf8");
  return zipSync({ ...files, "xl/worksheets/sheet1.xml": Buffer.from(sheet.replace(/<row r="39">.*?<\/row>/, "")) });
}

/** A feed or calendar without what stands between two marks around a text. */
function cutOut(text: string, begin: string, mark: string, end: string): string {
  const at = text.indexOf(mark);
  const from = text.lastIndexOf(begin, at);
  return text.slice(0, from) + text.slice(text.indexOf(end, at) + end.length);
}

const csvText = fixtureText("csv/angebote.csv");

export const tables: readonly ImporterCase[] = [
  ofFile("csv", "csv/angebote.csv", "text/csv", {
    without: csvText.replace(/^A-032;.*\r\n/m, ""),
    gone: "A-032",
    reason: "text/html",
    ask: { text: "wo kann ich meine lampe reparieren lassen", id: "A-006" },
  }),
  ofFile("xlsx", "xlsx/angebote.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", {
    without: smallerWorkbook(),
    gone: "A-032",
    reason: "text/html",
    ask: { text: "wo kann ich meine lampe reparieren lassen", id: "A-006" },
  }),
];

export const feeds: readonly ImporterCase[] = [
  ofFile("ical", "ical/termine.ics", "text/calendar", {
    options: { url: "https://termine.example/" },
    without: cutOut(fixtureText("ical/termine.ics"), "BEGIN:VEVENT\r\n", "UID:termin-32@", "END:VEVENT\r\n"),
    gone: "termin-32@stadt.example",
    reason: "text/html",
    ask: { text: "wo gibt es einen lauf-treff an der isar", id: "termin-21@stadt.example" },
  }),
  ofFile("rss", "rss/rss.xml", "application/rss+xml", {
    without: cutOut(fixtureText("rss/rss.xml"), "    <item>", "<link>https://news.example/32</link>", "</item>\n"),
    gone: "https://news.example/32",
    reason: "text/html",
    ask: { text: "ich suche eine trauer gruppe zum reden", id: "news-13" },
  }),
  ofFile("json-ld", "json-ld/seite.html", "text/html", {
    without: cutOut(fixtureText("json-ld/seite.html"), "<script", '"https://vhs.example/kurs/31"', "</script>"),
    gone: "https://vhs.example/kurs/31",
    reason: "no script",
    ask: { text: "wo ist ein 3d-drucker zum ausprobieren", id: "https://kultur.example/#e21" },
  }),
];

const List = z.array(z.looseObject({ id: z.unknown() }).or(z.unknown()));

function listOf(path: string): readonly unknown[] {
  return List.parse(fixtureJson(path));
}

const hasId = (item: unknown, id: unknown) => typeof item === "object" && item !== null && "id" in item && item.id === id;

/** A source of several addresses, its smaller state without one record. */
function ofApi(
  id: string,
  from: string,
  serves: (without?: string) => ImporterCase["full"]["serves"],
  gone: string,
  given: Pick<ImporterCase, "ask" | "options" | "ruined">,
): ImporterCase {
  const records = countOf(id);
  return {
    importer: importerOf(id),
    from,
    ...given,
    full: { serves: serves(), records, broken: brokenOf(id) },
    fewer: { serves: serves(gone), records: records - 1, gone: [importedOfferId(id, gone)] },
  };
}

function hsdsServes(without?: string): Record<string, Answer> {
  const items = listOf("hsds/services.json").filter((item) => without === undefined || !hasId(item, without));
  const pages = Array.from({ length: Math.ceil(items.length / 7) }, (_, index) => index + 1);
  return Object.fromEntries(
    pages.map((page) => [`/hsds/services?page=${page}&per_page=100&full=true`, JSON.stringify(hsdsPage(items, page, 7))]),
  );
}

function packageServes(without?: string): Record<string, Answer> {
  const names = readdirSync(fixture("hsds-package")).filter((name) => name.endsWith(".csv"));
  const rows = (name: string) =>
    fixtureText(`hsds-package/${name}`)
      .split("\r\n")
      .filter((row) => without === undefined || name !== "service.csv" || !row.startsWith(without));
  return {
    "/package/datapackage.json": fixtureText("hsds-package/datapackage.json"),
    ...Object.fromEntries(names.map((name) => [`/package/${name}`, typed(rows(name).join("\r\n"), "text/csv")])),
  };
}

const integreatLists = [
  ["pages", ""],
  ["events", "?combine_recurring=True"],
  ["locations", "?on_map=1"],
] as const;

function integreatServes(without?: string): Record<string, Answer> {
  const keeps = (list: string) => (item: unknown) =>
    without === undefined || list !== "locations" || !hasId(item, Number(without.replace("location-", "")));
  const answers = ["de", "en", "ar"].flatMap((lang) =>
    integreatLists.map(([list, query]) => [
      `/integreat/api/v3/muenchen/${lang}/${list}/${query}`,
      JSON.stringify(listOf(`integreat/${list}-${lang}.json`).filter(keeps(list))),
    ]),
  );
  return { "/integreat/api/v3/regions/": fixtureText("integreat/regions.json"), ...Object.fromEntries(answers) };
}

const Question = z.object({ query: z.string(), variables: z.object({ after: z.string().nullable() }) });

function consulServes(without?: string): Record<string, Answer> {
  const graphql: Answer = (request, response) => {
    void text(request).then((body) => {
      const { query, variables } = Question.parse(JSON.parse(body));
      const name = query.includes("proposals(") ? "proposals" : "debates";
      const from = Number(variables.after ?? 0);
      const nodes = listOf(`consul/${name}.json`).filter(
        (node) => name !== "debates" || without === undefined || !hasId(node, without.replace("debate-", "")),
      );
      const page = {
        edges: nodes.slice(from, from + 5).map((node) => ({ node })),
        pageInfo: { hasNextPage: from + 5 < nodes.length, endCursor: String(from + 5) },
      };
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ data: { [name]: page } }));
    });
  };
  const projekts = z.record(z.string(), z.unknown()).parse(fixtureJson("consul/projekts.json"));
  return {
    "/consul/graphql": graphql,
    ...Object.fromEntries(Object.entries(projekts).map(([id, each]) => [`/consul/projekts/${id}/json_data`, JSON.stringify(each)])),
  };
}

const lastService =
  listOf("hsds/records.json")
    .map((record) => z.object({ externalId: z.string() }).parse(record).externalId)
    .at(-1) ?? "";

export const apis: readonly ImporterCase[] = [
  ofApi("hsds", "/hsds", hsdsServes, lastService, {
    ruined: [
      { serves: {}, reason: "404" },
      { serves: { "/hsds/services?page=1&per_page=100&full=true": html }, reason: "text/html" },
    ],
    ask: { text: "wann ist die vorlese-stunde in der bibliothek", id: importedOfferId("hsds", uuidOf("Vorlese-Stunde")) },
  }),
  ofApi("hsds-package", "/package/datapackage.json", packageServes, lastService, {
    ruined: [
      { serves: {}, reason: "404" },
      { serves: { ...packageServes(), "/package/service.csv": html }, reason: "HTML" },
    ],
    ask: { text: "wann ist die vorlese-stunde in der bibliothek", id: importedOfferId("hsds-package", uuidOf("Vorlese-Stunde")) },
  }),
  ofApi("integreat", "/integreat", integreatServes, "location-13", {
    options: { region: "muenchen" },
    ruined: [
      { serves: {}, reason: "404" },
      { serves: { ...integreatServes(), "/integreat/api/v3/muenchen/en/locations/?on_map=1": html }, reason: "text/html" },
    ],
    ask: { text: "wo gibt es tanzen für leute über 60", id: "integreat-event-9" },
  }),
  ofApi("consul", "/consul", consulServes, "debate-8", {
    options: { projekts: "1-8", organization: "Landeshauptstadt München" },
    ruined: [
      { serves: {}, reason: "404" },
      { serves: { ...consulServes(), "/consul/graphql": '{"errors":[{"message":"Field gone"}]}' }, reason: "Field gone" },
    ],
    ask: { text: "wo gibt es einen lauf-treff an der isar", id: "consul-proposal-21" },
  }),
];

function uuidOf(title: string): string {
  const records = z
    .array(z.object({ externalId: z.string(), offer: z.object({ title: z.object({ de: z.string() }) }) }))
    .parse(fixtureJson("hsds/records.json"));
  return records.find(({ offer }) => offer.title.de === title)?.externalId ?? "";
}
