import { AppError, messageOf } from "../../core/errors.ts";
import { parseJson } from "../../core/json.ts";
import type { Fetched, SourceAccess, SourceLocation } from "./importer.ts";

/** JSON of sources is a tree of a few levels; deeper is an attack or a fault. */
const deepestJson = 64;
/** A document that is read whole, in bytes; larger ones are CSV, which is streamed. */
const largestDocument = 100_000_000;

/** A source of which nothing can be imported: what is wrong and where. */
export function brokenSource(place: string, reason: string, cause?: unknown): AppError {
  return new AppError("SOURCE_INVALID", `${place}: ${reason}.`, { cause });
}

/** Where a source is, for messages. */
export function placeOf({ from }: SourceLocation): string {
  return "url" in from ? from.url : from.file;
}

/** The text of bytes that must be UTF-8 (a byte order mark is taken off); throws SOURCE_INVALID where they are not. */
export function decodeUtf8(bytes: Uint8Array, place: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw brokenSource(place, "the text is not UTF-8", cause);
  }
}

/** Throws SOURCE_INVALID where a server says that its answer is something else; none said is taken. */
export function expectType({ headers, url }: Fetched, expected: RegExp): void {
  const type = headers["content-type"]?.split(";")[0]?.trim().toLowerCase() ?? "";
  if (type !== "" && type !== "application/octet-stream" && !expected.test(type))
    throw brokenSource(url, `the answer is ${type.slice(0, 60)}, not what was asked for`);
}

/** The bytes of a file as a whole. */
export async function readWhole(path: string, access: SourceAccess): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of access.readFile(path)) {
    length += piece.length;
    if (length > largestDocument) throw brokenSource(path, `the file is larger than ${largestDocument / 1e6} MB`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** The bytes of a source and the address or file they came from. */
export interface Document {
  readonly bytes: Uint8Array;
  /** After redirects. */
  readonly place: string;
}

/** Reads an address or a file whole; `types` are the content types that an address may answer with. */
export async function readDocument(location: SourceLocation, access: SourceAccess, types: RegExp, accept: string): Promise<Document> {
  const { from } = location;
  if ("file" in from) return { bytes: await readWhole(from.file, access), place: from.file };
  const fetched = await access.fetch(from.url, { accept });
  expectType(fetched, types);
  return { bytes: fetched.body, place: fetched.url };
}

/** JSON of a source; throws SOURCE_INVALID where it is malformed, cut off or nested too deep. */
export function parseSourceJson(bytes: Uint8Array, place: string): unknown {
  try {
    return parseJson(decodeUtf8(bytes, place), deepestJson);
  } catch (cause) {
    if (cause instanceof AppError && cause.code === "SOURCE_INVALID") throw cause;
    throw brokenSource(place, messageOf(cause).replace(/\.$/, ""), cause);
  }
}

const jsonTypes = /^(?:application|text)\/(?:[\w.+-]*\+)?json$/;

/** GET, or POST where there is a body, of an address that answers JSON. */
export async function fetchJson(url: string, access: SourceAccess, body?: unknown): Promise<unknown> {
  const fetched = await access.fetch(url, { accept: "application/json", ...(body !== undefined && { body }) });
  expectType(fetched, jsonTypes);
  return parseSourceJson(fetched.body, fetched.url);
}

/** The address that a source needs; throws USAGE where it is a file. */
export function requireUrl({ from }: SourceLocation, importer: string): string {
  if ("url" in from) return from.url;
  throw new AppError("USAGE", `The source ${importer} is an address, not a file.`);
}

/** An address below another, whether that ends in a slash or not. */
export function below(base: string, path: string): string {
  const url = new URL(base);
  const [pathname = "", search = ""] = path.split("?");
  url.pathname = `${url.pathname.replace(/\/+$/, "")}/${pathname}`;
  url.search = search;
  url.hash = "";
  return url.href;
}

/** An address as a place of a report: without its host, which is the source's. */
export function pathOf(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}
