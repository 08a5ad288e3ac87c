import { csvOf } from "../../text/csv.ts";
import { listNames, type Report, shareNames } from "./report.ts";

const columns = ["figure", "key", "from", "to", "part", "of", "partBefore", "ofBefore"] as const;

/** A report as CSV: one line a figure. `of` stands where the figure is a share; counts have a part only. */
export function numbersCsv({ period: { now }, counts, shares, lists, perDay, unmet }: Report): string {
  const { from, to } = now;
  const rows = [
    ...Object.entries(counts).map(([figure, count]) => ({ figure, key: "", from, to, part: count.now, partBefore: count.before })),
    ...shareNames.map((figure) => {
      const share = shares[figure];
      return {
        figure,
        key: "",
        from,
        to,
        part: share.now.part,
        of: share.now.of,
        partBefore: share.before.part,
        ofBefore: share.before.of,
      };
    }),
    ...listNames.flatMap((figure) =>
      lists[figure].map((each) => ({ figure, key: each.key, from, to, part: each.now, partBefore: each.before })),
    ),
    ...perDay.map(({ day, count }) => ({ figure: "questions a day", key: day, from: day, to: day, part: count })),
    ...unmet.map(({ district, people }) => ({ figure: "unmet demand", key: district, from, to, part: people })),
  ];
  return csvOf(columns, rows);
}
