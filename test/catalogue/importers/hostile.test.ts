import { deflateRawSync } from "node:zlib";
import { zipSync } from "fflate";
import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readBroken } from "../../support/source-access.ts";
import { type SourceServer, startSourceServer } from "../../support/source-server.ts";
import { fixtureText, importerOf } from "./sources.ts";

let server: SourceServer;

beforeAll(async () => {
  server = await startSourceServer();
});

afterAll(() => server.close());

const deep = "[".repeat(30_000) + "]".repeat(30_000);
const laughs = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><rss version="2.0"><channel><title>&c;</title></channel></rss>`;
const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/** An archive of 160 KB that unpacks to 160 MB and says that it is ten bytes. */
function makeZipBomb(): Uint8Array {
  const name = "xl/worksheets/sheet1.xml";
  const deflated = deflateRawSync(Buffer.alloc(160_000_000, " "), { level: 1 });
  const sizes = Buffer.alloc(26);
  sizes.writeUInt16LE(20, 0);
  sizes.writeUInt16LE(8, 4);
  sizes.writeUInt32LE(deflated.length, 14);
  sizes.writeUInt32LE(10, 18);
  sizes.writeUInt16LE(name.length, 22);
  const end = Buffer.alloc(18);
  return Buffer.concat([Buffer.from("PK\u0003\u0004"), sizes, Buffer.from(name), deflated, Buffer.from("PK\u0005\u0006"), end]);
}
const zipBomb = makeZipBomb();
const latin = Buffer.from("Stra\xdfe", "latin1");

/** Bodies that an importer must refuse as a whole. `path` is where the API asks for its first page. */
const cases: readonly {
  readonly id: string;
  readonly name: string;
  readonly body: string | Uint8Array;
  readonly type: string;
  readonly says: RegExp;
  readonly path?: string;
}[] = [
  { id: "csv", name: "a page of HTML", body: "<!doctype html><p>Fehler</p>", type: "text/csv", says: /HTML, XML or JSON/ },
  { id: "csv", name: "another content type", body: "Titel;Link\nA;https://a.example", type: "text/html", says: /text\/html/ },
  { id: "csv", name: "an empty body", body: "", type: "text/csv", says: /empty/ },
  { id: "csv", name: "no column that is a title", body: "Spalte A;Spalte B\n1;2", type: "text/csv", says: /title/ },
  { id: "csv", name: "a quote that is not closed", body: 'Titel;Träger;Link\n"A;B;https://a.example', type: "text/csv", says: /quote/i },
  {
    id: "csv",
    name: "bytes that are no text",
    body: Uint8Array.from([0x54, 0x69, 0x74, 0x65, 0x6c, 0x0a, 0x00, 0x01, 0x02, 0x00]),
    type: "text/csv",
    says: /no text/,
  },
  {
    id: "csv",
    name: "a letter that Windows-1252 has not",
    body: Uint8Array.from([...Buffer.from("Titel;Link\nStra"), 0xdf, 0x65, 0x81]),
    type: "text/csv",
    says: /no text/,
  },
  { id: "xlsx", name: "no archive", body: "Titel;Link", type: xlsxType, says: /ZIP archive|damaged/ },
  {
    id: "xlsx",
    name: "an archive that is cut off",
    body: zipSync({ "a.xml": Buffer.from("<a/>".repeat(100)) }).subarray(0, 60),
    type: xlsxType,
    says: /ZIP archive|damaged/,
  },
  {
    id: "xlsx",
    name: "an archive that is no workbook",
    body: zipSync({ "a.xml": Buffer.from("<a/>") }),
    type: xlsxType,
    says: /cannot be read/,
  },
  { id: "xlsx", name: "an archive that unpacks to more than it says", body: zipBomb, type: xlsxType, says: /more than 150 MB/ },
  { id: "ical", name: "a page of HTML", body: "<!doctype html>", type: "text/calendar", says: /BEGIN:VCALENDAR/ },
  { id: "ical", name: "another content type", body: fixtureText("ical/termine.ics"), type: "text/html", says: /text\/html/ },
  {
    id: "ical",
    name: "a calendar that is cut off",
    body: fixtureText("ical/termine.ics").slice(0, 5000),
    type: "text/calendar",
    says: /cut off/,
  },
  {
    id: "ical",
    name: "an event without an end",
    body: fixtureText("ical/termine.ics").replace("END:VEVENT", "X-END:VEVENT"),
    type: "text/calendar",
    says: /BEGIN:VEVENT stands before/,
  },
  { id: "ical", name: "another encoding", body: latin, type: "text/calendar", says: /not UTF-8/ },
  { id: "rss", name: "entities that laugh", body: laughs, type: "application/rss+xml", says: /entities/ },
  {
    id: "rss",
    name: "an entity from outside",
    body: '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><title>&x;</title></channel></rss>',
    type: "text/xml",
    says: /entities/,
  },
  {
    id: "rss",
    name: "a feed that is cut off",
    body: fixtureText("rss/rss.xml").slice(0, 4000),
    type: "application/rss+xml",
    says: /rss|Unclosed|closing|Invalid/i,
  },
  {
    id: "rss",
    name: "XML nested 30,000 deep",
    body: `<rss>${"<a>".repeat(30_000)}${"</a>".repeat(30_000)}</rss>`,
    type: "text/xml",
    says: /nested too deep/,
  },
  { id: "rss", name: "other XML", body: "<html><body/></html>", type: "application/xml", says: /neither RSS/ },
  { id: "rss", name: "JSON", body: "{}", type: "application/json", says: /application\/json/ },
  {
    id: "rss",
    name: "another encoding",
    body: Buffer.concat([Buffer.from("<rss>"), latin, Buffer.from("</rss>")]),
    type: "text/xml",
    says: /not UTF-8/,
  },
  { id: "json-ld", name: "a page without JSON-LD", body: "<!doctype html><html><p>Hallo</p></html>", type: "text/html", says: /no script/ },
  {
    id: "json-ld",
    name: "a page that is cut off",
    body: fixtureText("json-ld/seite.html").slice(0, -100),
    type: "text/html",
    says: /cut off/,
  },
  {
    id: "json-ld",
    name: "a file that is cut off",
    body: fixtureText("json-ld/daten.jsonld").slice(0, 900),
    type: "application/ld+json",
    says: /not JSON/,
  },
  { id: "json-ld", name: "JSON nested 30,000 deep", body: deep, type: "application/ld+json", says: /nested deeper/ },
  { id: "json-ld", name: "an image", body: "GIF89a", type: "image/gif", says: /image\/gif/ },
  { id: "hsds", name: "HTML", body: "<p>Wartung</p>", type: "text/html", says: /text\/html/, path: "/services" },
  {
    id: "hsds",
    name: "JSON that is cut off",
    body: '{"contents":[{"id":"a"',
    type: "application/json",
    says: /not JSON/,
    path: "/services",
  },
  { id: "hsds", name: "JSON nested 30,000 deep", body: deep, type: "application/json", says: /nested deeper/, path: "/services" },
  { id: "hsds", name: "another answer", body: '{"error":"no"}', type: "application/json", says: /no page of HSDS/, path: "/services" },
  {
    id: "hsds",
    name: "another encoding",
    body: Buffer.concat([Buffer.from('{"a":"'), latin, Buffer.from('"}')]),
    type: "application/json",
    says: /not UTF-8/,
    path: "/services",
  },
  { id: "hsds-package", name: "no description", body: "{}", type: "application/json", says: /no data package/ },
  {
    id: "hsds-package",
    name: "a path out of the package",
    body: '{"resources":[{"name":"services","path":"../../../etc/passwd"}]}',
    type: "application/json",
    says: /leads out/,
  },
  {
    id: "hsds-package",
    name: "an address as a path",
    body: '{"resources":[{"name":"services","path":"http://10.0.0.1/x.csv"}]}',
    type: "application/json",
    says: /leads out/,
  },
  { id: "hsds-package", name: "JSON nested 30,000 deep", body: deep, type: "application/json", says: /nested deeper/ },
  {
    id: "hsds-package",
    name: "an archive that unpacks to more than it says",
    body: zipBomb,
    type: "application/zip",
    says: /more than 150 MB/,
  },
  { id: "integreat", name: "HTML", body: "<p>", type: "text/html", says: /text\/html/, path: "/api/v3/regions/" },
  { id: "integreat", name: "another answer", body: '{"error":"no"}', type: "application/json", says: /no list/, path: "/api/v3/regions/" },
  {
    id: "integreat",
    name: "JSON nested 30,000 deep",
    body: deep,
    type: "application/json",
    says: /nested deeper/,
    path: "/api/v3/regions/",
  },
];

describe("a source that is broken as a whole", () => {
  it.each(cases)("$id refuses $name and tells no record", async ({ id, body, type, says, path = "" }) => {
    const at = `/${id}-${cases.findIndex((each) => each.body === body && each.id === id)}`;
    server.answer(`${at}${path}`, body, type);
    const { error, told } = await readBroken(importerOf(id), { url: `${server.url}${at}` }, { region: "muenchen" });
    expect(error).toMatchObject({ code: "SOURCE_INVALID", message: expect.stringMatching(says) });
    expect(told).toBe(0);
  });

  it("refuses what CONSUL's GraphQL answers with errors, deep, or not at all", async () => {
    const answers = ['{"errors":[{"message":"Field does not exist"}]}', deep, '{"data":{}}', '{"data":'];
    for (const [index, answer] of answers.entries()) {
      server.mount(
        `/consul-${index}`,
        new Hono().post("/graphql", (c) => c.body(answer, 200, { "content-type": "application/json" })),
      );
      const { error, told } = await readBroken(importerOf("consul"), { url: `${server.url}/consul-${index}` });
      expect(error).toMatchObject({ code: "SOURCE_INVALID" });
      expect(told).toBe(0);
    }
  });

  it.each([
    ["csv", "text/csv"],
    ["rss", "text/xml"],
    ["ical", "text/calendar"],
    ["json-ld", "text/html"],
  ])("%s tells nothing of a body that the connection cuts off", async (id, type) => {
    server.cutOff(`/cut-${id}`, "Titel;Link\nA;https://a.example\n", type);
    const { error, told } = await readBroken(importerOf(id), { url: `${server.url}/cut-${id}` });
    expect(error).toBeInstanceOf(Error);
    expect(told).toBe(0);
  });

  it.each(["csv", "rss", "ical", "json-ld"])("%s tells nothing of a body that unpacks to more than the access takes", async (id) => {
    server.answerBomb(`/bomb-${id}`, 60, "text/plain");
    const { error, told } = await readBroken(importerOf(id), { url: `${server.url}/bomb-${id}` });
    expect(error).toMatchObject({ code: "TOO_LARGE" });
    expect(told).toBe(0);
  });

  it.each(["hsds", "integreat", "consul"])("%s is no file", async (id) => {
    const { error } = await readBroken(importerOf(id), { file: "x.json" });
    expect(error).toMatchObject({ code: "USAGE" });
  });
});
