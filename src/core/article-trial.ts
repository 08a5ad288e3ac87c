import type { AnswerKind, GapKind } from "./answer.ts";
import { type Expectation, isRight } from "./expectation.ts";
import type { Lang } from "./languages.ts";
import type { Slots } from "./understanding.ts";

/** A question that a change is tried with: one that was asked (with what became of it), or one whose right answer is known. */
export type TrialQuestion =
  | {
      readonly source: "turn";
      readonly id: string;
      readonly text: string;
      readonly gap: GapKind | undefined;
      readonly rating: "right" | "wrong" | undefined;
    }
  | { readonly source: "known"; readonly id: string; readonly text: string; readonly expected: Expectation };

/** What a question is answered with; `first` is the id of the first offer, or `article:` with a number. */
export interface TrialAnswer {
  readonly kind: AnswerKind;
  readonly first: string | undefined;
  readonly needs: readonly string[];
  readonly slots: Slots;
  readonly lang?: Lang | undefined;
}

export type Verdict = "better" | "worse" | "unknown";

/** One question that is answered otherwise. */
export interface TrialChange {
  readonly source: TrialQuestion["source"];
  readonly id: string;
  readonly text: string;
  readonly before: Pick<TrialAnswer, "kind" | "first">;
  readonly after: Pick<TrialAnswer, "kind" | "first">;
  readonly verdict: Verdict;
}

/** What a change does to all the questions it was tried with. */
export interface Trial {
  readonly questions: number;
  readonly better: number;
  readonly worse: number;
  readonly unknown: number;
  readonly changed: readonly TrialChange[];
  readonly tookMs: number;
}

/** Kinds of answers that help nobody. */
const unanswered: ReadonlySet<AnswerKind> = new Set(["no-answer", "question", "out-of-scope"]);

/** Whether another answer to a question is better or worse, as far as anybody has said what is right; undefined where the answer is the same. */
export function judge(question: TrialQuestion, before: TrialAnswer, after: TrialAnswer): Verdict | undefined {
  const isSame = before.kind === after.kind && before.first === after.first;
  if (question.source === "known") {
    const [was, is] = [isRight(question.expected, before), isRight(question.expected, after)];
    if (was !== is) return is ? "better" : "worse";
    return isSame ? undefined : "unknown";
  }
  if (isSame) return undefined;
  if (question.rating === "right") return "worse";
  const wasGap = question.gap !== undefined && question.gap !== "rejected";
  return wasGap && unanswered.has(before.kind) && !unanswered.has(after.kind) ? "better" : "unknown";
}
