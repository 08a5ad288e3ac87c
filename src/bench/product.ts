import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "../core/errors.ts";
import { projectRoot } from "../node-content.ts";

/** A process of the real product, or of a part of it, that a benchmark may kill. */
export interface Product {
  readonly url: string;
  readonly pid: number;
  readonly isUp: boolean;
  /** Starts it (again); resolves when it is ready. */
  start(): Promise<void>;
  /** SIGKILL; resolves when it has ended. */
  kill(): Promise<void>;
  /** SIGTERM; resolves when it has ended. */
  stop(): Promise<void>;
}

export interface ProductOptions {
  readonly port: number;
  /** What is launched; the product itself without. */
  readonly args?: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly onLine: (line: string) => void;
}

const readyWithinMs = 120_000;
const lookAgainMs = 50;
const lastLinesKept = 20;

/** Makes one; it is not started. */
export function createProduct({ port, args = ["node", "--port", String(port)], env, onLine }: ProductOptions): Product {
  const url = `http://127.0.0.1:${port}`;
  const last: string[] = [];
  let child: ChildProcess | undefined;
  let ended: Promise<void> = Promise.resolve();
  let isUp = false;
  let isRunning = false;

  /** Starts a process; resolves when it has ended. */
  function launchOnce(): Promise<void> {
    const started = spawn(process.execPath, ["src/entry/launch.ts", ...args], { cwd: projectRoot, env, stdio: ["ignore", "pipe", "pipe"] });
    child = started;
    isRunning = true;
    for (const input of [started.stdout, started.stderr])
      createInterface({ input }).on("line", (line) => {
        last.push(line);
        if (last.length > lastLinesKept) last.shift();
        onLine(line);
      });
    return new Promise((resolve) =>
      started.once("close", () => {
        isRunning = false;
        isUp = false;
        resolve();
      }),
    );
  }

  async function isReady(): Promise<boolean> {
    try {
      return (await fetch(`${url}/ready`, { signal: AbortSignal.timeout(2000) })).status === 200;
    } catch {
      // Not there yet, which is what is asked.
      return false;
    }
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    isUp = false;
    child?.kill(signal);
    await ended;
  }

  return {
    url,
    get pid() {
      return child?.pid ?? 0;
    },
    get isUp() {
      return isUp;
    },
    start: async () => {
      const until = Date.now() + readyWithinMs;
      ended = launchOnce();
      while (!(await isReady())) {
        if (Date.now() > until) throw new AppError("SERVER_UNREACHABLE", `A process did not start. It wrote:\n${last.join("\n")}`);
        await sleep(lookAgainMs);
        // As a supervisor does where the database was away.
        if (!isRunning) ended = launchOnce();
      }
      isUp = true;
    },
    kill: () => end("SIGKILL"),
    stop: () => end("SIGTERM"),
  };
}
