import { setTimeout as sleep } from "node:timers/promises";
import { drizzle } from "drizzle-orm/node-postgres";
import type { PgTransactionConfig } from "drizzle-orm/pg-core";
import pg from "pg";
import { z } from "zod";
import { AppError } from "../core/errors.ts";
import type { Database, OpenDatabase } from "./database.ts";
import { currentEvent, duringEvent } from "./event.ts";

const connectWithinMs = 5000;
/** A process that stopped in the middle of a transaction must not keep others from their rows. */
const idleInTransactionMs = 10_000;
/** A connection that broke without a word would hold up whoever asks on it until the kernel gives up, a quarter of an hour later. */
const answerWithinMs = 15_000;
/** Migrations may rewrite large tables. */
const migrateWithinMs = 3_600_000;
/** After so long a rest the kernel asks whether the other side is there. */
const keepAliveMs = 5000;
const connectionIdleMs = 10_000;
/** For queries that are under way when the database is closed. */
const closeWithinMs = 2000;
const listenAgainMs = 500;

const keptAlive = { keepAlive: true, keepAliveInitialDelayMillis: keepAliveMs };

const Rows = z.array(z.record(z.string(), z.unknown()));

/** pg answers one statement with an object, and several with a list of them. */
function lastRows(answer: unknown): readonly Record<string, unknown>[] {
  const last = Array.isArray(answer) ? answer.at(-1) : answer;
  return Rows.parse(typeof last === "object" && last !== null && "rows" in last ? last.rows : []);
}

/** pg takes the limit of one query beside its text, which its types do not say. */
function withTime(text: string): pg.QueryConfig {
  return Object.assign({ text }, { query_timeout: migrateWithinMs });
}

/** A lost connection fails the query it is lost in; what it says beside that would end the process if nobody heard it. */
function hearFaults(client: pg.ClientBase): void {
  client.on("error", () => undefined);
}

/** The client with its statements one behind the other: what is asked for at the same time in one transaction must not wait inside pg, which will refuse it. */
function inOrder(client: pg.PoolClient): pg.PoolClient {
  let last: Promise<unknown> = Promise.resolve();
  const query = (...given: readonly unknown[]): Promise<unknown> => {
    const next = last.then(() => Reflect.apply(client.query, client, given));
    last = next.catch(() => undefined);
    return next;
  };
  return Object.assign(Object.create(client), { query });
}

function beginOf(config: PgTransactionConfig | undefined): string {
  const level = config?.isolationLevel === undefined ? "" : ` isolation level ${config.isolationLevel}`;
  return `begin${level}${config?.accessMode === undefined ? "" : ` ${config.accessMode}`}`;
}

/** Runs work in a transaction on a connection of its own, which is thrown away where it is not sure to be clean; the work's own fault comes out. */
async function inTransaction<Result>(
  pool: Pick<pg.Pool, "connect">,
  config: PgTransactionConfig | undefined,
  work: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  let isClean = false;
  try {
    await client.query(beginOf(config));
    const result = await work(client);
    await client.query("commit");
    isClean = true;
    return result;
  } catch (error) {
    isClean = await client.query("rollback").then(
      () => true,
      () => false,
    );
    throw error;
  } finally {
    client.release(!isClean);
  }
}

/** Hears notifications on a connection of its own, and listens again after that was lost. */
async function listenOn(url: string, channel: string, heard: (payload: string) => void): Promise<() => Promise<void>> {
  const state: { client: pg.Client | undefined; ended: boolean } = { client: undefined, ended: false };

  async function open(): Promise<void> {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: connectWithinMs, ...keptAlive });
    hearFaults(client);
    try {
      await client.connect();
      client.on("notification", ({ payload }) => heard(payload ?? ""));
      await client.query(`listen ${pg.escapeIdentifier(channel)}`);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
    if (state.ended) return await client.end();
    state.client = client;
    client.once("end", () => void reopen());
  }

  /** Whatever the reason: notifications are a hint, everybody looks by themselves too, and the queries beside it say what is wrong. */
  async function reopen(): Promise<void> {
    let isOpen = false;
    while (!state.ended && !isOpen) {
      await sleep(listenAgainMs);
      isOpen = await open().then(
        () => true,
        () => false,
      );
    }
  }

  await open();
  return async () => {
    state.ended = true;
    await state.client?.end();
  };
}

export interface ServerOptions {
  readonly connections: number;
  /** A query that takes longer has failed, and its connection is given up; 15 s if absent. */
  readonly answerWithinMs?: number;
  /** A connection that nobody used for so long is closed; 10 s if absent. */
  readonly idleMs?: number;
}

function openPool(
  url: string,
  { connections, answerWithinMs: withinMs = answerWithinMs, idleMs = connectionIdleMs }: ServerOptions,
): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    idleTimeoutMillis: idleMs,
    connectionTimeoutMillis: Math.min(connectWithinMs, withinMs),
    idle_in_transaction_session_timeout: idleInTransactionMs,
    // Ours for a server that says nothing, the server's own for a statement that nobody waits for any more.
    query_timeout: withinMs,
    statement_timeout: withinMs,
    ...keptAlive,
  });
  pool.on("error", () => undefined);
  pool.on("connect", hearFaults);
  return pool;
}

/** The query layer over whatever pool is the right one at the moment of a query. */
function databaseOver(poolNow: () => pg.Pool): Pick<OpenDatabase, "engine" | "db" | "transact"> {
  const pool = {
    query: (...given: readonly unknown[]): unknown => Reflect.apply(poolNow().query, poolNow(), given),
    connect: () => poolNow().connect(),
  };
  // Drizzle asks for a whole pool and uses `query`.
  const db = drizzle(pool as unknown as pg.Pool);
  // Drizzle's own loses a connection where "begin" fails, and the cause where "rollback" fails.
  const transaction: Database["transaction"] = (work, config) => inTransaction(pool, config, (client) => work(drizzle(inOrder(client))));
  return {
    engine: "server",
    db: Object.assign(db, { transaction }),
    transact: (work) =>
      inTransaction(pool, undefined, async (client) => {
        await client.query(`set local statement_timeout = ${migrateWithinMs}`);
        return await work(async (text) => lastRows(await client.query(withTime(text))));
      }),
  };
}

const endPool = async (pool: pg.Pool): Promise<void> => await Promise.race([pool.end(), sleep(closeWithinMs)]);

/** Opens a PostgreSQL server (15 or later) by its URL; connects on the first query. */
export function openServer(url: string, options: ServerOptions): OpenDatabase {
  const pool = openPool(url, options);
  return {
    ...databaseOver(() => pool),
    listen: (channel, heard) => listenOn(url, channel, heard),
    close: () => endPool(pool),
  };
}

/** A server on a platform where a connection belongs to the event that opened it. */
export interface EventServer {
  /** Usable within `during` only. It cannot listen: nothing lives on between events. */
  readonly database: OpenDatabase;
  /** Handles one event with connections of its own, which end after it. */
  during<Result>(work: () => Promise<Result>): Promise<Result>;
}

/** Opens a PostgreSQL server for events, each with connections of its own; Hyperdrive keeps the ones behind them. */
export function openEventServer(url: string, options: ServerOptions): EventServer {
  const pools = new WeakMap<object, pg.Pool>();
  const poolNow = (): pg.Pool => {
    const event = currentEvent();
    const pool = event === undefined ? undefined : pools.get(event);
    if (pool === undefined)
      throw new AppError("DATABASE_FAILED", "The database was asked outside of an event; its connections belong to one.");
    return pool;
  };
  return {
    database: { ...databaseOver(poolNow), close: async () => undefined },
    during: async (work) => {
      const [event, pool] = [{}, openPool(url, options)];
      pools.set(event, pool);
      try {
        return await duringEvent(event, work);
      } finally {
        await endPool(pool);
      }
    },
  };
}
