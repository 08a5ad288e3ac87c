import { setTimeout as sleep } from "node:timers/promises";
import { WebSocket } from "ws";
import { z } from "zod";
import { AppError } from "../core/errors.ts";
import { residentMegabytesOf } from "./process-memory.ts";

/** What open chats that say nothing cost a process. */
export interface IdleReport {
  readonly sockets: number;
  /** Those that were still open at the end. */
  readonly stayed: number;
  readonly megabytesBefore: number;
  readonly megabytesWith: number;
}

export interface IdleOptions {
  readonly url: string;
  readonly pid: number;
  readonly sockets: number;
  /** How long they rest before the memory is read. */
  readonly restSeconds: number;
  readonly onProgress: (open: number) => void;
}

const atOnce = 24;
const Issued = z.object({ token: z.string() });
const Begun = z.object({ streamUrl: z.string() });

async function openOne(url: string, index: number): Promise<WebSocket> {
  // Each from a network of its own, as people are.
  const from = { Origin: url, "X-Forwarded-For": `10.${Math.floor(index / 62_500)}.${Math.floor(index / 250) % 250}.${index % 250}` };
  const post = async (path: string, headers: Record<string, string>) => {
    const response = await fetch(`${url}/v3/directline${path}`, { method: "POST", headers: { ...from, ...headers } });
    if (!response.ok) throw new AppError("SERVER_UNREACHABLE", `${path} was answered with ${response.status}.`);
    return await response.json();
  };
  const { token } = Issued.parse(await post("/tokens/generate", {}));
  const { streamUrl } = Begun.parse(await post("/conversations", { Authorization: `Bearer ${token}` }));
  return await new Promise((resolve, reject) => {
    const socket = new WebSocket(streamUrl, { origin: url, headers: from });
    socket.once("open", () => resolve(socket)).once("error", reject);
  });
}

/** Opens many chats with a WebSocket each and lets them rest. */
export async function measureIdleSockets({ url, pid, sockets: wanted, restSeconds, onProgress }: IdleOptions): Promise<IdleReport> {
  const megabytesBefore = await residentMegabytesOf(pid);
  const sockets: WebSocket[] = [];
  let begun = 0;
  const opener = async () => {
    while (begun < wanted) {
      begun += 1;
      sockets.push(await openOne(url, begun));
      onProgress(sockets.length);
    }
  };
  try {
    await Promise.all(Array.from({ length: atOnce }, opener));
    await sleep(restSeconds * 1000);
    const stayed = sockets.filter((socket) => socket.readyState === WebSocket.OPEN).length;
    return { sockets: wanted, stayed, megabytesBefore, megabytesWith: await residentMegabytesOf(pid) };
  } finally {
    for (const socket of sockets) socket.terminate();
  }
}
