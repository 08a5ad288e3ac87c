import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { WatchedMetrics } from "./operations/metrics-route.ts";
import { type QueueFigure, readQueueFigures } from "./operations/queue-figures.ts";

const prefix = "stadtlotse_";
const secondsOfAnswers = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

const gauges: Readonly<Record<QueueFigure["figure"], readonly [help: string, label: string]>> = {
  inbox_waiting: ["Messages that wait for an answer", "channel"],
  inbox_oldest_seconds: ["For how long the oldest message has waited for an answer", "channel"],
  outbox_waiting: ["Answers that wait to be sent", "channel"],
  outbox_oldest_seconds: ["For how long the oldest answer has waited to be sent", "channel"],
  dead_letters: ["Messages that staff have to look at: npm run messages -- list", "kind"],
  paused_seconds: ["For how long a platform wants nothing yet", "channel"],
  open_groups: ["Groups of questions without an answer, by their state", "state"],
  model_tokens: ["Tokens of the language model today", "kind"],
};

/** Counts for one process; figures of the database are read when they are asked for, and are the same from every process. */
export function createWatchedMetrics(): WatchedMetrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix });
  const answers = new Histogram({
    ...{
      name: `${prefix}answer_seconds`,
      help: "Time to make an answer",
      labelNames: ["channel", "kind", "lang"],
      buckets: secondsOfAnswers,
      registers,
    },
  });
  const failures = new Counter({
    name: `${prefix}answer_failures_total`,
    help: "Answers that could not be made",
    labelNames: ["channel"],
    registers,
  });
  const sends = new Histogram({
    ...{
      name: `${prefix}send_seconds`,
      help: "Time to send an answer",
      labelNames: ["channel", "outcome"],
      buckets: secondsOfAnswers,
      registers,
    },
  });
  const limited = new Counter({
    name: `${prefix}limited_requests_total`,
    help: "Requests of addresses that ask too often",
    labelNames: ["kind"],
    registers,
  });
  const figures = new Map(
    Object.entries(gauges).map(([figure, [help, label]]) => [
      figure,
      { label, gauge: new Gauge({ name: prefix + figure, help, labelNames: [label], registers }) },
    ]),
  );
  return {
    answered: (channel, kind, lang, seconds) => answers.observe({ channel, kind, lang }, seconds),
    answerFailed: (channel) => failures.inc({ channel }),
    sent: (channel, outcome, seconds) => sends.observe({ channel, outcome }, seconds),
    limited: (kind) => limited.inc({ kind }),
    read: async (db) => {
      const read = await readQueueFigures(db);
      for (const { gauge } of figures.values()) gauge.reset();
      for (const { figure, label: value, value: number } of read) {
        const known = figures.get(figure);
        known?.gauge.set({ [known.label]: value }, number);
      }
      return { text: await registry.metrics(), contentType: registry.contentType };
    },
  };
}
