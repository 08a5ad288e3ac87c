import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { z } from "zod";
import type { OpenDatabase } from "./database.ts";

const Rows = z.array(z.record(z.string(), z.unknown()));

/** postgres.js answers one statement with its rows, and several with a list of such answers. */
function lastRows(answer: readonly unknown[]): readonly Record<string, unknown>[] {
  const last = answer.at(-1);
  return Rows.parse(Array.isArray(last) ? last : answer);
}

/** Opens a PostgreSQL server (15 or later) by its URL; connects on the first query. */
export function openServer(url: string, options: { readonly connections: number }): OpenDatabase {
  const client = postgres(url, { max: options.connections, onnotice: () => undefined, connect_timeout: 5 });
  const db = drizzle(client);
  return {
    engine: "server",
    db,
    transact: async (work) => {
      const box: { result?: Awaited<ReturnType<typeof work>> } = {};
      await client.begin(async (transaction) => {
        box.result = await work(async (text) => lastRows(await transaction.unsafe(text)));
      });
      return box.result as Awaited<ReturnType<typeof work>>;
    },
    close: () => client.end({ timeout: 5 }),
  };
}
