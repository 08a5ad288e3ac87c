/** A background loop that works when it is woken and, to be sure, every `pollMs`. */
export interface Loop {
  wake(): void;
  /** Resolves once the work under way has ended; nothing starts after that. */
  stop(): Promise<void>;
}

/** Runs `work` until it says that nothing is left (false), then waits; a fault is reported and waits for the next poll. */
export function createLoop(
  work: () => Promise<boolean>,
  options: { readonly pollMs: number; readonly onFault: (error: unknown) => void },
): Loop {
  let stopped = false;
  let woken = true;
  let ring: (() => void) | undefined;

  function pause(): Promise<void> {
    // Timers and sockets get their turn: an embedded database alone never lets them.
    if (woken || stopped) return new Promise((resolve) => setImmediate(resolve));
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, options.pollMs);
      ring = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async function run(): Promise<void> {
    while (!stopped) {
      woken = false;
      try {
        if (await work()) woken = true;
      } catch (error) {
        options.onFault(error);
      }
      await pause();
      ring = undefined;
    }
  }

  const running = run();
  return {
    wake: () => {
      woken = true;
      ring?.();
    },
    stop: async () => {
      stopped = true;
      ring?.();
      await running;
    },
  };
}
