import type { Logger } from "pino";
import type { Embedder } from "../../core/embedder.ts";
import { AppError, messageOf } from "../../core/errors.ts";
import { type Database, guarded } from "../../database/database.ts";
import type { OpenTextSearch } from "../live-catalogue.ts";
import type { SearchDocument } from "../search/search-document.ts";
import type { Fusion } from "./fusion.ts";
import { createHybridSearch, type EmbedQuestion, type VectorSide } from "./hybrid-search.ts";
import { openVectorIndex } from "./open-vector-index.ts";
import { createQuestionVectors, type Missed } from "./question-vectors.ts";

/** How long an answer waits for a question's vector; a small model takes some 10 ms, and more while it embeds offers. */
const defaultLimitMs = 300;
/** Parts of the work after each of which a line is logged. */
const progressParts = 10;

/** Loads the model; gives up when the signal says so. */
export type OpenEmbedder = (signal: AbortSignal) => Promise<Embedder>;

/** What search by vectors is made from. */
export interface VectorSearchOptions {
  readonly db: Database;
  readonly openEmbedder: OpenEmbedder;
  readonly fusion: Fusion;
  readonly limitMs?: number;
  readonly log: Pick<Logger, "debug" | "info" | "warn">;
}

/** Search by vectors beside search by words, for as long as the process runs. */
export interface VectorSearch {
  /** An engine whose hits are joined with the vectors' once these are there; until then, and without a model, it gives its own. */
  over(openTexts: OpenTextSearch): OpenTextSearch;
  /** Loads the model in the background. Where it cannot be had one line is logged, and search goes on by words. */
  start(): void;
  /** The model, once it is loaded. */
  embedder(): Embedder | undefined;
  stop(): Promise<void>;
}

/** Calls `log` after each tenth of some work. */
function everyTenth(log: (done: number, all: number) => void): (done: number, all: number) => void {
  let logged = 0;
  return (done, all) => {
    const part = Math.floor((progressParts * done) / Math.max(1, all));
    if (part <= logged) return;
    logged = part;
    log(done, all);
  };
}

/** Makes the vectors of the catalogue's texts, follows its changes, and joins both searches. */
export function createVectorSearch({ db, openEmbedder, fusion, limitMs = defaultLimitMs, log }: VectorSearchOptions): VectorSearch {
  const started = Promise.withResolvers<void>();
  const missed = { late: 0, busy: 0, failed: 0 };
  const stopping = new AbortController();
  let filling = new AbortController();

  function onMissed(how: Missed): void {
    missed[how.kind] += 1;
    const reason = how.kind === "failed" ? { reason: how.error instanceof AppError ? how.error.message : "unknown" } : {};
    // The first of each kind is worth an operator's eye, the others are counted.
    const level = missed[how.kind] === 1 ? "warn" : "debug";
    log[level]({ ...missed, ...reason, limitMs }, `a question's vector was ${how.kind}: words alone decided`);
  }

  async function load(): Promise<{ readonly embedder: Embedder; readonly embed: EmbedQuestion } | undefined> {
    await started.promise;
    if (stopping.signal.aborted) return undefined;
    try {
      const embedder = await openEmbedder(stopping.signal);
      log.info({ model: embedder.key, dimensions: embedder.dimensions }, "the embedding model is loaded");
      return { embedder, embed: createQuestionVectors(embedder, { limitMs, onMissed }) };
    } catch (error) {
      if (!stopping.signal.aborted)
        log.warn({ reason: messageOf(error) }, "no embedding model: search goes on by words alone, the next start tries again");
      return undefined;
    }
  }
  const loaded = load();
  let ready: Embedder | undefined;
  void loaded.then((model) => {
    ready = model?.embedder;
  });

  async function prepare(documents: readonly SearchDocument[], signal: AbortSignal): Promise<VectorSide | undefined> {
    const model = await loaded;
    if (model === undefined || signal.aborted) return undefined;
    const began = performance.now();
    const onProgress = everyTenth((done, all) => log.info({ done, all }, "embedding the offers"));
    const { index, baseline, made, pgvector } = await guarded("Making the offers' vectors", () =>
      openVectorIndex(db, model.embedder, documents, { onProgress, signal }),
    );
    if (pgvector.kind === "unfit") log.warn({ reason: pgvector.reason }, "pgvector is not used: vectors are compared in memory");
    const tookMs = Math.round(performance.now() - began);
    log.info({ made, documents: documents.length, pgvector: pgvector.kind, tookMs }, "search by vectors is ready");
    const onFault = (error: unknown) => onMissed({ kind: "failed", error });
    return { index, baseline, embed: model.embed, onFault };
  }

  return {
    over: (openTexts) => async (content) => {
      const texts = await openTexts(content);
      filling.abort();
      filling = new AbortController();
      const signal = AbortSignal.any([filling.signal, stopping.signal]);
      const open: { side?: VectorSide | undefined } = {};
      prepare(content.documents, signal).then(
        (side) => {
          open.side = side;
        },
        (error: unknown) => {
          if (signal.aborted) return;
          log.warn({ reason: messageOf(error) }, "the offers' vectors could not be made: search goes on by words alone");
        },
      );
      return createHybridSearch(texts, content.documents, fusion, () => open.side);
    },
    start: started.resolve,
    embedder: () => ready,
    stop: async () => {
      ready = undefined;
      stopping.abort();
      started.resolve();
      await (await loaded)?.embedder.close();
    },
  };
}
