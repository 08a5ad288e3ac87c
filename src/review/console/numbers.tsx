import type { DemandCell } from "../../core/demand.ts";
import { berlinDay } from "../../text/berlin-time.ts";
import type { DayCounts } from "../numbers/day-counts.ts";
import { numbersCsv } from "../numbers/export.ts";
import { type NumbersNames, NumbersPage, viewNumbers } from "../numbers/numbers-page.tsx";
import { type PeriodDays, periodDays, periodsOf, type Report, reportOf } from "../numbers/report.ts";
import { may } from "./operate.tsx";
import { ConsolePage } from "./page.tsx";
import type { ConsoleSection } from "./routes.ts";
import { show, type Visit } from "./visit.tsx";

/** What the numbers are read from. */
export interface NumbersParts {
  readonly counts: Pick<DayCounts, "read">;
  /** The demand of the last weeks that have any. */
  readonly readDemand: (mostWeeks: number) => Promise<readonly DemandCell[]>;
  readonly needLabel: NumbersNames["needLabel"];
  readonly districts: () => readonly string[];
  readonly now: () => Date;
}

const weekDays = 7;

function daysOf({ c }: Visit): PeriodDays {
  return periodDays.find((days) => String(days) === c.req.query("days")) ?? 28;
}

/** The numbers of a period as a page and as files. */
export function numbersSection({ counts, readDemand, needLabel, districts, now }: NumbersParts): ConsoleSection {
  async function report(visit: Visit): Promise<Report> {
    const days = daysOf(visit);
    const today = berlinDay(now());
    const { now: period, before } = periodsOf(days, today);
    const [rows, cells] = await Promise.all([counts.read(before.from, period.to), readDemand(days / weekDays)]);
    return reportOf(days, today, rows, cells);
  }

  async function showPage(visit: Visit): Promise<Response> {
    const { lang, base } = visit.frame;
    const view = await viewNumbers(await report(visit), { lang, path: `${base}/console/numbers`, needLabel, districts: districts() });
    return await show(
      visit,
      <ConsolePage {...visit.frame} title={view.title}>
        <h1>{view.title}</h1>
        <NumbersPage view={view} />
      </ConsolePage>,
    );
  }

  async function sendCsv(visit: Visit): Promise<Response> {
    return visit.c.body(numbersCsv(await report(visit)), 200, {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="stadtlotse-${berlinDay(now())}.csv"`,
    });
  }

  return {
    ...{ name: "numbers", path: "/console/numbers", roles: may.read },
    routes: [
      ["GET", "/console/numbers", may.read, showPage],
      ["GET", "/console/numbers.csv", may.read, sendCsv],
      ["GET", "/console/numbers.json", may.read, async (visit) => visit.c.json(await report(visit))],
    ],
  };
}
