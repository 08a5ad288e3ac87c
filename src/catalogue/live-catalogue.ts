import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Article } from "../core/articles.ts";
import type { Catalogue } from "../core/catalogue.ts";
import type { Offer } from "../core/offer.ts";
import { runInSlices } from "../core/slices.ts";
import { type Database, rowsOf } from "../database/database.ts";
import { type ConceptFinder, createConceptFinder, createConceptNamer, type NameConcepts } from "../text/concepts.ts";
import { articleVersionSql, readLiveArticles } from "./articles/store.ts";
import { createCatalogue, searchDocuments } from "./catalogue.ts";
import { readContentTimes, readStoredContent, type StoredContent, storedHash } from "./content-store.ts";
import type { Circumstances } from "./describe-found.ts";
import { readJoinedPairs } from "./imports/duplicate-store.ts";
import { type ImportedSource, readImported } from "./imports/imported-offers.ts";
import { joinPairs, layImports } from "./imports/lay-imports.ts";
import { layNeedWords, needWordsVersionSql, readNeedWords } from "./need-words.ts";
import { applyOverrides, readOverrides, readOverrideTimes } from "./overrides.ts";
import { buildMemorySearch } from "./search/memory-search.ts";
import { openPostgresSearch } from "./search/open-postgres.ts";
import type { SearchDocument, TextSearch } from "./search/search-document.ts";

/** All records of one state of the catalogue. */
export interface CatalogueRecords {
  /** Differs whenever anything of it does. */
  readonly version: string;
  readonly content: StoredContent;
  /** The offers as citizens see them: the files' and the imports' with every higher layer laid over. */
  readonly offers: readonly Offer[];
  /** The published versions of articles, those that have expired too. */
  readonly articles: readonly Article[];
  /** When what is seen of an offer last changed, in milliseconds since 1970. */
  readonly changedAt: ReadonlyMap<string, number>;
}

/** The catalogue of a database, rebuilt when content or overrides change, here or in another process. */
export interface LiveCatalogue {
  current(): Catalogue;
  content(): StoredContent;
  /** The finder of the content's lexicon; models that were trained with it need this very one. */
  conceptFinder(): ConceptFinder;
  /** The offers as citizens see them: the files' and the imports' with every higher layer laid over. */
  offers(): readonly Offer[];
  /** The records that the catalogue was made of: the same object for as long as nothing changes. */
  records(): CatalogueRecords;
  /** Rebuilds if something changed; cheap if not. True if it did. */
  refresh(): Promise<boolean>;
}

const Version = z.object({ version: z.string() });

const versionQuery = sql`select (select hash from content_state where id = 1)
  || ':' || (select count(*) from overrides) || ':' || coalesce((select sum(extract(epoch from updated_at)) from overrides)::text, '')
  || ':' || coalesce((select string_agg(name || '=' || version || '@' || coalesce((checked_at at time zone 'UTC')::date::text, ''), ',' order by name) from sources), '')
  || ':' || ${articleVersionSql}
  || ':' || ${needWordsVersionSql}
  || ':' || (select count(*) || '@' || coalesce(max(decided_at)::text, '') from import_duplicates where state <> 'open') as version`;

/** A text that differs whenever the catalogue's rows do. Of overrides the sum, since the last moment stays the same where an earlier one commits later. */
async function readVersion(db: Database): Promise<string> {
  const [row] = rowsOf(await db.execute(versionQuery));
  return Version.parse(row).version;
}

/** What an engine is given: the documents, what their words mean, and a name of their state. */
export interface SearchContent {
  readonly documents: readonly SearchDocument[];
  readonly nameConcepts: NameConcepts;
  readonly version: string;
}

/** Opens an engine for text search, whose index is built first where it must. */
export type OpenTextSearch = (content: SearchContent) => Promise<TextSearch>;

/** Slices of the work on an index, so that answers do not wait for all of it. */
const sliceMs = 10;

/** The engine in this process's memory, built in slices between which other work goes on. */
export const openMemorySearch: OpenTextSearch = ({ documents, nameConcepts }) =>
  runInSlices(buildMemorySearch(documents, nameConcepts), sliceMs);

/** The engine in a database, for Workers and for catalogues that are too large for a process's memory. */
export function postgresSearchOf(db: Database): OpenTextSearch {
  return ({ documents, nameConcepts, version }) => openPostgresSearch(db, documents, nameConcepts, version);
}

/** What records are made of; kept, so that only what has changed is read and checked again. */
interface Sources {
  readonly content: StoredContent;
  readonly imported: readonly ImportedSource[];
}

async function readSources(db: Database, before: Sources | undefined): Promise<Sources> {
  const same = before !== undefined && (await storedHash(db)) === before.content.hash;
  const content = same ? { ...before.content, changedAt: await readContentTimes(db) } : await readStoredContent(db);
  return { content, imported: await readImported(db, before?.imported) };
}

async function makeRecords(db: Database, version: string, { content, imported }: Sources): Promise<CatalogueRecords> {
  const laid = layImports(content.offers, imported);
  const layered = applyOverrides(laid.offers, [...laid.layer, ...(await readOverrides(db))]);
  const offers = joinPairs(layered, await readJoinedPairs(db));
  const changedAt = new Map(content.changedAt);
  for (const times of [laid.changedAt, await readOverrideTimes(db)])
    for (const [id, time] of times) changedAt.set(id, Math.max(time, changedAt.get(id) ?? 0));
  const needs = layNeedWords(content.needs, await readNeedWords(db));
  return { version, content: { ...content, needs }, offers, articles: await readLiveArticles(db), changedAt };
}

/** Reads all records of a database. */
export async function readRecords(db: Database): Promise<CatalogueRecords> {
  const version = await readVersion(db);
  return await makeRecords(db, version, await readSources(db, undefined));
}

interface State {
  readonly sources: Sources;
  readonly records: CatalogueRecords;
  readonly findConcepts: ConceptFinder;
  readonly catalogue: Catalogue;
}

async function read(db: Database, openTexts: OpenTextSearch, circumstances: Circumstances, before?: State): Promise<State> {
  const version = await readVersion(db);
  const sources = await readSources(db, before?.sources);
  const records = await makeRecords(db, version, sources);
  const { content, offers, articles } = records;
  const sameConcepts = before !== undefined && before.records.content.concepts === content.concepts;
  const findConcepts = sameConcepts ? before.findConcepts : createConceptFinder(content.concepts);
  const texts = await openTexts({
    documents: searchDocuments({ needs: content.needs, offers, articles }),
    nameConcepts: createConceptNamer(content.concepts, findConcepts),
    version,
  });
  return { sources, records, findConcepts, catalogue: createCatalogue({ ...content, offers, articles }, texts, circumstances) };
}

/** Opens the catalogue of a database that holds content; `openTexts` is the engine that searches its texts. */
export async function openLiveCatalogue(
  db: Database,
  openTexts: OpenTextSearch,
  circumstances: Circumstances = {},
): Promise<LiveCatalogue> {
  let state = await read(db, openTexts, circumstances);
  /** One after the other: two at once would build the same index twice. */
  let last: Promise<unknown> = Promise.resolve();

  async function refresh(): Promise<boolean> {
    if ((await readVersion(db)) === state.records.version) return false;
    state = await read(db, openTexts, circumstances, state);
    return true;
  }

  return {
    current: () => state.catalogue,
    content: () => state.records.content,
    records: () => state.records,
    conceptFinder: () => state.findConcepts,
    offers: () => state.records.offers,
    refresh: () => {
      const next = last.then(refresh, refresh);
      last = next;
      return next;
    },
  };
}
