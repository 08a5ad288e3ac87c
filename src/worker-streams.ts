import type { Hono } from "hono";
import { openServer } from "./database/server.ts";
import { wireStreams } from "./wire.ts";
import { createWorkerLog } from "./worker-log.ts";
import { type Bindings, readWorkerConfig, readWorkerKey } from "./worker-platform.ts";
import { upgradeWebSocket } from "./worker-web-socket.ts";

/** Longer than from one look for answers to the next, shorter than workerd leaves an object that nobody uses. */
const idleMs = 2_000;

/** The WebSockets of one conversation; it lives as long as they do, with one connection of its own. */
export function openConversationStreams(bindings: Bindings): Promise<Hono> {
  const config = readWorkerConfig(bindings);
  // Hyperdrive lends connections for a query or a transaction: nobody can listen on one.
  const { listen: _, ...database } = openServer(bindings.HYPERDRIVE.connectionString, { connections: 1, idleMs });
  return wireStreams(config, {
    database,
    dataKey: readWorkerKey(config),
    publicUrl: config.publicUrl ?? "",
    upgradeWebSocket,
    now: () => new Date(),
    log: createWorkerLog(config.logLevel),
  });
}
