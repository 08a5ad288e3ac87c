import { describe, expect, it, vi } from "vitest";
import { createSlots } from "../../src/messages/slots.ts";

describe("slots", () => {
  it("say how many are free, and call when one of a full set ends", async () => {
    const free = vi.fn();
    const slots = createSlots(2, { free, fault: () => undefined });
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    slots.start(() => gates[0]?.promise ?? Promise.resolve());
    expect(slots.free).toBe(1);
    slots.start(() => gates[1]?.promise ?? Promise.resolve());
    expect(slots.free).toBe(0);
    gates[0]?.resolve();
    await vi.waitFor(() => expect(slots.free).toBe(1));
    expect(free).toHaveBeenCalledTimes(1);
    gates[1]?.resolve();
    await slots.idle();
    expect(slots.free).toBe(2);
    expect(free).toHaveBeenCalledTimes(1);
  });

  it("report what a task throws, and are free again", async () => {
    const faults: unknown[] = [];
    const slots = createSlots(1, { free: () => undefined, fault: (error) => faults.push(error) });
    slots.start(() => Promise.reject(new Error("broken")));
    await slots.idle();
    expect(faults).toMatchObject([{ message: "broken" }]);
    expect(slots.free).toBe(1);
  });
});
