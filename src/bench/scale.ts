import type { SearchDocument, TextSearch } from "../catalogue/search/search-document.ts";
import { generateOffers, generateQuestions } from "./generated-offers.ts";
import { percentile } from "./percentile.ts";

/** What one engine costs at one size; megabytes are of the process's memory or of the tables with their indexes. */
export interface ScaleRow {
  readonly offers: number;
  readonly engine: "memory" | "postgres";
  readonly buildSeconds: number;
  readonly megabytes: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** An engine that can be built and weighed. */
export interface MeasuredEngine {
  build(source: () => Iterable<SearchDocument>, onProgress: (documents: number) => void): Promise<TextSearch>;
  /** Bytes that the index takes. */
  size(): Promise<number>;
}

const questions = 300;
/** Questions that are not counted: by then the engine's code is compiled. */
const warmUp = 300;
const bytesInMegabyte = 1e6;

/** Builds an engine over generated offers and asks it questions about some of them. */
export async function measureScale(
  engine: ScaleRow["engine"],
  offers: number,
  { build, size }: MeasuredEngine,
  onProgress: (documents: number) => void,
): Promise<ScaleRow> {
  const started = performance.now();
  const search = await build(() => generateOffers(offers), onProgress);
  const buildSeconds = (performance.now() - started) / 1000;
  const times: number[] = [];
  for (const [index, text] of generateQuestions(offers, warmUp + questions).entries()) {
    const asked = performance.now();
    await search.search({ text, lang: "de", limit: 10 });
    if (index >= warmUp) times.push(performance.now() - asked);
  }
  times.sort((a, b) => a - b);
  return {
    offers,
    engine,
    buildSeconds,
    megabytes: (await size()) / bytesInMegabyte,
    p50Ms: percentile(times, 0.5),
    p99Ms: percentile(times, 0.99),
  };
}
