/** Lets other work of the thread go on, and comes back at once. */
const nextTurn = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

/** Runs work that yields often; after `sliceMs` of it lets other work of the process go on, for as long as `rest` takes. */
export async function runInSlices<Result>(
  work: Generator<void, Result>,
  sliceMs: number,
  rest: () => Promise<void> = nextTurn,
): Promise<Result> {
  for (let ends = performance.now() + sliceMs; ; ) {
    const step = work.next();
    if (step.done === true) return step.value;
    if (performance.now() < ends) continue;
    await rest();
    ends = performance.now() + sliceMs;
  }
}
