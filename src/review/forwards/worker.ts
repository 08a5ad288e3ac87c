import { sql } from "drizzle-orm";
import { z } from "zod";
import type { GapSource } from "../../core/clusters.ts";
import { type Database, guarded, rowsOf } from "../../database/database.ts";
import { showCluster } from "../clusters/inbox.ts";
import { messageOf, sign } from "./message.ts";

/** The system that takes what is forwarded. */
export interface ForwardReceiver {
  readonly url: string;
  /** What messages are signed with. */
  readonly secret: string;
}

export interface ForwarderParts {
  readonly db: Database;
  readonly source: GapSource;
  readonly receiver: ForwardReceiver;
  readonly publicUrl: string;
  readonly now: () => Date;
  /** Called after each attempt. */
  readonly onChange: () => void;
}

const timeoutMs = 10_000;
const minute = 60;
/** Seconds until the next attempt, after the first, the second … */
const waits = [minute, 5 * minute, 30 * minute, 120 * minute, 480 * minute, 1440 * minute];
const longestWait = 1440 * minute;
/** Statuses of the 400s after which trying again helps (RFC 9110, RFC 8470, RFC 6585). */
const passing = new Set([408, 425, 429]);

const Claimed = z.object({ id: z.string(), clusterId: z.number(), note: z.string().nullable(), attempts: z.number() });

type Claimed = z.output<typeof Claimed>;

/** How an attempt ended; `waitSeconds` is undefined where another one does not help. */
type Outcome = { readonly kind: "sent" } | { readonly kind: "fault"; readonly fault: string; readonly waitSeconds: number | undefined };

function retryAfter({ headers }: Response, nowMs: number): number | undefined {
  const text = headers.get("retry-after");
  if (text === null) return undefined;
  const seconds = /^\d+$/.test(text) ? Number(text) : (Date.parse(text) - nowMs) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.min(longestWait, Math.max(1, Math.ceil(seconds)));
}

/** Takes the next that is due, for as long as an attempt may take: nobody else tries it meanwhile, and whoever dies leaves it to others. */
async function claim(db: Database): Promise<Claimed | undefined> {
  const rows = await db.execute(sql`
    update forwards set attempts = attempts + 1, next_at = now() + make_interval(secs => ${(2 * timeoutMs) / 1000})
    where id = (select id from forwards where state = 'waiting' and next_at <= now() order by next_at limit 1 for update skip locked)
    returning id, cluster_id as "clusterId", note, attempts`);
  return Claimed.array().parse(rowsOf(rows))[0];
}

async function write(db: Database, { id }: Claimed, outcome: Outcome): Promise<void> {
  if (outcome.kind === "sent") {
    await db.execute(sql`update forwards set state = 'sent', sent_at = now(), fault = null where id = ${id}`);
    return;
  }
  const { fault, waitSeconds } = outcome;
  await db.execute(
    waitSeconds === undefined
      ? sql`update forwards set state = 'failed', fault = ${fault} where id = ${id}`
      : sql`update forwards set fault = ${fault}, next_at = now() + make_interval(secs => ${waitSeconds}) where id = ${id}`,
  );
}

/** Sends what staff forwarded to the receiver, in any number of processes at once. */
export function createForwarder({ db, source, receiver, publicUrl, now, onChange }: ForwarderParts): { step(): Promise<boolean> } {
  async function post(body: string, { id, attempts }: Claimed): Promise<Outcome> {
    const seconds = Math.floor(now().getTime() / 1000);
    const later = waits[attempts - 1];
    try {
      const response = await fetch(receiver.url, {
        method: "POST",
        headers: {
          "Content-Type": "application/json",
          "Idempotency-Key": id,
          "X-Stadtlotse-Timestamp": String(seconds),
          "X-Stadtlotse-Signature": await sign(receiver.secret, seconds, body),
        },
        body,
        redirect: "manual",
        signal: AbortSignal.timeout(timeoutMs),
      });
      await response.body?.cancel();
      if (response.ok) return { kind: "sent" };
      const helps = response.status >= 500 || passing.has(response.status);
      const waitSeconds = helps && later !== undefined ? (retryAfter(response, now().getTime()) ?? later) : undefined;
      return { kind: "fault", fault: `status ${response.status}`, waitSeconds };
    } catch (error) {
      const fault = error instanceof DOMException && error.name === "TimeoutError" ? "no answer in time" : "not reachable";
      return { kind: "fault", fault, waitSeconds: later };
    }
  }

  async function send(claimed: Claimed): Promise<Outcome> {
    const message = messageOf(claimed, await showCluster(db, source, claimed.clusterId), publicUrl);
    // What has been erased since is told to nobody.
    if (message.asked === 0) return { kind: "fault", fault: "nothing left", waitSeconds: undefined };
    return await post(JSON.stringify(message), claimed);
  }

  async function step(): Promise<boolean> {
    const claimed = await claim(db);
    if (claimed === undefined) return false;
    await write(db, claimed, await send(claimed));
    onChange();
    return true;
  }

  return { step: () => guarded("Forwarding questions", step) };
}
