/** Room for a number of tasks that go on at the same time. */
export interface Slots {
  readonly free: number;
  /** Starts a task; whoever asks looks at `free` first. A task reports its own faults. */
  start(task: () => Promise<void>): void;
  /** Resolves once nothing is under way. */
  idle(): Promise<void>;
}

/** `onFree` is called when a task ends while every slot was taken; `onFault` with what a task threw. */
export function createSlots(all: number, on: { readonly free: () => void; readonly fault: (error: unknown) => void }): Slots {
  const underWay = new Set<Promise<void>>();

  async function run(task: () => Promise<void>): Promise<void> {
    try {
      await task();
    } catch (error) {
      on.fault(error);
    }
  }

  return {
    get free() {
      return all - underWay.size;
    },
    start: (task) => {
      const running = run(task).finally(() => {
        const wasFull = underWay.size >= all;
        underWay.delete(running);
        if (wasFull) on.free();
      });
      underWay.add(running);
    },
    idle: async () => {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
