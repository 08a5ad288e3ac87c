import { pino } from "pino";
import type { Answer } from "../../src/core/answer.ts";
import type { Answered, Assistant, ChannelCapabilities, IncomingMessage, StoredMessage } from "../../src/core/message.ts";
import type { Database } from "../../src/database/database.ts";
import { contacts, sendLimits } from "../../src/database/schema.ts";
import { createAddressVault } from "../../src/messages/address-vault.ts";
import type { Worker } from "../../src/messages/answering.ts";
import type { TestDatabase } from "../support/databases.ts";

export const vault = createAddressVault(new Uint8Array(32).fill(7));

/** A logger whose lines can be read. */
export function createReadableLog() {
  const lines: string[] = [];
  const log = pino({ level: "trace" }, { write: (line: string) => lines.push(line) });
  return { log, lines };
}

/** What a channel can do whose platform has no ids. */
export const pushing: ChannelCapabilities = { pushes: true, saysItself: false, mostButtons: 3, brokenOff: "resend" };

/** Empties the tables of messages; what belongs to a contact goes with it. */
export async function emptyMessages({ db }: TestDatabase): Promise<void> {
  await db.delete(contacts);
  await db.delete(sendLimits);
}

/** A text message of a conversation, unique by its number. */
export function messageOf(address: string, number: number, text = `Frage ${number}`): IncomingMessage {
  return { channel: "directline", externalId: `${address}:${number}`, address, content: { kind: "text", text } };
}

/** An answer that repeats its question, so that a test sees which answer belongs to which message. */
export function echo(message: StoredMessage): Answer {
  const said = message.content.kind === "text" ? message.content.text : message.content.kind;
  return {
    summary: { lang: "de", kind: "smalltalk", intent: "greeting", confidence: 1, needs: [], slots: {}, offers: [] },
    offers: [],
    reply: { lang: "de", lead: [`Antwort auf ${said}`], cards: [], closing: [], buttons: [] },
  };
}

/** An assistant (the port of core) that answers by `answer` and keeps nothing of its own. */
export function assistantOf(
  answer: (message: StoredMessage) => Promise<Partial<Answered<Database>>> = async () => ({}),
): Assistant<Database> {
  return {
    answer: async (message) => ({ answer: echo(message), erase: "nothing", save: async () => undefined, ...(await answer(message)) }),
  };
}

/** A worker that a test drives by hand. */
export interface DrivenWorker {
  /** Takes what is due now, once, and waits until it is done. */
  turn(): Promise<void>;
  /** Turns until nothing is due any more. */
  runDry(): Promise<void>;
  readonly worker: Worker;
}

/** Drives the worker that `create` makes; what it says about there being more decides how long it runs. */
export function drive(create: (onMore: () => void) => Worker): DrivenWorker {
  let more = false;
  const worker = create(() => {
    more = true;
  });
  const turn = async () => {
    more = false;
    if ((await worker.step()) === true) more = true;
    await worker.idle();
  };
  return {
    worker,
    turn,
    runDry: async () => {
      do await turn();
      while (more);
    },
  };
}

/** No sign of writing. */
export const noTyping = () => () => undefined;
