import { defineCommand } from "citty";
import { measureOffers, type OfferReport, readOfferQuestions } from "../bench/offers.ts";
import { printShare } from "./print-shares.ts";
import { drawBar, drawTraining } from "./progress.ts";
import { openSession } from "./session.ts";

function printReport({ n, hit1, hit3, mrr3, missed }: OfferReport): string {
  return [
    `${n} questions: the first offer fits ${printShare(hit1)}, one of three ${printShare(hit3)}, MRR ${mrr3.toFixed(3)}`,
    "missed",
    ...missed.map(
      ({ id, text, expected, shown }) =>
        `  ${id} ${JSON.stringify(text)}\n     expected ${expected.join(", ")}\n     shown    ${shown.join(", ") || "none"}`,
    ),
  ].join("\n");
}

/** `npm run bench -- offers`. */
export function createOffersBench(dataDir: () => string) {
  return defineCommand({
    meta: {
      name: "offers",
      description: `Ask for single offers among similar ones, and count how often the answer shows the right one.

Examples:
  npm run -s bench -- offers
  npm run -s bench -- offers --questions my-questions.jsonl --json`,
    },
    args: {
      questions: { type: "string", default: "knowledge/offer-questions.jsonl", description: "a file of {id,text,lang,offers} lines" },
      json: { type: "boolean", description: "print one JSON object" },
    },
    run: async ({ args }) => {
      const questions = await readOfferQuestions(args.questions);
      const session = await openSession({ demo: false, dataDir: dataDir(), onProgress: drawTraining(process.stderr) });
      try {
        const report = await measureOffers(
          questions,
          async (question) => (await session.ask(question)).summary,
          drawBar(process.stderr, "Asking", questions.length),
        );
        process.stdout.write(`${args.json === true ? JSON.stringify(report) : printReport(report)}\n`);
      } finally {
        await session.close();
      }
    },
  });
}
