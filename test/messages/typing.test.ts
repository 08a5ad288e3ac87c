import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Sender } from "../../src/core/message.ts";
import { createTyping } from "../../src/messages/typing.ts";
import { createReadableLog, pushing, vault } from "./fixtures.ts";

const talk = { channel: "telegram", addressEncrypted: vault.encrypt("chat 4711") } as const;

describe("showing that an answer is on its way", () => {
  const shown: string[] = [];
  const sender = (showTyping?: Sender["showTyping"]): Sender => ({
    channel: "telegram",
    capabilities: pushing,
    send: async () => ({}),
    ...(showTyping === undefined ? {} : { showTyping }),
  });
  const typingOf = (sender: Sender, log = createReadableLog().log) => createTyping(vault, new Map([["telegram", sender]]), log);

  beforeEach(() => {
    shown.length = 0;
    vi.useFakeTimers();
  });
  afterEach(() => vi.useRealTimers());

  it("begins after a second and goes on until the answer is there", () => {
    const stop = typingOf(sender(async (address) => void shown.push(address)))(talk);
    vi.advanceTimersByTime(999);
    expect(shown).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(shown).toEqual(["chat 4711"]);
    vi.advanceTimersByTime(4000);
    expect(shown).toHaveLength(2);
    stop();
    vi.advanceTimersByTime(60_000);
    expect(shown).toHaveLength(2);
  });

  it("is not done for an answer that comes within a second, nor on a channel that cannot", () => {
    typingOf(sender(async (address) => void shown.push(address)))(talk)();
    typingOf(sender())(talk);
    typingOf(sender(async (address) => void shown.push(address)))({ ...talk, channel: "directline" });
    vi.advanceTimersByTime(60_000);
    expect(shown).toEqual([]);
  });

  it("may fail without harm, and shows no address", async () => {
    const { log, lines } = createReadableLog();
    const stop = typingOf(
      sender(() => Promise.reject(new Error("away"))),
      log,
    )(talk);
    await vi.advanceTimersByTimeAsync(5000);
    stop();
    expect(lines).toHaveLength(2);
    expect(lines.join()).not.toContain("4711");
  });
});
