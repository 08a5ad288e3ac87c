import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { measurePrivacy, type PrivacyReport, readPrivacySet } from "../../src/bench/privacy.ts";
import { projectRoot } from "../../src/node-content.ts";

/** Types with fewer sentences say little by themselves. */
const enough = 20;

describe("what somebody wrote who has read neither the code nor its examples", () => {
  let report: PrivacyReport;

  beforeAll(async () => {
    report = measurePrivacy(await readPrivacySet(join(projectRoot, "knowledge/privacy.jsonl")));
  });

  it("loses its personal data", () => {
    expect(report.n).toBeGreaterThanOrEqual(300);
    expect(report.recall, JSON.stringify(report.missed, null, 1)).toBeGreaterThanOrEqual(0.95);
  });

  it("loses those of each type", () => {
    const types = Object.entries(report.byType).filter(([, { n }]) => n >= enough);
    expect(types.length).toBeGreaterThanOrEqual(7);
    for (const [type, { right, n }] of types) expect(right / n, type).toBeGreaterThanOrEqual(0.9);
  });

  it("stays as it is where it is harmless", () => {
    expect(report.changedHarmless, JSON.stringify(report.changed, null, 1)).toBeLessThanOrEqual(0.02);
  });
});
