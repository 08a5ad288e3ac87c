import { openMemorySearch } from "../../src/catalogue/live-catalogue.ts";
import type { SearchDocument, TextSearch } from "../../src/catalogue/search/search-document.ts";

/** An engine for text search; `open` replaces what an earlier call held. */
export interface SearchEngine {
  readonly name: string;
  open(documents: readonly SearchDocument[]): Promise<TextSearch>;
}

/** Every engine that the contract suite runs on. */
export function openSearchEngines(): readonly SearchEngine[] {
  return [{ name: "memory", open: (documents) => openMemorySearch(documents, "test") }];
}
