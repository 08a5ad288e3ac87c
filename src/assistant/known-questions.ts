import { z } from "zod";
import type { TrialQuestion } from "../core/article-trial.ts";

const Known = z.object({
  id: z.string(),
  text: z.string(),
  expect: z.object({ kind: z.string(), needs: z.array(z.string()).optional(), slots: z.record(z.string(), z.unknown()).optional() }),
});

/** Reads lines of JSON, each a question whose right answer is known. */
export function parseKnownQuestions(lines: string): readonly TrialQuestion[] {
  return lines
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => {
      const { id, text, expect } = Known.parse(JSON.parse(line));
      return { source: "known", id, text, expected: expect };
    });
}
