import { link, mkdir, rename, rm } from "node:fs/promises";
import { type Server, createConnection, createServer } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";
import { AppError, messageOf } from "../core/errors.ts";

/** Unix socket paths end at 107 bytes on Linux. */
const longestPath = 107;
const Reply = z.object({ pid: z.number().int(), result: z.unknown().optional(), error: z.string().optional() });
const Call = z.object({ command: z.string(), input: z.unknown().optional() });

/** What a running process does for commands in other processes. */
export type ControlHandler = (command: string, input: unknown) => Promise<unknown>;

function socketPath(folder: string): string {
  const path = join(folder, "control.sock");
  if (Buffer.byteLength(path) <= longestPath) return path;
  throw new AppError("CONFIG_INVALID", `DATA_DIR is too long for a socket (${path}). Use a path of at most ${longestPath - 13} bytes.`);
}

function exchange(path: string, line: string): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(path);
    const lines = createInterface({ input: socket });
    lines.once("line", (answer) => {
      socket.end();
      resolve(answer);
    });
    lines.on("error", () => undefined);
    socket.once("connect", () => socket.write(`${line}\n`));
    socket.once("close", () => reject(new AppError("DATABASE_HELD", `The process behind ${path} closed without an answer. Try again.`)));
    socket.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ECONNREFUSED" || error.code === "ENOENT") resolve(undefined);
      else reject(error);
    });
  });
}

/** Runs a command in the process that holds the folder; undefined if nobody holds it. Throws what the command threw. */
export async function callHolder(folder: string, command: string, input: unknown): Promise<{ readonly pid: number; readonly result: unknown } | undefined> {
  const answer = await exchange(socketPath(folder), JSON.stringify({ command, input }));
  if (answer === undefined) return undefined;
  const reply = Reply.parse(JSON.parse(answer));
  if (reply.error !== undefined) throw new AppError("REQUEST_INVALID", reply.error);
  return { pid: reply.pid, result: reply.result };
}

function serve(handler: ControlHandler): Server {
  return createServer((socket) => {
    socket.on("error", () => socket.destroy());
    const lines = createInterface({ input: socket });
    lines.on("error", () => undefined);
    lines.on("line", async (line) => {
      const reply: z.infer<typeof Reply> = { pid: process.pid };
      try {
        const call = Call.parse(JSON.parse(line));
        if (call.command !== "pid") reply.result = await handler(call.command, call.input);
      } catch (error) {
        reply.error = messageOf(error);
      }
      socket.write(`${JSON.stringify(reply)}\n`);
    });
  });
}

function listen(server: Server, path: string): Promise<"listening" | "taken"> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => (error.code === "EADDRINUSE" ? resolve("taken") : reject(error)));
    server.listen(path, () => resolve("listening"));
  });
}

async function refuseIfHeld(folder: string): Promise<void> {
  const held = await callHolder(folder, "pid", undefined);
  if (held === undefined) return;
  throw new AppError("DATABASE_HELD", `Process ${held.pid} already uses ${folder}. End it first, or choose another DATA_DIR.`);
}

/** Moves a dead socket aside in one step; puts it back if another process took it over in between. */
async function clearStale(folder: string): Promise<void> {
  const path = socketPath(folder);
  const aside = `${path}.${process.pid}`;
  await rename(path, aside).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
  const alive = await exchange(aside, JSON.stringify({ command: "pid" }));
  if (alive !== undefined) await link(aside, path);
  await rm(aside, { force: true });
  if (alive !== undefined) await refuseIfHeld(folder);
}

/** Holds DATA_DIR for this process; throws DATABASE_HELD with the pid of the process that holds it already. Returns the release. */
export async function holdFolder(folder: string, handler: ControlHandler): Promise<() => Promise<void>> {
  const path = socketPath(folder);
  await mkdir(folder, { recursive: true });
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const server = serve(handler);
    if ((await listen(server, path)) === "listening") {
      return () => new Promise((resolve) => server.close(() => resolve()));
    }
    await refuseIfHeld(folder);
    await clearStale(folder);
  }
  throw new AppError("DATABASE_HELD", `${path} could not be taken. Is another process starting in ${folder}?`);
}
