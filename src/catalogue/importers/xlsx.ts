import { zipSync } from "fflate";
import { type CellValue, readSheet } from "read-excel-file/node";
import { messageOf } from "../../core/errors.ts";
import { unpackZip } from "./archive.ts";
import { findColumns } from "./columns.ts";
import type { Importer, SourceAccess, SourceItem, SourceLocation } from "./importer.ts";
import { createItemMaker, isOver } from "./record.ts";
import { brokenSource, type Document, readDocument } from "./source.ts";
import { cellsOf, defaultsOf, rowId, rowToOffer } from "./table-rows.ts";

const types = /^application\/(?:vnd\.openxmlformats-officedocument\.spreadsheetml\.sheet|vnd\.ms-excel|zip|x-zip-compressed)$/;
/** A cell as text; dates as a wall clock would show them. */
function cellText(value: CellValue | null): string {
  if (value === null) return "";
  if (!(value instanceof Date)) return typeof value === "boolean" ? (value ? "ja" : "nein") : String(value);
  const iso = value.toISOString();
  return iso.endsWith("T00:00:00.000Z") ? iso.slice(0, 10) : iso.slice(0, 16);
}

async function readRows(document: Document, sheet: string | undefined): Promise<readonly (readonly string[])[]> {
  // The reader unpacks without a bound: it gets what was unpacked within one, no longer compressed.
  const workbook = Buffer.from(zipSync(Object.fromEntries(unpackZip(document)), { level: 0 }));
  try {
    const data = sheet === undefined ? await readSheet(workbook) : await readSheet(workbook, sheet);
    return data.map((row) => row.map(cellText));
  } catch (cause) {
    throw brokenSource(document.place, `the workbook cannot be read (${messageOf(cause)})`, cause);
  }
}

async function* read(location: SourceLocation, access: SourceAccess): AsyncGenerator<SourceItem> {
  const document = await readDocument(location, access, types, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
  const rows = await readRows(document, location.options["sheet"]);
  const headerAt = rows.findIndex((row) => row.some((cell) => cell.trim() !== ""));
  const header = rows[headerAt];
  if (header === undefined) throw brokenSource(document.place, "the sheet is empty");
  const columns = await findColumns(header, location, access);
  const [toItem, defaults] = [createItemMaker(), defaultsOf(location.options, location.from)];
  const body = rows.slice(headerAt + 1);
  for (const [index, row] of body.entries()) {
    if (row.every((cell) => cell.trim() === "")) continue;
    const cells = cellsOf(columns, row);
    const item = toItem(`row ${headerAt + index + 2}`, rowId(cells), () => rowToOffer(cells, defaults, access.now));
    if (!isOver(item)) yield item;
    access.onProgress(index + 1, body.length);
  }
}

/** The first sheet of a workbook, or that of the option `sheet`. */
export const xlsx: Importer = {
  id: "xlsx",
  description: "Excel workbook (XLSX), first sheet or --option sheet=…; columns as csv (angebote.xlsx)",
  read,
};
