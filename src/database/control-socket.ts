import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { AppError, messageOf } from "../core/errors.ts";
import { lockFolder, lockNameBytes } from "./folder-lock.ts";
import { answerLines, exchange } from "./unix-socket.ts";

/** Bytes of a DATA_DIR: paths of Unix sockets end at 107 on Linux and 103 on macOS, and a lock's name is the longest in the folder. */
const longestFolder = 103 - lockNameBytes;
const Reply = z.object({ pid: z.number().int(), result: z.unknown().optional(), error: z.string().optional() });
const Call = z.object({ command: z.string(), input: z.unknown().optional() });

/** What a running process does for commands in other processes; `pid` it answers by itself. */
export type ControlHandler = (command: string, input: unknown) => Promise<unknown>;

function socketPath(folder: string): string {
  if (Buffer.byteLength(folder) <= longestFolder) return join(folder, "control.sock");
  throw new AppError("CONFIG_INVALID", `DATA_DIR is too long for a socket (${folder}). Use a path of at most ${longestFolder} bytes.`);
}

/** Runs a command in the process that holds the folder; undefined if nobody holds it. Throws REQUEST_INVALID with the message of what the command threw. */
export async function callHolder(
  folder: string,
  command: string,
  input: unknown,
): Promise<{ readonly pid: number; readonly result: unknown } | undefined> {
  const answer = await exchange(socketPath(folder), toLine({ command, input }));
  if (answer.kind === "dead") return undefined;
  if (answer.kind === "closed") throw new AppError("DATABASE_HELD", `The process that uses ${folder} ended without an answer. Try again.`);
  const reply = Reply.parse(JSON.parse(answer.line));
  if (reply.error !== undefined) throw new AppError("REQUEST_INVALID", reply.error);
  return { pid: reply.pid, result: reply.result };
}

/** JSON on one line: readers of lines end them at these two characters as well, which JSON may hold. */
function toLine(value: unknown): string {
  return JSON.stringify(value).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
}

async function run(handler: ControlHandler, line: string): Promise<string> {
  const { pid } = process;
  try {
    const call = Call.parse(JSON.parse(line));
    const result = call.command === "pid" ? pid : await handler(call.command, call.input);
    return toLine({ pid, result } satisfies z.infer<typeof Reply>);
  } catch (error) {
    return toLine({ pid, error: messageOf(error) } satisfies z.infer<typeof Reply>);
  }
}

async function lockAndListen(folder: string, handler: ControlHandler): Promise<() => Promise<void>> {
  const path = socketPath(folder);
  await mkdir(folder, { recursive: true });
  const unlock = await lockFolder(folder);
  try {
    // Under the lock, whatever stands here is a dead process's.
    await rm(path, { force: true });
    const stop = await answerLines(path, (line) => run(handler, line));
    return async () => {
      stop();
      await unlock();
    };
  } catch (error) {
    await unlock();
    throw error;
  }
}

/** Holds DATA_DIR for this process; throws DATABASE_HELD with the pid of the process that holds it already. Returns the release, which cuts off callers. */
export async function holdFolder(folder: string, handler: ControlHandler): Promise<() => Promise<void>> {
  try {
    return await lockAndListen(folder, handler);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError("CONFIG_INVALID", `DATA_DIR cannot be used: ${messageOf(error)}. Choose a folder that this user may write to.`, {
      cause: error,
    });
  }
}
