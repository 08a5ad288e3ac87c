import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "../core/errors.ts";
import { percentile } from "./percentile.ts";

/** What is measured: an assistant that can be asked and taught. */
export interface Teachable {
  /** The needs of the answer, the first one first. */
  ask(text: string): Promise<readonly string[]>;
  teach(text: string, need: string): Promise<void>;
}

/** How long a lesson takes to be live, and what answers take without and with the learning beside them; milliseconds but for `liveSeconds`. */
export interface TeachReport {
  readonly liveSeconds: number;
  readonly quietP50Ms: number;
  readonly quietP99Ms: number;
  readonly learningP50Ms: number;
  readonly learningP99Ms: number;
  readonly answers: number;
}

const quietMs = 8000;
const pauseMs = 15;
const longestMs = 60_000;
/** Asked again and again: ordinary questions. */
const questions = [
  "Wo finde ich einen Kita-Platz in Sendling?",
  "Wie beantrage ich Wohngeld?",
  "Ich habe meinen Ausweis verloren",
  "Sperrmüll abholen lassen",
];

/** Teaches a sentence that nobody could understand before, and asks for it between ordinary questions until it is understood. */
export async function measureTeaching({ ask, teach }: Teachable): Promise<TeachReport> {
  // A sentence of its own each time: the models of lessons that were taught before are kept.
  const sentence = `zwirbelknopf schnackelt ${randomUUID().replace(/[^a-f]/g, "")}`;
  const need = "computerkurs";
  let asked = 0;

  async function askTimed(times: number[], text: string): Promise<readonly string[]> {
    const started = performance.now();
    const needs = await ask(text);
    times.push(performance.now() - started);
    await sleep(pauseMs);
    return needs;
  }
  const askNext = (times: number[]) => askTimed(times, questions[asked++ % questions.length] ?? "");

  const [warmUp, quiet, learning]: [number[], number[], number[]] = [[], [], []];
  for (let count = 0; count < questions.length; count += 1) await askNext(warmUp);
  for (const end = performance.now() + quietMs; performance.now() < end; ) await askNext(quiet);
  if ((await askTimed(warmUp, sentence))[0] === need)
    throw new AppError("USAGE", "The sentence to teach is understood before it is taught: nothing can be measured.");
  const taught = performance.now();
  await teach(sentence, need);
  while ((await askTimed(learning, sentence))[0] !== need) {
    if (performance.now() - taught > longestMs) throw new AppError("MODEL_INVALID", `The lesson was not live after ${longestMs / 1000} s.`);
    await askNext(learning);
  }
  for (const times of [quiet, learning]) times.sort((a, b) => a - b);
  const liveSeconds = (performance.now() - taught) / 1000;
  return {
    liveSeconds,
    quietP50Ms: percentile(quiet, 0.5),
    quietP99Ms: percentile(quiet, 0.99),
    learningP50Ms: percentile(learning, 0.5),
    learningP99Ms: percentile(learning, 0.99),
    answers: quiet.length + learning.length,
  };
}
