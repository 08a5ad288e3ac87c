import { describe, expect, it } from "vitest";
import { readRelativeDay } from "../../src/catalogue/demo-days.ts";

const monday = new Date("2026-11-23T10:30:00Z");

describe("a day that is written relative to another", () => {
  it.each([
    ["today", "2026-11-23"],
    ["in 1 day", "2026-11-24"],
    ["in 10 days", "2026-12-03"],
    ["2 days ago 09:30", "2026-11-21T09:30:00+01:00"],
    ["3 hours ago", "2026-11-23T07:30:00.000Z"],
    ["next Saturday", "2026-11-28"],
    ["next Monday", "2026-11-30"],
    ["next Sunday 00:00", "2026-11-29T00:00:00+01:00"],
    ["4 weeks after next Saturday 14:00", "2026-12-26T14:00:00+01:00"],
  ])("reads %s", (text, expected) => {
    expect(readRelativeDay(text, monday)).toBe(expected);
  });

  it.each(["2026-11-23", "2026-11-23T14:00:00+01:00", "soon", "in 5 days 24:00", "next Samstag"])("does not read %s", (text) => {
    expect(readRelativeDay(text, monday)).toBeUndefined();
  });

  it("counts from Munich's day, not from Greenwich's", () => {
    expect(readRelativeDay("today", new Date("2026-11-23T23:30:00Z"))).toBe("2026-11-24");
  });

  it("keeps Munich's hour where the clocks change in between", () => {
    expect(readRelativeDay("in 2 days 14:00", new Date("2027-03-27T12:00:00Z"))).toBe("2027-03-29T14:00:00+02:00");
    expect(readRelativeDay("in 1 day 02:30", new Date("2027-03-27T12:00:00Z"))).toBe("2027-03-28T02:30:00+01:00");
  });
});
