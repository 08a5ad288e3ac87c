import { AppError, messageOf } from "../../core/errors.ts";

/** Where the trial of a version stands in this process; what it found is kept with the article. */
export type TrialRun =
  | { readonly state: "running"; readonly version: number }
  | { readonly state: "failed"; readonly version: number; readonly reason: string };

export interface TrialRuns {
  /** Begins a trial of that version once those before it have ended, unless it is about to run already; nobody waits for it. */
  begin(article: number, version: number, run: () => Promise<unknown>): void;
  /** Undefined where none was begun here, and where it has ended well. */
  find(article: number, version: number): TrialRun | undefined;
}

/** Trials take up to a minute: they run beside the requests that ask for them, one after the other. */
export function createTrialRuns(): TrialRuns {
  const runs = new Map<string, TrialRun>();
  let last: Promise<void> = Promise.resolve();
  const keyOf = (article: number, version: number) => `${article}:${version}`;

  async function follow(article: number, version: number, run: () => Promise<unknown>): Promise<void> {
    try {
      await run();
      runs.delete(keyOf(article, version));
    } catch (error) {
      const reason = error instanceof AppError ? error.message : `The trial ended with a fault (${messageOf(error)}).`;
      runs.set(keyOf(article, version), { state: "failed", version, reason });
    }
  }

  return {
    begin: (article, version, run) => {
      if (runs.get(keyOf(article, version))?.state === "running") return;
      runs.set(keyOf(article, version), { state: "running", version });
      last = last.then(() => follow(article, version, run));
    },
    find: (article, version) => runs.get(keyOf(article, version)),
  };
}
