import { defineCommand } from "citty";
import { measureSearch, readSearchSet, type SearchReport } from "../bench/search.ts";
import { readFusion } from "../catalogue/vectors/fusion.ts";
import type { Config } from "../config.ts";
import { AppError } from "../core/errors.ts";
import { isLang, languages } from "../core/languages.ts";
import { modelCache } from "../node-embedder.ts";
import { openVectorBench } from "./bench-vectors.ts";
import { drawBar } from "./progress.ts";
import { isEngine, openEngine, type SearchEngine, searchEngines } from "./search-engines.ts";

function printReport(report: SearchReport): string {
  const { docs, questions, hit1, hit5, mrr10, ndcg10, p50Ms, p99Ms, buildSeconds } = report;
  return [
    `${questions} questions on ${docs} pages`,
    `hit@1 ${hit1.toFixed(3)}  hit@5 ${hit5.toFixed(3)}  MRR@10 ${mrr10.toFixed(3)}  nDCG@10 ${ndcg10.toFixed(3)}`,
    `p50 ${p50Ms.toFixed(2)} ms  p99 ${p99Ms.toFixed(2)} ms  built in ${buildSeconds.toFixed(2)} s`,
  ].join("\n");
}

type BenchConfig = Pick<Config, "databaseUrl" | "dataDir" | "embeddingHub">;

/** The vectors' part of a measurement, where a model is named. */
async function openVectors(model: string | undefined, engine: SearchEngine, { databaseUrl, dataDir, embeddingHub }: BenchConfig) {
  if (model === undefined) return undefined;
  const place = { model, cacheDir: modelCache(dataDir), hub: embeddingHub };
  return await openVectorBench(place, engine === "postgres" ? databaseUrl : undefined);
}

/** `npm run bench -- search`. */
export function createSearchBench(readConfig: () => BenchConfig) {
  return defineCommand({
    meta: {
      name: "search",
      description: `Ask every answerable question of a language and see at which rank its page is found.

Examples:
  npm run -s bench -- search --docs docs.jsonl --questions questions.dev.jsonl
  npm run -s bench -- search --docs docs.jsonl --questions questions.dev.jsonl --within city --json
  npm run -s bench -- search --docs docs.jsonl --questions questions.train.jsonl --lang en
  DATABASE_URL=postgres://… npm run -s bench -- search --docs … --questions … --engine postgres
  npm run -s bench -- search --docs services.jsonl --questions test/fixtures/zms-questions.jsonl
  npm run -s bench -- search --docs … --questions … --model Xenova/multilingual-e5-small --fusion weighted:0.3`,
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
      model: { type: "string", description: "search by vectors as well: a hub's id or a folder" },
      fusion: {
        type: "string",
        default: "weighted",
        description: "with --model: weighted, weighted:0.3 (the vectors' share), reciprocal-rank",
      },
      json: { type: "boolean", description: "print one JSON object" },
    },
    run: async ({ args }) => {
      const { lang, engine, within } = args;
      if (!isLang(lang)) throw new AppError("USAGE", `--lang ${lang} is none of ${languages.join(", ")}.`);
      if (!isEngine(engine)) throw new AppError("USAGE", `--engine ${engine} is none of ${searchEngines.join(", ")}.`);
      if (within !== undefined && within !== "city") throw new AppError("USAGE", `--within ${within} is not city.`);
      const fusion = readFusion(args.fusion);
      const set = await readSearchSet(args, lang);
      const config = readConfig();
      const opened = await openEngine(engine, config.databaseUrl);
      const vectors = await openVectors(args.model, engine, config).catch(async (error: unknown) => {
        await opened.close();
        throw error;
      });
      try {
        const started = performance.now();
        const texts = await opened.build(() => set.documents, drawBar(process.stderr, "Indexing", set.documents.length));
        const search = vectors === undefined ? texts : await vectors.over(texts, set.documents, fusion);
        const buildSeconds = (performance.now() - started) / 1000;
        const onProgress = drawBar(process.stderr, "Searching", 2 * set.cases.length);
        const report = await measureSearch(set, search, { withinCity: within === "city", buildSeconds, onProgress });
        process.stdout.write(`${args.json === true ? JSON.stringify(report) : printReport(report)}\n`);
      } finally {
        await vectors?.close();
        await opened.close();
      }
    },
  });
}
