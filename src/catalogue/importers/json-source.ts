import { AppError } from "../../core/errors.ts";
import { parseJson } from "../../core/json.ts";
import type { SourceAccess, SourceLocation } from "./importer.ts";

/** Feeds nest far less; what is deeper is an attack or a fault. */
const maxDepth = 64;

/** A text of a source with the name to report places in it by. */
export interface SourceText {
  readonly name: string;
  readonly text: string;
}

function decode(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new AppError("SOURCE_INVALID", `${name} is not UTF-8.`, { cause });
  }
}

/** The last part of a path or address, without its query. */
function nameOf(from: SourceLocation["from"]): string {
  const path = "url" in from ? (URL.parse(from.url)?.pathname ?? from.url) : from.file;
  return path.split("/").findLast((part) => part !== "") ?? path;
}

/** Reads an address or a file as text; throws SOURCE_INVALID where it is not UTF-8. */
export async function readSourceText(from: SourceLocation["from"], access: SourceAccess): Promise<SourceText> {
  const name = nameOf(from);
  if ("url" in from) {
    const { body } = await access.fetch(from.url, { accept: "application/json" });
    return { name, text: decode(body, name) };
  }
  const pieces: Uint8Array[] = [];
  for await (const piece of access.readFile(from.file)) pieces.push(piece);
  return { name, text: decode(Buffer.concat(pieces), name) };
}

/** Parses one JSON document; throws SOURCE_INVALID with its name, quoting nothing of it. */
export function parseDocument({ name, text }: SourceText): unknown {
  try {
    return parseJson(text, maxDepth);
  } catch (cause) {
    throw new AppError("SOURCE_INVALID", `${name} is not JSON. Is it the right address or file?`, { cause });
  }
}
