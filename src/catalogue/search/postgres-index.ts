import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { type Database, rowsOf } from "../../database/database.ts";
import type { NameConcepts } from "../../text/concepts.ts";
import { type AnalysedDocument, createAnalyser, createReader } from "./analyse-documents.ts";
import { impactOf } from "./first-round.ts";
import { deletionsOf, isMendable } from "./lexicon.ts";
import type { SearchDocument } from "./search-document.ts";
import { createTally } from "./statistics.ts";

/** Documents whose postings lie in one row a term. */
const segmentSize = 8192;
/** Bounds one statement; a long one would keep an embedded database from answering. */
const rowsAtOnce = 500;
const postingsAtOnce = 40_000;
const formsAtOnce = 5000;

const hex = (array: Int32Array | Uint16Array | Uint32Array | Uint8Array) =>
  Buffer.from(array.buffer, array.byteOffset, array.byteLength).toString("hex");

const Generation = z.object({ generation: z.coerce.number() });

async function run(db: Database, query: SQL): Promise<readonly unknown[]> {
  return rowsOf(await db.execute(query));
}

function* batches<Row>(rows: readonly Row[], size: number): Generator<readonly Row[]> {
  for (let from = 0; from < rows.length; from += size) yield rows.slice(from, from + size);
}

interface Posting {
  readonly hash: number;
  readonly documents: number[];
  readonly impacts: number[];
}

/** Writes the documents of one segment and their postings. */
async function writeSegment(
  db: Database,
  at: { readonly generation: number; readonly segment: number; readonly meanWords: number },
  documents: readonly AnalysedDocument[],
): Promise<void> {
  const { generation, segment, meanWords } = at;
  const first = segment * segmentSize;
  const postings = new Map<number, Posting>();
  for (const [index, { terms, counts, lengths }] of documents.entries()) {
    for (const [place, hash] of terms.entries()) {
      const posting = postings.get(hash) ?? { hash, documents: [], impacts: [] };
      posting.documents.push(first + index);
      posting.impacts.push(impactOf(counts[place] ?? 0, lengths.words, meanWords));
      postings.set(hash, posting);
    }
  }
  for (const batch of batches([...documents.entries()], rowsAtOnce)) {
    const rows = batch.map(([index, { id, terms, counts, lengths, grams }]) => ({
      number: first + index,
      id,
      lengths,
      terms: hex(terms),
      counts: hex(counts),
      grams: hex(grams),
    }));
    await run(
      db,
      sql`insert into search_documents select ${generation}::integer, number, id, lengths, decode(terms, 'hex'), decode(counts, 'hex'), decode(grams, 'hex')
        from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as item (number integer, id text, lengths jsonb, terms text, counts text, grams text)`,
    );
  }
  let batch: Posting[] = [];
  let size = 0;
  const write = async () => {
    await run(
      db,
      sql`insert into search_postings select ${generation}::integer, hash, ${segment}::integer, cardinality(documents), documents, impacts
        from jsonb_to_recordset(${JSON.stringify(batch)}::text::jsonb) as item (hash integer, documents integer[], impacts smallint[])`,
    );
    batch = [];
    size = 0;
  };
  for (const posting of postings.values()) {
    batch.push(posting);
    size += posting.documents.length + 1;
    if (size >= postingsAtOnce) await write();
  }
  if (batch.length > 0) await write();
}

async function writeForms(db: Database, generation: number, forms: ReadonlyMap<string, string>): Promise<void> {
  const stems = [...new Set(forms.values())].filter((stem) => !forms.has(stem)).map((stem) => [stem, stem] as const);
  for (const batch of batches([...forms, ...stems], formsAtOnce))
    await run(
      db,
      sql`insert into search_forms select ${generation}::integer, item.pair->>0, item.pair->>1 from jsonb_array_elements(${JSON.stringify(batch)}::text::jsonb) as item (pair)
        on conflict do nothing`,
    );
  for (const batch of batches([...forms.keys()].filter(isMendable), formsAtOnce / 10))
    await run(
      db,
      sql`insert into search_deletions select ${generation}::integer, deletion.hash::integer, item.pair->>0
        from jsonb_array_elements(${JSON.stringify(batch.map((form) => [form, [...new Set(deletionsOf(form))]]))}::text::jsonb) as item (pair),
          jsonb_array_elements_text(item.pair->1) as deletion (hash)`,
    );
}

const olderTables = ["search_documents", "search_postings", "search_forms", "search_deletions"];

/** Documents that can be read twice: all words must be known before the first compound is split. */
export type DocumentSource = () => Iterable<SearchDocument>;

/**
 * Builds the index in the database, beside the one that serves, and lets it serve when it is whole. No transaction lasts longer than one
 * statement. `version` names the state of the documents; the generation before is kept for searches that are under way, older ones are deleted. `onProgress` is told how many documents are
 * written, and waited for.
 */
export async function buildPostgresIndex(
  db: Database,
  source: DocumentSource,
  nameConcepts: NameConcepts,
  version: string,
  onProgress: (documents: number) => unknown = () => undefined,
): Promise<void> {
  const { generation } = Generation.parse((await run(db, sql`select nextval('search_generation') as generation`))[0]);
  const reader = createReader();
  let words = 0;
  let documents = 0;
  for (const document of source()) {
    for (const line of reader.read(document)) words += line.words.length;
    documents += 1;
  }
  const forms = reader.forms();
  const analyser = createAnalyser(forms, nameConcepts);
  const tally = createTally();
  const meanWords = words / Math.max(1, documents);
  let segment: AnalysedDocument[] = [];
  let segments = 0;
  const finish = async () => {
    await writeSegment(db, { generation, segment: segments, meanWords }, segment);
    await onProgress(segments * segmentSize + segment.length);
    segments += 1;
    segment = [];
  };
  for (const document of source()) {
    const analysed = analyser.analyse(document.id, reader.read(document));
    tally.add(analysed);
    segment.push(analysed);
    if (segment.length === segmentSize) await finish();
  }
  if (segment.length > 0) await finish();
  await writeForms(db, generation, forms);
  const { gramCounts, gramRarities: _computed, ...statistics } = tally.statistics(analyser.gramCounts);
  for (const table of olderTables) await run(db, sql`analyze ${sql.identifier(table)}`);
  await run(
    db,
    sql`insert into search_index (id, generation, version, statistics, gram_counts)
      values (1, ${generation}, ${version}, ${JSON.stringify(statistics)}::text::jsonb, decode(${hex(gramCounts)}, 'hex'))
      on conflict (id) do update set generation = excluded.generation, version = excluded.version, statistics = excluded.statistics,
        gram_counts = excluded.gram_counts, built_at = now()`,
  );
  for (const table of olderTables) await run(db, sql`delete from ${sql.identifier(table)} where generation < ${generation - 1}`);
}
