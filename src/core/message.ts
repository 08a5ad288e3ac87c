import type { Answer, Reply } from "./answer.ts";
import type { Lang } from "./languages.ts";

export const channels = ["telegram", "directline", "botframework"] as const;

export type Channel = (typeof channels)[number];

/** What came in: words, a button, a person opening the talk, or something that holds no words (a photo, a sticker). */
export type MessageContent =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "button"; readonly value: string }
  | { readonly kind: "start" }
  | { readonly kind: "attachment" };

/** A message as a channel parsed it, not yet redacted. */
export interface IncomingMessage {
  readonly channel: Channel;
  /** The platform's id; with the channel it is unique for ever, so a repeated delivery is one message. */
  readonly externalId: string;
  /** The platform's address of the talk (a chat id, a conversation id); stored only encrypted. */
  readonly address: string;
  readonly content: MessageContent;
  /** The language of the person's app or page: a hint. */
  readonly interfaceLang?: Lang | undefined;
  /** The client's own id of the message, given back to it so that it can tell its echo. */
  readonly clientId?: string | undefined;
}

/** A message as it is stored: redacted, with its place in the conversation. */
export interface StoredMessage {
  readonly id: number;
  readonly conversationId: string;
  readonly channel: Channel;
  readonly content: MessageContent;
  readonly interfaceLang?: Lang | undefined;
}

/** The inbox as channels see it. Resolves after commit; throws DATABASE_UNAVAILABLE if nothing could be stored. */
export interface Inbox {
  accept(
    message: IncomingMessage,
  ): Promise<{ readonly kind: "accepted" | "repeated"; readonly id: number; readonly conversationId: string }>;
}

/** What a conversation shows: a person's message or an answer, in the order of `id`. */
export type Activity =
  | { readonly kind: "message"; readonly id: number; readonly at: Date; readonly text: string; readonly clientId?: string | undefined }
  | { readonly kind: "reply"; readonly id: number; readonly at: Date; readonly reply: Reply; readonly inReplyTo: number };

/** The visible history of one conversation, after a watermark (an id; 0 is the start). */
export interface Transcript {
  after(conversationId: string, watermark: number): Promise<readonly Activity[]>;
}

/** An answer with what has to be written down when it goes out. */
export interface Answered<Transaction> {
  readonly answer: Answer;
  /** What must not be kept: the text of this message, where the topic is too personal, or all that was said, where the person wants that. */
  readonly erase: "nothing" | "message" | "conversation";
  /** Writes the turn and the conversation's state; called inside the transaction that writes the outbox. */
  save(transaction: Transaction, inboxIds: readonly number[]): Promise<void>;
}

/** Answers one message of a conversation; reads what it needs, writes nothing before `save`. */
export interface Assistant<Transaction> {
  answer(message: StoredMessage): Promise<Answered<Transaction>>;
}

/** How a reply leaves on one channel. Throws AppError SEND_FAILED; `address` is the platform's. */
export interface Sender {
  readonly channel: Channel;
  send(address: string, reply: Reply, id: number): Promise<{ readonly platformId?: string }>;
}
