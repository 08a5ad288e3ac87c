import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Catalogue } from "../core/catalogue.ts";
import type { Offer } from "../core/offer.ts";
import { runInSlices } from "../core/slices.ts";
import { type Database, rowsOf } from "../database/database.ts";
import { createConceptNamer, type NameConcepts } from "../text/concepts.ts";
import { createCatalogue, searchDocuments } from "./catalogue.ts";
import { readStoredContent, type StoredContent } from "./content-store.ts";
import { applyOverrides, readOverrides } from "./overrides.ts";
import { buildMemorySearch } from "./search/memory-search.ts";
import { openPostgresSearch } from "./search/open-postgres.ts";
import type { SearchDocument, TextSearch } from "./search/search-document.ts";

/** The catalogue of a database, rebuilt when content or overrides change, here or in another process. */
export interface LiveCatalogue {
  current(): Catalogue;
  content(): StoredContent;
  /** The offers as citizens see them: the files' with every higher layer laid over. */
  offers(): readonly Offer[];
  /** Rebuilds if something changed; cheap if not. True if it did. */
  refresh(): Promise<boolean>;
}

const Version = z.object({ version: z.string() });

/** A text that differs whenever the catalogue's rows do. */
async function readVersion(db: Database): Promise<string> {
  const rows = await db.execute(
    sql`select (select hash from content_state where id = 1) || ':' || (select count(*) from overrides) || ':' || coalesce((select max(updated_at) from overrides)::text, '') as version`,
  );
  const [row] = rowsOf(rows);
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

async function read(db: Database, openTexts: OpenTextSearch) {
  const version = await readVersion(db);
  const content = await readStoredContent(db);
  const offers = applyOverrides(content.offers, await readOverrides(db));
  const texts = await openTexts({
    documents: searchDocuments({ needs: content.needs, offers }),
    nameConcepts: createConceptNamer(content.concepts),
    version,
  });
  return { version, content, offers, catalogue: createCatalogue({ needs: content.needs, offers }, texts) };
}

/** Opens the catalogue of a database that holds content; `openTexts` is the engine that searches its texts. */
export async function openLiveCatalogue(db: Database, openTexts: OpenTextSearch): Promise<LiveCatalogue> {
  let state = await read(db, openTexts);
  return {
    current: () => state.catalogue,
    content: () => state.content,
    offers: () => state.offers,
    refresh: async () => {
      if ((await readVersion(db)) === state.version) return false;
      state = await read(db, openTexts);
      return true;
    },
  };
}
