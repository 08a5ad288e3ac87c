import { z } from "zod";
import { createGrouping } from "../review/clusters/grouping.ts";
import { createTermReader } from "../review/clusters/terms.ts";
import { kMeans, tfIdf } from "./k-means.ts";
import { percentile } from "./percentile.ts";
import { readLines } from "./read-lines.ts";

const Sentence = z.object({ text: z.string(), intent: z.string() });

export type ClusterSentence = z.output<typeof Sentence>;

/** The intent of what belongs nowhere. */
const noise = "oos";
/** Gaps that are added at the end, one by one, for the time that one takes. */
const mostAdded = 200;
/** As many as gaps are taken in at once in the product, before all are grouped anew. */
const batch = 500;

/** What `bench -- clusters` prints; shares and measures 0 to 1. Sentences that are like no other are clusters of one. */
export interface ClusterReport {
  readonly sentences: number;
  readonly intents: number;
  readonly noise: number;
  /** Of the sentences that have an intent. */
  readonly vMeasure: number;
  readonly homogeneity: number;
  readonly completeness: number;
  /** Share of what is in a cluster of two or more that is of the intent that its cluster has most of; noise is an intent of its own. */
  readonly purity: number;
  /** The better one of k-means with the true k over all sentences, and over those that have an intent alone. */
  readonly baselineVMeasure: number;
  /** Share of the noise that is in a cluster of two or more. */
  readonly noiseInClusters: number;
  /** The same of the sentences that have an intent. */
  readonly sentencesInClusters: number;
  readonly clusters: number;
  /** For all, taken in batches with a new grouping at the end. */
  readonly seconds: number;
  /** 99th percentile of one more. */
  readonly addMs: number;
}

/** Reads a file of sentences; throws USAGE with the line that does not fit. */
export function readClusterSentences(path: string): Promise<readonly ClusterSentence[]> {
  return readLines(path, Sentence, "a sentence {text,intent}");
}

function countBy<Key>(keys: readonly Key[]): ReadonlyMap<Key, number> {
  const counts = new Map<Key, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

const entropy = (counts: ReadonlyMap<unknown, number>, all: number) =>
  [...counts.values()].reduce((sum, count) => sum - (count / all) * Math.log(count / all), 0);

/** Homogeneity, completeness and their harmonic mean (Rosenberg and Hirschberg 2007). */
export function measureAgreement(labels: readonly string[], clusters: readonly number[]) {
  const all = labels.length;
  const joint = entropy(countBy(labels.map((label, index) => `${clusters[index]} ${label}`)), all);
  const ofLabels = entropy(countBy(labels), all);
  const ofClusters = entropy(countBy(clusters), all);
  const homogeneity = ofLabels === 0 ? 1 : 1 - (joint - ofClusters) / ofLabels;
  const completeness = ofClusters === 0 ? 1 : 1 - (joint - ofLabels) / ofClusters;
  const vMeasure = homogeneity + completeness === 0 ? 0 : (2 * homogeneity * completeness) / (homogeneity + completeness);
  return { homogeneity, completeness, vMeasure };
}

function purityOf(sentences: readonly ClusterSentence[], clusters: readonly number[], sizes: ReadonlyMap<number, number>): number {
  const within = new Map<number, string[]>();
  sentences.forEach(({ intent }, index) => {
    const cluster = clusters[index] ?? 0;
    if ((sizes.get(cluster) ?? 0) < 2) return;
    const known = within.get(cluster);
    if (known === undefined) within.set(cluster, [intent]);
    else known.push(intent);
  });
  const groups = [...within.values()];
  const right = groups.reduce((sum, intents) => sum + Math.max(...countBy(intents).values()), 0);
  return (
    right /
    Math.max(
      1,
      groups.reduce((sum, { length }) => sum + length, 0),
    )
  );
}

/** Groups sentences as the product groups gaps, with nothing but their words, and compares that with k-means. */
export function measureClusters(sentences: readonly ClusterSentence[]): ClusterReport {
  const read = createTermReader(undefined);
  const grouping = createGrouping();
  const started = performance.now();
  const refine = () => {
    const work = grouping.refine();
    while (work.next().done !== true);
  };
  sentences.forEach(({ text }, index) => {
    grouping.place(String(index), read({ question: text, lang: "en", needs: [] }));
    if ((index + 1) % batch === 0 && index + 1 < 4 * batch) refine();
  });
  refine();
  const seconds = (performance.now() - started) / 1000;
  const clusters = sentences.map((_, index) => grouping.clusterOf(String(index)) ?? 0);
  const sizes = countBy(clusters);
  const times = sentences.slice(0, mostAdded).map(({ text }, index) => {
    const began = performance.now();
    grouping.place(`more ${index}`, read({ question: text, lang: "en", needs: [] }));
    return performance.now() - began;
  });
  times.sort((a, b) => a - b);

  const meant = sentences.flatMap(({ intent }, index) => (intent === noise ? [] : [index]));
  const labels = meant.map((index) => sentences[index]?.intent ?? "");
  const intents = new Set(labels).size;
  const agreement = (found: readonly number[]) => measureAgreement(labels, found);
  const inClusters = (indexes: readonly number[]) =>
    indexes.filter((index) => (sizes.get(clusters[index] ?? 0) ?? 0) > 1).length / Math.max(1, indexes.length);
  const vectors = tfIdf(sentences.map(({ text }) => text));
  const together = kMeans(vectors, intents);
  const alone = kMeans(tfIdf(meant.map((index) => sentences[index]?.text ?? "")), intents);
  const baselines = [agreement(meant.map((index) => together[index] ?? 0)), agreement(alone)];
  return {
    ...{ sentences: sentences.length, intents, noise: sentences.length - meant.length },
    ...agreement(meant.map((index) => clusters[index] ?? 0)),
    purity: purityOf(sentences, clusters, sizes),
    baselineVMeasure: Math.max(...baselines.map(({ vMeasure }) => vMeasure)),
    noiseInClusters: inClusters(sentences.flatMap(({ intent }, index) => (intent === noise ? [index] : []))),
    sentencesInClusters: inClusters(meant),
    clusters: [...sizes.values()].filter((size) => size > 1).length,
    seconds,
    addMs: percentile(times, 0.99),
  };
}
