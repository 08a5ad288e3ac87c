const runs = 5;
const microsecondsPerMs = 1000;

/** The least processor time of five runs in milliseconds: what the work itself costs, whatever else the machine does. */
export function bestMsOf(work: () => unknown): number {
  const times = Array.from({ length: runs }, () => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / microsecondsPerMs;
  });
  return Math.min(...times);
}
