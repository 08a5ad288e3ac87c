import type { TrainingProgress } from "../understanding/train.ts";

/** Draws training as one line on the error output: a bar on a terminal, nothing where the output is read by a program. */
export function drawTraining(stream: NodeJS.WriteStream): TrainingProgress {
  const width = 24;
  return (kind, done, all) => {
    if (!stream.isTTY) return;
    const filled = Math.round((width * done) / all);
    stream.write(`\r\u001b[2KLearning ${kind.padEnd(8)} [${"█".repeat(filled)}${" ".repeat(width - filled)}] ${done}/${all}`);
    if (done === all) stream.write("\r\u001b[2K");
  };
}
