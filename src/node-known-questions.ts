import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseKnownQuestions } from "./assistant/known-questions.ts";
import type { TrialQuestion } from "./core/article-trial.ts";
import { projectRoot } from "./node-content.ts";

/** The questions of this checkout whose right answer is known. */
export async function readKnownQuestions(): Promise<readonly TrialQuestion[]> {
  return parseKnownQuestions(await readFile(join(projectRoot, "knowledge/questions.jsonl"), "utf8"));
}
