import { openMemorySearch } from "../catalogue/live-catalogue.ts";
import type { SearchDocument, TextSearch } from "../catalogue/search/search-document.ts";

/** The engines that search can be measured on. */
export const searchEngines = ["memory"] as const;

export type SearchEngine = (typeof searchEngines)[number];

export function isEngine(name: string): name is SearchEngine {
  return searchEngines.some((engine) => engine === name);
}

/** An engine that is opened for a measurement. */
export interface OpenEngine {
  build(documents: readonly SearchDocument[]): Promise<TextSearch>;
  close(): Promise<void>;
}

/** Opens an engine. */
export async function openEngine(_engine: SearchEngine, _databaseUrl: string | undefined): Promise<OpenEngine> {
  return { build: (documents) => openMemorySearch(documents, "bench"), close: async () => undefined };
}
