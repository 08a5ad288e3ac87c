import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import { messageOf, SendError } from "../../core/errors.ts";

const longestPauseMs = 300_000;

/** Waits, or until `ended`. */
export async function pause(ms: number, ended: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal: ended, ref: false }).catch((error: unknown) => {
    if (!ended.aborted) throw error;
  });
}

/** Does the work until it succeeds, waiting longer each time (1 s to 5 min, or as long as the platform says); undefined if it was ended before. */
export async function untilDone<Result>(
  work: () => Promise<Result>,
  what: string,
  log: Logger,
  ended: AbortSignal,
): Promise<Result | undefined> {
  for (let attempt = 0; !ended.aborted; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (ended.aborted) return undefined;
      const told = error instanceof SendError && error.retryAfterSeconds !== undefined ? error.retryAfterSeconds * 1000 : undefined;
      const pauseMs = told ?? Math.min(longestPauseMs, 1000 * 2 ** attempt);
      log.error({ reason: messageOf(error), nextInSeconds: pauseMs / 1000 }, `${what} failed, will be tried again`);
      await pause(pauseMs, ended);
    }
  }
  return undefined;
}
