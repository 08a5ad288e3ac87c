import { defineCommand } from "citty";
import { measurePrivacy, type PrivacyReport, readPrivacySet } from "../bench/privacy.ts";
import { printShare, printTallies } from "./print-shares.ts";

function print({ n, recall, changedHarmless, byType, byLang, missed, changed }: PrivacyReport): string {
  return [
    `${n} sentences: ${printShare(recall)} of the personal data gone, ${printShare(changedHarmless)} of the harmless sentences changed`,
    ...printTallies("by type", byType),
    ...printTallies("by language", byLang),
    "not gone",
    ...missed.map(({ id, type, left, redacted }) => `  ${id} ${type} ${JSON.stringify(left)}: ${JSON.stringify(redacted)}`),
    "changed for nothing",
    ...changed.map(({ id, redacted }) => `  ${id} ${JSON.stringify(redacted)}`),
  ].join("\n");
}

/** `npm run bench -- privacy`. */
export const privacyBench = defineCommand({
  meta: {
    name: "privacy",
    description: `Redact every sentence of a file as messages are before they are stored, and count what personal data is gone.

Examples:
  npm run -s bench -- privacy
  npm run -s bench -- privacy --set my-sentences.jsonl --json`,
  },
  args: {
    set: { type: "string", default: "knowledge/privacy.jsonl", description: "a file of {id,text,spans:[[from,to,type]]} lines" },
    json: { type: "boolean", description: "print one JSON object" },
  },
  run: async ({ args }) => {
    const report = measurePrivacy(await readPrivacySet(args.set));
    process.stdout.write(`${args.json === true ? JSON.stringify(report) : print(report)}\n`);
  },
});
