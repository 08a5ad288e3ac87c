import { expect, test } from "vitest";
import { openEmbedded } from "../../src/database/embedded.ts";
import { createGathering } from "../../src/database/gather.ts";

test("writes of one moment go together, a run a transaction", async () => {
  const first = await openEmbedded({});
  const second = await openEmbedded({});
  const runs: (readonly [boolean, readonly number[]])[] = [];
  const add = createGathering(async (transaction, items: readonly number[]) => void runs.push([transaction === first.db, [...items]]));
  await Promise.all([add(first.db, 1), add(second.db, 2), add(first.db, 3)]);
  await add(first.db, 4);
  expect(runs).toEqual([
    [true, [1, 3]],
    [false, [2]],
    [true, [4]],
  ]);
  await first.close();
  await second.close();
});

test("a run that fails fails for all that went into it, is not tried again and harms no later one", async () => {
  const database = await openEmbedded({});
  const runs: (readonly string[])[] = [];
  const add = createGathering(async (_, items: readonly string[]) => {
    runs.push([...items]);
    if (items.includes("bad")) throw new Error("refused");
  });
  const outcomes = await Promise.allSettled(["good", "bad"].map((item) => add(database.db, item)));
  expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  await add(database.db, "later");
  expect(runs).toEqual([["good", "bad"], ["later"]]);
  await database.close();
});
