/** What became of one attempt to send an answer. */
export type SendOutcome = "sent" | "failed" | "throttled" | "gone" | "given-up";

/** Is told what happens, for those who watch over the product. Nothing of anybody is in it. */
export interface Metrics {
  /** A message was answered; `kind` is that of the answer. */
  answered(channel: string, kind: string, lang: string, seconds: number): void;
  /** An answer was not made, and will be tried again. */
  answerFailed(channel: string): void;
  /** An answer was sent, or not. */
  sent(channel: string, outcome: SendOutcome, seconds: number): void;
  /** A request was refused, since its address asks too often. */
  limited(kind: string): void;
}

/** For those whom nobody watches: tests, commands, Workers. */
export const unwatched: Metrics = {
  answered: () => undefined,
  answerFailed: () => undefined,
  sent: () => undefined,
  limited: () => undefined,
};
