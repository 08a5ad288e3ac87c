import type { DemandCell } from "../core/demand.ts";
import { csvOf } from "../text/csv.ts";

const columns = ["week", "need", "area", "district", "outcome", "people"] as const satisfies readonly (keyof DemandCell)[];

/** Demand as CSV. */
export function demandCsv(cells: readonly DemandCell[]): string {
  return csvOf(columns, cells);
}
