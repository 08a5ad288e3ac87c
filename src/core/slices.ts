/** Runs work that yields often; after `sliceMs` of it lets other work of the process go on. */
export async function runInSlices<Result>(work: Generator<void, Result>, sliceMs: number): Promise<Result> {
  for (let ends = performance.now() + sliceMs; ; ) {
    const step = work.next();
    if (step.done === true) return step.value;
    if (performance.now() < ends) continue;
    await new Promise((resolve) => setTimeout(resolve, 0));
    ends = performance.now() + sliceMs;
  }
}
