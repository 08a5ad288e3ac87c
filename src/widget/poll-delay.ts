/** What the wait until the next look for answers hangs on. */
export interface PollState {
  /** An answer is due. */
  readonly waiting: boolean;
  /** The tab is in the background. */
  readonly hidden: boolean;
  /** Looks in a row that brought nothing. */
  readonly quiet: number;
  /** Looks in a row that failed. */
  readonly failures: number;
}

function growing(firstMs: number, longestMs: number, steps: number): number {
  return Math.min(longestMs, firstMs * 1.5 ** steps);
}

/** Milliseconds until the next look: quick while an answer is due, slow at rest, slower after failures, and only to keep the token alive in the background. */
export function pollDelayMs({ waiting, hidden, quiet, failures }: PollState): number {
  if (failures > 0) return growing(1_000, 30_000, failures);
  if (waiting) return growing(250, 2_000, quiet);
  return hidden ? 5 * 60_000 : growing(5_000, 30_000, quiet);
}
