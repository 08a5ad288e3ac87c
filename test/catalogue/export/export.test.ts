import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { readContent } from "../../../src/catalogue/content-files.ts";
import { createExportOperations, type ExportPiece } from "../../../src/catalogue/export/export-operations.ts";
import { readRecords } from "../../../src/catalogue/live-catalogue.ts";
import { saveOverride } from "../../../src/catalogue/overrides.ts";
import type { Offer } from "../../../src/core/offer.ts";
import { projectRoot } from "../../../src/node-content.ts";
import { openTestDatabase, type TestDatabase } from "../../support/databases.ts";
import { offerOf } from "../fixtures.ts";
import { constructed, loadContent, openApi, readWorld } from "../hsds/world.ts";

/** Texts that a spreadsheet would run, and texts that break lines. */
const hostile = offerOf("formel", {
  organization: "@SUM(1+1)*cmd|' /C calc'!A0",
  title: { de: '=HYPERLINK("http://example.org")', en: "+1" },
  summary: { de: "-2+3", en: 'two\nlines, with "quotes"; and\rmore' },
  phone: "+49 89 1",
  geo: { lat: -48.5, lon: -11.25 },
});
/** Filled pages, so that an export has several pieces. */
const many = Array.from({ length: 700 }, (_, index) => offerOf(`viele-${index}`));

describe("an export", () => {
  let database: TestDatabase;
  let exported: (format: string) => Promise<{ readonly files: ReadonlyMap<string, string>; readonly pieces: readonly ExportPiece[] }>;
  beforeAll(async () => {
    database = await openTestDatabase("embedded");
    await loadContent(database.db, await readWorld([...constructed, hostile, ...many]));
    await saveOverride(database.db, { offerId: "massnahme", field: "phone", layer: "staff", value: "089 1" });
    await saveOverride(database.db, { offerId: "aufruf", field: "removed", layer: "staff", value: true });
    exported = async (format) => {
      const operations = createExportOperations(() => readRecords(database.db));
      const files = new Map<string, string>();
      const pieces: ExportPiece[] = [];
      for (let piece: ExportPiece | undefined; piece === undefined || piece.done < piece.total; ) {
        piece = await operations["export.piece"]({ format, run: piece?.run, from: piece?.done ?? 0 });
        pieces.push(piece);
        for (const { name, text } of piece.files) files.set(name, `${files.get(name) ?? ""}${text}`);
      }
      return { files, pieces };
    };
  });
  afterAll(() => database.close());

  it("as HSDS is what the API gives, every service once", async () => {
    const { files, pieces } = await exported("hsds");
    expect(pieces.length).toBeGreaterThan(2);
    const services = z.array(z.looseObject({ id: z.string() })).parse(JSON.parse(files.get("services.json") ?? ""));
    const api = await openApi(database.db);
    const { total_items: total } = z.object({ total_items: z.number() }).parse(await api.json("/services"));
    expect(new Set(services.map(({ id }) => id)).size).toBe(total);
    expect(services).toHaveLength(total);
    for (const service of [services[0], services.at(-1), services[500]]) {
      const { last_modified: _, status: __, ...given } = z.looseObject({}).parse(await api.json(`/services/${service?.id}`));
      expect(service).toMatchObject(given);
    }
  });

  it("as CSV opens in a spreadsheet and runs nothing there", async () => {
    const { files } = await exported("csv");
    const text = files.get("offers.csv") ?? "";
    expect(text.startsWith("\ufeffid,kind,organization,title_de")).toBe(true);
    expect(text.lastIndexOf("\ufeff")).toBe(0);
    const rows: Record<string, string>[] = parse(text, { columns: true, bom: true });
    expect(rows).toHaveLength((await readRecords(database.db)).offers.filter(({ demo }) => demo !== true).length);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    expect(rows.find(({ id }) => id === "formel")).toMatchObject({
      organization: "'@SUM(1+1)*cmd|' /C calc'!A0",
      title_de: '\'=HYPERLINK("http://example.org")',
      title_en: "'+1",
      summary_de: "'-2+3",
      summary_en: 'two\nlines, with "quotes"; and\rmore',
      phone: "'+49 89 1",
      latitude: "-48.5",
      online: "",
    });
    for (const row of rows)
      for (const [column, cell] of Object.entries(row)) if (!/itude$/.test(column)) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    expect(rows.find(({ id }) => id === "massnahme")?.["phone"]).toBe("089 1");
    expect(rows.find(({ id }) => id === "voll")).toMatchObject({ free: "false", online: "true", languages: "de | tr | Gebärdensprache" });
  });

  it("as content is read again as the catalogue is now, staff's changes in it", async () => {
    const { files, pieces } = await exported("content");
    const root = await mkdtemp(join(tmpdir(), "stadtlotse-export-"));
    try {
      for (const part of ["intents", "knowledge/needs", "knowledge/concepts"])
        await cp(join(projectRoot, part), join(root, part), { recursive: true });
      await cp(join(projectRoot, "knowledge/districts.yaml"), join(root, "knowledge/districts.yaml"));
      await mkdir(join(root, "knowledge/offers"));
      for (const [name, text] of files) await writeFile(join(root, "knowledge/offers", name), text);
      const again = await readContent({ root, demo: false });
      const leftOut = pieces.flatMap((piece) => piece.leftOut);
      expect(leftOut).toEqual([{ id: "fest", reason: "needs: what ships has a need" }]);
      const { offers } = await readRecords(database.db);
      const byId = (list: readonly Offer[]) => new Map(list.map((offer) => [offer.id, offer]));
      const expected = byId(offers.filter(({ id, demo }) => demo !== true && id !== "fest"));
      expect(byId(again.offers)).toEqual(expected);
      expect(expected.get("massnahme")?.phone).toBe("089 1");
      expect(expected.has("aufruf")).toBe(false);
    } finally {
      await rm(root, { recursive: true });
    }
  });

  it.each(["hsds", "csv", "content"])("as %s holds nothing made up", async (format) => {
    for (const text of (await exported(format)).files.values()) expect(text).not.toMatch(/Zaubertrank|Beispiel-Haus|Erfundenes Beispiel/);
  });

  it("is of one state, though the catalogue changes under it, and does not go on after another has begun", async () => {
    const operations = createExportOperations(() => readRecords(database.db));
    const first = await operations["export.piece"]({ format: "csv", from: 0 });
    await saveOverride(database.db, { offerId: "viele-699", field: "phone", layer: "staff", value: "neu" });
    const rest: string[] = [];
    for (let piece = first; piece.done < piece.total; ) {
      piece = await operations["export.piece"]({ format: "csv", run: piece.run, from: piece.done });
      rest.push(...piece.files.map(({ text }) => text));
    }
    expect(rest.join("")).not.toContain(",neu,");
    const older = await operations["export.piece"]({ format: "csv", from: 0 });
    await operations["export.piece"]({ format: "csv", from: 0 });
    await expect(operations["export.piece"]({ format: "csv", run: older.run, from: older.done })).rejects.toThrow(
      "Another export has begun",
    );
  });
});
