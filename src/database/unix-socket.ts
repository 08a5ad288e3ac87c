import { createConnection, createServer, type Server, type Socket } from "node:net";
import { createInterface } from "node:readline";

/** What came back from a socket: a line, nothing because its process is dead, or an end without an answer. */
export type Exchange = { readonly kind: "line"; readonly line: string } | { readonly kind: "dead" } | { readonly kind: "closed" };

/** Nobody listens: the process ended, or its socket is gone. */
const deadCodes = new Set(["ECONNREFUSED", "ENOENT"]);
/** The process ends just now, or more people call than it takes. */
const closedCodes = new Set(["ECONNRESET", "EPIPE", "EAGAIN"]);

/** Sends one line and resolves with the first line that comes back; `withinMs` counts as closed when it is over. Rejects where the socket may not be opened. */
export function exchange(path: string, line: string, withinMs?: number): Promise<Exchange> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(path);
    const timer = withinMs === undefined ? undefined : setTimeout(() => socket.destroy(), withinMs);
    const lines = createInterface({ input: socket });
    lines.on("error", () => undefined);
    lines.once("line", (answer) => {
      resolve({ kind: "line", line: answer });
      socket.end();
    });
    socket.once("connect", () => socket.write(`${line}\n`));
    socket.on("error", (error: NodeJS.ErrnoException) => {
      if (deadCodes.has(error.code ?? "")) resolve({ kind: "dead" });
      else if (!closedCodes.has(error.code ?? "")) reject(error);
    });
    socket.once("close", () => {
      clearTimeout(timer);
      resolve({ kind: "closed" });
    });
  });
}

/** Answers every line that comes in on a Unix socket. The returned end removes the path it was opened under and cuts off callers. */
export async function answerLines(path: string, answer: (line: string) => Promise<string>): Promise<() => void> {
  const callers = new Set<Socket>();
  const server: Server = createServer((socket) => {
    callers.add(socket);
    socket.once("close", () => callers.delete(socket));
    socket.on("error", () => socket.destroy());
    const lines = createInterface({ input: socket });
    lines.on("error", () => undefined);
    lines.on("line", async (line) => {
      const answered = await answer(line);
      if (socket.writable) socket.write(`${answered}\n`);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(path, resolve);
  });
  return () => {
    server.close();
    for (const caller of callers) caller.destroy();
  };
}
