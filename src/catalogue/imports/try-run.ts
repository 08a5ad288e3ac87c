import type { Batch } from "./import-store.ts";
import { readHashes } from "./import-store.ts";
import type { OfferMaker } from "./make-offer.ts";
import { readSource } from "./read-source.ts";
import { type ImportReport, mostRejections, type Rejection, shrinksTooMuch } from "./report.ts";
import type { ImportParts, ImportRequest } from "./run-import.ts";
import { createSourceAccess } from "./source-access.ts";

/** What would change, spelled out up to this number. */
const mostSampled = 50;

/** Reads a source and says what an import would change; writes nothing. */
export async function tryRun(
  request: ImportRequest,
  { db, fetch, now, onProgress }: ImportParts,
  maker: OfferMaker,
): Promise<ImportReport> {
  const began = Date.now();
  const { importer, location, source } = request;
  const inPlace = await readHashes(db, source);
  const gone = new Set(inPlace.keys());
  const sample: string[] = [];
  const rejections: Rejection[] = [];
  const counts = { added: 0, changed: 0, unchanged: 0, rejected: 0 };

  function tell(line: string): void {
    if (sample.length < mostSampled) sample.push(line);
  }
  async function write(batch: Batch): Promise<void> {
    for (const { id, body } of batch.rows) {
      const kind = !gone.delete(id) ? "added" : body === undefined ? "unchanged" : "changed";
      counts[kind] += 1;
      if (body !== undefined) tell(`${kind} ${id}: ${body.title.de}`);
    }
    counts.rejected += batch.rejections.length;
    rejections.push(...batch.rejections.map(({ place, reason }) => ({ place, reason })).slice(0, mostRejections - rejections.length));
  }

  const { access } = createSourceAccess(db, fetch, { source, fresh: true, keep: false, cursor: undefined, now: now(), onProgress });
  await readSource(importer, location, access, maker, { position: 0, staged: new Set(), inPlace }, { write });
  for (const id of gone) tell(`withdrawn ${id}`);
  const held = shrinksTooMuch(inPlace.size, counts.added + counts.changed + counts.unchanged);
  return {
    source,
    kind: importer.id,
    state: "dry-run",
    ...counts,
    withdrawn: gone.size,
    rejections,
    duplicates: 0,
    resumed: false,
    reason: held ? "The import would be held for staff: the source has shrunk by more than 30 %." : undefined,
    sample,
    tookMs: Date.now() - began,
  };
}
