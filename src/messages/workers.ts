import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import type { Answer } from "../core/answer.ts";
import type { Assistant, Channel, Sender, ShowLive } from "../core/message.ts";
import type { Metrics } from "../core/metrics.ts";
import type { Database, OpenDatabase } from "../database/database.ts";
import type { AddressVault } from "./address-vault.ts";
import { type AnsweringParts, createAnswering, type Worker } from "./answering.ts";
import { endLeases } from "./leases.ts";
import type { Loops } from "./loop.ts";
import { createSending } from "./sending.ts";
import type { Signals } from "./signals.ts";
import { createTyping } from "./typing.ts";

export interface WorkersParts {
  readonly database: Pick<OpenDatabase, "db" | "engine">;
  readonly vault: AddressVault;
  readonly senders: ReadonlyMap<Channel, Sender>;
  /** True for a channel whose answers are sent; on the others people fetch them. */
  readonly pushes: (channel: Channel) => boolean;
  /** Channels that can show an answer while it is worded. */
  readonly live: ReadonlyMap<Channel, ShowLive>;
  readonly signals: Signals;
  /** Absent where nothing runs between events: then all is done by `drain`. */
  readonly loops: Loops | undefined;
  /** Called after an answer is committed, once for each message that it answers. */
  readonly onAnswered: (messageId: number, answer: Answer) => void;
  readonly log: Logger;
  readonly metrics?: Metrics | undefined;
}

/** The workers of one process. */
export interface Workers {
  /** They have something to answer, or to send; nothing happens before `start`. */
  wakeAnswering(): void;
  wakeSending(): void;
  /** Begins to answer and to send. */
  start(assistant: Assistant<Database>): Promise<void>;
  /** Answers and sends until nothing is due, by workers of this call alone; the milliseconds until something will be, if that is known. After `start`, for platforms without loops. */
  drain(): Promise<number | undefined>;
  /** Waits some seconds for what is under way and gives up the rest for others to take; the loops must have stopped. */
  finish(): Promise<void>;
}

const pollMs = 500;
const finishWithinMs = 6000;

/** Waits for what is under way, but not for ever. */
async function finish(workers: readonly Worker[]): Promise<void> {
  const timeUp = Promise.withResolvers<void>();
  const timer = setTimeout(timeUp.resolve, finishWithinMs);
  await Promise.race([Promise.all(workers.map((worker) => worker.idle())), timeUp.promise]);
  clearTimeout(timer);
  await Promise.all(workers.map((worker) => worker.abandon()));
}

/** What is due so soon is waited for. */
const worthWaitingMs = 2000;
/** Platforms end an event that goes on for too long; the next one takes up the rest. */
const drainForMs = 20_000;

/** Steps both until neither has anything that is due; the milliseconds until there is. `woken.more` is set by them. */
async function drainWorkers(
  { answering, sending }: { readonly answering: Worker; readonly sending: Worker },
  woken: { more: boolean },
): Promise<number | undefined> {
  /** What a turn has sent may be due again: the turn after it says when. */
  let isSecondLook = false;
  const began = performance.now();
  try {
    while (performance.now() - began < drainForMs) {
      woken.more = false;
      const claimed = await answering.step();
      await answering.idle();
      const next = await sending.step();
      await sending.idle();
      const isQuiet = !woken.more && claimed !== true && next !== true;
      if (isQuiet && isSecondLook && !(typeof next === "number" && next <= worthWaitingMs))
        return typeof next === "number" ? next : undefined;
      if (isQuiet && typeof next === "number") await sleep(Math.min(next, worthWaitingMs));
      isSecondLook = isQuiet;
    }
    return 0;
  } finally {
    await Promise.all([answering.abandon(), sending.abandon()]);
  }
}

/** Joins the answering and the sending worker with what wakes them: each other, other processes, and whoever stores a message. */
export function createWorkers({ database, vault, senders, pushes, live, signals, loops, onAnswered, log, metrics }: WorkersParts): Workers {
  const { db, engine } = database;
  const running: Worker[] = [];
  const known: { assistant: Assistant<Database> | undefined } = { assistant: undefined };
  const wake = { answering: (): void => undefined, sending: (): void => undefined };

  function onCommitted(messageId: number, answer: Answer): void {
    onAnswered(messageId, answer);
    wake.sending();
    signals.announce("letters");
    signals.announce("answers");
  }

  const openLive: NonNullable<AnsweringParts["openLive"]> = ({ channel, addressEncrypted }, messageId) =>
    live.get(channel)?.(vault.decrypt(addressEncrypted), messageId);

  function openWorkers(assistant: Assistant<Database>, woken: { readonly answering: () => void; readonly sending: () => void }) {
    const showTyping = createTyping(vault, senders, log);
    const answering = createAnswering({
      db,
      assistant,
      pushes,
      showTyping,
      openLive,
      onAnswered: onCommitted,
      onMore: woken.answering,
      log,
      metrics,
    });
    return { answering, sending: createSending({ db, vault, senders, onMore: woken.sending, log, metrics }) };
  }

  return {
    wakeAnswering: () => wake.answering(),
    wakeSending: () => wake.sending(),
    start: async (assistant) => {
      known.assistant = assistant;
      if (loops === undefined) return;
      const { answering, sending } = openWorkers(assistant, { answering: () => wake.answering(), sending: () => wake.sending() });
      // Nobody else can hold a lease on an embedded database: what a killed process held is taken up at once.
      if (engine === "embedded") await endLeases(db);
      running.push(answering, sending);
      wake.answering = loops.start("answering", answering.step, pollMs).wake;
      wake.sending = loops.start("sending", sending.step, pollMs).wake;
      signals.subscribe("messages", wake.answering);
      signals.subscribe("letters", wake.sending);
    },
    drain: async () => {
      if (known.assistant === undefined) return pollMs;
      const woken = { more: false };
      const again = () => {
        woken.more = true;
      };
      return await drainWorkers(openWorkers(known.assistant, { answering: again, sending: again }), woken);
    },
    finish: () => finish(running),
  };
}
