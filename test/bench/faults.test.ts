import { afterAll, describe, expect, it } from "vitest";
import { judge, type StoredAnswer } from "../../src/bench/fault-report.ts";
import { measureFaults } from "../../src/bench/faults.ts";
import { trainedCache, trainingMs } from "../support/cache.ts";
import { cleanUp } from "../support/server.ts";

const questions = ["Wo finde ich einen Kita-Platz?", "Sperrmüll anmelden", "Mein Ausweis ist abgelaufen", "Sprachkurs Deutsch"];
const options = async () => ({
  ...{ conversations: 10, processes: 2, questions, policy: "resend" as const, restarts: 1, embedded: false },
  ...{ dataDir: await trainedCache(), onProgress: () => undefined },
});
/** A run starts some six processes, one after the other. */
const runMs = 240_000;

afterAll(cleanUp);

describe("real processes that are killed by SIGKILL", () => {
  it(
    "over a database that crashes: nothing is lost, doubled in the database or out of order, and at the platform only what was in flight",
    async () => {
      const report = await measureFaults({ ...(await options()), messages: 300, kills: 3 });
      expect(report).toMatchObject({
        messages: 300,
        kills: 3,
        restarts: 1,
        lost: 0,
        doubledInDatabase: 0,
        doubledInWebChat: 0,
        outOfOrder: 0,
      });
      expect(report.doubledAtPlatform).toBeLessThanOrEqual(report.inFlightAtKills);
    },
    trainingMs + runMs,
  );

  it(
    "with the policy flag: nothing is doubled at the platform either",
    async () => {
      const report = await measureFaults({ ...(await options()), messages: 200, kills: 3, policy: "flag" });
      expect(report).toMatchObject({ lost: 0, doubledInDatabase: 0, doubledAtPlatform: 0, outOfOrder: 0 });
    },
    runMs,
  );

  it(
    "on the embedded database: nothing is lost",
    async () => {
      const report = await measureFaults({ ...(await options()), messages: 100, kills: 2, embedded: true });
      expect(report).toMatchObject({ kills: 2, restarts: 0, lost: 0, doubledInDatabase: 0, doubledInWebChat: 0, outOfOrder: 0 });
    },
    runMs,
  );
});

describe("what a run is judged by", () => {
  const answer = (id: number, inboxIds: readonly number[], more: Partial<StoredAnswer> = {}): StoredAnswer => ({
    ...{ conversation_id: "a", channel: "telegram", state: "sent", inbox_ids: [...inboxIds], platform_id: String(id), done_at: id },
    ...more,
  });
  const delivery = (id: number, chat = "1") => ({ id, chat, at: 0 });
  const messages = new Map([1, 2, 3].map((id) => [`m${id}`, id]));
  const accepted = new Set(messages.keys());
  const whole = [answer(1, [1]), answer(2, [2, 3])];
  const deliveries = [delivery(1), delivery(2)];

  it("finds nothing in a whole run", () => {
    expect(judge({ messages, answers: whole }, accepted, deliveries)).toEqual({
      ...{ lost: 0, doubledInDatabase: 0, doubledAtPlatform: 0, flagged: 0, outOfOrder: 0, lastDoneAt: 2 },
    });
  });

  it("counts what has no answer, was given up, or was accepted and never stored", () => {
    expect(judge({ messages, answers: whole.slice(0, 1) }, accepted, deliveries).lost).toBe(2);
    expect(judge({ messages, answers: [answer(1, [1], { state: "dead" }), answer(2, [2, 3])] }, accepted, deliveries).lost).toBe(1);
    expect(judge({ messages, answers: whole }, new Set([...accepted, "m4"]), deliveries).lost).toBe(1);
  });

  it("counts messages in two answers", () => {
    expect(judge({ messages, answers: [...whole, answer(3, [3])] }, accepted, deliveries).doubledInDatabase).toBe(1);
  });

  it("counts deliveries that no answer knows of, but for one of each flagged answer", () => {
    expect(judge({ messages, answers: whole }, accepted, [...deliveries, delivery(3)]).doubledAtPlatform).toBe(1);
    const flagged = [answer(1, [1]), answer(2, [2, 3], { state: "flagged", platform_id: null })];
    expect(judge({ messages, answers: flagged }, accepted, deliveries)).toMatchObject({ doubledAtPlatform: 0, flagged: 1, lost: 0 });
    expect(judge({ messages, answers: flagged }, accepted, [...deliveries, delivery(3)]).doubledAtPlatform).toBe(1);
  });

  it("counts answers behind a later one, in the database and at the platform", () => {
    expect(judge({ messages, answers: [answer(1, [2]), answer(2, [1, 3])] }, accepted, deliveries).outOfOrder).toBe(1);
    expect(judge({ messages, answers: [answer(2, [1]), answer(1, [2, 3])] }, accepted, deliveries).outOfOrder).toBe(1);
  });
});
