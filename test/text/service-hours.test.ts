import { describe, expect, it } from "vitest";
import { isWithinHours, parseServiceHours } from "../../src/text/service-hours.ts";

const hours = parseServiceHours("Mo-Th 09:00-16:00; Fr 09:00-12:00; Su 22:00-24:00") ?? [];

describe("people of the city are there", () => {
  it.each([
    ["2026-11-23T08:00:00Z", true, "Monday at 9"],
    ["2026-11-23T07:59:00Z", false, "a minute before"],
    ["2026-11-23T15:00:00Z", false, "when it closes"],
    ["2026-07-20T07:00:00Z", true, "at 9 in summer"],
    ["2026-11-27T11:30:00Z", false, "on Friday afternoon"],
    ["2026-11-28T10:00:00Z", false, "on Saturday"],
    ["2026-11-29T22:59:00Z", true, "a minute before Sunday ends in Munich"],
    ["2026-11-29T23:00:00Z", false, "when Monday has begun there"],
  ])("at %s: %s (%s)", (moment, expected) => {
    expect(isWithinHours(hours, new Date(moment))).toBe(expected);
  });

  it("never, where no hours are said", () => {
    expect(isWithinHours([], new Date("2026-11-23T10:00:00Z"))).toBe(false);
  });
});
