import type { Importer, SourceAccess, SourceItem, SourceLocation } from "../importers/importer.ts";
import type { Batch, StagedRow } from "./import-store.ts";
import type { ImportedBody, OfferMaker } from "./make-offer.ts";

/** Where the rows of a run go: the staging tables, or a count for a dry run. */
export interface Sink {
  write(batch: Batch): Promise<void>;
}

/** What a run starts from. */
export interface ReadState {
  readonly position: number;
  /** Ids that the run has staged already. */
  readonly staged: ReadonlySet<string>;
  /** Hashes of what is in place, by id. */
  readonly inPlace: ReadonlyMap<string, string>;
}

const rowsAtOnce = 250;
/** A checkpoint is written with so many rows or after so long, whichever comes first. */
const longestBatchMs = 2000;

/** Reads a source to its end and hands what it brings to the sink in batches, each closed by a checkpoint where the importer gives one. */
export async function readSource(
  importer: Importer,
  location: SourceLocation,
  access: SourceAccess,
  maker: OfferMaker,
  { position: from, staged, inPlace }: ReadState,
  sink: Sink,
): Promise<void> {
  const seen = new Set(staged);
  let rows: StagedRow[] = [];
  let rejections: { position: number; place: string; reason: string }[] = [];
  let position = from;
  let flushedAt = Date.now();

  async function flush(complete?: Batch["complete"]): Promise<void> {
    if (rows.length === 0 && rejections.length === 0 && complete === undefined) return;
    const batch = { rows, rejections, complete };
    rows = [];
    rejections = [];
    await sink.write(batch);
    flushedAt = Date.now();
  }
  const isDue = () => rows.length + rejections.length >= rowsAtOnce || Date.now() - flushedAt >= longestBatchMs;
  const reject = (place: string, reason: string) => void rejections.push({ position, place, reason });

  async function take({ externalId, offer, place = `record ${externalId}` }: Extract<SourceItem, { kind: "record" }>): Promise<void> {
    const id = maker.idOf(externalId);
    if (seen.has(id)) return reject(place, "the same record stands twice in the source; the first one counts");
    const hash = maker.hash(externalId, offer);
    let body: ImportedBody | undefined;
    if (inPlace.get(id) !== hash) {
      const made = await maker.make(externalId, offer);
      if (made.kind === "rejected") return reject(place, made.reason);
      body = made.body;
    }
    seen.add(id);
    rows.push({ position, id, hash, body });
  }

  for await (const item of importer.read(location, access)) {
    if (item.kind === "checkpoint") {
      if (isDue()) await flush({ position, cursor: item.cursor });
      continue;
    }
    position += 1;
    if (item.kind === "rejected") reject(item.place, item.reason);
    else await take(item);
    if (rows.length + rejections.length >= 2 * rowsAtOnce) await flush();
  }
  await flush();
}
