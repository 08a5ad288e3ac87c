import type { Logger } from "pino";
import type { Answer } from "../core/answer.ts";
import { AppError, messageOf } from "../core/errors.ts";
import type { Answered, Assistant, Channel, ShowInterim } from "../core/message.ts";
import { type Metrics, unwatched } from "../core/metrics.ts";
import { createBatches } from "../database/batches.ts";
import { type Database, guarded } from "../database/database.ts";
import { type Finished, finishAnswers, postponeAnswer, recountWaiting } from "./answer-store.ts";
import { type Claim, claimConversations, setDue } from "./claims.ts";
import { createHeartbeat, leaseSeconds } from "./leases.ts";
import type { Next } from "./loop.ts";
import { createSlots } from "./slots.ts";
import type { ShowTyping } from "./typing.ts";

/** What the answering worker needs. */
export interface AnsweringParts {
  readonly db: Database;
  readonly assistant: Assistant<Database>;
  /** True for a channel whose answers are sent; on the others people fetch them. */
  readonly pushes: (channel: Channel) => boolean;
  readonly showTyping: ShowTyping;
  /** The way to those who look at a conversation while the answer to that message is worded; undefined where its channel cannot show that. */
  readonly openLive?: (talk: Pick<Claim, "channel" | "addressEncrypted">, messageId: number) => ShowInterim | undefined;
  /** Called after an answer is committed, once for each message that it answers. */
  readonly onAnswered: (messageId: number, answer: Answer) => void;
  /** Called when there may be more to claim. */
  readonly onMore: () => void;
  readonly log: Logger;
  readonly metrics?: Metrics | undefined;
  /** An answer that takes longer has failed; 60 s if absent. */
  readonly longestAnswerMs?: number;
}

/** A worker that takes work and does it beside. */
export interface Worker {
  /** Starts what is due and there is room for. */
  step(): Promise<Next>;
  /** Resolves once nothing is under way. */
  idle(): Promise<void>;
  /** Gives up what is still under way, so that others can take it at once; nothing may be stepped after it. */
  abandon(): Promise<void>;
}

const conversationsAtOnce = 32;
const defaultLongestAnswerMs = 60_000;

async function within<Result>(limitMs: number, work: Promise<Result>): Promise<Result> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new AppError("TIMED_OUT", `No answer was made within ${limitMs} ms.`)), limitMs);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

function isAway(error: unknown): boolean {
  return error instanceof AppError && error.code === "DATABASE_UNAVAILABLE";
}

/**
 * The answering worker: claim → answer outside any transaction → write turn, outbox and done in one, if the claim still holds. Each conversation has a slot of
 * its own, so that an answer that hangs holds up no other; its lease is renewed as long as it goes on.
 */
export function createAnswering(parts: AnsweringParts): Worker {
  const { db, assistant, onAnswered, onMore, log, metrics = unwatched, longestAnswerMs = defaultLongestAnswerMs } = parts;
  const heartbeat = createHeartbeat((leases) => guarded("Renewing leases", () => setDue(db, leases, leaseSeconds)), log);
  const slots = createSlots(conversationsAtOnce, {
    free: onMore,
    fault: (error) => log.error({ reason: messageOf(error) }, "answering failed"),
  });
  const finish = createBatches(
    (finished: readonly Finished[]) =>
      guarded("Storing an answer", () => finishAnswers(db, finished, ({ channel }) => parts.pushes(channel))),
    conversationsAtOnce,
  );

  function logAnswer({ next, answered }: Finished, kept: boolean, started: number): void {
    const { kind, lang, intent, confidence, needs } = answered.answer.summary;
    const { id: messageId, channel } = next.message;
    const tookMs = Math.round(performance.now() - started);
    metrics.answered(channel, kind, lang, tookMs / 1000);
    log.info({ messageId, messages: next.inboxIds.length, channel, kind, lang, intent, confidence, needs, kept, tookMs }, "answered");
  }

  async function makeAnswer(claim: Claim, next: NonNullable<Claim["next"]>): Promise<Answered<Database>> {
    const stopTyping = parts.showTyping(claim);
    try {
      return await within(
        longestAnswerMs,
        guarded("Answering a message", () => assistant.answer(next.message, parts.openLive?.(claim, next.message.id))),
      );
    } finally {
      stopTyping();
    }
  }

  /** Undefined if it failed and waits to be tried again; while the database is away nothing can be written down, and the lease runs out. */
  async function tryToAnswer(
    claim: Claim,
    next: NonNullable<Claim["next"]>,
  ): Promise<(Finished & { readonly more: boolean; readonly kept: boolean }) | undefined> {
    try {
      const finished = { claim, next, answered: await makeAnswer(claim, next) };
      const outcome = await finish(finished);
      return { ...finished, kept: outcome.kind === "kept", more: outcome.kind === "kept" && outcome.more };
    } catch (error) {
      const reason = messageOf(error);
      metrics.answerFailed(next.message.channel);
      log.error({ messageId: next.message.id, reason }, "not answered, will be tried again");
      if (!isAway(error)) await postponeAnswer(db, { claim, next }, reason);
      return undefined;
    }
  }

  async function answerNext(claim: Claim): Promise<void> {
    if (claim.next === undefined) return await recountWaiting(db, claim);
    const started = performance.now();
    const done = await tryToAnswer(claim, claim.next);
    if (done === undefined) return;
    logAnswer(done, done.kept, started);
    if (done.more) onMore();
    if (done.kept) for (const id of done.next.inboxIds) onAnswered(id, done.answered.answer);
  }

  return {
    step: () =>
      guarded("Answering", async () => {
        const most = slots.free;
        if (most === 0) return false;
        const claims = await claimConversations(db, most);
        for (const claim of claims) {
          heartbeat.hold(claim);
          slots.start(() => answerNext(claim).finally(() => heartbeat.drop(claim)));
        }
        return claims.length === most;
      }),
    idle: () => slots.idle(),
    abandon: async () => {
      heartbeat.stop();
      await guarded("Giving up leases", () => setDue(db, heartbeat.held(), 0));
    },
  };
}
