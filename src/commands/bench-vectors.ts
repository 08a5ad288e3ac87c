import type { SearchDocument, TextSearch } from "../catalogue/search/search-document.ts";
import { startEmbedder } from "../catalogue/vectors/embedder-thread.ts";
import type { Fusion } from "../catalogue/vectors/fusion.ts";
import { createHybridSearch } from "../catalogue/vectors/hybrid-search.ts";
import type { ModelPlace } from "../catalogue/vectors/load-model.ts";
import { openVectorIndex } from "../catalogue/vectors/open-vector-index.ts";
import { createQuestionVectors } from "../catalogue/vectors/question-vectors.ts";
import { AppError, messageOf } from "../core/errors.ts";
import { migrate } from "../database/migrate.ts";
import { drawBar } from "./progress.ts";
import { openBenchDatabase } from "./search-engines.ts";

/** No question is answered without its vector: the vectors are what is measured. */
const limitMs = 600_000;

/** Vectors that are opened for a measurement. */
export interface VectorBench {
  /** Embeds the documents and joins their vectors with a search by words. */
  over(texts: TextSearch, documents: readonly SearchDocument[], fusion: Fusion): Promise<TextSearch>;
  close(): Promise<void>;
}

/** Loads a model, and makes a new database for its vectors on `databaseUrl`, whose pgvector is used where it is there, or an embedded one without. */
export async function openVectorBench(place: ModelPlace, databaseUrl: string | undefined): Promise<VectorBench> {
  const embedder = await startEmbedder(place, { onPercent: drawBar(process.stderr, "Loading the model", 100) });
  const database = await openBenchDatabase(databaseUrl);
  await migrate(database);
  const embed = createQuestionVectors(embedder, {
    limitMs,
    onMissed: (missed) => {
      throw new AppError("MODEL_INVALID", `A question got no vector: ${missed.kind === "failed" ? messageOf(missed.error) : missed.kind}.`);
    },
  });
  return {
    over: async (texts, documents, fusion) => {
      const bar = (done: number, all: number) => drawBar(process.stderr, "Embedding", all)(done);
      const { index, baseline } = await openVectorIndex(database.db, embedder, documents, { onProgress: bar });
      const onFault = (error: unknown) => {
        throw error;
      };
      return createHybridSearch(texts, documents, fusion, () => ({ index, baseline, embed, onFault }));
    },
    close: async () => {
      await embedder.close();
      await database.close();
    },
  };
}
