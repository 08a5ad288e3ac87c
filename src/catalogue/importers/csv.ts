import { findColumns } from "./columns.ts";
import { readCsv } from "./csv-text.ts";
import type { Importer, SourceAccess, SourceItem, SourceLocation } from "./importer.ts";
import { createItemMaker, isOver } from "./record.ts";
import { brokenSource, expectType, placeOf } from "./source.ts";
import { cellsOf, defaultsOf, rowId, rowToOffer } from "./table-rows.ts";

const types = /^text\/(?:csv|plain|comma-separated-values|tab-separated-values)$|^application\/(?:csv|vnd\.ms-excel)$/;

async function* bytesOf({ from }: SourceLocation, access: SourceAccess): AsyncGenerator<Uint8Array> {
  if ("file" in from) return yield* access.readFile(from.file);
  const fetched = await access.fetch(from.url, { accept: "text/csv" });
  expectType(fetched, types);
  yield fetched.body;
}

async function* read(location: SourceLocation, access: SourceAccess): AsyncGenerator<SourceItem> {
  const { options } = location;
  const rows = readCsv(bytesOf(location, access), placeOf(location), { encoding: options["encoding"], delimiter: options["delimiter"] });
  const { value: header } = await rows.next();
  if (header === undefined) throw brokenSource(placeOf(location), "the table is empty");
  const columns = await findColumns(header.cells, location, access);
  const [toItem, defaults] = [createItemMaker(), defaultsOf(options, location.from)];
  let done = 0;
  for await (const { line, cells: row } of rows) {
    done += 1;
    if (done % 100 === 0) access.onProgress(done, undefined);
    const place = `line ${line}`;
    if (row.length !== header.cells.length) {
      yield { kind: "rejected", place, reason: `${row.length} columns, but the header has ${header.cells.length}` };
      continue;
    }
    const cells = cellsOf(columns, row);
    const item = toItem(place, rowId(cells), () => rowToOffer(cells, defaults, access.now));
    if (!isOver(item)) yield item;
  }
  access.onProgress(done, done);
}

/** A table of offers; delimiter and encoding are found. Read as a stream. */
export const csv: Importer = {
  id: "csv",
  description: "CSV table; columns by their German names or --option columns=… (angebote.csv, https://…/angebote.csv)",
  read,
};
