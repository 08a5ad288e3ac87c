const runs = 5;

/** The shortest of five runs in milliseconds: what the work costs when no other process takes the processor. */
export function bestMsOf(work: () => unknown): number {
  const times = Array.from({ length: runs }, () => {
    const started = performance.now();
    work();
    return performance.now() - started;
  });
  return Math.min(...times);
}
