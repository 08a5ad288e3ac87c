import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { callHolder, holdFolder } from "../../src/database/control-socket.ts";

const Outcome = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("held") }),
  z.object({ kind: z.literal("refused"), message: z.string() }),
]);

/** A real process that holds the folders it is told to. */
interface Holder {
  readonly pid: number;
  hold(folder: string): Promise<z.infer<typeof Outcome>>;
  signal(name: "SIGKILL" | "SIGSTOP"): Promise<void>;
}

const children: ChildProcess[] = [];
const script = join(import.meta.dirname, "../support/hold-folder.ts");

function startHolder(): Holder {
  const child = spawn(process.execPath, [script], { stdio: ["pipe", "pipe", "inherit"] });
  children.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    pid: child.pid ?? 0,
    hold: async (folder) => {
      child.stdin.write(`${folder}\n`);
      return Outcome.parse(JSON.parse(z.string().parse((await lines.next()).value)));
    },
    signal: (name) =>
      new Promise((resolve) => {
        if (name === "SIGKILL") child.once("exit", () => resolve());
        child.kill(name);
        if (name !== "SIGKILL") resolve();
      }),
  };
}

const echo = async (command: string, input: unknown) => ({ command, input });
const held = { kind: "held" };

let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hold-"));
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  await rm(folder, { recursive: true, force: true });
});

describe("holding a folder", () => {
  it("refuses a second holder with the pid of the first, in another process and in the same", async () => {
    const holder = startHolder();
    expect(await holder.hold(folder)).toEqual(held);
    const refusal = { code: "DATABASE_HELD", message: expect.stringContaining(`Process ${holder.pid} already uses ${folder}`) };
    await expect(holdFolder(folder, echo)).rejects.toMatchObject(refusal);
    expect(await holder.hold(folder)).toMatchObject({ kind: "refused", message: refusal.message });
  });

  it("takes over from a holder that was killed, and cleans up after it", async () => {
    const holder = startHolder();
    expect(await holder.hold(folder)).toEqual(held);
    await holder.signal("SIGKILL");
    expect(await readdir(folder)).toContain("control.sock");
    expect(await callHolder(folder, "echo", 1)).toBeUndefined();
    const release = await holdFolder(folder, echo);
    expect(await callHolder(folder, "echo", 1)).toEqual({ pid: process.pid, result: { command: "echo", input: 1 } });
    await release();
    expect(await readdir(folder)).toEqual([]);
  });

  it("refuses when the holder is stopped and does not answer", async () => {
    const holder = startHolder();
    expect(await holder.hold(folder)).toEqual(held);
    await holder.signal("SIGSTOP");
    await expect(holdFolder(folder, echo)).rejects.toMatchObject({
      code: "DATABASE_HELD",
      message: expect.stringContaining("does not answer"),
    });
  });

  it("can be held again after the release, which does not wait for callers", async () => {
    const release = await holdFolder(folder, () => new Promise(() => undefined));
    const idle = createConnection(join(folder, "control.sock"));
    await new Promise((resolve) => idle.once("connect", resolve));
    const call = callHolder(folder, "hang", undefined);
    const cutOff = expect(call).rejects.toMatchObject({
      code: "DATABASE_HELD",
      message: expect.stringContaining("ended without an answer"),
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    await release();
    await cutOff;
    await (await holdFolder(folder, echo))();
  });

  it("creates the folder, and says clearly when it cannot be used", async () => {
    await (await holdFolder(join(folder, "deep/er"), echo))();
    await writeFile(join(folder, "file"), "");
    const unusable = { code: "CONFIG_INVALID", message: expect.stringContaining("DATA_DIR cannot be used") };
    await expect(holdFolder(join(folder, "file"), echo)).rejects.toMatchObject(unusable);
  });

  it("takes the longest path that it allows, and refuses a longer one clearly", async () => {
    const longest = join(folder, "x".repeat(89 - folder.length - 1));
    const release = await holdFolder(longest, echo);
    expect(await callHolder(longest, "pid", undefined)).toEqual({ pid: process.pid, result: process.pid });
    await release();
    const tooLong = { code: "CONFIG_INVALID", message: expect.stringContaining("Use a path of at most 89 bytes") };
    await expect(holdFolder(`${longest}x`, echo)).rejects.toMatchObject(tooLong);
    await expect(callHolder(`${longest}x`, "pid", undefined)).rejects.toMatchObject(tooLong);
  });
});

describe("calling the holder", () => {
  it("is undefined where nobody holds the folder", async () => {
    expect(await callHolder(folder, "echo", {})).toBeUndefined();
    expect(await callHolder(join(folder, "absent"), "echo", {})).toBeUndefined();
  });

  it("passes texts with every character that ends a line", async () => {
    const release = await holdFolder(folder, echo);
    const input = "a\nb\rc\u2028d\u2029e\u0085f";
    expect((await callHolder(folder, "echo", input))?.result).toEqual({ command: "echo", input });
    await release();
  });

  it("passes input, result and error between processes", async () => {
    const holder = startHolder();
    expect(await holder.hold(folder)).toEqual(held);
    const input = { text: "Zeile\nzwei · ü", list: [1, null, { deep: true }] };
    expect(await callHolder(folder, "echo", input)).toEqual({ pid: holder.pid, result: { command: "echo", input } });
    await expect(callHolder(folder, "throw", {})).rejects.toMatchObject({ code: "REQUEST_INVALID", message: "the command failed" });
    expect(await callHolder(folder, "pid", undefined)).toEqual({ pid: holder.pid, result: holder.pid });
  });

  it("answers what is no call, and results that cannot be written, with an error", async () => {
    const release = await holdFolder(folder, async () => 1n);
    await expect(callHolder(folder, "big", {})).rejects.toMatchObject({ code: "REQUEST_INVALID" });
    const socket = createConnection(join(folder, "control.sock"));
    socket.write("no json\n");
    const answer = await new Promise<Buffer>((resolve) => socket.once("data", resolve));
    expect(JSON.parse(answer.toString())).toMatchObject({ pid: process.pid, error: expect.stringContaining("JSON") });
    socket.destroy();
    await release();
  });
});

describe("ten processes that want the folder of a killed one", () => {
  const rounds = 10;
  let root = "";
  const folderOf = (round: number) => join(root, String(round));

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), "race-"));
  });

  afterAll(() => rm(root, { recursive: true, force: true }));

  it("let exactly one of them have it, every time", async () => {
    const dead = startHolder();
    for (let round = 0; round < rounds; round += 1) expect(await dead.hold(folderOf(round))).toEqual(held);
    await dead.signal("SIGKILL");
    const racers = Array.from({ length: 10 }, () => startHolder());
    // A folder for each alone: after this all of them are loaded, and the rounds really start at once.
    await Promise.all(racers.map((racer) => racer.hold(join(root, `own-${racer.pid}`))));
    for (let round = 0; round < rounds; round += 1) {
      const outcomes = await Promise.all(racers.map(async (racer) => ({ racer, outcome: await racer.hold(folderOf(round)) })));
      const winners = outcomes.filter(({ outcome }) => outcome.kind === "held").map(({ racer }) => racer.pid);
      expect(winners).toHaveLength(1);
      const refusals = outcomes.flatMap(({ outcome }) => (outcome.kind === "refused" ? [outcome.message] : []));
      for (const refusal of refusals) expect(refusal).toContain(`Process ${winners[0]} already uses`);
      expect(await callHolder(folderOf(round), "pid", undefined)).toMatchObject({ pid: winners[0] });
    }
  }, 60_000);
});
