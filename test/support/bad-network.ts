import { connect, createServer, type Socket } from "node:net";

/** A way to a server on loopback that breaks when the test wants it to. */
export interface BadNetwork {
  readonly url: string;
  /** Where the connections of from now on lead. */
  leadTo(url: string): void;
  /** Lets nothing through any more on the connections that are open, and breaks none of them: a cable that was pulled. */
  freeze(): void;
  /** Breaks every open connection at once, whatever is on its way. */
  cut(): void;
  /** Breaks each connection of from now on after so many bytes from the server, in the middle of whatever that is; undefined ends it. */
  cutAfter(bytes: number | undefined): void;
  /** How many connections `cutAfter` has broken. */
  broken(): number;
  close(): Promise<void>;
}

/** Listens on a free port of loopback. */
export async function openBadNetwork(): Promise<BadNetwork> {
  const open = new Set<Socket>();
  const state: { target: URL | undefined; cutAfter: number | undefined; broken: number } = {
    target: undefined,
    cutAfter: undefined,
    broken: 0,
  };

  function join(client: Socket): void {
    if (state.target === undefined) {
      client.destroy();
      return;
    }
    const server = connect(Number(state.target.port), state.target.hostname);
    const end = () => {
      for (const socket of [client, server]) socket.destroy();
    };
    for (const socket of [client, server]) {
      open.add(socket);
      socket.on("error", end).on("close", () => {
        open.delete(socket);
        end();
      });
    }
    let left = state.cutAfter ?? Number.POSITIVE_INFINITY;
    client.on("data", (chunk) => server.write(chunk));
    server.on("data", (chunk) => {
      client.write(chunk.subarray(0, Math.min(left, chunk.length)));
      left -= chunk.length;
      if (left > 0) return;
      state.broken += 1;
      client.end(end);
    });
  }

  const listener = createServer(join);
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const address = listener.address();
  const cut = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`,
    leadTo: (url) => {
      state.target = new URL(url);
    },
    freeze: () => {
      for (const socket of open) socket.pause();
    },
    cut,
    cutAfter: (bytes) => {
      state.cutAfter = bytes;
    },
    broken: () => state.broken,
    close: () =>
      new Promise((resolve) => {
        listener.close(() => resolve());
        cut();
      }),
  };
}

/** A port of loopback that was free a moment ago, for a server that is told another public address than its own. */
export async function freePort(): Promise<number> {
  const listener = createServer();
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const address = listener.address();
  await new Promise((resolve) => listener.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}
