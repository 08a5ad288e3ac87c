import type { Database } from "./database.ts";

interface Gathered<Item> {
  readonly items: Item[];
  readonly done: Promise<void>;
}

/**
 * Makes one run of all that is written in one transaction at the same time. Nothing is tried again: a transaction in which something failed is lost as a whole.
 * Each call resolves, or rejects, with the run that its item went into.
 */
export function createGathering<Item>(
  run: (transaction: Database, items: readonly Item[]) => Promise<void>,
): (transaction: Database, item: Item) => Promise<void> {
  const waiting = new WeakMap<Database, Gathered<Item>>();

  async function start(transaction: Database, items: readonly Item[]): Promise<void> {
    // Until whoever calls in this moment has called.
    await Promise.resolve();
    waiting.delete(transaction);
    await run(transaction, items);
  }

  return (transaction, item) => {
    const gathered = waiting.get(transaction);
    if (gathered !== undefined) {
      gathered.items.push(item);
      return gathered.done;
    }
    const items = [item];
    const done = start(transaction, items);
    waiting.set(transaction, { items, done });
    return done;
  };
}
