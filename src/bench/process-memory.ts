import { readFile } from "node:fs/promises";
import { AppError } from "../core/errors.ts";

async function readMegabytes(pid: number, name: "VmRSS" | "VmHWM"): Promise<number> {
  const kilobytes = new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(await readFile(`/proc/${pid}/status`, "utf8"))?.[1];
  if (kilobytes === undefined) throw new AppError("USAGE", "The memory of a process is read from /proc, which only Linux has.");
  return Math.round(Number(kilobytes) / 102.4) / 10;
}

/** Megabytes that a process holds resident now (Linux only). */
export function residentMegabytesOf(pid: number): Promise<number> {
  return readMegabytes(pid, "VmRSS");
}

/** The most megabytes that a process has held resident so far (Linux only). */
export function peakMegabytesOf(pid: number): Promise<number> {
  return readMegabytes(pid, "VmHWM");
}
