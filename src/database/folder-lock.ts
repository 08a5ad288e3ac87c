import { randomBytes } from "node:crypto";
import { readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { AppError } from "../core/errors.ts";
import { answerLines, exchange } from "./unix-socket.ts";

/** How far an applicant is: looking at the others, letting a lower name go first, or done. */
const Standing = z.object({ pid: z.number().int(), standing: z.enum(["looking", "waiting", "holding"]) });
type Standing = z.infer<typeof Standing>;
type Applicant = Standing & { readonly name: string };

const lockName = /^hold\.[0-9a-f]{8}$/;
/** Bytes that a lock's name adds to its folder, the slash included. */
export const lockNameBytes = 14;
/** An opening database keeps its process busy for seconds. */
const answerWithinMs = 5_000;
const takenWithinMs = 20_000;
const lookAgainMs = 10;

/** The applicant behind a lock; undefined if it is dead. One that ends while it is asked counts as looking, so that it is asked again. */
async function askApplicant(folder: string, name: string): Promise<Applicant | undefined> {
  const startedAt = Date.now();
  const reply = await exchange(join(folder, name), "", answerWithinMs);
  if (reply.kind === "dead") return undefined;
  if (reply.kind === "line") return { ...Standing.parse(JSON.parse(reply.line)), name };
  if (Date.now() - startedAt < answerWithinMs) return { pid: 0, standing: "looking", name };
  throw new AppError("DATABASE_HELD", `A process that does not answer uses ${folder}. End it first, or choose another DATA_DIR.`);
}

/** The other live applicants. A dead one's lock is removed: its name never comes back, so nobody else's can be hit. */
async function findOthers(folder: string, own: string): Promise<readonly Applicant[]> {
  const names = (await readdir(folder)).filter((name) => lockName.test(name) && name !== own);
  const found = await Promise.all(
    names.map(async (name) => {
      const applicant = await askApplicant(folder, name);
      if (applicant === undefined) await rm(join(folder, name), { force: true });
      return applicant === undefined ? [] : [applicant];
    }),
  );
  return found.flat();
}

/** Shows this process as an applicant; the name appears only when a connect already succeeds. Returns the end. */
async function apply(folder: string, id: string, state: Standing): Promise<() => Promise<void>> {
  const path = join(folder, `new.${id}`);
  const shown = join(folder, `hold.${id}`);
  const stop = await answerLines(path, async () => JSON.stringify(state));
  await rename(path, shown);
  return async () => {
    await rm(shown, { force: true });
    stop();
  };
}

function refuse(folder: string, holder: Applicant): never {
  throw new AppError("DATABASE_HELD", `Process ${holder.pid} already uses ${folder}. End it first, or choose another DATA_DIR.`);
}

/**
 * Holds a folder for this process until the returned release; throws DATABASE_HELD with the holder's pid.
 * Everybody shows their own lock before they look for others, so of two at least one sees the other; the lower name goes first.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const id = randomBytes(4).toString("hex");
  const own = `hold.${id}`;
  const state: Standing = { pid: process.pid, standing: "looking" };
  const release = await apply(folder, id, state);
  try {
    for (const end = Date.now() + takenWithinMs; Date.now() < end; await sleep(lookAgainMs)) {
      const shown = state.standing;
      const others = await findOthers(folder, own);
      const holder = others.find((other) => other.standing === "holding");
      if (holder !== undefined) refuse(folder, holder);
      state.standing = others.some((other) => other.name < own) ? "waiting" : "looking";
      // A look counts only if the others could see this process looking all the while.
      if (shown === "waiting" || others.some((other) => other.name < own || other.standing !== "waiting")) continue;
      state.standing = "holding";
      return release;
    }
    throw new AppError("DATABASE_HELD", `${folder} could not be taken: other processes are starting there. Try again.`);
  } catch (error) {
    await release();
    throw error;
  }
}
