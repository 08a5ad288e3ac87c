/** A row that was not taken, with where it stands and why. */
export interface Rejection {
  readonly place: string;
  readonly reason: string;
}

/** How many offers a run brings, compared with what is in place. */
export interface Difference {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly withdrawn: number;
}

/**
 * What became of a run: `done` is in place, `unchanged` found the source as it was, `held` waits for staff, `dry-run` changed nothing.
 * `rejections` are the first of the `rejected`; `sample` says of a dry run what would change, each a word and an id.
 */
export interface ImportReport extends Difference {
  readonly source: string;
  readonly kind: string;
  readonly state: "done" | "unchanged" | "held" | "dry-run";
  readonly rejected: number;
  readonly rejections: readonly Rejection[];
  /** Possible duplicates that wait for staff, of this source. */
  readonly duplicates: number;
  /** True if the run went on where an earlier one broke off. */
  readonly resumed: boolean;
  readonly reason?: string | undefined;
  readonly sample?: readonly string[] | undefined;
  readonly tookMs: number;
}

/** Rejections that a report spells out. */
export const mostRejections = 200;

/** A source that brings fewer offers than this part of what it brought last waits for staff. */
const leastShareKept = 0.7;

/** True if a source has lost so much that staff should look first. */
export function shrinksTooMuch(before: number, now: number): boolean {
  return now < before * leastShareKept;
}
