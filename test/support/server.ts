import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";
import { projectRoot } from "../../src/node-content.ts";
import { seedDataDir } from "./cache.ts";

const readyWithinMs = 120_000;
const Ready = z.object({ msg: z.string().startsWith("ready at "), url: z.string() });

/** How a process ended; `code` is null after a signal. */
export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
}

/** A process of this product, started as `npm start` or `npm run …` do it. */
export interface Program {
  readonly pid: number;
  readonly child: ChildProcess;
  /** Everything it wrote to both outputs, by lines. */
  readonly logLines: readonly string[];
  readonly ended: Promise<Ended>;
}

export interface RunningServer extends Program {
  readonly url: string;
  readonly dataDir: string;
  /** Ends it by SIGTERM. */
  stop(): Promise<Ended>;
  /** Ends it by SIGKILL. */
  kill(): Promise<Ended>;
}

export interface StartOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** A folder of `makeDataDir`; a new one without. */
  readonly dataDir?: string;
}

const programs: Program[] = [];
const folders: string[] = [];

/** A temporary folder that `cleanUp` removes. */
export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "stadtlotse-"));
  folders.push(folder);
  return folder;
}

/** A DATA_DIR of its own in which a server starts in seconds. */
export async function makeDataDir(): Promise<string> {
  const folder = await makeFolder();
  await seedDataDir(folder);
  return folder;
}

/** Starts an entry with the project's Node; of this process's environment it only gets PATH and HOME. */
export function startProgram(entry: "node" | "cli", args: readonly string[], env: Readonly<Record<string, string>>): Program {
  const child = spawn(join(projectRoot, "node_modules/.bin/node"), ["src/entry/launch.ts", entry, ...args], {
    cwd: projectRoot,
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const logLines: string[] = [];
  for (const input of [child.stdout, child.stderr]) createInterface({ input }).on("line", (line) => logLines.push(line));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve({ code, signal }));
  });
  const program = { pid: child.pid ?? 0, child, logLines, ended };
  programs.push(program);
  return program;
}

/** Runs a program to its end, with `input` as its standard input. */
export async function runProgram(
  entry: "node" | "cli",
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  input = "",
): Promise<{ readonly code: number | null; readonly lines: readonly string[] }> {
  const { child, logLines, ended } = startProgram(entry, args, env);
  child.stdin?.end(input);
  return { code: (await ended).code, lines: logLines };
}

function readyUrl(line: string): string | undefined {
  if (!line.startsWith("{")) return undefined;
  const parsed = Ready.safeParse(JSON.parse(line));
  return parsed.success ? parsed.data.url : undefined;
}

function waitForUrl({ child, logLines, ended }: Program): Promise<string> {
  const told = () => `It wrote:\n${logLines.join("\n")}`;
  return new Promise((resolve, reject) => {
    const look = () => {
      const url = logLines.map(readyUrl).find((each) => each !== undefined);
      if (url === undefined) return;
      clearTimeout(timer);
      resolve(url);
    };
    const timer = setTimeout(() => reject(new Error(`The server was not ready within ${readyWithinMs} ms. ${told()}`)), readyWithinMs);
    // readline may emit after data does: look again a moment later.
    child.stdout?.on("data", () => setTimeout(look, 5));
    void ended.then(() => reject(new Error(`The server ended before it was ready. ${told()}`)));
  });
}

/** Starts the real server on a free port of loopback and resolves when it answers; rejects with what it wrote if it does not. */
export async function startStadtlotse({ env = {}, args = ["--port", "0"], dataDir }: StartOptions = {}): Promise<RunningServer> {
  const folder = dataDir ?? (await makeDataDir());
  const program = startProgram("node", args, { DATA_DIR: folder, ...env });
  const url = await waitForUrl(program);
  const end = (signal: NodeJS.Signals) => {
    program.child.kill(signal);
    return program.ended;
  };
  return { ...program, url, dataDir: folder, stop: () => end("SIGTERM"), kill: () => end("SIGKILL") };
}

/** Ends what this test file started and removes its folders. */
export async function cleanUp(): Promise<void> {
  for (const { child, ended } of programs.splice(0)) {
    child.kill("SIGKILL");
    await ended;
  }
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
}
