import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Lang } from "../../core/languages.ts";
import { type Database, guarded, rowsOf } from "../../database/database.ts";
import { analyses } from "../../text/analysis.ts";
import { standardSpellings } from "../../text/bavarian.ts";
import type { NameConcepts } from "../../text/concepts.ts";
import { possibleParts } from "../../text/german.ts";
import { hashConcepts } from "./analyse-documents.ts";
import { raritiesOf, rarityOf } from "./bm25.ts";
import { firstRoundTerms, secondRound } from "./first-round.ts";
import { gramSpace, hashTerm } from "./hashing.ts";
import { chooseBavarian, chooseNearest, deletionsOf, isMendable } from "./lexicon.ts";
import { createQueryPlanner, type Lexicon, type PlannedWord, queryWords, stemsOf } from "./query-plan.ts";
import { rankCandidates } from "./ranking.ts";
import type { SearchHit, SearchQuery, TextSearch } from "./search-document.ts";
import type { Slice, Statistics } from "./slice.ts";

/** Postings that one search reads at most, the rarest terms first: it bounds the time where the catalogue is large. */
const defaultPostings = 40_000;

const Means = z.object({
  documents: z.number(),
  meanWords: z.number(),
  meanParts: z.number(),
  meanConcepts: z.number(),
  meanTitleGrams: z.number(),
  meanLineGrams: z.number(),
});
const Bytes = z.instanceof(Uint8Array);
const Index = z.object({ generation: z.number(), statistics: Means, gram_counts: Bytes });
const Form = z.object({ form: z.string(), stem: z.string() });
const Count = z.object({ hash: z.number(), count: z.coerce.number() });
const Lengths = z.object({ words: z.number(), parts: z.number(), concepts: z.number(), titleLines: z.number() });
const Stored = z.object({ number: z.number(), id: z.string(), lengths: Lengths, terms: Bytes, counts: Bytes, grams: Bytes });

/** Drivers give bytes at any offset of a shared buffer; typed arrays want their own. */
const own = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;
const json = (value: unknown): SQL => sql`${JSON.stringify(value)}::text::jsonb`;
const textsOf = (values: readonly string[]): SQL => sql`array(select jsonb_array_elements_text(${json(values)}))`;
const integersOf = (values: readonly number[]): SQL => sql`array(select jsonb_array_elements_text(${json(values)})::integer)`;

interface OpenIndex {
  readonly generation: number;
  readonly statistics: Statistics;
}

function sliceOf({ terms: termBytes, counts, grams: gramBytes, lengths }: z.output<typeof Stored>): Slice {
  const terms = new Int32Array(own(termBytes));
  const grams = new Uint16Array(own(gramBytes));
  return { terms, counts: new Uint32Array(own(counts)), from: 0, to: terms.length, grams, gramsFrom: 0, gramsTo: grams.length, lengths };
}

/** Search in a database that holds the index; another process may rebuild it at any time. */
export function createPostgresSearch(db: Database, nameConcepts: NameConcepts, mostPostings: number = defaultPostings): TextSearch {
  const rows = async <Schema extends z.ZodType>(schema: Schema, query: SQL): Promise<readonly z.output<Schema>[]> =>
    z.array(schema).parse(rowsOf(await db.execute(query)));
  let open: OpenIndex | undefined;

  async function openIndex(): Promise<OpenIndex | undefined> {
    const [current] = await rows(z.object({ generation: z.number() }), sql`select generation from search_index where id = 1`);
    if (current === undefined || current.generation === open?.generation) return open;
    const [index] = await rows(Index, sql`select generation, statistics, gram_counts from search_index where id = 1`);
    if (index === undefined) return undefined;
    const gramCounts = new Uint32Array(own(index.gram_counts));
    if (gramCounts.length !== gramSpace) return undefined;
    open = {
      generation: index.generation,
      statistics: { ...index.statistics, gramCounts, gramRarities: raritiesOf(gramCounts, index.statistics.documents) },
    };
    return open;
  }

  async function readForms(generation: number, words: Iterable<string>): Promise<ReadonlyMap<string, string>> {
    const found = await rows(
      Form,
      sql`select form, stem from search_forms where generation = ${generation} and form = any(${textsOf([...words])})`,
    );
    return new Map(found.map(({ form, stem }) => [form, stem]));
  }

  async function readCounts(generation: number, hashes: Iterable<number>): Promise<ReadonlyMap<number, number>> {
    const found = await rows(
      Count,
      sql`select hash, sum(count) as count from search_postings where generation = ${generation} and hash = any(${integersOf([...hashes])}) group by hash`,
    );
    return new Map(found.map(({ hash, count }) => [hash, count]));
  }

  async function readNearest(generation: number, words: readonly string[]): Promise<readonly (readonly [string, string])[]> {
    const hashes = words.filter(isMendable).flatMap((word) => [...deletionsOf(word)]);
    if (hashes.length === 0) return [];
    const found = await rows(
      Form,
      sql`select distinct f.form, f.stem from search_deletions d join search_forms f on f.generation = d.generation and f.form = d.form
        where d.generation = ${generation} and d.hash = any(${integersOf(hashes)}) order by f.form`,
    );
    return found.map(({ form, stem }) => [form, stem]);
  }

  /** All that planning a query may ask, read beforehand. */
  async function readLexicon({ generation }: OpenIndex, text: string, lang: Lang | undefined) {
    const words = queryWords(text, lang);
    const { stem, compounds } = analyses[lang ?? "de"];
    const parts = compounds ? words.flatMap(({ folded }) => possibleParts(stem(folded))) : [];
    const forms = await readForms(generation, new Set([...parts, ...words.flatMap(({ folded }) => standardSpellings(folded))]));
    const stems = words.flatMap(({ folded, parts: own }) => [...stemsOf(folded, lang), ...own.map(stem)]);
    const concepts = words.flatMap((word) => hashConcepts(word, nameConcepts));
    const counts = new Map(await readCounts(generation, new Set([...[...stems, ...forms.values()].map(hashTerm), ...concepts])));
    const unknown = words.filter(({ folded }) => !stemsOf(folded, lang).some((each) => counts.has(hashTerm(each))));
    const near = await readNearest(
      generation,
      unknown.map(({ folded }) => folded),
    );
    const lexicon: Lexicon = {
      stemOfKnown: (word) => forms.get(word),
      occurs: (hash) => counts.has(hash),
      nearest: (folded) => {
        const chosen = isMendable(folded) ? chooseNearest(folded, near) : [];
        return chosen.length > 0 ? chosen : chooseBavarian(folded, (form) => forms.get(form));
      },
    };
    for (const [hash, count] of await readCounts(generation, new Set(near.map(([, each]) => hashTerm(each))))) counts.set(hash, count);
    return { lexicon, counts };
  }

  /** The best documents by the rarest terms, or all of `among`. */
  async function readCandidates(
    { generation, statistics }: OpenIndex,
    plan: readonly PlannedWord[],
    counts: ReadonlyMap<number, number>,
    among: readonly string[] | undefined,
  ) {
    if (among !== undefined)
      return await rows(
        Stored,
        sql`select number, id, lengths, terms, counts, grams from search_documents where generation = ${generation} and id = any(${textsOf(among)})`,
      );
    let postings = 0;
    const terms = [...firstRoundTerms(plan)]
      .map(([hash, weight]) => ({ hash, count: counts.get(hash) ?? 0, weight }))
      .filter(({ count }) => count > 0)
      .sort((a, b) => a.count - b.count)
      .filter(({ count }, index) => {
        postings += count;
        return index === 0 || postings <= mostPostings;
      })
      .map(({ hash, count, weight }) => ({ hash, gain: weight * rarityOf(count, statistics.documents) }));
    return await rows(
      Stored,
      sql`with best as (
          select posting.number, sum(term.gain * posting.impact) as score
          from jsonb_to_recordset(${json(terms)}) as term (hash integer, gain real)
          join search_postings list on list.generation = ${generation} and list.hash = term.hash
          cross join lateral unnest(list.documents, list.impacts) as posting (number, impact)
          group by posting.number order by score desc, posting.number limit ${secondRound}
        )
        select number, id, lengths, terms, counts, grams from best join search_documents using (number) where generation = ${generation}`,
    );
  }

  async function search({ text, lang, limit, among }: SearchQuery): Promise<readonly SearchHit[]> {
    if (queryWords(text, lang).length === 0) return [];
    const index = await openIndex();
    if (index === undefined) return [];
    const { lexicon, counts } = await readLexicon(index, text, lang);
    const plan = createQueryPlanner(lexicon, nameConcepts)(text, lang);
    const rows = await readCandidates(index, plan, counts, among);
    const candidates = rows.map((row) => ({ id: row.id, number: row.number, slice: sliceOf(row) }));
    return rankCandidates(plan, (hash) => counts.get(hash) ?? 0, index.statistics, candidates).slice(0, limit);
  }

  return { search: (query) => guarded("Searching", () => search(query)) };
}
