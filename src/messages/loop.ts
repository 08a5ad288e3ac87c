import type { Logger } from "pino";
import { messageOf } from "../core/errors.ts";

/** A background loop that works when it is woken and, to be sure, every `pollMs`. */
export interface Loop {
  wake(): void;
  /** Resolves once the work under way has ended; nothing starts after that. */
  stop(): Promise<void>;
}

/** What the work says: something is left (true), nothing is (false), or something will be due in that many milliseconds. */
export type Next = boolean | number;

export interface LoopOptions {
  readonly pollMs: number;
  /** From the start of one turn to that of the next at least: what comes meanwhile is taken in one turn. Who comes after a rest waits for nothing. */
  readonly restMs?: number;
  readonly onFault: (error: unknown) => void;
}

/** Runs `work` until it says that nothing is left, then waits; a fault is reported and waits for the next poll. */
export function createLoop(work: () => Promise<Next>, options: LoopOptions): Loop {
  let stopped = false;
  let woken = true;
  let ring: (() => void) | undefined;

  function pause(afterMs: number): Promise<void> {
    // Timers and sockets get their turn: an embedded database alone never lets them.
    if (woken || stopped || afterMs <= 0) return new Promise((resolve) => setImmediate(resolve));
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, afterMs);
      ring = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Works once; how long to wait then. */
  async function turn(): Promise<number> {
    try {
      const next = await work();
      if (typeof next === "boolean") return next ? 0 : options.pollMs;
      return Math.min(next, options.pollMs);
    } catch (error) {
      options.onFault(error);
      return options.pollMs;
    }
  }

  async function rest(started: number): Promise<void> {
    const leftMs = (options.restMs ?? 0) - (performance.now() - started);
    if (leftMs > 0 && !stopped) await new Promise((resolve) => setTimeout(resolve, leftMs));
  }

  async function run(): Promise<void> {
    while (!stopped) {
      const started = performance.now();
      woken = false;
      await pause(await turn());
      ring = undefined;
      await rest(started);
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

/** The background loops of a process: each has a name for the log, and they end together. */
export interface Loops {
  /** Runs `work` when it is woken and every `pollMs`; a fault is logged and tried again. */
  start(name: string, work: () => Promise<Next>, pollMs: number): Loop;
  stop(): Promise<void>;
}

/** What comes in so many milliseconds is taken in one turn. */
const restMs = 5;

export function createLoops(log: Logger): Loops {
  const loops: Loop[] = [];
  return {
    start: (name, work, pollMs) => {
      const onFault = (error: unknown) =>
        log.error({ loop: name, reason: messageOf(error) }, "background work failed, will be tried again");
      const loop = createLoop(work, { pollMs, restMs, onFault });
      loops.push(loop);
      return loop;
    },
    stop: async () => {
      await Promise.all(loops.map((loop) => loop.stop()));
    },
  };
}

/** Background work on a platform where nothing runs between events: it is done when something calls for it. */
export interface Sweeps extends Loops {
  /** Does all of it once, or what is named, until nothing is left; a fault is logged and holds up nothing else. */
  sweep(names?: readonly string[]): Promise<void>;
}

/** Turns of one kind of work in one sweep at most; the rest waits for the next one. */
const mostTurns = 20;

export function createSweeps(log: Logger): Sweeps {
  const works = new Map<string, () => Promise<Next>>();

  async function doAll(name: string, work: () => Promise<Next>): Promise<void> {
    try {
      for (let turn = 0; turn < mostTurns && (await work()) === true; turn += 1);
    } catch (error) {
      log.error({ loop: name, reason: messageOf(error) }, "background work failed, will be tried again");
    }
  }

  return {
    start: (name, work) => {
      works.set(name, work);
      return { wake: () => undefined, stop: async () => void works.delete(name) };
    },
    sweep: async (names) => {
      for (const [name, work] of works) if (names?.includes(name) !== false) await doAll(name, work);
    },
    stop: async () => works.clear(),
  };
}
