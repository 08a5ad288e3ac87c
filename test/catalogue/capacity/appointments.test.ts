import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createAppointments, serviceIdOf } from "../../../src/catalogue/capacity/appointments.ts";
import { createZmsClient } from "../../../src/catalogue/capacity/zms-client.ts";
import { offerOf } from "../fixtures.ts";
import { type FakeZms, startFakeZms, type ZmsAnswer } from "./fake-zms.ts";

const start = new Date("2026-11-23T09:00:00Z");
const clock = { now: start };
const now = () => clock.now;
const pass = (seconds: number) => {
  clock.now = new Date(clock.now.getTime() + seconds * 1000);
};
const seconds = (iso: string) => Date.parse(iso) / 1000;
const pass1 = "https://stadt.muenchen.de/service/info/reisepass/1063453/";
const passport = offerOf("pass", { source: { name: "ZMS", url: pass1 } });

const offices: ZmsAnswer = {
  status: 200,
  body: {
    offices: [
      { id: 10, name: "Bürgerbüro Pasing" },
      { id: 11, name: "Bürgerbüro Ruppertstraße" },
    ],
    services: [{ id: 1063453, name: "Reisepass" }],
    relations: [
      { officeId: 10, serviceId: 1063453, slots: 1, public: true },
      { officeId: 11, serviceId: 1063453, slots: 1, public: true },
      { officeId: 12, serviceId: 1063453, slots: 1, public: false },
    ],
  },
};
const calendar = (
  days: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>,
  nextBookableDate: string | null = null,
): ZmsAnswer => ({
  status: 200,
  body: {
    nextBookableDate,
    prevBookableDate: null,
    availableDays: Object.entries(days).map(([date, byOffice]) => ({
      date,
      providerIDs: Object.keys(byOffice).join(","),
      offices: Object.entries(byOffice).map(([officeId, times]) => ({ officeId, appointments: times.map(seconds) })),
    })),
  },
});
const away: ZmsAnswer = { status: 503, body: { errors: [{ errorCode: "serviceUnavailable" }] } };

let zms: FakeZms;
beforeAll(async () => {
  zms = await startFakeZms();
});
afterAll(() => zms.close());
beforeEach(() => {
  clock.now = start;
});

/** Answers lists by `offices` and calendars so. */
const answer = (given: ZmsAnswer | ((query: Readonly<Record<string, string>>) => ZmsAnswer)) =>
  zms.answer((path, query) => (path.startsWith("/offices") ? offices : typeof given === "function" ? given(query) : given));
const open = () => createAppointments(createZmsClient(zms.url, now), now);
const calendars = () => zms.requests.filter(({ path }) => path === "/available-calendar/");

describe("free appointments", () => {
  it.each([
    ["https://stadt.muenchen.de/service/info/1063441/n0/", "1063441"],
    [pass1, "1063453"],
    ["https://stadt.muenchen.de/service/info/eid-funktion/10225119/n0/", "10225119"],
    ["https://stadt.muenchen.de/infos/pass-2026.html", undefined],
  ])("are looked up by the service of %s", (url, id) => {
    expect(serviceIdOf(offerOf("a", { source: { name: "", url } }))).toBe(id);
  });

  it("tell the first one to come, with its office and the moment it was looked up, over public offices only", async () => {
    answer(
      calendar({
        "2026-11-23": { 10: ["2026-11-23T08:00:00Z"] },
        "2026-11-25": { 10: ["2026-11-25T10:00:00Z"], 11: ["2026-11-25T08:20:00Z", "2026-11-25T12:00:00Z"] },
      }),
    );
    expect(await open()(passport)).toEqual({
      kind: "free",
      first: "2026-11-25T08:20:00.000Z",
      office: "Bürgerbüro Ruppertstraße",
      asOf: start.toISOString(),
    });
    const wanted = { startDate: "2026-11-23", endDate: "2026-12-21", officeIds: "10,11", serviceIds: "1063453", serviceCounts: "1" };
    expect(calendars().at(-1)?.query).toEqual(wanted);
  });

  it("are asked for once in 60 seconds, also by many at the same time", async () => {
    answer(calendar({}));
    const find = open();
    const before = calendars().length;
    await Promise.all(Array.from({ length: 20 }, () => find(passport)));
    pass(59);
    await find(passport);
    expect(calendars().length - before).toBe(1);
    pass(2);
    await find(passport);
    expect(calendars().length - before).toBe(2);
  });

  it("say that there are none, by an empty calendar and by an error that means it", async () => {
    const none = { kind: "none", until: "2026-12-21", asOf: start.toISOString() };
    answer(calendar({}));
    expect(await open()(passport)).toEqual(none);
    answer({ status: 404, body: { errors: [{ errorCode: "noAppointmentForThisDay" }] } });
    expect(await open()(passport)).toEqual(none);
  });

  it("look on from the next day that can be booked", async () => {
    answer(({ startDate }) =>
      startDate === "2027-01-11" ? calendar({ "2027-01-11": { 10: ["2027-01-11T09:00:00Z"] } }) : calendar({}, "2027-01-11"),
    );
    expect(await open()(passport)).toMatchObject({ kind: "free", first: "2027-01-11T09:00:00.000Z", office: "Bürgerbüro Pasing" });
  });

  it("are nothing for an offer that the system does not know", async () => {
    answer(calendar({}));
    expect(await open()(offerOf("hund"))).toBeUndefined();
    expect(await open()(offerOf("fremd", { url: "https://stadt.muenchen.de/service/info/9999999/" }))).toBeUndefined();
  });

  it.each<readonly [string, ZmsAnswer]>([
    ["is down", away],
    ["refuses", { status: 400, body: { errors: [{ errorCode: "captchaMissing" }] } }],
    ["answers nonsense", { status: 200, body: { availableDays: "none" } }],
    ["does not answer", "hang"],
  ])("cannot be seen when the other side %s, and that is said", async (_name, given) => {
    answer(given);
    expect(await open()(passport)).toEqual({ kind: "unavailable" });
  });

  it("leave a system alone that has failed five times", async () => {
    answer(away);
    const client = createZmsClient(zms.url, now);
    const ask = () => client.availableCalendar({ officeIds: "10" });
    for (let time = 0; time < 5; time += 1) expect(await ask()).toMatchObject({ kind: "unavailable", reason: "away" });
    const before = zms.requests.length;
    expect(await ask()).toEqual({ kind: "unavailable", reason: "resting" });
    expect(zms.requests.length).toBe(before);
  });

  it("a refusal is no failure of the system", async () => {
    answer({ status: 400, body: { errors: [{ errorCode: "invalidOfficeId" }] } });
    const client = createZmsClient(zms.url, now);
    for (let time = 0; time < 9; time += 1) expect(await client.availableCalendar({})).toMatchObject({ kind: "refused" });
  });

  it.each<readonly [string, Readonly<Record<string, string>>, number, number]>([
    ["429 with Retry-After", { "Retry-After": "20" }, 429, 20],
    ["429 with a reset in seconds", { "X-RateLimit-Reset": "30" }, 429, 30],
    [
      "the last one allowed, reset as a moment",
      { "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": String(seconds("2026-11-23T09:00:40Z")) },
      200,
      40,
    ],
  ])("wait as long as the system wants: %s", async (_name, headers, status, waits) => {
    zms.answer(() => ({
      status,
      body: { availableDays: [], errors: status === 429 ? [{ errorCode: "rateLimitExceeded" }] : undefined },
      headers,
    }));
    const client = createZmsClient(zms.url, now);
    await client.availableCalendar({ officeIds: "10" });
    const before = zms.requests.length;
    pass(waits - 1);
    expect(await client.availableCalendar({ officeIds: "10" })).toEqual({ kind: "unavailable", reason: "busy" });
    expect(zms.requests.length).toBe(before);
    pass(2);
    await client.availableCalendar({ officeIds: "10" });
    expect(zms.requests.length).toBe(before + 1);
  });
});
