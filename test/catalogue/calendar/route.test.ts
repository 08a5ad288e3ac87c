import { describe, expect, it } from "vitest";
import { calendarUrlOf, createCalendarRoute } from "../../../src/catalogue/calendar/route.ts";
import { offerOf } from "../fixtures.ts";

const offers = [
  offerOf("fest", {
    kind: "event",
    title: { de: "Sommerfest; mit Musik, Tanz \\ und mehr", en: "Summer party" },
    summary: { de: `Hier feiern alle zusammen. ${"Sehr lang. ".repeat(20)}`, en: "All celebrate." },
    address: { street: "Weg 1", postcode: "81371", city: "München" },
    geo: { lat: 48.12, lon: 11.55 },
    dates: [
      { start: "2026-07-01T18:00:00+02:00" },
      { start: "2026-11-28T18:00:00+01:00", end: "2026-11-28T20:30:00+01:00" },
      { start: "2027-03-28T09:00:00+02:00" },
      { start: "2027-06-05", end: "2027-06-07" },
    ],
  }),
  offerOf("demo-fest", { kind: "event", demo: true, dates: [{ start: "2027-06-05" }] }),
  offerOf("vorbei", { kind: "event", dates: [{ start: "2026-07-01" }] }),
  offerOf("ohne"),
];
const app = createCalendarRoute({
  offers: () => offers,
  publicUrl: "https://chat.example.org/",
  now: () => new Date("2026-11-23T08:30:00Z"),
});
const read = async (path: string) => (await (await app.request(path)).text()).replaceAll("\r\n ", "").split("\r\n");

describe("GET /offers/<id>.ics", () => {
  it("is a calendar with the dates that are not over, in UTC, whole days as days", async () => {
    const answer = await app.request("/offers/fest.ics");
    expect(answer.headers.get("Content-Type")).toBe("text/calendar; charset=utf-8");
    expect(answer.headers.get("Content-Disposition")).toBe('attachment; filename="fest.ics"');
    const lines = await read("/offers/fest.ics");
    expect(lines.slice(0, 2)).toEqual(["BEGIN:VCALENDAR", "VERSION:2.0"]);
    expect(lines.slice(-2)).toEqual(["END:VCALENDAR", ""]);
    expect(lines.filter((line) => /^DT(START|END)/.test(line))).toEqual([
      "DTSTART:20261128T170000Z",
      "DTEND:20261128T193000Z",
      "DTSTART:20270328T070000Z",
      "DTSTART;VALUE=DATE:20270605",
      "DTEND;VALUE=DATE:20270607",
    ]);
  });

  it("escapes, folds at 75 octets, and ends lines with CR LF", async () => {
    const text = await (await app.request("/offers/fest.ics")).text();
    expect(text.replaceAll("\r\n ", "")).toContain("SUMMARY:Sommerfest\\; mit Musik\\, Tanz \\\\ und mehr\r\n");
    const lines = text.split("\r\n");
    expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
    expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
  });

  it("has a UID for each date that stays the same", async () => {
    const uids = async () => (await read("/offers/fest.ics")).filter((line) => line.startsWith("UID:"));
    expect(new Set(await uids()).size).toBe(3);
    expect(await uids()).toEqual(await uids());
    expect((await uids())[0]).toMatch(/^UID:fest\.\S+@chat\.example\.org$/);
  });

  it("speaks the language of the answer, and says where it is", async () => {
    const lines = await read("/offers/fest.ics?lang=en");
    expect(lines).toContain("SUMMARY:Summer party");
    expect(lines.find((line) => line.startsWith("LOCATION"))).toContain("Weg 1\\, 81371 München");
    expect(lines).toContain("GEO:48.12;11.55");
    expect((await app.request("/offers/fest.ics?lang=xx")).status).toBe(200);
  });

  it("says in the event that an example is made up", async () => {
    expect((await read("/offers/demo-fest.ics")).find((line) => line.startsWith("DESCRIPTION"))).toContain("erfundenes Beispiel");
  });

  it.each(["/offers/vorbei.ics", "/offers/ohne.ics", "/offers/nichts.ics", "/offers/fest.txt", "/offers/..%2ffest.ics"])(
    "is none at %s",
    async (path) => {
      expect((await app.request(path)).status).toBe(404);
    },
  );

  it("stands at the address that cards show", () => {
    expect(calendarUrlOf("https://chat.example.org/", "fest", "ar")).toBe("https://chat.example.org/offers/fest.ics?lang=ar");
  });
});
