import type { Weighed } from "./similarity.ts";

/** How alike the gaps of a large cluster are at least, on average; and how much more for few: two must be alike by a third, or any two sentences make a cluster. */
const [leastAlike, moreForFew] = [0.1, 0.5];
/** A member that is this much less like the others than a cluster needs is none. */
const outlierShare = 0.5;

/** How alike the gaps of a cluster of that size must be on average, 0 to 1. */
export function leastCohesion(size: number): number {
  return leastAlike + moreForFew / size;
}

/** The sum of some gaps: its product with one of them is how alike that one is to all. */
function sumOf(members: readonly Weighed[]): Map<number, number> {
  const sum = new Map<number, number>();
  for (const { terms, weights } of members)
    terms.forEach((term, index) => {
      sum.set(term, (sum.get(term) ?? 0) + (weights[index] ?? 0));
    });
  return sum;
}

function product(sum: ReadonlyMap<number, number>, { terms, weights }: Weighed): number {
  let result = 0;
  terms.forEach((term, index) => {
    result += (sum.get(term) ?? 0) * (weights[index] ?? 0);
  });
  return result;
}

function takeFrom(sum: Map<number, number>, { terms, weights }: Weighed): void {
  terms.forEach((term, index) => {
    sum.set(term, (sum.get(term) ?? 0) - (weights[index] ?? 0));
  });
}

interface Member {
  readonly node: number;
  readonly weighed: Weighed;
}

/** Takes out the least alike, one after the other, until the rest are alike enough to be a cluster; what is left, which may be nobody. */
export function tighten(nodes: readonly number[], weighedOf: (node: number) => Weighed): readonly number[] {
  let members: Member[] = nodes.map((node) => ({ node, weighed: weighedOf(node) }));
  const sum = sumOf(members.map(({ weighed }) => weighed));
  while (members.length > 1) {
    const others = members.length - 1;
    // Each is alike to itself by 1.
    const means = members.map(({ weighed }) => (product(sum, weighed) - 1) / others);
    const cohesion = means.reduce((total, mean) => total + mean, 0) / members.length;
    const needed = leastCohesion(members.length);
    const weakest = means.indexOf(Math.min(...means));
    if (cohesion >= needed && (means[weakest] ?? 0) >= needed * outlierShare) return members.map(({ node }) => node);
    const gone = members[weakest];
    if (gone !== undefined) takeFrom(sum, gone.weighed);
    members = members.filter((member) => member !== gone);
  }
  return [];
}
