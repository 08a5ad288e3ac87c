/**
 * What became of a wish: nothing was found where it was wanted (`missing`), all places were taken (`full`), places were free (`free`), or something was found and nobody
 * says whether there is room (`unknown`).
 */
export const outcomes = ["missing", "full", "free", "unknown"] as const;

export type Outcome = (typeof outcomes)[number];

/** What one turn counts as. */
export interface Wish {
  readonly need: string;
  /** Official Stadtbezirk; absent where none was named and for personal topics. */
  readonly district?: string | undefined;
  readonly outcome: Outcome;
}

/** Fewer people than these are never told of. */
export const leastPeople = 5;

/** Where it was wanted: in one district, without one being named, or in all those districts together that have too few people each. */
export const areas = ["district", "not-named", "others"] as const;

/** How many people wanted something in a week; each at least `leastPeople`, none of them in two cells of one need, week and place. */
export interface DemandCell {
  /** ISO 8601, such as 2026-W47, of Europe/Berlin. */
  readonly week: string;
  readonly need: string;
  readonly area: (typeof areas)[number];
  /** Empty unless `area` is `district`. */
  readonly district: string;
  readonly outcome: Outcome;
  readonly people: number;
}
