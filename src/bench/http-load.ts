import { connect, type Socket } from "node:net";
import { AppError } from "../core/errors.ts";

/** Posts over kept connections with as little work as can be: what measures must not be what is measured. */
export interface LoadClient {
  /** Resolves to the status once the whole answer is there; waits for a free connection first. */
  post(path: string, headers: Readonly<Record<string, string>>, body: string): Promise<number>;
  close(): void;
}

interface Connection {
  /** False once the server has closed it, as servers do with connections that rest. */
  readonly isOpen: boolean;
  send(request: string): Promise<number>;
  end(): void;
}

const endOfHead = "\r\n\r\n";

/** Status and whole length of an answer that starts a text of bytes; undefined while its head is not whole. */
function readHead(received: string): { readonly status: number; readonly length: number } | undefined {
  const end = received.indexOf(endOfHead);
  if (end === -1) return undefined;
  const head = received.slice(0, end);
  const length = /^content-length: (\d+)/im.exec(head)?.[1];
  return { status: Number(head.slice(9, 12)), length: end + endOfHead.length + Number(length ?? 0) };
}

function openConnection(port: number): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect(port, "127.0.0.1");
    let received = "";
    let waiting: { resolve: (status: number) => void; reject: (error: Error) => void } | undefined;
    socket.setNoDelay(true);
    socket.setEncoding("latin1");
    socket.on("data", (chunk: string) => {
      received += chunk;
      const head = readHead(received);
      if (head === undefined || received.length < head.length) return;
      const isLast = /^connection: close/im.test(received.slice(0, head.length));
      received = received.slice(head.length);
      waiting?.resolve(head.status);
      if (isLast) socket.destroy();
    });
    socket.once("error", (error) => {
      reject(error);
      waiting?.reject(error);
    });
    socket.once("close", () => waiting?.reject(new AppError("SERVER_UNREACHABLE", "The server closed a connection.")));
    socket.once("connect", () =>
      resolve({
        get isOpen() {
          return !socket.destroyed && socket.writable;
        },
        send: (request) =>
          new Promise((answered, failed) => {
            waiting = { resolve: answered, reject: failed };
            socket.write(request);
          }),
        end: () => socket.destroy(),
      }),
    );
  });
}

/** Opens up to `connections` connections to a port of loopback. Answers must say how long they are. */
export function createLoadClient(port: number, connections: number): LoadClient {
  const free: Connection[] = [];
  const waiting: ((connection: Connection | undefined) => void)[] = [];
  let open = 0;

  /** A connection that is free, or room for a new one. */
  function take(): Promise<Connection | undefined> {
    const connection = free.pop();
    if (connection !== undefined) return Promise.resolve(connection);
    if (open === connections) return new Promise((resolve) => waiting.push(resolve));
    open += 1;
    return Promise.resolve(undefined);
  }

  function giveBack(connection: Connection): void {
    const next = waiting.shift();
    if (next === undefined) free.push(connection);
    else next(connection);
  }

  return {
    post: async (path, headers, body) => {
      const taken = await take();
      let connection = taken?.isOpen === true ? taken : await openConnection(port);
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
      const head = `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: ${Buffer.byteLength(body)}\r\n${lines.join("")}\r\n`;
      try {
        return await connection.send(head + body);
      } catch (error) {
        // Servers close connections that rest, maybe at this very moment: a new one is tried, as browsers do.
        if (connection !== taken) throw error;
        connection = await openConnection(port);
        return await connection.send(head + body);
      } finally {
        giveBack(connection);
      }
    },
    close: () => {
      for (const connection of free) connection.end();
    },
  };
}
