import { AppError, messageOf } from "../../core/errors.ts";

/** Where the trial of a version stands in this process; what it found is kept with the article. */
export type TrialRun =
  | { readonly state: "running"; readonly version: number }
  | { readonly state: "failed"; readonly version: number; readonly reason: string };

export interface TrialRuns {
  /** Begins a trial of that version, unless one of this article is running; nobody waits for it. */
  begin(article: number, version: number, run: () => Promise<unknown>): void;
  /** Undefined where none was begun here, and where it has ended well. */
  find(article: number, version: number): TrialRun | undefined;
}

/** Trials take up to a minute: they run beside the requests that ask for them, one at a time for each article. */
export function createTrialRuns(): TrialRuns {
  const runs = new Map<number, TrialRun>();

  async function follow(article: number, version: number, run: () => Promise<unknown>): Promise<void> {
    try {
      await run();
      runs.delete(article);
    } catch (error) {
      const reason = error instanceof AppError ? error.message : `The trial ended with a fault (${messageOf(error)}).`;
      runs.set(article, { state: "failed", version, reason });
    }
  }

  return {
    begin: (article, version, run) => {
      if (runs.get(article)?.state === "running") return;
      runs.set(article, { state: "running", version });
      void follow(article, version, run);
    },
    find: (article, version) => {
      const run = runs.get(article);
      return run?.version === version ? run : undefined;
    },
  };
}
