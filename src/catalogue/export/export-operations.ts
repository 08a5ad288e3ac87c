import { z } from "zod";
import { AppError } from "../../core/errors.ts";
import type { Offer } from "../../core/offer.ts";
import { directoryOf } from "../hsds/directory.ts";
import { toService } from "../hsds/services.ts";
import type { CatalogueRecords } from "../live-catalogue.ts";
import { createContentWriter } from "./content-entries.ts";
import { toCsv } from "./csv.ts";

export const exportFormats = ["hsds", "csv", "content"] as const;

/** A piece of an export: text to be put at the end of files, by their names. */
export const ExportPiece = z.object({
  /** Names the export that the next piece belongs to. */
  run: z.string(),
  total: z.number(),
  /** Offers up to here are done. */
  done: z.number(),
  files: z.array(z.object({ name: z.string(), text: z.string() })),
  leftOut: z.array(z.object({ id: z.string(), reason: z.string() })),
});

export type ExportPiece = z.output<typeof ExportPiece>;

const Wanted = z.object({ format: z.enum(exportFormats), run: z.string().optional(), from: z.int().min(0) });

/** Offers a piece: some megabytes, for which nothing else has to wait long. */
const pieceSize = 500;
/** An export that nobody goes on with holds the records of its beginning no longer. */
const forgetAfterMs = 60_000;

type Making = Pick<ExportPiece, "files" | "leftOut">;

interface Part {
  readonly records: CatalogueRecords;
  readonly offers: readonly Offer[];
  readonly first: boolean;
  readonly last: boolean;
}

async function makeHsds({ records, offers, first, last }: Part): Promise<Making> {
  const surroundings = (await directoryOf(records)).at(new Date());
  const lines = offers.map((offer) => JSON.stringify(toService(offer, surroundings)));
  const text = `${first ? "[\n" : ""}${lines.map((line, index) => (first && index === 0 ? line : `,\n${line}`)).join("")}${last ? "\n]\n" : ""}`;
  return { files: [{ name: "services.json", text }], leftOut: [] };
}

function makeCsv({ records, offers, first }: Part): Making {
  const rows = offers.map((offer) => ({ offer, changedAt: new Date(records.changedAt.get(offer.id) ?? 0).toISOString() }));
  return { files: [{ name: "offers.csv", text: toCsv(rows, first) }], leftOut: [] };
}

function makeContent({ records, offers }: Part): Making {
  const entries = offers.map(createContentWriter(records.content));
  const byFile = Map.groupBy(
    entries.flatMap((entry) => (entry.kind === "entry" ? [entry] : [])),
    ({ file }) => file,
  );
  return {
    files: [...byFile].map(([name, own]) => ({ name, text: own.map(({ text }) => text).join("") })),
    leftOut: entries.flatMap((entry) => (entry.kind === "left-out" ? [{ id: entry.id, reason: entry.reason }] : [])),
  };
}

const makers = { hsds: makeHsds, csv: makeCsv, content: makeContent } as const;

/** The export of a catalogue, piece by piece, each of the same state. Made-up entries are never exported. */
export function createExportOperations(readRecords: () => Promise<CatalogueRecords>) {
  const running: { records?: CatalogueRecords | undefined; run: number; timer?: NodeJS.Timeout } = { run: 0 };

  async function recordsOf(run: string | undefined): Promise<CatalogueRecords> {
    clearTimeout(running.timer);
    if (run === undefined) {
      running.run += 1;
      running.records = await readRecords();
    } else if (running.records === undefined || run !== String(running.run))
      throw new AppError("REQUEST_INVALID", "Another export has begun meanwhile. Start this one again.");
    return running.records;
  }

  return {
    "export.piece": async (input: unknown): Promise<ExportPiece> => {
      const { format, run, from } = Wanted.parse(input);
      const records = await recordsOf(run);
      const all = records.offers.filter(({ demo }) => demo !== true);
      const offers = all.slice(from, from + pieceSize);
      const done = from + offers.length;
      const last = done >= all.length;
      const made = await makers[format]({ records, offers, first: from === 0, last });
      if (last) running.records = undefined;
      else running.timer = setTimeout(() => (running.records = undefined), forgetAfterMs).unref();
      return { run: String(running.run), total: all.length, done, ...made };
    },
  };
}
