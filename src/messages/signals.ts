import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Logger } from "pino";
import { messageOf } from "../core/errors.ts";
import { guarded, type OpenDatabase } from "../database/database.ts";

/** What other processes of one database are told: messages wait, answers wait to be sent, answers can be fetched, the catalogue has changed, or clusters have. */
export const topics = ["messages", "letters", "answers", "catalogue", "clusters"] as const;

export type Topic = (typeof topics)[number];

/** Tells other processes that there is something to do: a hint, since they look by themselves too. */
export interface Signals {
  announce(topic: Topic): void;
  /** Calls back when another process has announced; the returned function ends it. */
  subscribe(topic: Topic, heard: () => void): () => void;
  close(): Promise<void>;
}

const channel = "stadtlotse_messages";
/** Commits that notify wait for each other in the server, so a busy process does it in a statement of its own and not more often than this. */
const quietMs = 50;

function isTopic(text: string | undefined): text is Topic {
  return topics.some((topic) => topic === text);
}

/** Signals over LISTEN and NOTIFY where the database is a server; an embedded one has a single process, and nobody to tell. */
export async function openSignals(database: Pick<OpenDatabase, "db" | "listen">, log: Logger): Promise<Signals> {
  const { db, listen } = database;
  const own = randomUUID();
  const listeners = new Map(topics.map((topic) => [topic, new Set<() => void>()]));
  const quiet = new Map<Topic, { again: boolean }>();

  function hear(payload: string): void {
    const [sender, topic] = payload.split(" ");
    if (sender !== own && isTopic(topic)) for (const heard of listeners.get(topic) ?? []) heard();
  }

  async function notify(topic: Topic): Promise<void> {
    try {
      await guarded("Telling other processes", () => db.execute(sql`select pg_notify(${channel}, ${`${own} ${topic}`})`));
    } catch (error) {
      log.debug({ topic, reason: messageOf(error) }, "not announced; other processes find it by looking");
    }
  }

  function announce(topic: Topic): void {
    const already = quiet.get(topic);
    if (already !== undefined) {
      already.again = true;
      return;
    }
    const current = { again: false };
    quiet.set(topic, current);
    void notify(topic);
    setTimeout(() => {
      quiet.delete(topic);
      if (current.again) announce(topic);
    }, quietMs).unref();
  }

  const stop = await listen?.(channel, hear);
  return {
    announce: listen === undefined ? () => undefined : announce,
    subscribe: (topic, heard) => {
      listeners.get(topic)?.add(heard);
      return () => void listeners.get(topic)?.delete(heard);
    },
    close: async () => await stop?.(),
  };
}
