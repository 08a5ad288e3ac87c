import { type Context, Hono } from "hono";
import type { Logger } from "pino";
import { AppError, messageOf } from "../core/errors.ts";
import { type Metrics, unwatched } from "../core/metrics.ts";
import { createLanes } from "./lanes.ts";
import type { Count, Counted } from "./request-counts.ts";

/** What one address may do in a minute, over all processes. Whole offices and schools share an address, so these are far above what a person does. */
interface Rule {
  readonly kind: string;
  readonly method: "GET" | "POST";
  readonly path: RegExp;
  readonly perMinute: number;
}

/** The first rule that fits counts. Platforms sign what they send, and send for everybody from few addresses: their webhooks are not counted. */
const rules: readonly Rule[] = [
  { kind: "sign-in", method: "POST", path: /^\/console\/(?:sign-in|set-password|account)/, perMinute: 30 },
  { kind: "token", method: "POST", path: /^\/v3\/directline\/tokens\/generate$/, perMinute: 120 },
  { kind: "message", method: "POST", path: /^\/v3\/directline\//, perMinute: 600 },
  { kind: "form", method: "POST", path: /^\/(?!api\/messages$|telegram\/webhook$)/, perMinute: 300 },
];

const uncounted = /^\/(?:health|ready|api\/messages|telegram\/webhook)$/;
/** Any requests of one address at one process: a page with its files and two tabs that wait for answers make 20 a second. */
const mostPerSecond = 200;
const windowMs = 5_000;
/** Addresses that one process remembers at a time; a flood from more is the network's to stop. */
const mostAddresses = 100_000;
/** Requests of one address that one process works on at the same time, and that wait for their turn: others are not to wait behind all of them. */
const atOnce = 6;
const mostWaiting = 200;
const keyOf = ({ kind }: Rule, address: string) => `${kind} ${address}`;

export interface RequestLimitParts {
  /** Undefined where it cannot be told whose request it is: such are not limited, or one person would stop all. */
  readonly clientAddress: ((c: Context) => string | undefined) | undefined;
  /** A keyed hash: no address is stored. */
  readonly hash: (address: string) => string;
  readonly count: (request: Counted) => Promise<Count>;
  readonly now: () => Date;
  readonly log: Pick<Logger, "warn">;
  readonly metrics?: Metrics | undefined;
  /** True to have requests of one address follow each other. */
  readonly inTurns: boolean;
}

/** What one process knows of addresses without asking anybody. */
function createLocalLimits(now: () => Date) {
  let window = 0;
  const counts = new Map<string, number>();
  const blocked = new Map<string, number>();

  function begin(at: number): void {
    window = at;
    counts.clear();
    for (const [key, until] of blocked) if (until <= at) blocked.delete(key);
  }

  return {
    /** Seconds that the address has to wait; 0 if it may go on. */
    take: (address: string): number => {
      const at = now().getTime();
      if (at - window >= windowMs) begin(at);
      const count = (counts.get(address) ?? 0) + 1;
      if (count > 1 || counts.size < mostAddresses) counts.set(address, count);
      return count > (mostPerSecond * windowMs) / 1000 ? Math.ceil((window + windowMs - at) / 1000) : 0;
    },
    blockedFor: (key: string): number => Math.ceil(Math.max(0, (blocked.get(key) ?? 0) - now().getTime()) / 1000),
    block: (key: string, seconds: number) => {
      if (blocked.size < mostAddresses) blocked.set(key, now().getTime() + seconds * 1000);
    },
  };
}

function answerLimited(c: Context, seconds: number): Response {
  c.header("Retry-After", String(seconds));
  // A connection with a body that nobody read would be cut in the middle of the next request; a new one costs more than refusing does.
  if ((c.req.header("Content-Length") ?? "0") !== "0" || c.req.header("Transfer-Encoding") !== undefined) c.header("Connection", "close");
  return c.json({ error: { code: "TOO_MANY_REQUESTS", message: `Too many requests. Try again in ${seconds} seconds.` } }, 429);
}

/** Refuses what one address does too often, before anything else is done for it. It stands before the routes that it guards. */
export function createRequestLimits({ clientAddress, hash, count, now, log, metrics = unwatched, inTurns }: RequestLimitParts): Hono {
  const local = createLocalLimits(now);
  const lanes = createLanes(inTurns ? atOnce : Number.POSITIVE_INFINITY, mostWaiting);

  /** Seconds to wait by the rule, over all processes. Where they cannot be counted, the request goes on: what it needs the database for will say so. */
  async function waitBy(rule: Rule, address: string): Promise<number> {
    const key = keyOf(rule, address);
    const blockedFor = local.blockedFor(key);
    if (blockedFor > 0) return blockedFor;
    try {
      const { count: counted, secondsLeft } = await count({ who: hash(address), kind: rule.kind });
      if (counted <= rule.perMinute) return 0;
      local.block(key, secondsLeft);
      log.warn({ kind: rule.kind, perMinute: rule.perMinute }, "an address is over its limit");
      return secondsLeft;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      log.warn({ kind: rule.kind, reason: messageOf(error) }, "requests are not counted");
      return 0;
    }
  }

  function refuse(c: Context, seconds: number, kind = "crowd"): Response {
    metrics.limited(kind);
    return answerLimited(c, seconds);
  }

  const limits = new Hono();
  limits.use("*", async (c, next) => {
    const address = uncounted.test(c.req.path) ? undefined : clientAddress?.(c);
    if (address === undefined) return await next();
    const flooding = local.take(address);
    if (flooding > 0) return refuse(c, flooding, "flood");
    const rule = rules.find(({ method, path }) => method === c.req.method && path.test(c.req.path));
    const blockedFor = rule === undefined ? 0 : local.blockedFor(keyOf(rule, address));
    if (blockedFor > 0) return refuse(c, blockedFor, rule?.kind);
    const work = async () => {
      const seconds = rule === undefined ? 0 : await waitBy(rule, address);
      if (seconds === 0) await next();
      return { seconds };
    };
    const { seconds } = (await lanes.run(address, work)) ?? { seconds: 1 };
    if (seconds > 0) return refuse(c, seconds, rule?.kind);
    return undefined;
  });
  return limits;
}
