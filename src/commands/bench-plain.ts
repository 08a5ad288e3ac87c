import { defineCommand } from "citty";
import { measurePlain, type PlainReport, readPlainSet } from "../bench/plain.ts";
import { fitPlainWeights } from "../bench/plain-weights.ts";

const folder = "../shared/data/plain-language";

function printReport(report: PlainReport): string {
  const { auc, sameLengthAuc, chosenOn, all, wordsPerSentenceAuc, wienerAuc, amstadAuc } = report;
  const share = (value: number) => `${(100 * value).toFixed(1)} %`.padStart(8);
  return [
    `${report.easy} easy and ${report.normal} normal sentences`,
    `AUC ${auc.toFixed(3)} on the documents that the weights were not chosen on (8 to 12 words: ${sameLengthAuc.toFixed(3)})`,
    `    ${chosenOn.auc.toFixed(3)} on the others (${chosenOn.sameLengthAuc.toFixed(3)}), ${all.auc.toFixed(3)} on all (${all.sameLengthAuc.toFixed(3)})`,
    `    alone, on all: words a sentence ${wordsPerSentenceAuc.toFixed(3)}, Wiener ${wienerAuc.toFixed(3)}, Amstad ${amstadAuc.toFixed(3)}`,
    `${"sentences hit".padEnd(20)}     easy   normal`,
    ...Object.entries(report.rules).map(([rule, { easy, normal }]) => `  ${rule.padEnd(18)} ${share(easy)} ${share(normal)}`),
  ].join("\n");
}

/** `npm run bench -- plain`. */
export const plainBench = defineCommand({
  meta: {
    name: "plain",
    description: `Score easy and normal German sentences, and count how often each rule of plain language hits them.

Examples:
  npm run -s bench -- plain
  npm run -s bench -- plain --easy easy.jsonl --normal normal.jsonl --json
  npm run -s bench -- plain --fit`,
  },
  args: {
    easy: { type: "string", default: `${folder}/easy.jsonl`, description: "easy sentences {id,text,topic?}" },
    normal: { type: "string", default: `${folder}/normal.jsonl`, description: "normal sentences {id,text}" },
    fit: { type: "boolean", description: "choose the weights anew on one half of the documents, and print them" },
    json: { type: "boolean", description: "print one JSON object" },
  },
  run: async ({ args }) => {
    const set = await readPlainSet(args);
    if (args.fit === true) {
      process.stdout.write(`${JSON.stringify(fitPlainWeights(set))}\n`);
      return;
    }
    const report = measurePlain(set);
    process.stdout.write(`${args.json === true ? JSON.stringify(report) : printReport(report)}\n`);
  },
});
