/**
 * What is counted of a day. `kinds`: questions by the kind of their answer; `answered`: those that were answered from the catalogue and not called wrong; `gaps`: those that
 * were not answered well, by reason; `crises`: messages that were answered as an emergency, which count nowhere else; `languages`: questions by language; `needs`:
 * conversations that looked for something; `ratings`: right and wrong, by the day of the rating; `waits`: answers by the time from message to answer, in the buckets of
 * `waitBucketsMs`; `handovers`: talks with a person that were asked for, taken, and how they ended; `readability`: German answers of a sample that pass the plain-language
 * gate, and those that do not.
 */
export const metrics = [
  "kinds",
  "answered",
  "gaps",
  "crises",
  "languages",
  "needs",
  "ratings",
  "waits",
  "handovers",
  "readability",
] as const;

export type Metric = (typeof metrics)[number];

/** How many of one thing there were on one day of Europe/Berlin (ISO 8601). */
export interface DayCount {
  readonly day: string;
  readonly metric: Metric;
  /** What is counted, such as a kind of answer; empty where a metric counts one thing only. */
  readonly key: string;
  readonly count: number;
}

/** Counts the days from `from` to `to`, both included, from the rows that are still there. */
export type CountDays = (from: string, to: string) => Promise<readonly DayCount[]>;

/** Upper ends of the times that answers are counted by, in milliseconds; what took longer is counted as `longer`. */
export const waitBucketsMs = [250, 500, 1000, 2000, 5000, 10_000, 30_000, 60_000] as const;

/** Answers that are no answers to a question: talk, commands and what a person of the city writes. */
export const uncountedKinds = ["smalltalk", "meta", "confirmation", "handover"] as const;
