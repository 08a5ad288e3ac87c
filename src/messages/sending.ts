import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import { AppError, messageOf, SendError } from "../core/errors.ts";
import type { Channel, Sender } from "../core/message.ts";
import { type Metrics, unwatched } from "../core/metrics.ts";
import { createBatches } from "../database/batches.ts";
import { type Database, guarded } from "../database/database.ts";
import type { AddressVault } from "./address-vault.ts";
import type { Worker } from "./answering.ts";
import { createHeartbeat } from "./leases.ts";
import {
  endConversation,
  ensureLimits,
  type Letter,
  type Mark,
  type Marked,
  markLetters,
  pauseChannel,
  recountLetters,
  renewSending,
  takeLetters,
} from "./send-queue.ts";
import { createSlots } from "./slots.ts";
import { StoredReply } from "./stored-reply.ts";

/** What the sending worker needs; a channel without a sender that pushes is not sent to. */
export interface SendingParts {
  readonly db: Database;
  readonly vault: AddressVault;
  readonly senders: ReadonlyMap<Channel, Sender>;
  /** Called when there may be more to send. */
  readonly onMore: () => void;
  readonly log: Logger;
  readonly metrics?: Metrics | undefined;
}

const lettersAtOnce = 64;
const mostAttempts = 12;
const longestWaitSeconds = 300;
/** Where a platform says that it is too much but not for how long. */
const throttledSeconds = 5;
const markAgainMs = 100;
const mostRefusals = 3;

/** Seconds until the next attempt: doubling from half a second, with chance in it, so that not all come back at once. */
function waitSeconds(attempts: number): number {
  return Math.min(longestWaitSeconds, 2 ** attempts / 2) * (0.5 + Math.random() / 2);
}

/** Seconds for which a chat rests after an answer. */
function restAfter(pace: Sender["capabilities"]["pace"]): number {
  return pace === undefined ? 0 : 1 / pace.perChatPerSecond;
}

/** What a failed attempt means for its letter; `gone` and `throttled` mean more than that and are not decided here. */
function afterFailure(letter: Letter, error: unknown, { brokenOff, pace }: Sender["capabilities"]): Mark {
  const { fault, partly, retryAfterSeconds = 0 } = error instanceof SendError ? error : { fault: "unreachable", partly: false };
  const attempts = letter.attempts + 1;
  const common = { letter, restSeconds: 0, counts: true, error: messageOf(error) };
  if ((fault === "uncertain" || partly) && brokenOff === "flag") return { ...common, state: "flagged" };
  if (fault === "refused" || attempts >= mostAttempts) return { ...common, state: "dead" };
  return { ...common, state: "waiting", restSeconds: Math.max(waitSeconds(attempts), restAfter(pace), retryAfterSeconds) };
}

/** The sending worker: lease → send → sent; in order for each conversation, many conversations at the same time. */
export function createSending({ db, vault, senders, onMore, log, metrics = unwatched }: SendingParts): Worker {
  const pushing = [...senders.values()].filter(({ capabilities }) => capabilities.pushes);
  const heartbeat = createHeartbeat((leases) => guarded("Renewing leases", () => renewSending(db, leases)), log);
  const onFault = (error: unknown) => log.error({ reason: messageOf(error) }, "sending failed");
  /** Each channel has its own: one whose platform hangs holds up no other. */
  const slotsOf = new Map(pushing.map(({ channel }) => [channel, createSlots(lettersAtOnce, { free: onMore, fault: onFault })]));
  const state = { hasLimits: false, abandoned: false };
  const write = createBatches((marks: readonly Mark[]) => guarded("Storing what was sent", () => markLetters(db, marks)), lettersAtOnce);

  /** What has left must be written down, or it would be sent twice: tried again as long as the database is away, and some times where it refused (a deadlock, say). */
  async function mark(each: Mark): Promise<Marked> {
    for (let refused = 0; ; await sleep(markAgainMs)) {
      try {
        return await write(each);
      } catch (error) {
        const isAway = error instanceof AppError && error.code === "DATABASE_UNAVAILABLE";
        if (!isAway) refused += 1;
        if (state.abandoned || refused >= mostRefusals) throw error;
      }
    }
  }

  async function fail(letter: Letter, error: unknown, { channel, capabilities }: Sender, seconds: number): Promise<void> {
    const reason = messageOf(error);
    const about = { outboxId: letter.id, channel, attempts: letter.attempts + 1, reason };
    if (error instanceof SendError && error.fault === "gone") {
      await guarded("Ending a conversation", () => endConversation(db, letter, reason));
      metrics.sent(channel, "gone", seconds);
      return log.info(about, "nobody there any more");
    }
    if (error instanceof SendError && error.fault === "throttled") {
      const restSeconds = error.retryAfterSeconds ?? throttledSeconds;
      metrics.sent(channel, "throttled", seconds);
      await guarded("Pausing a channel", () => pauseChannel(db, channel, restSeconds));
      log.warn({ ...about, seconds: restSeconds }, "channel waits");
      // Trying without end would repeat the part that has arrived without end.
      if (!error.partly) return void (await mark({ letter, state: "waiting", restSeconds, counts: false, error: reason }));
    }
    const outcome = afterFailure(letter, error, capabilities);
    const { more } = await mark(outcome);
    metrics.sent(channel, outcome.state === "waiting" ? "failed" : "given-up", seconds);
    log.warn({ ...about, state: outcome.state }, "not sent");
    if (more) onMore();
  }

  async function send(letter: Letter, sender: Sender): Promise<void> {
    const { channel, capabilities } = sender;
    const started = performance.now();
    let platformId: string | undefined;
    try {
      if (letter.brokenOff && capabilities.brokenOff === "flag")
        throw new SendError("uncertain", "Its sending was broken off; it may have arrived.");
      if (letter.brokenOff) log.warn({ outboxId: letter.id, channel }, "sending was broken off, sent again");
      ({ platformId } = await sender.send(vault.decrypt(letter.addressEncrypted), StoredReply.parse(letter.reply), letter.id));
    } catch (error) {
      return await fail(letter, error, sender, (performance.now() - started) / 1000);
    }
    metrics.sent(channel, "sent", (performance.now() - started) / 1000);
    const { kept, more } = await mark({ letter, state: "sent", restSeconds: restAfter(capabilities.pace), counts: true, platformId });
    log.info({ outboxId: letter.id, channel, kept, tookMs: Math.round(performance.now() - started) }, "sent");
    if (more) onMore();
  }

  /** Milliseconds until something of this channel is due; undefined if nothing waits. */
  async function stepChannel(sender: Sender): Promise<number | undefined> {
    const slots = slotsOf.get(sender.channel);
    if (slots === undefined || slots.free === 0) return undefined;
    const { letters, empty, nextMs } = await takeLetters(db, sender.channel, sender.capabilities.pace, slots.free);
    for (const letter of letters) {
      heartbeat.hold(letter);
      slots.start(() => send(letter, sender).finally(() => heartbeat.drop(letter)));
    }
    for (const lease of empty) await recountLetters(db, lease);
    return slots.free === 0 ? undefined : nextMs;
  }

  return {
    step: () =>
      guarded("Sending", async () => {
        if (!state.hasLimits)
          await ensureLimits(
            db,
            pushing.map(({ channel }) => channel),
          );
        state.hasLimits = true;
        const due: number[] = [];
        for (const sender of pushing) {
          const nextMs = await stepChannel(sender);
          if (nextMs !== undefined) due.push(nextMs);
        }
        return due.length === 0 ? false : Math.min(...due);
      }),
    idle: async () => {
      await Promise.all([...slotsOf.values()].map((slots) => slots.idle()));
    },
    abandon: async () => {
      state.abandoned = true;
      heartbeat.stop();
    },
  };
}
