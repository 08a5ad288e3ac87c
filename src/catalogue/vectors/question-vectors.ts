import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Embedder } from "../../core/embedder.ts";
import type { EmbedQuestion } from "./hybrid-search.ts";

/** Questions whose vectors are kept: "more" and a press of a button ask the same again. */
const mostKept = 500;
/** Questions that wait for the model at most; more could not be answered in time anyway. */
const mostWaiting = 16;

/** How a question was answered without its vector. */
export type Missed = { readonly kind: "late" } | { readonly kind: "busy" } | { readonly kind: "failed"; readonly error: unknown };

export interface QuestionOptions {
  /** How long an answer waits for a vector. */
  readonly limitMs: number;
  readonly onMissed: (missed: Missed) => void;
}

/** Embeds questions within a time limit. One that comes too late is kept, for the next time the same is asked; no text is. */
export function createQuestionVectors(embedder: Embedder, { limitMs, onMissed }: QuestionOptions): EmbedQuestion {
  const kept = new Map<string, Promise<Float32Array>>();
  let waiting = 0;

  function begin(key: string, text: string): Promise<Float32Array> {
    waiting += 1;
    const vector = embedder.embedQuery(text).finally(() => {
      waiting -= 1;
    });
    kept.set(key, vector);
    vector.catch(() => kept.delete(key));
    const [oldest] = kept.keys();
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
    return vector;
  }

  return async (text) => {
    const key = createHash("sha256").update(text).digest("base64");
    const known = kept.get(key);
    if (known === undefined && waiting >= mostWaiting) {
      onMissed({ kind: "busy" });
      return undefined;
    }
    const clock = new AbortController();
    try {
      const late = sleep(limitMs, undefined, { signal: clock.signal }).catch(() => undefined);
      const vector = await Promise.race([known ?? begin(key, text), late]);
      if (vector === undefined) onMissed({ kind: "late" });
      return vector;
    } catch (error) {
      onMissed({ kind: "failed", error });
      return undefined;
    } finally {
      clock.abort();
    }
  };
}
