/** One address's requests, of which a few are worked on at a time. */
interface Lane {
  running: number;
  readonly waiting: (() => void)[];
}

/** Has requests of one address follow each other, so that those of others do not wait behind all of them. */
export interface Lanes {
  /** Does the work when it is its turn; undefined where too many wait already. */
  run<Result>(address: string, work: () => Promise<Result>): Promise<Result | undefined>;
}

/** `atOnce` requests of an address are worked on at the same time, and `most` may wait. */
export function createLanes(atOnce: number, most: number): Lanes {
  const lanes = new Map<string, Lane>();

  function leave(address: string, lane: Lane): void {
    const next = lane.waiting.shift();
    // Other requests get their turn between: an embedded database alone never lets them.
    if (next !== undefined) return void setImmediate(next);
    lane.running -= 1;
    if (lane.running === 0) lanes.delete(address);
  }

  return {
    run: async (address, work) => {
      const lane = lanes.get(address) ?? { running: 0, waiting: [] };
      lanes.set(address, lane);
      if (lane.running < atOnce) lane.running += 1;
      else if (lane.waiting.length >= most) return undefined;
      else await new Promise<void>((resolve) => lane.waiting.push(resolve));
      try {
        return await work();
      } finally {
        leave(address, lane);
      }
    },
  };
}
