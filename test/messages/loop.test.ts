import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import { createLoop } from "../../src/messages/loop.ts";

const never = 60_000;
const ignore = () => undefined;

describe("a background loop", () => {
  it("works at once, goes on while something is left, then waits", async () => {
    const left = [true, true, false];
    const work = vi.fn(async () => left.shift() ?? false);
    const loop = createLoop(work, { pollMs: never, onFault: ignore });
    await vi.waitFor(() => expect(work).toHaveBeenCalledTimes(3));
    await sleep(30);
    expect(work).toHaveBeenCalledTimes(3);
    await loop.stop();
  });

  it("works when it is woken", async () => {
    const work = vi.fn(async () => false);
    const loop = createLoop(work, { pollMs: never, onFault: ignore });
    await vi.waitFor(() => expect(work).toHaveBeenCalledTimes(1));
    await sleep(10);
    loop.wake();
    await vi.waitFor(() => expect(work).toHaveBeenCalledTimes(2));
    await loop.stop();
  });

  it("works by itself after the poll interval", async () => {
    const work = vi.fn(async () => false);
    const loop = createLoop(work, { pollMs: 15, onFault: ignore });
    await vi.waitFor(() => expect(work.mock.calls.length).toBeGreaterThan(3));
    await loop.stop();
  });

  it("loses no wake that comes while it works", async () => {
    const gate = Promise.withResolvers<void>();
    const work = vi.fn(async () => {
      if (work.mock.calls.length === 1) await gate.promise;
      return false;
    });
    const loop = createLoop(work, { pollMs: never, onFault: ignore });
    await vi.waitFor(() => expect(work).toHaveBeenCalledTimes(1));
    loop.wake();
    gate.resolve();
    await vi.waitFor(() => expect(work).toHaveBeenCalledTimes(2));
    await loop.stop();
  });

  it("never works twice at once", async () => {
    const state = { running: 0, most: 0 };
    const loop = createLoop(
      async () => {
        state.running += 1;
        state.most = Math.max(state.most, state.running);
        await sleep(2);
        state.running -= 1;
        return false;
      },
      { pollMs: 1, onFault: ignore },
    );
    for (let wakes = 0; wakes < 20; wakes += 1) {
      loop.wake();
      await sleep(1);
    }
    await loop.stop();
    expect(state).toEqual({ running: 0, most: 1 });
  });

  it("lets timers and sockets have their turn, however much there is to do", async () => {
    const loop = createLoop(async () => true, { pollMs: never, onFault: ignore });
    await sleep(5);
    await loop.stop();
  });

  it("rests after a turn, so that what comes meanwhile is one turn, and works at once after a longer rest", async () => {
    const work = vi.fn(async () => false);
    const loop = createLoop(work, { pollMs: never, restMs: 60, onFault: ignore });
    await vi.waitFor(() => expect(work).toHaveBeenCalledTimes(1));
    for (let wakes = 0; wakes < 10; wakes += 1) {
      loop.wake();
      await sleep(1);
    }
    expect(work).toHaveBeenCalledTimes(1);
    await vi.waitFor(() => expect(work).toHaveBeenCalledTimes(2));
    await loop.stop();
  });

  it("reports a fault, and tries again after the poll interval and not in a hot circle", async () => {
    const faults: unknown[] = [];
    const fault = new Error("away");
    const work = vi.fn(async () => {
      if (work.mock.calls.length < 3) throw fault;
      return false;
    });
    const loop = createLoop(work, { pollMs: 40, onFault: (error) => faults.push(error) });
    await sleep(20);
    expect(work).toHaveBeenCalledTimes(1);
    await vi.waitFor(() => expect(work.mock.calls.length).toBeGreaterThanOrEqual(3));
    await loop.stop();
    expect(faults).toEqual([fault, fault]);
  });

  it("ends after the work under way, and starts none after that", async () => {
    const gate = Promise.withResolvers<void>();
    const state = { started: 0, ended: 0 };
    const loop = createLoop(
      async () => {
        state.started += 1;
        await gate.promise;
        state.ended += 1;
        return true;
      },
      { pollMs: 1, onFault: ignore },
    );
    const stopping = loop.stop().then(() => ({ ...state }));
    gate.resolve();
    expect(await stopping).toEqual({ started: 1, ended: 1 });
    loop.wake();
    await sleep(10);
    expect(state.started).toBe(1);
  });
});
