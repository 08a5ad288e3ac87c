import { z } from "zod";
import { AppError } from "../core/errors.ts";
import { callHolder } from "../database/control-socket.ts";
import { berlinDay, dayAfter } from "../text/berlin-time.ts";
import { startFakePlatform } from "./fake-platform.ts";
import type { LoadClient } from "./http-load.ts";
import { percentile } from "./percentile.ts";
import { postAll, postSteadily, waitForAnswers } from "./telegram-load.ts";
import { withWholeProduct } from "./whole-product.ts";

/** How long answers took, in milliseconds. */
interface AnswerTimes {
  readonly answers: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** What `bench -- trial` prints. */
export interface TrialReport {
  /** Questions that an article was tried with, and how long the slowest of the trials took. */
  readonly questions: number;
  readonly trialSeconds: number;
  readonly quiet: AnswerTimes;
  readonly during: AnswerTimes;
  /** `during` in the terms of `quiet`. */
  readonly p50Ratio: number;
  readonly p99Ratio: number;
}

export interface TrialOptions {
  /** Messages a second. */
  readonly rate: number;
  readonly rounds: number;
  readonly questions: readonly string[];
  readonly dataDir: string;
  readonly onProgress: (round: number) => void;
}

/** Questions of people before the first trial: as many as one looks at. */
const asked = 1000;
const warmUp = 200;
/** Answers are timed for 5 seconds at a time; without a trial so often a round. */
const quietPieces = 4;

const draft = () => ({
  title: { de: "Trink-Brunnen" },
  text: { de: "In vielen Parks gibt es Brunnen mit Trink-Wasser." },
  questions: [
    { lang: "de", text: "Wo gibt es Trinkwasser?" },
    { lang: "de", text: "Trinkbrunnen in der Nähe" },
  ],
  owner: { id: "bench", name: "Messung" },
  source: { name: "Messung", url: "https://example.org/" },
  validUntil: dayAfter(berlinDay(new Date()), 30),
});

const Tried = z.object({ questions: z.number(), tookMs: z.number() });

const round = (value: number, digits = 1) => Math.round(value * 10 ** digits) / 10 ** digits;

function timesOf(took: readonly number[]): AnswerTimes {
  const sorted = [...took].sort((a, b) => a - b);
  return { answers: sorted.length, p50Ms: round(percentile(sorted, 0.5)), p99Ms: round(percentile(sorted, 0.99)) };
}

/** How long answers take on one process with the embedded database while an article is tried there, and while none is, in turn. */
export async function measureTrial({ rate, rounds, questions, dataDir, onProgress }: TrialOptions): Promise<TrialReport> {
  const deliveredAt = new Map<string, number>();
  const platform = await startFakePlatform({ onDelivery: ({ chat, at }) => void deliveredAt.set(chat, at) });
  const question = (index: number) => questions[index % questions.length] ?? "Hallo";
  const timeAnswers = async (client: LoadClient): Promise<readonly number[]> => {
    const { postedAt } = await postSteadily(client, rate, question);
    await waitForAnswers(deliveredAt, postedAt.keys());
    return [...postedAt].map(([chat, at]) => (deliveredAt.get(chat) ?? Number.POSITIVE_INFINITY) - at);
  };
  try {
    return await withWholeProduct({ cluster: undefined, platform, deliveredAt }, dataDir, async (_, client, folder) => {
      await waitForAnswers(deliveredAt, await postAll(client, asked + warmUp, question));
      const [quiet, during, trials]: [number[], number[], z.output<typeof Tried>[]] = [[], [], []];
      for (let each = 1; each <= rounds; each += 1) {
        for (let piece = 0; piece < quietPieces; piece += 1) quiet.push(...(await timeAnswers(client)));
        let isOver = false;
        const trial = callHolder(folder, "staff.articles.trial", { by: "bench", article: draft() }).finally(() => {
          isOver = true;
        });
        while (!isOver) {
          const took = await timeAnswers(client);
          if (!isOver) during.push(...took);
        }
        trials.push(Tried.parse((await trial)?.result));
        onProgress(each);
      }
      if (during.length === 0) throw new AppError("USAGE", "The trials were over before anything could be timed.");
      const [still, busy] = [timesOf(quiet), timesOf(during)];
      return {
        ...{ questions: trials[0]?.questions ?? 0, trialSeconds: round(Math.max(...trials.map(({ tookMs }) => tookMs)) / 1000) },
        ...{ quiet: still, during: busy, p50Ratio: round(busy.p50Ms / still.p50Ms, 2), p99Ratio: round(busy.p99Ms / still.p99Ms, 2) },
      };
    });
  } finally {
    await platform.close();
  }
}
