/** Pairs of Stadtbezirke that share a border, by their numbers; written down by hand and held against the points of the districts by a test. */
const borders: readonly (readonly [number, readonly number[]])[] = [
  [1, [2, 3, 5, 12, 13]],
  [2, [3, 5, 6, 8, 18]],
  [3, [4, 8, 9, 12]],
  [4, [9, 11, 12]],
  [5, [13, 14, 16, 17, 18]],
  [6, [7, 8, 18, 19]],
  [7, [8, 19, 20, 25]],
  [8, [9, 25]],
  [9, [10, 11, 21, 25]],
  [10, [11, 21, 23, 24]],
  [11, [12, 24]],
  [12, [13, 24]],
  [13, [14, 15]],
  [14, [15, 16]],
  [15, [16]],
  [16, [17]],
  [17, [18]],
  [18, [19]],
  [19, [20]],
  [20, [21, 25]],
  [21, [22, 23, 25]],
  [22, [23]],
  [23, [24]],
];

/** True for two different Stadtbezirke (numbers 1 to 25) next to each other. */
export function areNeighbours(one: number, other: number): boolean {
  const [low, high] = one < other ? [one, other] : [other, one];
  return borders.some(([number, next]) => number === low && next.includes(high));
}
