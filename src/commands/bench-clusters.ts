import { defineCommand } from "citty";
import { type ClusterReport, measureClusters, readClusterSentences } from "../bench/gap-clusters.ts";

function print(report: ClusterReport): string {
  const share = (value: number) => value.toFixed(3);
  return [
    `${report.sentences} sentences: ${report.intents} intents and ${report.noise} that belong nowhere`,
    `V-measure ${share(report.vMeasure)} (homogeneity ${share(report.homogeneity)}, completeness ${share(report.completeness)}); k-means that is told k: ${share(report.baselineVMeasure)}`,
    `purity ${share(report.purity)}; in a cluster: ${share(report.sentencesInClusters)} of the sentences, ${share(report.noiseInClusters)} of what belongs nowhere; ${report.clusters} clusters`,
    `${report.seconds.toFixed(1)} s for all, ${report.addMs.toFixed(1)} ms for one more (99th percentile)`,
  ].join("\n");
}

/** `npm run bench -- clusters`. */
export const clustersBench = defineCommand({
  meta: {
    name: "clusters",
    description: `Group the sentences of a file as questions that were not answered well are grouped, and compare that with k-means of TF-IDF that is told the number of intents.

Example:
  npm run -s bench -- clusters --sentences my-sentences.jsonl --json`,
  },
  args: {
    sentences: { type: "string", required: true, description: 'a file of {text,intent} lines in English; "oos" belongs nowhere' },
    json: { type: "boolean", description: "print one JSON object" },
  },
  run: async ({ args }) => {
    const report = measureClusters(await readClusterSentences(args.sentences));
    process.stdout.write(`${args.json === true ? JSON.stringify(report) : print(report)}\n`);
  },
});
