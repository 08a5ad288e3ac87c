import type { DemandCell } from "../../core/demand.ts";
import { berlinDay } from "../../text/berlin-time.ts";
import type { DayCounts } from "../numbers/day-counts.ts";
import { numbersCsv } from "../numbers/export.ts";
import { type NumbersNames, NumbersPage, viewNumbers } from "../numbers/numbers-page.tsx";
import { type PeriodDays, periodDays, periodsOf, type Report, reportOf } from "../numbers/report.ts";
import { type ConsoleRoute, may, type StaffVisit, show } from "./visit.tsx";

/** What the numbers are read from. */
export interface NumbersParts {
  readonly counts: DayCounts;
  /** The demand of the last weeks that have any. */
  readonly readDemand: (mostWeeks: number) => Promise<readonly DemandCell[]>;
  readonly needLabel: NumbersNames["needLabel"];
  readonly districts: () => readonly string[];
  readonly now: () => Date;
}

const weekDays = 7;

function daysOf({ c }: StaffVisit): PeriodDays {
  return periodDays.find((days) => String(days) === c.req.query("days")) ?? 28;
}

/** The numbers of a period as a page and as files. */
export function numbersRoutes({ counts, readDemand, needLabel, districts, now }: NumbersParts): readonly ConsoleRoute[] {
  async function report(visit: StaffVisit): Promise<Report> {
    const days = daysOf(visit);
    const today = berlinDay(now());
    const { now: period, before } = periodsOf(days, today);
    const [rows, cells] = await Promise.all([counts.read(before.from, period.to), readDemand(days / weekDays)]);
    return reportOf(days, today, rows, cells);
  }

  async function showPage(visit: StaffVisit): Promise<Response> {
    const { lang, frame } = visit;
    const view = await viewNumbers(await report(visit), { lang, path: `${frame.base}/console/numbers`, needLabel, districts: districts() });
    return await show(visit, view.title, <NumbersPage view={view} />);
  }

  async function sendCsv(visit: StaffVisit): Promise<Response> {
    return visit.c.body(numbersCsv(await report(visit)), 200, {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="stadtlotse-${berlinDay(now())}.csv"`,
    });
  }

  return [
    { method: "get", path: "/console/numbers", roles: may.read, answer: showPage },
    { method: "get", path: "/console/numbers.csv", roles: may.read, answer: sendCsv },
    { method: "get", path: "/console/numbers.json", roles: may.read, answer: async (visit) => visit.c.json(await report(visit)) },
  ];
}
