import { Unzip, UnzipInflate } from "fflate";
import { AppError, messageOf } from "../../core/errors.ts";
import { brokenSource, type Document } from "./source.ts";

/** Bytes that an archive may unpack to: a workbook of some 200,000 rows. */
const largestUnpacked = 150_000_000;
const mostFiles = 2000;
const pieceBytes = 65_536;

/**
 * The files of a ZIP archive by name. What it unpacks to is counted while it is inflated, whatever the archive says of itself; throws
 * SOURCE_INVALID where it is more than 150 MB or 2,000 files, or where the archive is damaged or cut off.
 */
export function unpackZip({ bytes, place }: Document): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  let unpacked = 0;
  let open = 0;
  const unzip = new Unzip((file) => {
    const pieces: Uint8Array[] = [];
    open += 1;
    if (files.size + open > mostFiles) throw brokenSource(place, `the archive holds more than ${mostFiles} files`);
    file.ondata = (error, piece, final) => {
      if (error) throw error;
      unpacked += piece.length;
      if (unpacked > largestUnpacked) throw brokenSource(place, `the archive unpacks to more than ${largestUnpacked / 1e6} MB`);
      pieces.push(piece);
      if (!final) return;
      open -= 1;
      files.set(file.name, Buffer.concat(pieces));
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  try {
    for (let at = 0; at < bytes.length; at += pieceBytes) unzip.push(bytes.subarray(at, at + pieceBytes), at + pieceBytes >= bytes.length);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw brokenSource(place, `the archive is damaged (${messageOf(cause)})`, cause);
  }
  if (files.size === 0 || open > 0 || !hasDirectory(bytes)) throw brokenSource(place, "this is no whole ZIP archive");
  return files;
}

/** An archive ends with its directory, which is missing where it was cut off. */
function hasDirectory(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).lastIndexOf("PK\u0005\u0006", undefined, "latin1") >= 0;
}
