import { percent, type Tally } from "../bench/tally.ts";

/** A share from 0 to 1 as people read it. */
export const printShare = (share: number) => `${(100 * share).toFixed(1)} %`;

/** A title and a line a group. */
export function printTallies(title: string, tallies: Readonly<Record<string, Tally>>): readonly string[] {
  return [title, ...Object.entries(tallies).map(([group, counted]) => `  ${group.padEnd(14)} ${percent(counted)}`)];
}
