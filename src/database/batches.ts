import { AppError } from "../core/errors.ts";
import { currentEvent } from "./event.ts";

interface Entry<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

interface Queue<Item, Result> {
  readonly waiting: Entry<Item, Result>[];
  running: boolean;
}

/** What one item broke for others; a database that is away would refuse each of them as well. */
function mayBeOneItems(error: unknown): boolean {
  return !(error instanceof AppError && error.code === "DATABASE_UNAVAILABLE");
}

/**
 * Makes one run of many: what comes in one turn of the event loop, or while a run is under way, goes together into the next one, at most `most` at once and in the order of its coming.
 * Items of different events never do: a connection belongs to one. `run` gives a result for each item, in their order. If it fails, each item is run by itself, so that one that cannot be taken does not hold up the others.
 */
export function createBatches<Item, Result>(
  run: (items: readonly Item[]) => Promise<readonly Result[]>,
  most: number,
): (item: Item) => Promise<Result> {
  const queues = new WeakMap<object, Queue<Item, Result>>();
  const withoutEvent: object = {};

  function queueNow(): Queue<Item, Result> {
    const event = currentEvent() ?? withoutEvent;
    const queue = queues.get(event) ?? { waiting: [], running: false };
    queues.set(event, queue);
    return queue;
  }

  async function runTogether(entries: readonly Entry<Item, Result>[]): Promise<void> {
    const results = await run(entries.map(({ item }) => item));
    for (const [index, { resolve, reject }] of entries.entries()) {
      const result = results[index];
      if (result === undefined) reject(new AppError("DATABASE_FAILED", "A batch gave fewer results than it had items."));
      else resolve(result);
    }
  }

  async function runBatch(entries: readonly Entry<Item, Result>[]): Promise<void> {
    try {
      await runTogether(entries);
    } catch (error) {
      if (entries.length > 1 && mayBeOneItems(error)) for (const entry of entries) await runBatch([entry]);
      else for (const { reject } of entries) reject(error);
    }
  }

  async function drain(queue: Queue<Item, Result>): Promise<void> {
    queue.running = true;
    await new Promise((resolve) => setImmediate(resolve));
    while (queue.waiting.length > 0) await runBatch(queue.waiting.splice(0, most));
    queue.running = false;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      const queue = queueNow();
      queue.waiting.push({ item, resolve, reject });
      if (!queue.running) void drain(queue);
    });
}
