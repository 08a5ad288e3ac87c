import type { Logger } from "pino";
import type { Answer } from "../core/answer.ts";
import type { Assistant, Channel, Sender, ShowLive } from "../core/message.ts";
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
  readonly loops: Loops;
  /** Called after an answer is committed, once for each message that it answers. */
  readonly onAnswered: (messageId: number, answer: Answer) => void;
  readonly log: Logger;
}

/** The workers of one process. */
export interface Workers {
  /** They have something to answer, or to send; nothing happens before `start`. */
  wakeAnswering(): void;
  wakeSending(): void;
  /** Begins to answer and to send. */
  start(assistant: Assistant<Database>): Promise<void>;
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

/** Joins the answering and the sending worker with what wakes them: each other, other processes, and whoever stores a message. */
export function createWorkers({ database, vault, senders, pushes, live, signals, loops, onAnswered, log }: WorkersParts): Workers {
  const { db, engine } = database;
  const running: Worker[] = [];
  const wake = { answering: (): void => undefined, sending: (): void => undefined };

  function onCommitted(messageId: number, answer: Answer): void {
    onAnswered(messageId, answer);
    wake.sending();
    signals.announce("letters");
    signals.announce("answers");
  }

  const openLive: AnsweringParts["openLive"] = ({ channel, addressEncrypted }, messageId) =>
    live.get(channel)?.(vault.decrypt(addressEncrypted), messageId);

  return {
    wakeAnswering: () => wake.answering(),
    wakeSending: () => wake.sending(),
    start: async (assistant) => {
      const showTyping = createTyping(vault, senders, log);
      const onMore = () => wake.answering();
      const answering = createAnswering({ db, assistant, pushes, showTyping, openLive, onAnswered: onCommitted, onMore, log });
      const sending = createSending({ db, vault, senders, onMore: () => wake.sending(), log });
      // Nobody else can hold a lease on an embedded database: what a killed process held is taken up at once.
      if (engine === "embedded") await endLeases(db);
      running.push(answering, sending);
      wake.answering = loops.start("answering", answering.step, pollMs).wake;
      wake.sending = loops.start("sending", sending.step, pollMs).wake;
      signals.subscribe("messages", wake.answering);
      signals.subscribe("letters", wake.sending);
    },
    finish: () => finish(running),
  };
}
