import { describe, expect, it, vi } from "vitest";
import { AppError } from "../../src/core/errors.ts";
import { createBatches } from "../../src/database/batches.ts";
import { duringEvent } from "../../src/database/event.ts";

describe("batches", () => {
  it("take together what comes at once or while one is under way, in the order of its coming", async () => {
    const runs: number[][] = [];
    const gate = Promise.withResolvers<void>();
    const add = createBatches(async (items: readonly number[]) => {
      runs.push([...items]);
      await gate.promise;
      return items.map((item) => 10 * item);
    }, 3);
    const first = Promise.all([1, 2].map(add));
    await vi.waitFor(() => expect(runs).toEqual([[1, 2]]));
    const others = Promise.all([3, 4, 5, 6].map(add));
    gate.resolve();
    expect([...(await first), ...(await others)]).toEqual([10, 20, 30, 40, 50, 60]);
    expect(runs).toEqual([[1, 2], [3, 4, 5], [6]]);
  });

  it("are never made of items of different events", async () => {
    const runs: string[][] = [];
    const add = createBatches(async (items: readonly string[]) => {
      runs.push([...items]);
      return items;
    }, 10);
    const event = (name: string) => duringEvent({}, async () => await Promise.all([add(`${name}1`), add(`${name}2`)]));
    await Promise.all([event("a"), event("b"), add("none")]);
    expect(runs).toEqual([["a1", "a2"], ["b1", "b2"], ["none"]]);
  });

  it("run each item by itself where one of them cannot be taken", async () => {
    const add = createBatches(async (items: readonly string[]) => {
      if (items.includes("bad")) throw new Error("refused");
      return items;
    }, 10);
    const outcomes = await Promise.allSettled(["first", "good", "bad", "fine"].map(add));
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected", "fulfilled"]);
  });

  it("refuse all at once while the database is away", async () => {
    const runs: number[] = [];
    const add = createBatches(async (items: readonly number[]) => {
      runs.push(items.length);
      throw new AppError("DATABASE_UNAVAILABLE", "away");
    }, 10);
    const outcomes = await Promise.allSettled([1, 2, 3].map(add));
    expect(outcomes.every(({ status }) => status === "rejected")).toBe(true);
    expect(runs).toEqual([3]);
  });

  it("do not let an item hang that a run gave no result for", async () => {
    const add = createBatches(async () => [], 10);
    await expect(add(1)).rejects.toMatchObject({ code: "DATABASE_FAILED" });
  });
});
