import { spawn } from "node:child_process";
import { join } from "node:path";
import { projectRoot } from "../../src/node-content.ts";
import { runProgram } from "./server.ts";

/** The Worker on workerd, as `npm run dev:worker` starts it. */
export interface RunningWorker {
  readonly url: string;
  /** Everything that wrangler and the Worker wrote. */
  output(): string;
  /** Has the clock's event happen now. */
  sweep(): Promise<void>;
  stop(): Promise<void>;
}

export interface WorkerOptions {
  /** A folder for what workerd keeps. */
  readonly home: string;
  readonly port: number;
  readonly databaseUrl: string;
  readonly variables: Readonly<Record<string, string>>;
}

const readyWithinMs = 120_000;
const switches = ["--inspector-port", "0", "--show-interactive-dev-session=false", "--test-scheduled"];

/** wrangler wants a password, which a server that trusts loopback does not read. */
function withPassword(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  if (url.password === "") url.password = "none";
  return url.href;
}

/** The files that are uploaded beside the code. */
export async function buildAssets(): Promise<void> {
  const { code, lines } = await runProgram("cli", ["build", "--assets", join(projectRoot, "dist/worker-assets")], {});
  if (code !== 0) throw new Error(lines.join("\n"));
}

/** Starts wrangler on a port of loopback; rejects with what it wrote if the Worker does not come up. */
export async function startWorker({ home, port, databaseUrl, variables }: WorkerOptions): Promise<RunningWorker> {
  await buildAssets();
  const given = Object.entries(variables).flatMap(([name, value]) => ["--var", `${name}:${value}`]);
  const args = ["dev", "--ip", "127.0.0.1", "--port", String(port), ...switches, "--persist-to", join(home, "state"), ...given];
  const env = {
    ...process.env,
    CLOUDFLARE_CF_FETCH_ENABLED: "false",
    WRANGLER_SEND_METRICS: "false",
    XDG_CONFIG_HOME: home,
    CLOUDFLARE_HYPERDRIVE_LOCAL_CONNECTION_STRING_HYPERDRIVE: withPassword(databaseUrl),
  };
  const child = spawn(join(projectRoot, "node_modules/.bin/wrangler"), args, { cwd: projectRoot, env, detached: true });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  let output = "";
  const url = await new Promise<string>((resolve, reject) => {
    const refuse = (what: string) => reject(new Error(`The Worker ${what}. It wrote:\n${output}`));
    const timer = setTimeout(() => refuse("did not start in time"), readyWithinMs);
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const found = /Ready on (http:\/\/[\d.]+:\d+)/.exec(output)?.[1];
      if (found === undefined) return;
      clearTimeout(timer);
      resolve(found);
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("exit", () => refuse("ended"));
  });
  return {
    url,
    output: () => output,
    sweep: async () => {
      const response = await fetch(`${url}/__scheduled`);
      if (!response.ok) throw new Error(`The clock's event was answered with ${response.status}.`);
    },
    stop: async () => {
      // wrangler and workerd, and nobody else: the group has its own id.
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGTERM");
      await ended;
    },
  };
}
