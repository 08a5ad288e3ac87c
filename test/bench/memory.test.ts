import { describe, expect, it } from "vitest";
import { judgeMemory } from "../../src/bench/memory.ts";

const samplesOf = (megabytes: (index: number) => number) =>
  Array.from({ length: 50 }, (_, index) => ({ messages: 1000 * (index + 1), megabytes: megabytes(index) }));

describe("memory over many messages", () => {
  it("is flat where it only grows at first", () => {
    expect(judgeMemory(samplesOf((index) => (index < 10 ? 100 + 10 * index : 200)))).toEqual({ change: 0, kilobytesPerThousand: 0 });
  });

  it("shows a leak of a kilobyte a message", () => {
    const { change, kilobytesPerThousand } = judgeMemory(samplesOf((index) => 100 + index * 0.9765625));
    expect(kilobytesPerThousand).toBe(1000);
    expect(change).toBeCloseTo((30 * 0.9765625) / (100 + 14.5 * 0.9765625), 2);
  });
});
