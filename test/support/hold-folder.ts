import { createInterface } from "node:readline";
import { holdFolder } from "../../src/database/control-socket.ts";

/** What a holder does for callers in the tests: echoes or throws. */
async function handle(command: string, input: unknown): Promise<unknown> {
  if (command === "throw") throw new Error("the command failed");
  return { command, input };
}

// Each line that comes in is a folder to hold until this process ends; each line out says how that went.
for await (const folder of createInterface({ input: process.stdin })) {
  const outcome = await holdFolder(folder, handle).then(
    () => ({ kind: "held" }),
    (error: Error) => ({ kind: "refused", message: error.message }),
  );
  process.stdout.write(`${JSON.stringify(outcome)}\n`);
}
