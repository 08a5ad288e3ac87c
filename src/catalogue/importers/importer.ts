import { AppError } from "../../core/errors.ts";
import type { Offer } from "../../core/offer.ts";

/** An offer as a source tells it: what identifies it, where it came from and when it was read is added by the import. */
export type SourceOffer = Omit<Offer, "id" | "needs" | "source" | "status" | "checkedAt" | "demo"> & {
  /** Needs that the source itself names by our ids; found by the words otherwise. */
  readonly needs?: readonly string[] | undefined;
  /** Federal keys of the service (LeiKa, 14 digits), by which the needs are found where the source does not name ours. */
  readonly leika?: readonly string[] | undefined;
};

/** What reading a source brings, in the source's order. */
export type SourceItem =
  /** `place` says where it stands (a line, a pointer into JSON, an address); without one its id does. */
  | { readonly kind: "record"; readonly externalId: string; readonly offer: SourceOffer; readonly place?: string }
  /** A row that cannot be taken; `reason` says what is wrong with it. */
  | { readonly kind: "rejected"; readonly place: string; readonly reason: string }
  /** Everything before it is complete: an import that breaks goes on from here. Any JSON value. */
  | { readonly kind: "checkpoint"; readonly cursor: unknown };

/** An answer of a source, its body read whole and bounded in size and time. */
export interface Fetched {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** The address that answered, after redirects. */
  readonly url: string;
}

/** An answer that is not 2xx: its body often says why. */
export class AnswerError extends AppError {
  readonly status: number;
  readonly body: Uint8Array;

  constructor(message: string, answer: { readonly status: number; readonly body: Uint8Array }) {
    super("SOURCE_UNREACHABLE", message);
    this.name = "AnswerError";
    this.status = answer.status;
    this.body = answer.body;
  }
}

/** What an importer may use; it reads nothing but by these. */
export interface SourceAccess {
  /** GET, or POST where there is a body; polite and guarded. Answers are always whole: what has not changed comes from what was read before. Throws AnswerError for what is not 2xx, with the address and the status. */
  fetch(url: string, options?: { readonly body?: unknown; readonly accept?: string }): Promise<Fetched>;
  /** The bytes of a file in pieces, where the source is a file. */
  readFile(path: string): AsyncIterable<Uint8Array>;
  /** What the last checkpoint of the run that is gone on with said. */
  readonly cursor: unknown;
  readonly now: Date;
  /** Records that were read and records that there will be, where it is known. */
  onProgress(done: number, total: number | undefined): void;
}

/** Where to read: an address or a file, and settings of the kind of source (a column mapping, a language). */
export interface SourceLocation {
  readonly from: { readonly url: string } | { readonly file: string };
  readonly options: Readonly<Record<string, string>>;
}

/** One kind of source. One file each, and a line in importers.ts. */
export interface Importer {
  /** What it is called on the command line. */
  readonly id: string;
  /** One line for `--help`, with an example of an address or a file. */
  readonly description: string;
  /** The licence that the source gives its data under, where it is always the same. */
  readonly licence?: string;
  /** Reads everything; throws AppError with place and reason if the source as a whole is broken, so that nothing is imported. */
  read(location: SourceLocation, access: SourceAccess): AsyncIterable<SourceItem>;
}
