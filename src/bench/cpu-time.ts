import { readdir, readFile } from "node:fs/promises";

/** Linux counts processor time in hundredths of a second. */
const msOfTick = 10;

interface Stat {
  readonly parent: number;
  /** Of the process and of its children that have ended. */
  readonly ms: number;
}

async function readStat(pid: string): Promise<Stat | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  // The name in parentheses may hold spaces; what is counted stands behind it.
  const fields = text
    .slice(text.lastIndexOf(")") + 2)
    .split(" ")
    .map(Number);
  const ticks = [11, 12, 13, 14].reduce((sum, index) => sum + (fields[index] ?? 0), 0);
  return { parent: fields[1] ?? 0, ms: ticks * msOfTick };
}

/** Milliseconds of processor time that a process and its children have used so far (Linux only). */
export async function cpuMsOf(pid: number): Promise<number> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const stats = await Promise.all(pids.map(async (each) => ({ pid: Number(each), stat: await readStat(each) })));
  return stats.reduce((sum, { pid: each, stat }) => sum + (stat !== undefined && (each === pid || stat.parent === pid) ? stat.ms : 0), 0);
}
