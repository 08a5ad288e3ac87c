import { describe, expect, it } from "vitest";
import type { DemandCell } from "../../../src/core/demand.ts";
import type { DayCount, Metric } from "../../../src/core/numbers.ts";
import { numbersCsv } from "../../../src/review/numbers/export.ts";
import { formatPoints, formatShare } from "../../../src/review/numbers/format.ts";
import { NumbersPage, viewNumbers } from "../../../src/review/numbers/numbers-page.tsx";
import { periodsOf, reportOf } from "../../../src/review/numbers/report.ts";

const today = "2026-11-23";
const of = (day: string, metric: Metric, key: string, count: number): DayCount => ({ day, metric, key, count });

const cell = (change: Partial<DemandCell>): DemandCell => ({
  ...{ week: "2026-W46", need: "kita-platz", area: "district", district: "Sendling", outcome: "missing", people: 5 },
  ...change,
});

const counts = [
  of("2026-11-23", "kinds", "offers", 30),
  of("2026-11-17", "kinds", "no-answer", 10),
  of("2026-11-16", "kinds", "offers", 20),
  of("2026-11-09", "kinds", "offers", 1000),
  of("2026-11-20", "answered", "", 25),
  of("2026-11-16", "answered", "", 15),
  of("2026-11-20", "needs", "kita-platz", 4),
  of("2026-11-20", "needs", "ausweis", 9),
  of("2026-11-16", "needs", "ausweis", 3),
  of("2026-11-20", "waits", "2000", 6),
  of("2026-11-20", "waits", "5000", 2),
];

describe("a report", () => {
  it("sets a period beside the one of the same length before it", () => {
    expect(periodsOf(7, today)).toEqual({
      now: { from: "2026-11-17", to: "2026-11-23" },
      before: { from: "2026-11-10", to: "2026-11-16" },
    });
    const { counts: totals, shares, perDay } = reportOf(7, today, counts, []);
    expect(totals.questions).toEqual({ now: 40, before: 20 });
    expect(shares.answered).toEqual({ now: { part: 25, of: 40 }, before: { part: 15, of: 20 } });
    expect(shares.quick.now).toEqual({ part: 6, of: 8 });
    expect(perDay).toHaveLength(7);
    expect(perDay.at(-1)).toEqual({ day: today, count: 30 });
  });

  it("says changes in percentage points, and nothing of what is a share of nothing", () => {
    const { shares } = reportOf(7, today, counts, []);
    expect(formatPoints(shares.answered, "de")).toBe("-12,5");
    expect(formatPoints(shares.answered, "en")).toBe("-12.5");
    expect(formatPoints(shares.helpful, "de")).toBeUndefined();
    expect(formatShare(shares.helpful.now, "de")).toBe("–");
  });

  it("tells of no need that fewer than five looked for", () => {
    const { lists } = reportOf(7, today, counts, []);
    expect(lists.needs).toEqual([{ key: "ausweis", now: 9, before: 0 }]);
  });

  it("adds up what was not there in a district", () => {
    const cells = [
      cell({ people: 7 }),
      cell({ outcome: "full", week: "2026-W47", people: 6 }),
      cell({ outcome: "free", people: 50 }),
      cell({ district: "Laim", people: 20 }),
      cell({ area: "others", district: "", people: 9 }),
    ];
    expect(reportOf(28, today, [], cells).unmet).toEqual([
      { district: "Laim", people: 20 },
      { district: "Sendling", people: 13 },
    ]);
  });
});

describe("what staff are shown", () => {
  const evil = `"><script>alert(1)</script>`;
  const names = { path: "/console/numbers", needLabel: () => evil, districts: ["Sendling", "Laim"] };

  it("keeps what names say as text, also in drawings", async () => {
    const view = await viewNumbers(reportOf(7, today, counts, [cell({ people: 8 })]), { ...names, lang: "de" });
    const page = String(await NumbersPage({ view }));
    expect(page).not.toContain("<script");
    expect(page).toContain("&lt;script&gt;");
    expect(page).not.toContain("<style");
    expect(page).not.toMatch(/\sstyle=/);
  });

  it("has a table beside each drawing", async () => {
    for (const lang of ["de", "en"] as const) {
      const view = await viewNumbers(reportOf(28, today, counts, [cell({})]), { ...names, lang });
      const page = String(await NumbersPage({ view }));
      const drawings = page.match(/<svg[^>]*role="img"/g) ?? [];
      expect(drawings.length).toBeGreaterThan(3);
      expect(page.match(/<table>/g)).toHaveLength(drawings.length);
    }
  });

  it("guards the file against formulas", () => {
    const report = reportOf(7, today, [of(today, "gaps", "=1+1", 3)], [cell({ district: "@SUM(A1)" })]);
    const csv = numbersCsv(report);
    expect(csv).toContain("'=1+1");
    expect(csv).toContain("'@SUM(A1)");
    expect(csv).not.toMatch(/(^|,)[=@]/m);
  });
});
