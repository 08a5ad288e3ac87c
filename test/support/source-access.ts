import { createReadStream } from "node:fs";
import type { Importer, SourceAccess, SourceItem, SourceLocation } from "../../src/catalogue/importers/importer.ts";
import { AppError } from "../../src/core/errors.ts";

/** When the fixtures of importers are read: their events lie after it. */
const sourceNow = new Date("2026-11-22T12:00:00Z");
const largestAnswer = 20_000_000;

/** What an importer told while it read. */
export interface Reading {
  readonly items: readonly SourceItem[];
  readonly records: readonly (SourceItem & { readonly kind: "record" })[];
  readonly rejected: readonly (SourceItem & { readonly kind: "rejected" })[];
  readonly cursors: readonly unknown[];
  /** The last that it told of its progress. */
  readonly progress: readonly [done: number, total: number | undefined] | undefined;
}

async function readBody(response: Response): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of response.body ?? []) {
    length += piece.length;
    if (length > largestAnswer) throw new AppError("TOO_LARGE", `${response.url}: more than ${largestAnswer} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** Access of an import without its guards: a real fetch, bounded in size, and real files. */
export function openAccess(cursor?: unknown, onProgress: SourceAccess["onProgress"] = () => {}): SourceAccess {
  return {
    cursor,
    now: sourceNow,
    onProgress,
    readFile: (path) => createReadStream(path),
    async fetch(url, { body, accept } = {}) {
      const headers = { ...(accept !== undefined && { accept }), ...(body !== undefined && { "content-type": "application/json" }) };
      const sent = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
      const response = await fetch(url, { headers, ...sent });
      if (!response.ok) throw new AppError("SOURCE_UNREACHABLE", `${url} answered ${response.status}`);
      return { status: response.status, headers: Object.fromEntries(response.headers), body: await readBody(response), url: response.url };
    },
  };
}

/** Reads a source to its end, as an import does. */
export async function readSource(
  importer: Importer,
  from: SourceLocation["from"],
  options: Readonly<Record<string, string>> = {},
  cursor?: unknown,
): Promise<Reading> {
  const items: SourceItem[] = [];
  let progress: Reading["progress"];
  const access = openAccess(cursor, (done, total) => {
    progress = [done, total];
  });
  for await (const item of importer.read({ from, options }, access)) items.push(item);
  return {
    items,
    records: items.filter((item) => item.kind === "record"),
    rejected: items.filter((item) => item.kind === "rejected"),
    cursors: items.filter((item) => item.kind === "checkpoint").map((item) => item.cursor),
    progress,
  };
}

/** The fault that a source as a whole is refused with, and how many records had been told before it. */
export async function readBroken(
  importer: Importer,
  from: SourceLocation["from"],
  options: Readonly<Record<string, string>> = {},
): Promise<{ readonly error: unknown; readonly told: number }> {
  let told = 0;
  try {
    for await (const item of importer.read({ from, options }, openAccess())) if (item.kind === "record") told += 1;
  } catch (error) {
    return { error, told };
  }
  throw new Error("the source was read to its end");
}
