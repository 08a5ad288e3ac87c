import type { AnswerSummary } from "./answer.ts";

/** What a known question is to be answered with. */
export interface Expectation {
  readonly kind: string;
  readonly needs?: readonly string[] | undefined;
  readonly slots?: Readonly<Record<string, unknown>> | undefined;
}

/** Right: the kind is equal, the first need is among those expected if any, and every expected slot is equal. */
export function isRight(expected: Expectation, got: Pick<AnswerSummary, "kind" | "needs" | "slots">): boolean {
  if (expected.kind !== got.kind) return false;
  const needs = expected.needs ?? [];
  if (needs.length > 0 && !needs.includes(got.needs[0] ?? "")) return false;
  const slots: Readonly<Record<string, unknown>> = { ...got.slots };
  return Object.entries(expected.slots ?? {}).every(([name, value]) => JSON.stringify(slots[name]) === JSON.stringify(value));
}
