import { defineCommand } from "citty";
import { measureSearch, readSearchSet, type SearchReport } from "../bench/search.ts";
import { AppError } from "../core/errors.ts";
import { isLang, languages } from "../core/languages.ts";
import { drawBar } from "./progress.ts";
import { isEngine, openEngine, searchEngines } from "./search-engines.ts";

function printReport(report: SearchReport): string {
  const { docs, questions, hit1, hit5, mrr10, ndcg10, p50Ms, p99Ms, buildSeconds } = report;
  return [
    `${questions} questions on ${docs} pages`,
    `hit@1 ${hit1.toFixed(3)}  hit@5 ${hit5.toFixed(3)}  MRR@10 ${mrr10.toFixed(3)}  nDCG@10 ${ndcg10.toFixed(3)}`,
    `p50 ${p50Ms.toFixed(2)} ms  p99 ${p99Ms.toFixed(2)} ms  built in ${buildSeconds.toFixed(2)} s`,
  ].join("\n");
}

/** `npm run bench -- search`. */
export function createSearchBench(databaseUrl: () => string | undefined) {
  return defineCommand({
    meta: {
      name: "search",
      description: `Ask every answerable question of a language and see at which rank its page is found.

Examples:
  npm run -s bench -- search --docs docs.jsonl --questions questions.dev.jsonl
  npm run -s bench -- search --docs docs.jsonl --questions questions.dev.jsonl --within city --json
  npm run -s bench -- search --docs docs.jsonl --questions questions.train.jsonl --lang en
  DATABASE_URL=postgres://… npm run -s bench -- search --docs … --questions … --engine postgres
  npm run -s bench -- search --docs services.jsonl --questions test/fixtures/zms-questions.jsonl`,
    },
    args: {
      docs: { type: "string", required: true, description: "pages {id,title,text,lang?,city?} or services {id,name,descriptionText}" },
      questions: { type: "string", required: true, description: "questions {id,lang,question,doc_id,answerable?}" },
      lang: { type: "string", default: "de", description: languages.join(", ") },
      within: { type: "string", description: "city: only pages of the city that the answer is from" },
      engine: {
        type: "string",
        default: "memory",
        description: "memory, or postgres: a new database on DATABASE_URL, else an embedded one",
      },
      json: { type: "boolean", description: "print one JSON object" },
    },
    run: async ({ args }) => {
      const { lang, engine, within } = args;
      if (!isLang(lang)) throw new AppError("USAGE", `--lang ${lang} is none of ${languages.join(", ")}.`);
      if (!isEngine(engine)) throw new AppError("USAGE", `--engine ${engine} is none of ${searchEngines.join(", ")}.`);
      if (within !== undefined && within !== "city") throw new AppError("USAGE", `--within ${within} is not city.`);
      const set = await readSearchSet(args, lang);
      const opened = await openEngine(engine, databaseUrl());
      try {
        const started = performance.now();
        const search = await opened.build(() => set.documents, drawBar(process.stderr, "Indexing", set.documents.length));
        const buildSeconds = (performance.now() - started) / 1000;
        const onProgress = drawBar(process.stderr, "Searching", 2 * set.cases.length);
        const report = await measureSearch(set, search, { withinCity: within === "city", buildSeconds, onProgress });
        process.stdout.write(`${args.json === true ? JSON.stringify(report) : printReport(report)}\n`);
      } finally {
        await opened.close();
      }
    },
  });
}
