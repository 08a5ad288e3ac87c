import type { TrainingProgress } from "../understanding/train.ts";

const width = 24;

/** Draws how much of some work is done as one line on the error output: a bar on a terminal, nothing where the output is read by a program. */
export function drawBar(stream: NodeJS.WriteStream, name: string, all: number): (done: number) => void {
  return (done) => {
    if (!stream.isTTY) return;
    const filled = Math.round((width * done) / Math.max(1, all));
    stream.write(done >= all ? "\r\u001b[2K" : `\r\u001b[2K${name} [${"█".repeat(filled)}${" ".repeat(width - filled)}] ${done}/${all}`);
  };
}

/** Draws training as one line on the error output: a bar on a terminal, nothing where the output is read by a program. */
export function drawTraining(stream: NodeJS.WriteStream): TrainingProgress {
  return (kind, done, all) => {
    if (!stream.isTTY) return;
    const filled = Math.round((width * done) / all);
    stream.write(`\r\u001b[2KLearning ${kind.padEnd(8)} [${"█".repeat(filled)}${" ".repeat(width - filled)}] ${done}/${all}`);
    if (done === all) stream.write("\r\u001b[2K");
  };
}
