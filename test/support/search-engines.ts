import { openMemorySearch } from "../../src/catalogue/live-catalogue.ts";
import { buildPostgresIndex } from "../../src/catalogue/search/postgres-index.ts";
import { createPostgresSearch } from "../../src/catalogue/search/postgres-search.ts";
import type { SearchDocument, TextSearch } from "../../src/catalogue/search/search-document.ts";
import { createConceptNamer } from "../../src/text/concepts.ts";
import { databaseKinds, openTestDatabase } from "./databases.ts";

/** An engine for text search. */
export interface SearchEngine {
  /** Indexes the documents in place of those before, and searches them. */
  index(documents: readonly SearchDocument[]): Promise<TextSearch>;
  close(): Promise<void>;
}

interface NamedEngine {
  readonly name: string;
  open(): Promise<SearchEngine>;
}

const nameConcepts = createConceptNamer([{ id: "ausweis", patterns: ["perso", "personalausweis*", "id"] }]);

/** Every engine that the contract suite runs on: memory, and PostgreSQL embedded and, with DATABASE_URL, on that server. */
export const searchEngines: readonly NamedEngine[] = [
  {
    name: "memory",
    open: async () => ({
      index: (documents) => openMemorySearch({ documents, nameConcepts, version: "test" }),
      close: async () => undefined,
    }),
  },
  ...databaseKinds().map((kind) => ({
    name: `postgres, ${kind}`,
    open: async () => {
      const database = await openTestDatabase(kind);
      return {
        index: async (documents: readonly SearchDocument[]) => {
          await buildPostgresIndex(database.db, () => documents, nameConcepts, "test");
          return createPostgresSearch(database.db, nameConcepts);
        },
        close: () => database.close(),
      };
    },
  })),
];
