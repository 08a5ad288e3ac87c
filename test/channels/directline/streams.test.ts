import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createStreams, type Streams } from "../../../src/channels/directline/streams.ts";
import { createTokenStore } from "../../../src/channels/directline/tokens.ts";
import { AppError } from "../../../src/core/errors.ts";
import { directlineTokens } from "../../../src/database/schema.ts";
import { openTestDatabase, type TestDatabase } from "../../support/databases.ts";
import { createFakeSocket, createMessages, createReadableLog, grant } from "./fixtures.ts";

const talk = grant.conversationId;
/** So often that a test never waits, or so seldom that only a wake-up can have been the reason. */
const soonMs = 5;
const neverMs = 3_600_000;

let database: TestDatabase;
let clock: number;
let messages: ReturnType<typeof createMessages>;
let streams: Streams;
let logged: readonly string[];

const now = () => new Date(clock);
const tokens = () => createTokenStore(database.db, now);

beforeAll(async () => {
  database = await openTestDatabase("embedded");
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.db.delete(directlineTokens);
  clock = Date.parse("2026-11-22T10:00:00Z");
  messages = createMessages(now);
  await tokens().issue("chat", grant);
  streams = start(soonMs);
});
afterEach(() => streams.close());

function start(pollMs: number, subscribe?: (wake: () => void) => () => void): Streams {
  const { log, lines } = createReadableLog();
  logged = lines;
  return createStreams({ db: database.db, transcript: messages.transcript, now, log, subscribe, pollMs });
}

async function restart(pollMs: number, subscribe?: (wake: () => void) => () => void): Promise<void> {
  await streams.close();
  streams = start(pollMs, subscribe);
}

function open(watermark = 0) {
  const socket = createFakeSocket();
  const closed = streams.open(socket, grant, watermark);
  return { ...socket, closed };
}

/** Long enough for what must not happen to have happened. */
const quiet = () => sleep(20 * soonMs);

describe("an open stream", () => {
  test("begins with what is behind its watermark, in sets that each name the new watermark", async () => {
    const question = messages.say(talk, "Kita?");
    const answer = messages.answer(talk, question, "Hier.");
    const [returning, reconnected] = [open(0), open(question)];
    await expect.poll(returning.words).toEqual(["Kita?", "Hier."]);
    expect(returning.sets().map(({ watermark }) => watermark)).toEqual([question, answer].map(String));
    await expect.poll(reconnected.words).toEqual(["Hier."]);
    await quiet();
    expect(returning.sent).toHaveLength(2);
    expect(reconnected.sent).toHaveLength(1);
  });

  test("gives a long history so that a client that is cut off goes on in the middle of it", async () => {
    const texts = Array.from({ length: 120 }, (_, index) => `Frage ${index}`);
    for (const text of texts) messages.answer(talk, messages.say(talk, text), "Antwort");
    const stream = open();
    await expect.poll(stream.words).toEqual(texts.flatMap((text) => [text, "Antwort"]));
    const middle = open(Number(stream.sets()[99]?.watermark));
    await expect.poll(middle.words).toEqual(stream.words().slice(100));
  });

  test("is told at once of what this process stores, without waiting for the next look", async () => {
    await restart(neverMs);
    const stream = open();
    const question = messages.say(talk, "Kita?");
    streams.posted(talk, question);
    await expect.poll(stream.words).toEqual(["Kita?"]);
    messages.answer(talk, question, "Hier.");
    streams.answered(question);
    await expect.poll(stream.words).toEqual(["Kita?", "Hier."]);
  });

  test("finds by polling what another process stored", async () => {
    const stream = open();
    await quiet();
    messages.answer(talk, messages.say(talk, "Kita?"), "Hier.");
    await expect.poll(stream.words).toEqual(["Kita?", "Hier."]);
  });

  test("is woken by a subscription, until the streams are closed", async () => {
    const wakes = new Set<() => void>();
    await restart(neverMs, (wake) => {
      wakes.add(wake);
      return () => wakes.delete(wake);
    });
    const stream = open();
    messages.say(talk, "Kita?");
    for (const wake of [...wakes, ...wakes]) wake();
    await expect.poll(stream.words).toEqual(["Kita?"]);
    await streams.close();
    expect(wakes.size).toBe(0);
  });

  test("shows each activity once and in order, whoever wakes it and however often", async () => {
    const stream = open();
    const asked: number[] = [];
    for (let number = 0; number < 50; number += 1) {
      const question = messages.say(talk, `F${number}`);
      asked.push(question);
      streams.posted(talk, question);
      messages.answer(talk, question, `A${number}`);
      streams.answered(question);
      streams.answered(question);
    }
    await expect.poll(() => stream.words().length).toBe(100);
    await quiet();
    expect(stream.words()).toEqual(asked.flatMap((_, number) => [`F${number}`, `A${number}`]));
  });

  test("shows nothing of other conversations", async () => {
    const stream = open();
    messages.say("other", "geheim");
    messages.say(talk, "Kita?");
    await expect.poll(stream.words).toEqual(["Kita?"]);
    await quiet();
    expect(stream.words()).toEqual(["Kita?"]);
  });

  test("sends empty messages while nothing happens, so that no proxy cuts it", async () => {
    const stream = open();
    await quiet();
    expect(stream.sent).toEqual([]);
    clock += 25_000;
    await expect.poll(() => stream.sent).toEqual([""]);
    await quiet();
    expect(stream.sent).toEqual([""]);
    clock += 25_000;
    await expect.poll(() => stream.sent).toEqual(["", ""]);
  });

  test("goes on after an outage of the database, which is logged once, without losing anything", async () => {
    const stream = open();
    messages.state.fault = new AppError("DATABASE_UNAVAILABLE", "away");
    messages.say(talk, "Kita?");
    await quiet();
    expect(logged).toHaveLength(1);
    expect(JSON.parse(logged[0] ?? "")).toMatchObject({ code: "DATABASE_UNAVAILABLE" });
    messages.state.fault = undefined;
    await expect.poll(stream.words).toEqual(["Kita?"]);
    messages.state.fault = new AppError("DATABASE_UNAVAILABLE", "away");
    await expect.poll(() => logged.length).toBe(2);
    expect(logged.join()).not.toContain(talk);
  });

  test("is not held up by another conversation that cannot be read, whose own stream still ends with its token", async () => {
    const broken = { ...grant, conversationId: "broken" };
    await tokens().issue("chat", broken);
    messages.say("broken", "kaputt");
    messages.state.broken = "broken";
    const socket = createFakeSocket();
    streams.open(socket, broken, 0);
    const stream = open();
    await quiet();
    messages.say(talk, "Kita?");
    await expect.poll(stream.words).toEqual(["Kita?"]);
    clock += 30 * 60_000;
    await expect.poll(() => [...stream.closings, ...socket.closings].map(({ reason }) => reason)).toEqual(["TokenExpired", "TokenExpired"]);
    expect(logged).toHaveLength(1);
  });

  test("reads a conversation only when it has news", async () => {
    messages.say(talk, "Kita?");
    const stream = open();
    await expect.poll(stream.words).toEqual(["Kita?"]);
    await quiet();
    const { readings } = messages.state;
    await quiet();
    expect(messages.state.readings).toBe(readings);
  });
});

describe("typing", () => {
  test("is shown when an answer takes longer than a second, again every three, and ends with the answer", async () => {
    const stream = open();
    const question = messages.say(talk, "Kita?");
    await expect.poll(stream.words).toEqual(["Kita?"]);
    clock += 999;
    await quiet();
    expect(stream.words()).toEqual(["Kita?"]);
    clock += 1;
    await expect.poll(stream.words).toEqual(["Kita?", "…"]);
    expect(stream.sets()[1]).toMatchObject({ activities: [{ type: "typing", from: { role: "bot" } }], watermark: String(question) });
    clock += 2_999;
    await quiet();
    expect(stream.words()).toEqual(["Kita?", "…"]);
    clock += 1;
    await expect.poll(stream.words).toEqual(["Kita?", "…", "…"]);
    messages.answer(talk, question, "Hier.");
    await expect.poll(stream.words).toEqual(["Kita?", "…", "…", "Hier."]);
    clock += 10_000;
    await quiet();
    expect(stream.words()).toHaveLength(4);
  });

  test("goes on while the later of two questions has no answer", async () => {
    const stream = open();
    const first = messages.say(talk, "eins");
    messages.say(talk, "zwei");
    messages.answer(talk, first, "Hier.");
    await expect.poll(stream.words).toEqual(["eins", "zwei", "Hier."]);
    clock += 1_000;
    await expect.poll(stream.words).toEqual(["eins", "zwei", "Hier.", "…"]);
  });

  test("is not shown for a question of long ago that was never answered", async () => {
    messages.say(talk, "Kita?");
    clock += 60_000;
    const stream = open();
    await expect.poll(stream.words).toEqual(["Kita?"]);
    clock += 2_000;
    await quiet();
    expect(stream.words()).toEqual(["Kita?"]);
  });
});

describe("the end of a stream", () => {
  test("comes with the end of the token", async () => {
    const stream = open();
    clock += 30 * 60_000 - 1;
    await quiet();
    expect(stream.closings).toEqual([]);
    clock += 1;
    await expect.poll(() => stream.closings).toEqual([{ code: 1008, reason: "TokenExpired" }]);
    const { length } = stream.sent;
    messages.say(talk, "zu spät");
    await quiet();
    expect(stream.sent).toHaveLength(length);
  });

  test("comes later if the token was refreshed meanwhile; a ticket for a stream counts for nothing", async () => {
    const stream = open();
    clock += 20 * 60_000;
    await tokens().issue("chat", grant);
    await tokens().issue("stream", grant);
    clock += 30 * 60_000 - 1;
    await tokens().issue("stream", grant);
    messages.say(talk, "noch da");
    await expect.poll(stream.words).toContain("noch da");
    expect(stream.closings).toEqual([]);
    clock += 1;
    await expect.poll(() => stream.closings).toEqual([{ code: 1008, reason: "TokenExpired" }]);
  });

  test("comes for the oldest of six tabs", async () => {
    const tabs = Array.from({ length: 6 }, () => open());
    expect(tabs.map(({ closings }) => closings.map(({ reason }) => reason))).toEqual([["collision"], [], [], [], [], []]);
    messages.say(talk, "Kita?");
    await expect.poll(() => tabs.map((tab) => tab.words().length)).toEqual([0, 1, 1, 1, 1, 1]);
  });

  test("comes when the client closes it: nothing more is sent or read", async () => {
    const stream = open();
    stream.closed();
    const { readings } = messages.state;
    messages.say(talk, "Kita?");
    await quiet();
    expect(stream.sent).toEqual([]);
    expect(messages.state.readings).toBeLessThanOrEqual(readings + 1);
  });

  test("comes when the server stops, which takes no new ones", async () => {
    const stream = open();
    await streams.close();
    const late = open();
    expect([...stream.closings, ...late.closings]).toEqual(Array(2).fill({ code: 1001, reason: "ServerStopping" }));
  });
});

describe("an answer that is shown while it is worded", () => {
  function show(conversationId: string, inReplyTo: number, ...texts: readonly string[]): void {
    const live = streams.showLive(conversationId, inReplyTo);
    for (const text of texts) {
      clock += 200;
      live({ lang: "de", text });
    }
  }

  test("grows in one bubble, which the stored reply ends, also for a client that comes back meanwhile", async () => {
    const stream = open();
    const question = messages.say(talk, "Kita?");
    await expect.poll(stream.words).toEqual(["Kita?"]);
    show(talk, question, "Hier", "Hier ist", "Hier ist sie.");
    const returning = open();
    await expect.poll(returning.words).toEqual(["Kita?"]);
    const reply = messages.answer(talk, question, "Hier ist sie.");
    await expect.poll(() => stream.words().length).toBe(5);
    const [first, ...others] = stream.sets().slice(1);
    const streamId = first?.activities[0]?.id;
    const told = [first, ...others].map((set) => set?.activities[0]);
    expect(told.map((activity) => [activity?.type, activity?.text, activity?.channelData])).toMatchObject([
      ["typing", "Hier", { streamType: "streaming", streamId, streamSequence: 1 }],
      ["typing", "Hier ist", { streamType: "streaming", streamId, streamSequence: 2 }],
      ["typing", "Hier ist sie.", { streamType: "streaming", streamId, streamSequence: 3 }],
      ["message", "Hier ist sie.", { streamType: "final", streamId }],
    ]);
    expect(told.at(-1)?.id).toBe(`${talk}|${reply}`);
    expect(told.at(-1)?.channelData).not.toHaveProperty("streamSequence");
    expect(stream.sets().map(({ watermark }) => watermark)).toEqual([question, question, question, question, reply].map(String));
    await expect.poll(returning.words).toEqual(["Kita?", "Hier ist sie."]);
    expect(returning.sets()[1]?.activities[0]?.channelData).toMatchObject({ streamType: "final", streamId });
  });

  test("is left out where its question is not shown or is answered already", async () => {
    const stream = open();
    const question = messages.say(talk, "Kita?");
    messages.answer(talk, question, "Hier.");
    await expect.poll(stream.words).toEqual(["Kita?", "Hier."]);
    show(talk, question, "zu spät");
    show(talk, question + 100, "fremd");
    show("nobody", 1, "niemand");
    expect(stream.words()).toEqual(["Kita?", "Hier."]);
  });

  test("that turns out to be another one is replaced by the reply", async () => {
    const stream = open();
    const question = messages.say(talk, "Kita?");
    await expect.poll(stream.words).toEqual(["Kita?"]);
    show(talk, question, "Hier");
    messages.answer(talk, question, "Aus dem Katalog.");
    await expect.poll(stream.words).toEqual(["Kita?", "Hier", "Aus dem Katalog."]);
    expect(stream.sets().at(-1)?.activities[0]?.channelData).toMatchObject({ streamType: "final" });
  });
});
