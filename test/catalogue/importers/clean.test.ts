import { describe, expect, it } from "vitest";
import { addressOf, geoPoint, splitAddress } from "../../../src/catalogue/importers/address.ts";
import { costOf, emailAddress, httpUrl, phoneNumber, plainLine, plainText } from "../../../src/catalogue/importers/clean.ts";
import { expandRule, joinTime, parseFeedDate, parseMoment, upcoming } from "../../../src/catalogue/importers/dates.ts";
import { scheduleHours, timeSpan, weekHours } from "../../../src/catalogue/importers/opening-hours.ts";

describe("text of a source", () => {
  it("loses its HTML, scripts and pictures", () => {
    expect(
      plainText(
        '<h2>Hilfe</h2><p>Für <b>alle</b> &amp; jeden.</p><script>alert(1)</script><img src=x onerror="x()"><ul><li>eins</li><li>zwei</li></ul>',
      ),
    ).toBe("Hilfe\n\nFür alle & jeden.\n\n– eins\n– zwei");
  });

  it("keeps signs that only look like HTML", () => {
    expect(plainText("Kinder < 3 Jahre & Eltern > 18")).toBe("Kinder < 3 Jahre & Eltern > 18");
  });

  it("loses control characters, marks of direction and invisible letters", () => {
    expect(plainLine("Hil\u202efe\u0000 \u200bfür\u2066 alle\u{E0041}\u00ad")).toBe("Hilfe für alle");
  });

  it("is cut at a word, never within a letter", () => {
    expect(plainLine("Beratung für Familien", 15)).toBe("Beratung für…");
    expect(plainLine("😀".repeat(10), 8)?.isWellFormed()).toBe(true);
  });

  it("is nothing where nothing is left", () => {
    expect([plainText(" \u200b\n "), plainText("<p></p>"), plainText(null)]).toEqual([undefined, undefined, undefined]);
  });

  it("stays quick with a long or deep page", () => {
    const started = performance.now();
    plainText("<div>".repeat(100_000));
    plainText("&".repeat(500_000));
    plainText(`<${" a".repeat(500_000)}`);
    expect(performance.now() - started).toBeLessThan(3000);
  });
});

it("takes http(s) links alone, without names and passwords", () => {
  expect(httpUrl("www.example.org/a b")).toBe("https://www.example.org/a%20b");
  expect(httpUrl("/kurs/1", "https://vhs.example/liste")).toBe("https://vhs.example/kurs/1");
  for (const bad of ["javascript:alert(1)", "data:text/html,x", "ftp://a.example", "https://user:pass@a.example/", "kein Link"])
    expect(httpUrl(bad)).toBe(bad);
});

it("reads telephone numbers, e-mail addresses and prices", () => {
  expect([phoneNumber("Tel.: 089 / 233-96833"), phoneNumber("+49 (0)89 1234", 12), phoneNumber("auf Anfrage"), phoneNumber("12")]).toEqual([
    "089 / 233-96833",
    "+49 (0)89 1234-12",
    undefined,
    undefined,
  ]);
  expect([emailAddress("mailto:a@b.example?subject=x"), emailAddress("a(at)b.example")]).toEqual(["a@b.example", undefined]);
  expect(
    [costOf("Eintritt frei!"), costOf("0,00 €"), costOf("frei wählbarer Beitrag ab 5 €"), costOf("teilweise kostenlos")].map(
      (cost) => cost?.free,
    ),
  ).toEqual([true, true, true, false]);
});

describe("addresses", () => {
  it.each([
    ["Landshuter Allee 11, 80637 München", { street: "Landshuter Allee 11", postcode: "80637", city: "München" }],
    ["Haus am Park, Parkstraße 5a, D-81371 München, Deutschland", { street: "Parkstraße 5a", postcode: "81371", city: "München" }],
    ["Marienplatz 8 80331 München", { street: "Marienplatz 8", postcode: "80331", city: "München" }],
    ["Straße des 17. Juni 5\n10623 Berlin", { street: "Straße des 17. Juni 5", postcode: "10623", city: "Berlin" }],
    ["80331 München", undefined],
    ["Marienplatz", undefined],
    ["Main Street 5, London SW1A 1AA", undefined],
  ])("splits %s", (text, address) => {
    expect(splitAddress(text.replaceAll("\n", ", "))).toEqual(address);
  });

  it("is none where a part is missing", () => {
    expect(addressOf({ street: "Marienplatz 8", postcode: 80331, city: "München" })).toEqual({
      street: "Marienplatz 8",
      postcode: "80331",
      city: "München",
    });
    expect(addressOf({ street: "Marienplatz 8", city: "München" })).toBeUndefined();
    expect(geoPoint("48,1", "11.5")).toEqual({ lat: 48.1, lon: 11.5 });
    expect(geoPoint("", 11)).toBeUndefined();
  });
});

describe("dates", () => {
  it.each([
    ["03.12.2026", "2026-12-03"],
    ["3.12.26", "2026-12-03"],
    ["Do, 03.12.2026, 18:30 Uhr", "2026-12-03T18:30:00+01:00"],
    ["2026-07-01 09:00", "2026-07-01T09:00:00+02:00"],
    ["2026-07-01T07:00:00Z", "2026-07-01T09:00:00+02:00"],
    ["2026-07-01T07:00:00-0400", "2026-07-01T13:00:00+02:00"],
    ["2027-03-28T02:30", "2027-03-28T03:30:00+02:00"],
    ["31.02.2027", undefined],
    ["2026-13-01", undefined],
    ["morgen", undefined],
    ["03.12.2026 25:00", undefined],
  ])("reads %s", (text, moment) => {
    expect(parseMoment(text)).toBe(moment);
  });

  it("reads the dates of feeds and times apart from their day", () => {
    expect(parseFeedDate("Fri, 20 Nov 2026 09:00:00 GMT")).toBe("2026-11-20T10:00:00+01:00");
    expect(parseFeedDate("2026")).toBeUndefined();
    expect([joinTime("03.12.2026", "18 Uhr"), joinTime("03.12.2026", "abends")]).toEqual(["2026-12-03T18:00:00+01:00", undefined]);
  });

  const now = new Date("2026-11-22T12:00:00Z");

  it("keeps what is not over and begins within a year, the next first", () => {
    const dates = [
      { start: "2028-01-01" },
      { start: "2026-12-05" },
      { start: "2026-11-22" },
      { start: "2026-11-21" },
      { start: "2026-11-20", end: "2026-11-23" },
      { start: "2026-11-22T10:00:00+01:00" },
    ];
    expect(upcoming(dates, now)).toEqual([{ start: "2026-11-20", end: "2026-11-23" }, { start: "2026-11-22" }, { start: "2026-12-05" }]);
  });

  it("expands a rule for a year, over the change of clocks and at the same time of day", () => {
    const first = { start: "2026-01-06T18:00:00+01:00", end: "2026-01-06T19:30:00+01:00" };
    const dates = expandRule("RRULE:FREQ=WEEKLY;BYDAY=TU", first, now);
    expect(dates).toHaveLength(52);
    expect(dates[0]).toEqual({ start: "2026-11-24T18:00:00+01:00", end: "2026-11-24T19:30:00+01:00" });
    expect(dates.find(({ start }) => start.startsWith("2027-03-30"))).toEqual({
      start: "2027-03-30T18:00:00+02:00",
      end: "2027-03-30T19:30:00+02:00",
    });
    expect(expandRule("FREQ=WEEKLY;UNTIL=20261201", first, now)).toHaveLength(2);
    expect(expandRule("FREQ=WEEKLY;UNTIL=20261201T180000", first, now)).toHaveLength(2);
  });

  it.each(["FREQ=SECONDLY", "FREQ=OFT", "", "FREQ=WEEKLY;INTERVAL=0", "FREQ=WEEKLY;BYDAY=XX"])("refuses the rule '%s'", (rule) => {
    expect(() => expandRule(rule, { start: "2026-01-06" }, now)).toThrow();
  });

  it.each(["FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=WEEKLY;BYDAY=MO", "FREQ=DAILY"])(
    "is quick with a rule that began long ago or never happens: %s",
    (rule) => {
      const started = performance.now();
      try {
        expandRule(rule, { start: "1900-01-01T10:00:00+01:00" }, now);
      } catch (error) {
        expect(String(error)).toMatch(/Maximum iterations/);
      }
      expect(performance.now() - started).toBeLessThan(5000);
    },
  );
});

describe("opening hours", () => {
  it("joins days that follow one another with the same hours", () => {
    expect(weekHours(["08:00-12:00", "08:00-12:00", "09:00-17:00", undefined, "08:00-12:00", undefined, undefined])).toBe(
      "Mo,Tu 08:00-12:00; We 09:00-17:00; Fr 08:00-12:00",
    );
    expect(weekHours(Array.from({ length: 7 }, () => "00:00-24:00"))).toBe("24/7");
    expect(weekHours([])).toBe("off");
  });

  it("reads times of a day", () => {
    expect([
      timeSpan("08:00:00", "17:30"),
      timeSpan("18:00", "00:00"),
      timeSpan("8", "9"),
      timeSpan("25:00", "26:00"),
      timeSpan("08:00", "08:00"),
    ]).toEqual(["08:00-17:30", "18:00-24:00", undefined, undefined, undefined]);
  });

  it("says schedules of HSDS, and nothing of those it cannot say", () => {
    expect(
      scheduleHours([
        { freq: "WEEKLY", byday: "MO,WE", opens_at: "09:00", closes_at: "12:00" },
        { freq: "WEEKLY", byday: "WE", opens_at: "14:00", closes_at: "18:00" },
      ]),
    ).toBe("Mo 09:00-12:00; We 09:00-12:00,14:00-18:00");
    expect(scheduleHours([{ freq: "MONTHLY", byday: "1TH,-1FR", opens_at: "10:00", closes_at: "12:00" }])).toBe("Th[1],Fr[-1] 10:00-12:00");
    expect(scheduleHours([{ freq: "DAILY", opens_at: "10:00", closes_at: "12:00" }])).toBe("Mo-Su 10:00-12:00");
    expect(scheduleHours([{ freq: "WEEKLY", interval: 2, byday: "MO", opens_at: "10:00", closes_at: "12:00" }])).toBeUndefined();
    expect(scheduleHours([])).toBeUndefined();
  });
});
