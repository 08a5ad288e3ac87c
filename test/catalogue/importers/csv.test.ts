import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { knownHeaders } from "../../../src/catalogue/importers/columns.ts";
import { csv } from "../../../src/catalogue/importers/csv.ts";
import { openAccess, readBroken, readSource } from "../../support/source-access.ts";
import { type SourceServer, startSourceServer } from "../../support/source-server.ts";
import { fixture } from "./sources.ts";

let server: SourceServer;

beforeAll(async () => {
  server = await startSourceServer();
});

afterAll(() => server.close());

const titles = (reading: Awaited<ReturnType<typeof readSource>>) => reading.records.map(({ offer }) => offer.title.de);

describe("a CSV table", () => {
  it("is read the same in UTF-8 with ; and in Windows-1252", async () => {
    const whole = await readSource(csv, { file: fixture("csv/angebote.csv") });
    const other = await readSource(csv, { file: fixture("csv/windows-1252.csv") });
    expect(other.rejected).toEqual([]);
    expect(whole.records).toEqual(
      expect.arrayContaining(other.records.map(({ place: _line, ...record }) => expect.objectContaining(record))),
    );
    expect(titles(other)).toContain("Repair-Café");
  });

  it("is read with commas and line feeds", async () => {
    const { records, rejected } = await readSource(csv, { file: fixture("csv/comma.csv") });
    expect([records.length, rejected.length]).toEqual([6, 0]);
  });

  it.each([
    ["mapping", fixture("csv/mapping.yaml")],
    ["columns", "Kursname:title,Wo:address,Wer:organization,Link:url"],
  ])("takes columns by the option %s", async (option, value) => {
    const { records } = await readSource(csv, { file: fixture("csv/eigene-spalten.csv") }, { [option]: value });
    expect(records.map(({ offer }) => offer)).toEqual([
      {
        kind: "service",
        organization: "Verein Yoga",
        title: { de: "Yoga am Morgen" },
        summary: { de: "Yoga am Morgen" },
        address: { street: "Parkstraße 5", postcode: "81371", city: "München" },
        url: "https://yoga.example/",
      },
    ]);
  });

  it.each([
    ["Gibt es nicht:title", /no column "Gibt es nicht"/],
    ["Kursname:titel", /"titel" is no field/],
    ["Kursname:title,Wo:title", /two columns/],
  ])("refuses the columns %s", async (columns, says) => {
    const { error } = await readBroken(csv, { file: fixture("csv/eigene-spalten.csv") }, { columns });
    expect(error).toMatchObject({ code: "SOURCE_INVALID", message: expect.stringMatching(says) });
  });

  it("keeps a row's id without a column for it, and gives the next row another", async () => {
    server.answer("/a.csv", "Titel;Träger;Link\nA;T;https://a.example\nB;T;https://b.example\n", "text/csv");
    server.answer("/b.csv", "Titel;Träger;Link\nB;T;https://b.example/neu\nA;T;https://a.example\n", "text/csv");
    const ids = async (path: string) =>
      (await readSource(csv, { url: `${server.url}${path}` })).records.map(({ externalId }) => externalId);
    const [a, b] = [await ids("/a.csv"), await ids("/b.csv")];
    expect(new Set(a).size).toBe(2);
    expect(b).toEqual([...a].reverse());
  });

  it("takes its own address and the options for columns that it has not", async () => {
    server.answer("/kurz.csv", "Titel\tBeschreibung\nA\tText", "text/tab-separated-values");
    const { records } = await readSource(csv, { url: `${server.url}/kurz.csv` }, { organization: "Referat", kind: "course" });
    expect(records[0]?.offer).toMatchObject({ kind: "course", organization: "Referat", url: `${server.url}/kurz.csv` });
  });

  it("tells a letter that does not fit after others did", async () => {
    const text = Buffer.concat([Buffer.from("Titel;Träger;Link\n"), Buffer.from("Stra\xdfe;T;https://a.example\n", "latin1")]);
    server.answer("/gemischt.csv", text, "text/csv");
    server.answer("/kodierung.csv", text, "text/csv");
    expect((await readBroken(csv, { url: `${server.url}/gemischt.csv` }, { encoding: "utf-8" })).error).toMatchObject({
      message: expect.stringMatching(/not utf-8/),
    });
    expect((await readBroken(csv, { url: `${server.url}/kodierung.csv` }, { encoding: "ebcdic" })).error).toMatchObject({
      message: expect.stringMatching(/ebcdic is not known/),
    });
  });

  it("has every header that it knows in the documentation", async () => {
    const documentation = await readFile(join(import.meta.dirname, "../../../docs/importers.md"), "utf8");
    for (const [field, headers] of Object.entries(knownHeaders))
      expect(documentation).toContain(`| \`${field}\` | ${headers.join(", ")} |`);
  });

  it("reads 20,000 rows in pieces, without holding them", async () => {
    const rows = 20_000;
    async function* pieces() {
      yield Buffer.from("Nr;Titel;Beschreibung;Träger;Straße;PLZ;Ort;Link\n");
      for (let from = 0; from < rows; from += 100)
        yield Buffer.from(
          Array.from(
            { length: 100 },
            (_, index) =>
              `${from + index};Angebot ${from + index};${"Wir helfen. ".repeat(40)};Verein;Weg 1;80331;München;https://a.example/${from + index}\n`,
          ).join(""),
        );
    }
    let read = 0;
    let highest = 0;
    const start = process.memoryUsage().heapUsed;
    for await (const item of csv.read({ from: { file: "angebote.csv" }, options: {} }, { ...openAccess(), readFile: pieces })) {
      if (item.kind === "record") read += 1;
      if (read % 1000 === 0) highest = Math.max(highest, process.memoryUsage().heapUsed - start);
    }
    expect(read).toBe(rows);
    expect(highest).toBeLessThan(200_000_000);
  }, 60_000);
});
