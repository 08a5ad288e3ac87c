import { randomBytes } from "node:crypto";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { readContent } from "../catalogue/content-files.ts";
import { openMemorySearch } from "../catalogue/live-catalogue.ts";
import { buildPostgresIndex, type DocumentSource } from "../catalogue/search/postgres-index.ts";
import { createPostgresSearch } from "../catalogue/search/postgres-search.ts";
import type { TextSearch } from "../catalogue/search/search-document.ts";
import { openEmbedded } from "../database/embedded.ts";
import { migrate } from "../database/migrate.ts";
import { openServer } from "../database/server.ts";
import { projectRoot } from "../node-content.ts";
import { createConceptNamer, type NameConcepts } from "../text/concepts.ts";

/** The engines that search can be measured on. */
export const searchEngines = ["memory", "postgres"] as const;

export type SearchEngine = (typeof searchEngines)[number];

export function isEngine(name: string): name is SearchEngine {
  return searchEngines.some((engine) => engine === name);
}

/** An engine that is opened for a measurement. */
export interface OpenEngine {
  build(source: DocumentSource, onProgress: (documents: number) => void): Promise<TextSearch>;
  /** Bytes that the index takes. */
  size(): Promise<number>;
  close(): Promise<void>;
}

/** Bytes that are in use once the garbage is collected. */
function usedBytes(): number {
  // An inspector session could do this too, and made building four times as slow from then on.
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  // Once is not enough: what a finaliser held, and code that is no longer used, goes at a later collection.
  for (let time = 0; time < 3; time += 1) collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function openMemory(nameConcepts: NameConcepts): OpenEngine {
  // Held, so that it is weighed as long as the engine is open.
  const held: TextSearch[] = [];
  let before = 0;
  return {
    build: async (source) => {
      before = usedBytes();
      const search = await openMemorySearch({ documents: [...source()], nameConcepts, version: "bench" });
      held.push(search);
      return search;
    },
    size: async () => usedBytes() - before,
    close: async () => {
      held.length = 0;
    },
  };
}

/** A database of its own on a server, dropped at the end, or an embedded one in memory; without tables. */
export async function openBenchDatabase(url: string | undefined) {
  if (url === undefined) return await openEmbedded({});
  const name = `stadtlotse_bench_${randomBytes(6).toString("hex")}`;
  const administration = openServer(url, { connections: 1 });
  await administration.db.execute(`create database ${name}`);
  const place = new URL(url);
  place.pathname = `/${name}`;
  const database = openServer(place.href, { connections: 2 });
  return {
    ...database,
    close: async () => {
      await database.close();
      await administration.db.execute(`drop database if exists ${name} with (force)`);
      await administration.close();
    },
  };
}

async function openPostgres(databaseUrl: string | undefined, nameConcepts: NameConcepts): Promise<OpenEngine> {
  const database = await openBenchDatabase(databaseUrl);
  await migrate(database);
  return {
    build: async (source, onProgress) => {
      await buildPostgresIndex(database.db, source, nameConcepts, "bench", onProgress);
      return createPostgresSearch(database.db, nameConcepts);
    },
    size: async () =>
      await database.transact(async (run) => {
        const [row] = await run(
          "select sum(pg_total_relation_size(c.oid)) as bytes from pg_class c where c.relname in ('search_documents', 'search_postings', 'search_forms', 'search_deletions')",
        );
        return Number(row?.["bytes"] ?? 0);
      }),
    close: () => database.close(),
  };
}

/** Opens an engine with the concepts that ship; the PostgreSQL one makes a new database on `databaseUrl`, or an embedded one without. */
export async function openEngine(engine: SearchEngine, databaseUrl: string | undefined): Promise<OpenEngine> {
  const nameConcepts = createConceptNamer((await readContent({ root: projectRoot, demo: false })).concepts);
  return engine === "memory" ? openMemory(nameConcepts) : await openPostgres(databaseUrl, nameConcepts);
}
