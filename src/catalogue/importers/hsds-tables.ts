import { z } from "zod";
import { unpackZip } from "./archive.ts";
import { readCsv } from "./csv-text.ts";
import type { SourceAccess, SourceItem, SourceLocation } from "./importer.ts";
import { brokenSource, type Document, parseSourceJson, readDocument, readWhole } from "./source.ts";

/** A row of a table by the names of its columns, and where it stands. */
export interface TableRow {
  readonly place: string;
  readonly values: Readonly<Record<string, string>>;
}

export type Tables = ReadonlyMap<string, readonly TableRow[]>;

/** What a data package holds: its tables by name, and rows that no table can have. */
export interface TablePackage {
  readonly tables: Tables;
  readonly rejected: readonly SourceItem[];
}

const Package = z.object({
  resources: z
    .array(
      z.object({
        name: z.string(),
        path: z.string(),
        encoding: z.string().optional(),
        dialect: z.object({ delimiter: z.string().length(1).optional() }).optional(),
      }),
    )
    .min(1),
});
type Resource = z.infer<typeof Package>["resources"][number];

const types = /^(?:application|text)\/(?:(?:[\w.+-]*\+)?json|zip|x-zip-compressed)$/;

/** Singular and plural, with and without a folder: "services", "service", "tables/service". */
function tableName({ name }: Resource): string {
  return (name.split("/").at(-1) ?? name)
    .toLowerCase()
    .replace(/ies$/, "y")
    .replace(/(?<!s)s$/, "");
}

function readerOf(
  document: Document,
  location: SourceLocation,
  access: SourceAccess,
): { readonly descriptor: Document; read(path: string): Promise<Uint8Array> } {
  const { place } = document;
  if (document.bytes[0] === 0x50 && document.bytes[1] === 0x4b) return readerOfArchive(document);
  if ("file" in location.from) {
    const folder = location.from.file.replace(/[^/\\]*$/, "");
    return { descriptor: document, read: (path) => readWhole(folder + path, access) };
  }
  return { descriptor: document, read: async (path) => (await access.fetch(new URL(path, place).href, { accept: "text/csv" })).body };
}

function readerOfArchive(document: Document): ReturnType<typeof readerOf> {
  const files = unpackZip(document);
  const name = [...files.keys()].filter((each) => /(?:^|\/)datapackage\.json$/.test(each)).sort((a, b) => a.length - b.length)[0];
  if (name === undefined) throw brokenSource(document.place, "the archive holds no datapackage.json");
  const folder = name.replace(/datapackage\.json$/, "");
  return {
    descriptor: { bytes: files.get(name) ?? new Uint8Array(), place: `${document.place}/${name}` },
    read: async (path) => {
      const bytes = files.get(folder + path);
      if (bytes === undefined) throw brokenSource(document.place, `the archive holds no ${path.slice(0, 80)}`);
      return bytes;
    },
  };
}

async function* piece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function readTable(resource: Resource, bytes: Uint8Array, rejected: SourceItem[]): Promise<readonly TableRow[]> {
  const rows: TableRow[] = [];
  let header: readonly string[] | undefined;
  for await (const { line, cells } of readCsv(piece(bytes), resource.path, {
    encoding: resource.encoding,
    delimiter: resource.dialect?.delimiter,
  })) {
    const place = `${resource.path} line ${line}`;
    if (header === undefined) header = cells.map((cell) => cell.toLowerCase());
    else if (cells.length === header.length)
      rows.push({ place, values: Object.fromEntries(header.map((name, index) => [name, cells[index] ?? ""])) });
    else rejected.push({ kind: "rejected", place, reason: `${cells.length} columns, but the header has ${header.length}` });
  }
  return rows;
}

/**
 * Reads a data package: its datapackage.json, beside which the tables lie, or all of it in a ZIP archive. Throws SOURCE_INVALID where
 * the description or a table is broken, or a path leads out of the package.
 */
export async function readTables(location: SourceLocation, access: SourceAccess): Promise<TablePackage> {
  const { descriptor, read } = readerOf(await readDocument(location, access, types, "application/json, application/zip"), location, access);
  const parsed = Package.safeParse(parseSourceJson(descriptor.bytes, descriptor.place));
  if (!parsed.success) throw brokenSource(descriptor.place, "this is no data package: `resources` with name and path are missing");
  const outside = parsed.data.resources.find(({ path }) => /^(?:[a-z]+:|\/|\\)|(?:^|[/\\])\.\.(?:[/\\]|$)/i.test(path));
  if (outside !== undefined) throw brokenSource(descriptor.place, `the path ${outside.path.slice(0, 80)} leads out of the package`);
  const tables = new Map<string, readonly TableRow[]>();
  const rejected: SourceItem[] = [];
  for (const resource of parsed.data.resources)
    tables.set(tableName(resource), await readTable(resource, await read(resource.path), rejected));
  return { tables, rejected };
}
