import { connect, createServer, type Socket } from "node:net";
import { findFreePort } from "../../src/bench/free-port.ts";
import { databaseKinds, openEmptyDatabase } from "./databases.ts";
import { makeDataDir, makeFolder, type RunningServer, runProgram, startStadtlotse } from "./server.ts";
import { startWorker } from "./worker.ts";

/** The product as somebody runs it, behind one address. */
export interface Deployment {
  readonly url: string;
  /** All that it has logged. */
  logs(): string;
  close(): Promise<void>;
}

type Variables = Readonly<Record<string, string>>;

const dataKey = "01".repeat(32);
const processes = 3;

async function startEmbedded(variables: Variables): Promise<Deployment> {
  const server = await startStadtlotse({ env: variables });
  return { url: server.url, logs: () => server.logLines.join("\n"), close: async () => void (await server.stop()) };
}

/** Passes each connection to the next one of some ports, as a load balancer does. */
async function balance(port: number, targets: readonly number[]): Promise<() => Promise<void>> {
  const sockets = new Set<Socket>();
  let turn = 0;
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    return socket.on("close", () => sockets.delete(socket)).on("error", () => socket.destroy());
  };
  const server = createServer((incoming) => {
    turn += 1;
    const outgoing = keep(connect(targets[turn % targets.length] ?? 0, "127.0.0.1"));
    keep(incoming).pipe(outgoing).pipe(incoming);
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
}

async function startProcesses(variables: Variables): Promise<Deployment> {
  const database = await openEmptyDatabase("server");
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const env = { ...variables, DATABASE_URL: database.url ?? "", DATA_KEY: dataKey, PUBLIC_URL: url };
  const ports = await Promise.all(Array.from({ length: processes }, findFreePort));
  const all: RunningServer[] = [];
  // One after the other: the first one migrates and brings the models.
  for (const own of ports) all.push(await startStadtlotse({ env, args: ["--port", String(own)], dataDir: await makeDataDir() }));
  const end = await balance(port, ports);
  return {
    url,
    logs: () => all.flatMap(({ logLines }) => logLines).join("\n"),
    close: async () => {
      await end();
      await Promise.all(all.map((server) => server.stop()));
      await database.close();
    },
  };
}

async function startOnWorkerd(variables: Variables): Promise<Deployment> {
  const database = await openEmptyDatabase("server");
  const databaseUrl = database.url ?? "";
  const prepared = await runProgram("cli", ["prepare-database"], { DATABASE_URL: databaseUrl, DATA_DIR: await makeDataDir() });
  if (prepared.code !== 0) throw new Error(prepared.lines.join("\n"));
  const port = await findFreePort();
  const own = { PUBLIC_URL: `http://127.0.0.1:${port}`, DATA_KEY: dataKey, SEARCH_ENGINE: "postgres" };
  const worker = await startWorker({ home: await makeFolder(), port, databaseUrl, variables: { ...variables, ...own } });
  return {
    url: worker.url,
    logs: worker.output,
    close: async () => {
      await worker.stop();
      await database.close();
    },
  };
}

/** Every way to run the product; those that need a PostgreSQL server only with DATABASE_URL. */
export const deployments: readonly (readonly [name: string, start: (variables: Variables) => Promise<Deployment>])[] = [
  ["one process with the embedded database", startEmbedded],
  ...(databaseKinds().includes("server")
    ? ([
        ["three processes with PostgreSQL", startProcesses],
        ["workerd with PostgreSQL", startOnWorkerd],
      ] as const)
    : []),
];
