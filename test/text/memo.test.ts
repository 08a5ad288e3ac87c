import { expect, test } from "vitest";
import { createMemo } from "../../src/text/memo.ts";

function createCounted(most: number) {
  const asked: string[] = [];
  const memo = createMemo((key) => {
    asked.push(key);
    return key.length;
  }, most);
  return { asked, memo };
}

test("works a text out once", () => {
  const { asked, memo } = createCounted(10);
  expect([memo("Kita"), memo("Kita"), memo("Hort")]).toEqual([4, 4, 4]);
  expect(asked).toEqual(["Kita", "Hort"]);
});

test("remembers the texts last asked for and forgets the others", () => {
  const { asked, memo } = createCounted(10);
  const keys = Array.from({ length: 100 }, (_, index) => `word ${index}`);
  keys.forEach(memo);
  asked.length = 0;
  keys.slice(-10).forEach(memo);
  expect(asked).toEqual([]);
  keys.slice(0, 10).forEach(memo);
  expect(asked).toHaveLength(10);
});

test("keeps what is asked for again and again", () => {
  const { asked, memo } = createCounted(10);
  for (let index = 0; index < 100; index += 1) {
    memo("often");
    memo(`word ${index}`);
  }
  expect(asked.filter((key) => key === "often")).toHaveLength(1);
});

test("holds no long texts", () => {
  const { asked, memo } = createCounted(10);
  const long = "a".repeat(1000);
  expect([memo(long), memo(long)]).toEqual([1000, 1000]);
  expect(asked).toHaveLength(2);
});
