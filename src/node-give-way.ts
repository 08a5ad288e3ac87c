import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";

/** How long the thread is watched for other work at a time, and how often at most: background work goes on in the end, however busy it is. */
const lookMs = 2;
const mostLooks = 12;
/** Share of the time watched above which others are at work. */
const busy = 0.5;

/** Lets other work of this thread go first: resolves once it has next to nothing to do, after about 25 ms at the latest. */
export async function giveWay(): Promise<void> {
  for (let look = 0; look < mostLooks; look += 1) {
    const before = performance.eventLoopUtilization();
    await sleep(lookMs);
    if (performance.eventLoopUtilization(before).utilization < busy) return;
  }
}
