import { Readable } from "node:stream";
import { parse } from "csv-parse";
import { messageOf } from "../../core/errors.ts";
import { brokenSource } from "./source.ts";

/** A row of a CSV file and the line it begins at, from 1. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

type Encoding = "utf-8" | "windows-1252" | "utf-16le";

/** Bytes that are no letters in Windows-1252: the file is in another encoding. */
const undefinedLetter = /[\u0081\u008D\u008F\u0090\u009D]/;

function isAscii(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte < 0x80);
}

/** What a piece of a file is encoded in; undefined while it is ASCII alone, which is the same in both. */
function detect(piece: Uint8Array, first: boolean): Encoding | undefined {
  if (first && piece[0] === 0xff && piece[1] === 0xfe) return "utf-16le";
  if (isAscii(piece)) return undefined;
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(piece, { stream: true });
    return "utf-8";
  } catch {
    return "windows-1252";
  }
}

/**
 * Text of bytes in UTF-8, UTF-16 with a byte order mark or Windows-1252, which the first letter beyond ASCII tells apart unless
 * `given` says it. Throws SOURCE_INVALID where a later byte does not fit, or where it is no text.
 */
async function* decodeText(pieces: AsyncIterable<Uint8Array>, place: string, given?: string): AsyncGenerator<string> {
  if (given !== undefined && !/^(?:utf-?8|windows-1252|utf-16le)$/i.test(given))
    throw brokenSource(place, `the encoding ${given} is not known: utf-8, windows-1252 or utf-16le`);
  let decoder = given === undefined ? undefined : new TextDecoder(given, { fatal: true });
  let first = true;
  for await (const piece of pieces) {
    const encoding = decoder === undefined ? detect(piece, first) : undefined;
    if (encoding !== undefined) decoder = new TextDecoder(encoding, { fatal: true });
    first = false;
    yield decode(piece, decoder, place);
  }
  yield decode(undefined, decoder, place);
}

function decode(piece: Uint8Array | undefined, decoder: TextDecoder | undefined, place: string): string {
  try {
    const text =
      decoder === undefined ? Buffer.from(piece ?? []).toString("latin1") : decoder.decode(piece, { stream: piece !== undefined });
    if (!text.includes("\0") && !(decoder?.encoding === "windows-1252" && undefinedLetter.test(text))) return text;
  } catch (cause) {
    throw brokenSource(place, `the text is not ${decoder?.encoding}`, cause);
  }
  throw brokenSource(place, "this is no text, or in an encoding that is not known");
}

/** Which of ; , tab | stands most often in the first line, outside quotes. */
function findDelimiter(text: string): string {
  const line = text.replace(/"[^"]*"/g, "").split(/\r?\n/, 1)[0] ?? "";
  const counted = [";", ",", "\t", "|"].map((delimiter) => ({ delimiter, count: line.split(delimiter).length }));
  return counted.reduce((best, each) => (each.count > best.count ? each : best)).delimiter;
}

async function* startWithLine(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let head: string | undefined = "";
  for await (const text of texts) {
    if (head === undefined) yield text;
    else {
      head += text;
      if (!head.includes("\n")) continue;
      yield head;
      head = undefined;
    }
  }
  if (head !== undefined) yield head;
}

/**
 * The rows of a CSV file, the header among them, as a stream: memory does not grow with the file. Throws SOURCE_INVALID with the
 * line where quotes are not closed or misplaced. Rows may be shorter or longer than the header.
 */
export async function* readCsv(
  pieces: AsyncIterable<Uint8Array>,
  place: string,
  options: { readonly encoding?: string | undefined; readonly delimiter?: string | undefined } = {},
): AsyncGenerator<CsvRow> {
  const texts = startWithLine(decodeText(pieces, place, options.encoding));
  const { value: head = "" } = await texts.next();
  if (/^\s*(?:<!doctype|<html|<\?xml|\{|\[\s*\{)/i.test(head)) throw brokenSource(place, "this is HTML, XML or JSON, not a table");
  const parser = parse({
    bom: true,
    delimiter: options.delimiter ?? findDelimiter(head),
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: 1_000_000,
    info: true,
    trim: true,
  });
  const input = Readable.from(
    (async function* () {
      yield head;
      yield* texts;
    })(),
  );
  input.on("error", (error) => parser.destroy(error));
  try {
    let lastLine = 0;
    for await (const { record, info } of input.pipe(parser) as AsyncIterable<{ record: readonly string[]; info: { lines: number } }>) {
      yield { line: lastLine + 1, cells: record };
      lastLine = info.lines;
    }
  } catch (error) {
    if (error instanceof Error && "code" in error && String(error.code).startsWith("CSV_"))
      throw brokenSource(place, messageOf(error), error);
    throw error;
  } finally {
    input.destroy();
  }
}
