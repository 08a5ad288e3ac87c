import { setTimeout as sleep } from "node:timers/promises";
import { Hono } from "hono";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createApp } from "../../src/app.ts";
import { AppError } from "../../src/core/errors.ts";
import { requestCounts } from "../../src/database/schema.ts";
import { createRequestCounts, dropOldCounts } from "../../src/operations/request-counts.ts";
import { createRequestLimits, type RequestLimitParts } from "../../src/operations/request-limits.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../support/databases.ts";

const longestTestMs = 5_000;
const token = "/v3/directline/tokens/generate";

describe.each(databaseKinds())("what one address may do in a minute (%s)", (kind) => {
  let database: TestDatabase;
  let lines: string[];

  beforeAll(async () => {
    database = await openTestDatabase(kind);
  }, 60_000);
  afterAll(() => database.close());
  beforeEach(async () => {
    // Counts begin anew with each minute, which must not be in the middle of a test.
    const leftMs = 60_000 - (Date.now() % 60_000);
    if (leftMs < longestTestMs) await sleep(leftMs);
    lines = [];
    await database.db.delete(requestCounts);
  });

  /** A process: its app, and how often it asked the database. */
  function openProcess(change: Partial<RequestLimitParts> = {}) {
    const count = vi.fn(createRequestCounts(database.db));
    const limits = createRequestLimits({
      clientAddress: (c) => c.req.header("X-From"),
      hash: (address) => `hash of ${address}`,
      count,
      now: () => new Date(),
      log: pino({ level: "trace" }, { write: (line: string) => lines.push(line) }),
      inTurns: true,
      ...change,
    });
    const routes = new Hono().all("*", (c) => c.text("fine"));
    const app = createApp({ routes: [limits, routes], log: pino({ level: "silent" }) });
    const send = async (from: string | undefined, method = "POST", path = token) =>
      await app.request(path, { method, headers: from === undefined ? {} : { "X-From": from } });
    return { send, count };
  }

  /** The statuses of so many requests, a hundred at a time, each with how often it came. */
  async function statusesOf(times: number, send: () => Promise<Response>, atOnce = 100): Promise<Record<number, number>> {
    const statuses: number[] = [];
    while (statuses.length < times) {
      const next = Math.min(atOnce, times - statuses.length);
      statuses.push(...(await Promise.all(Array.from({ length: next }, async () => (await send()).status))));
    }
    return Object.fromEntries([...new Set(statuses)].map((status) => [status, statuses.filter((each) => each === status).length]));
  }

  it("is counted over all processes, and nobody else is refused", async () => {
    const [one, other] = [openProcess(), openProcess()];
    expect(await statusesOf(100, () => one.send("a"))).toEqual({ 200: 100 });
    expect(await statusesOf(100, () => other.send("a"))).toEqual({ 200: 20, 429: 80 });
    expect(await statusesOf(100, () => other.send("b"))).toEqual({ 200: 100 });
    const refused = await one.send("a");
    expect(refused.status).toBe(429);
    const seconds = Number(refused.headers.get("Retry-After"));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(await refused.json()).toEqual({ error: { code: "TOO_MANY_REQUESTS", message: expect.stringContaining(`${seconds} seconds`) } });
  });

  it("asks the database no more once an address is over its limit", async () => {
    const one = openProcess();
    await statusesOf(200, () => one.send("a"));
    one.count.mockClear();
    expect(await statusesOf(500, () => one.send("a"))).toEqual({ 429: 500 });
    expect(one.count).not.toHaveBeenCalled();
  });

  it("is limited without the database where it is only read, by a flood alone", async () => {
    const one = openProcess();
    expect(await statusesOf(1500, () => one.send("a", "GET", "/"))).toEqual({ 200: 1000, 429: 500 });
    expect((await one.send("b", "GET", "/")).status).toBe(200);
    expect(one.count).not.toHaveBeenCalled();
  });

  it("is not limited where nobody can tell whose requests they are, nor what platforms send", async () => {
    const one = openProcess();
    expect(await statusesOf(300, () => one.send(undefined))).toEqual({ 200: 300 });
    for (const path of ["/telegram/webhook", "/api/messages"]) {
      expect(await statusesOf(1200, () => one.send("a", "POST", path))).toEqual({ 200: 1200 });
    }
  });

  it.each([
    ["/console/sign-in", 30],
    ["/console/set-password", 30],
    ["/v3/directline/conversations/x/activities", 600],
    ["/console/inbox", 300],
  ] as const)("%s takes %i", async (path, most) => {
    const one = openProcess();
    expect(await statusesOf(most + 5, () => one.send("a", "POST", path))).toEqual({ 200: most, 429: 5 });
  });

  it("is worked on in turns, and refused where too many wait", async () => {
    const under = { most: 0, now: 0 };
    const count = async () => {
      under.now += 1;
      under.most = Math.max(under.most, under.now);
      await sleep(1);
      under.now -= 1;
      return { count: 1, secondsLeft: 60 };
    };
    const one = openProcess({ count });
    const [flood, other] = await Promise.all([statusesOf(300, () => one.send("a"), 300), one.send("b")]);
    expect([flood, other.status]).toEqual([{ 200: 206, 429: 94 }, 200]);
    expect(under.most).toBe(7);
    expect(await statusesOf(100, () => one.send("a"))).toEqual({ 200: 100 });
  });

  it("waits for no other request where there are no turns", async () => {
    const gate = Promise.withResolvers<void>();
    let under = 0;
    const count = async () => {
      under += 1;
      await gate.promise;
      return { count: 1, secondsLeft: 60 };
    };
    const one = openProcess({ count, inTurns: false });
    const all = statusesOf(300, () => one.send("a"), 300);
    await vi.waitFor(() => expect(under).toBe(300));
    gate.resolve();
    expect(await all).toEqual({ 200: 300 });
  });

  it("goes on where requests cannot be counted, which is logged", async () => {
    const count = async () => {
      throw new AppError("DATABASE_UNAVAILABLE", "away");
    };
    const one = openProcess({ count });
    expect(await statusesOf(300, () => one.send("a"))).toEqual({ 200: 300 });
    expect(lines.join()).toContain("requests are not counted");
  });

  it("keeps no address, and nothing of minutes that are over", async () => {
    const one = openProcess();
    await one.send("192.0.2.7");
    await database.db.insert(requestCounts).values({ who: "old", kind: "token", minute: new Date(Date.now() - 600_000), count: 1 });
    await dropOldCounts(database.db);
    expect(await database.db.select().from(requestCounts)).toMatchObject([{ who: "hash of 192.0.2.7", kind: "token", count: 1 }]);
    expect(lines.join()).not.toContain("192.0.2.7");
  });
});
