/** Right and all questions of a group. */
export interface Tally {
  readonly right: number;
  readonly n: number;
}

/** Counts rows by their group. */
export function tally(rows: readonly { readonly group: string; readonly right: boolean }[]): Record<string, Tally> {
  return Object.fromEntries(
    [...Map.groupBy(rows, ({ group }) => group)].map(([group, members]) => [
      group,
      { right: members.filter(({ right }) => right).length, n: members.length },
    ]),
  );
}

/** A tally as people read it. */
export function percent({ right, n }: Tally): string {
  return `${((100 * right) / Math.max(1, n)).toFixed(1)} % (${right}/${n})`;
}
