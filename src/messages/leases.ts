import { type SQL, sql } from "drizzle-orm";
import type { Logger } from "pino";
import { messageOf } from "../core/errors.ts";
import { type Database, guarded } from "../database/database.ts";

/** Who holds what: the fencing token tells this claim from a later one. */
export interface Lease {
  readonly conversationId: string;
  readonly token: number;
}

/** Seconds after which others take over what a killed process held; short, so that people do not wait for long. */
export const leaseSeconds = 5;

/** Leases as a table `lease(id, token)`. */
export function leaseRows(leases: readonly Lease[]): SQL {
  const rows = JSON.stringify(leases.map(({ conversationId, token }) => ({ id: conversationId, token })));
  return sql`jsonb_to_recordset(${rows}::jsonb) as lease(id uuid, token bigint)`;
}

/** Ends every lease, whoever held it; only for a process that knows to be the only one. What was being sent stays marked as broken off. */
export async function endLeases(db: Database): Promise<void> {
  await guarded("Ending leases", async () => {
    await db.execute(sql`update contacts set due_at = now() where waiting > 0 and due_at > now()`);
    await db.execute(sql`update send_queue set due_at = now() where under_way and due_at > now()`);
  });
}

const beatMs = 1000;
const renewAfterMs = 1500;

/** Keeps leases alive while their work goes on. */
export interface Heartbeat {
  hold(lease: Lease): void;
  drop(lease: Lease): void;
  /** What is held at this moment. */
  held(): readonly Lease[];
  stop(): void;
}

/** Calls `renew` every second with the leases that were taken or renewed some time ago; a fault is logged and the next beat tries again. */
export function createHeartbeat(renew: (leases: readonly Lease[]) => Promise<void>, log: Logger): Heartbeat {
  const held = new Map<Lease, number>();

  async function beat(): Promise<void> {
    const now = performance.now();
    const old = [...held].flatMap(([lease, at]) => (now - at < renewAfterMs ? [] : [lease]));
    if (old.length === 0) return;
    try {
      await renew(old);
      for (const lease of old) if (held.has(lease)) held.set(lease, now);
    } catch (error) {
      log.warn({ leases: old.length, reason: messageOf(error) }, "leases not renewed, will be tried again");
    }
  }

  const timer = setInterval(() => void beat(), beatMs);
  timer.unref();
  return {
    hold: (lease) => void held.set(lease, performance.now()),
    drop: (lease) => void held.delete(lease),
    held: () => [...held.keys()],
    stop: () => clearInterval(timer),
  };
}
