import { describe, expect, it } from "vitest";
import { createHoursReader } from "../../../src/catalogue/hours/hours-reader.ts";

const { read, findFault } = createHoursReader();
const stateAt = (hours: string, now: string) => read(hours, new Date(now))?.state;
const daysAt = (hours: string, now: string) => read(hours, new Date(now))?.days;

/** Munich is one hour ahead of UTC in winter, two in summer. */
describe("whether something is open", () => {
  const office = "Mo-Fr 08:00-12:00,13:00-18:00; PH off";

  it("says until when, by Munich's clock, whatever this machine's is", () => {
    expect(stateAt(office, "2026-11-23T08:30:00Z")).toEqual({ kind: "open", until: { day: "2026-11-23", daysAhead: 0, time: "12:00" } });
    expect(stateAt(office, "2026-07-20T06:30:00Z")).toEqual({ kind: "open", until: { day: "2026-07-20", daysAhead: 0, time: "12:00" } });
  });

  it("opens on the minute and closes on the minute", () => {
    expect(stateAt(office, "2026-11-23T07:00:00Z")?.kind).toBe("open");
    expect(stateAt(office, "2026-11-23T06:59:00Z")).toEqual({ kind: "closed", opens: { day: "2026-11-23", daysAhead: 0, time: "08:00" } });
    expect(stateAt(office, "2026-11-23T11:00:00Z")).toEqual({ kind: "closed", opens: { day: "2026-11-23", daysAhead: 0, time: "13:00" } });
  });

  it("says when it opens again, over a weekend", () => {
    expect(stateAt(office, "2026-11-27T20:00:00Z")).toEqual({ kind: "closed", opens: { day: "2026-11-30", daysAhead: 3, time: "08:00" } });
  });

  it("is closed over Easter, from Good Friday to Easter Monday", () => {
    const opens = { day: "2027-03-30", time: "08:00" };
    expect(stateAt(office, "2027-03-26T09:00:00Z")).toEqual({ kind: "closed", opens: { ...opens, daysAhead: 4 } });
    expect(stateAt(office, "2027-03-29T09:00:00Z")).toEqual({ kind: "closed", opens: { ...opens, daysAhead: 1 } });
    expect(stateAt(office, "2027-03-30T09:00:00Z")?.kind).toBe("open");
  });

  it.each([
    ["Heilige Drei Könige", "2027-01-06T10:00:00Z"],
    ["Fronleichnam", "2027-05-27T10:00:00Z"],
    ["Mariä Himmelfahrt", "2028-08-15T10:00:00Z"],
    ["Allerheiligen", "2027-11-01T10:00:00Z"],
  ])("knows Munich's holiday %s", (_name, now) => {
    expect(stateAt(office, now)?.kind).toBe("closed");
  });

  it.each([
    ["the feast of Augsburg alone", "2028-08-08T09:00:00Z"],
    ["Reformationstag", "2028-10-31T10:00:00Z"],
    ["Buß- und Bettag", "2028-11-22T10:00:00Z"],
  ])("has no holiday on %s", (_name, now) => {
    expect(stateAt(office, now)?.kind).toBe("open");
  });

  it("goes on past midnight", () => {
    const bar = "Fr,Sa 20:00-02:00";
    expect(stateAt(bar, "2026-11-27T23:30:00Z")).toEqual({ kind: "open", until: { day: "2026-11-28", daysAhead: 0, time: "02:00" } });
    expect(stateAt(bar, "2026-11-27T21:30:00Z")).toEqual({ kind: "open", until: { day: "2026-11-28", daysAhead: 1, time: "02:00" } });
    expect(stateAt(bar, "2026-11-29T01:30:00Z")).toEqual({ kind: "closed", opens: { day: "2026-12-04", daysAhead: 5, time: "20:00" } });
  });

  it("keeps the clock's hours on the days when it is set back and forward", () => {
    // 25 October 2026: 3 o'clock becomes 2; 28 March 2027: 2 o'clock becomes 3.
    expect(stateAt("Su 01:00-10:00", "2026-10-25T06:00:00Z")).toEqual({
      kind: "open",
      until: { day: "2026-10-25", daysAhead: 0, time: "10:00" },
    });
    expect(stateAt("Su 01:00-10:00", "2026-10-25T09:00:00Z")?.kind).toBe("closed");
    expect(stateAt("Su 01:00-10:00", "2027-03-28T07:59:00Z")?.kind).toBe("open");
    expect(stateAt("Su 01:00-10:00", "2027-03-28T08:00:00Z")?.kind).toBe("closed");
    expect(stateAt("Sa 22:00-04:00", "2027-03-28T01:30:00Z")).toEqual({
      kind: "open",
      until: { day: "2027-03-28", daysAhead: 0, time: "04:00" },
    });
  });

  it("is always open, or never", () => {
    expect(stateAt("24/7", "2026-11-23T08:30:00Z")).toEqual({ kind: "open" });
    expect(stateAt("off", "2026-11-23T08:30:00Z")).toEqual({ kind: "closed" });
  });

  it("looks ahead for more than a week", () => {
    expect(stateAt("Jul-Aug 10:00-12:00", "2026-11-23T08:30:00Z")).toEqual({
      kind: "closed",
      opens: { day: "2027-07-01", daysAhead: 220, time: "10:00" },
    });
  });

  it("is not known where it is by appointment", () => {
    expect(stateAt('Mo-Fr 08:00-12:00 "nach Vereinbarung"', "2026-11-23T08:30:00Z")).toEqual({ kind: "unknown" });
  });
});

describe("the hours of seven days", () => {
  it("begin today and join days with the same hours", () => {
    const span = { opens: "08:00", closes: "12:00" };
    expect(daysAt("Mo-Fr 08:00-12:00", "2026-11-25T08:00:00Z")).toEqual([
      { first: "2026-11-25", last: "2026-11-27", spans: [span] },
      { first: "2026-11-28", last: "2026-11-29", spans: [] },
      { first: "2026-11-30", last: "2026-12-01", spans: [span] },
    ]);
  });

  it("hold holidays as they fall", () => {
    const days = daysAt("Mo-Su 10:00-24:00; PH off", "2026-12-24T08:00:00Z");
    expect(days?.map(({ first, last, spans }) => [first, last, spans.map(({ closes }) => closes)])).toEqual([
      ["2026-12-24", "2026-12-24", ["24:00"]],
      ["2026-12-25", "2026-12-26", []],
      ["2026-12-27", "2026-12-30", ["24:00"]],
    ]);
  });

  it("give a night to the evening that it begins in", () => {
    expect(daysAt("Fr 20:00-02:00", "2026-11-27T08:00:00Z")?.[0]).toEqual({
      first: "2026-11-27",
      last: "2026-11-27",
      spans: [{ opens: "20:00", closes: "02:00" }],
    });
  });

  it("tell what the source notes", () => {
    expect(daysAt('Mo 08:00-12:00 "nach Vereinbarung"', "2026-11-23T08:30:00Z")?.[0]?.spans).toEqual([
      { opens: "08:00", closes: "12:00", note: "nach Vereinbarung" },
    ]);
  });
});

describe("hours that cannot be read", () => {
  it.each(["quatsch", "Mo-Fr 25:99-30:00", "   ", "Mo-Fr 08:00-12:00;;;]["])("give no answer and a reason: %s", (hours) => {
    expect(read(hours, new Date("2026-11-23T08:30:00Z"))).toBeUndefined();
    expect(findFault(hours)).toMatch(/\w/);
  });

  it("are told from those that can", () => {
    expect(findFault("Mo-Fr 08:00-12:00")).toBeUndefined();
  });
});
