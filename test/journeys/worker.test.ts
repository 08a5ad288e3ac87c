import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
let worker: ChildProcess;
let home: string;
let url: string;

function startWorker(): Promise<string> {
  return new Promise((resolve, reject) => {
    const args = [
      "dev",
      "--ip",
      "127.0.0.1",
      "--port",
      "0",
      "--inspector-port",
      "0",
      "--show-interactive-dev-session=false",
      "--persist-to",
      join(home, "state"),
    ];
    const env = { ...process.env, CLOUDFLARE_CF_FETCH_ENABLED: "false", WRANGLER_SEND_METRICS: "false", XDG_CONFIG_HOME: home };
    worker = spawn(join(root, "node_modules/.bin/wrangler"), args, { cwd: root, env, detached: true });
    let output = "";
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const found = /Ready on (http:\/\/[\d.]+:\d+)/.exec(output)?.[1];
      if (found !== undefined) resolve(found);
    };
    worker.stdout?.on("data", read);
    worker.stderr?.on("data", read);
    worker.once("exit", (code) => reject(new Error(`wrangler ended with ${code}: ${output}`)));
  });
}

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "stadtlotse-worker-"));
  url = await startWorker();
});

afterAll(async () => {
  worker.removeAllListeners("exit");
  const ended = new Promise((resolve) => worker.once("exit", resolve));
  if (worker.pid !== undefined) process.kill(-worker.pid, "SIGTERM");
  await ended;
  await rm(home, { recursive: true, force: true });
});

test("the Worker answers /health through the same app", async () => {
  const response = await fetch(`${url}/health`);
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ status: "ok" });
});

test("the Worker is not ready without a database, and says nothing is at unknown addresses", async () => {
  expect((await fetch(`${url}/ready`)).status).toBe(503);
  expect((await fetch(`${url}/nothing`)).status).toBe(404);
});

test("the Worker bundles nothing that only Node has", async () => {
  const { metafile } = await build({
    entryPoints: [join(root, "src/entry/worker.ts")],
    bundle: true,
    write: false,
    metafile: true,
    platform: "neutral",
    mainFields: ["module", "main"],
    conditions: ["workerd"],
    external: ["node:*", "pino"],
    logLevel: "silent",
  });
  const inputs = Object.keys(metafile.inputs).join("\n");
  expect(inputs).not.toMatch(/pglite|huggingface|node-server|esbuild|onnxruntime|node_modules\/ws\/|node-platform/);
});
