import type { Answer, Reply } from "./answer.ts";
import type { Lang } from "./languages.ts";

export const channels = ["telegram", "directline", "botframework"] as const;

export type Channel = (typeof channels)[number];

/**
 * What a channel can do, as data: answers and workers read this and never a channel's name.
 */
export interface ChannelCapabilities {
  /** True if answers are sent to a platform; on the other channels the client fetches them. */
  readonly pushes: boolean;
  /** True if the client says for itself that a computer programme answers. */
  readonly saysItself: boolean;
  /** Buttons that one answer may have. */
  readonly mostButtons: number;
  /** True if an answer can take the place of an earlier one: the next page of a list then stands where the last one stood. */
  readonly replaces?: boolean;
  /** True if a button can share where the person is. */
  readonly sharesPlace?: boolean;
  /** The company that carries the messages and takes data out of the EU, and a way without it: people are told before their first question is answered. */
  readonly carrier?: { readonly name: string; readonly insteadUrl: string };
  /** An answer whose sending was broken off may have arrived: send it again, leave it to staff, or again without harm since the platform tells repeats by an id. */
  readonly brokenOff: "resend" | "flag" | "repeatable";
  /** How fast the platform lets answers come, over all processes; absent where it sets no limit. */
  readonly pace?: { readonly perSecond: number; readonly perChatPerSecond: number };
}

/** What holds no words, where an answer can name it. */
export const attachmentKinds = ["photo", "voice", "sticker"] as const;

export type AttachmentKind = (typeof attachmentKinds)[number];

/**
 * What came in: words (`edited` if they take the place of words sent before; `by` tells the writers of a group apart), a button (`on` is the platform's id of the message it hung on), a place on the map (rounded to a
 * kilometre before it is kept), a person opening the talk (`topic` is what the link that led here says), or something that holds no words.
 */
export type MessageContent =
  | { readonly kind: "text"; readonly text: string; readonly edited?: true | undefined; readonly by?: string | undefined }
  | { readonly kind: "button"; readonly value: string; readonly on?: string | undefined }
  | { readonly kind: "location"; readonly latitude: number; readonly longitude: number }
  | { readonly kind: "start"; readonly topic?: string | undefined }
  | { readonly kind: "attachment"; readonly what?: AttachmentKind | undefined };

/** A message as a channel parsed it, not yet redacted. */
export interface IncomingMessage {
  readonly channel: Channel;
  /** The platform's id; with the channel it is unique for ever, so a repeated delivery is one message. */
  readonly externalId: string;
  /** The platform's address of the talk (a chat id, a conversation id); stored only encrypted. */
  readonly address: string;
  /** What of the address names the talk for ever, where another part of it (the server to answer to) may change; the address itself if not given. */
  readonly addressKey?: string | undefined;
  readonly content: MessageContent;
  /** Who wrote, by the platform's id, where several write; kept only as a keyed hash. */
  readonly writer?: string | undefined;
  /** The network address that it came from, where the channel knows it; kept only as a keyed hash, until the message is answered. */
  readonly client?: string | undefined;
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
  /** The keyed hash of the network address that it came from, another one each day. */
  readonly client?: string | undefined;
  readonly interfaceLang?: Lang | undefined;
}

/** The inbox as channels see it. Resolves after commit; throws DATABASE_UNAVAILABLE if nothing could be stored. */
export interface Inbox {
  accept(
    message: IncomingMessage,
  ): Promise<{ readonly kind: "accepted" | "repeated"; readonly id: number; readonly conversationId: string }>;
}

/**
 * What a conversation shows: a person's words, a button they pressed, or an answer, in the order of `id`. Words are empty where they were erased and where there
 * were none (a photo, a person opening the talk): the client that sent the message still learns that it arrived.
 */
export type Activity =
  | { readonly kind: "message"; readonly id: number; readonly at: Date; readonly text: string; readonly clientId?: string | undefined }
  | { readonly kind: "press"; readonly id: number; readonly at: Date; readonly value: string; readonly clientId?: string | undefined }
  | { readonly kind: "reply"; readonly id: number; readonly at: Date; readonly reply: Reply; readonly inReplyTo: number | undefined };

/** A reply that answers no message: its conversation asked to be told. */
export interface Letter {
  readonly conversationId: string;
  readonly reply: Reply;
}

/** Letters to conversations, through the same queue as answers; both work inside the caller's transaction. */
export interface Letters<Transaction> {
  /** Queues them and returns the id of each in the outbox, in their order; undefined for a conversation that is gone or whose channel is not sent to. */
  push(transaction: Transaction, letters: readonly Letter[]): Promise<readonly (number | undefined)[]>;
  /** Takes back what was pushed to a conversation and has not left yet; what a person wrote stays. */
  withdraw(transaction: Transaction, conversationId: string): Promise<void>;
}

/** The visible history of one conversation, after a watermark (an id; 0 is the start). */
export interface Transcript {
  after(conversationId: string, watermark: number): Promise<readonly Activity[]>;
}

/** What a conversation was sent before, for channels that must know it to read what comes back; `addressKey` as in IncomingMessage. */
export interface SentAnswers {
  /** The id of the message that an answer was given to, by the platform's id of the answer; undefined if this conversation has no such answer. */
  questionOf(addressKey: string, platformId: string): Promise<number | undefined>;
  /** The value of the button with that label below the conversation's last answer; undefined if it has none. */
  buttonOf(addressKey: string, label: string): Promise<string | undefined>;
}

/** A history that many people watch at once. */
export interface WatchedTranscript extends Transcript {
  /** The id of the last message or answer of each of these conversations, in one query; one that is not in it has none. */
  latest(conversationIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
}

/** An answer with what has to be written down when it goes out. */
export interface Answered<Transaction> {
  readonly answer: Answer;
  /** What must not be kept: the text of this message, where the topic is too personal, or all that was said, where the person wants that. */
  readonly erase: "nothing" | "message" | "conversation";
  /** Writes the turn and the conversation's state; called inside the transaction that writes the outbox. */
  save(transaction: Transaction, inboxIds: readonly number[]): Promise<void>;
}

/** What can be said of an answer already; the answer takes its place, whatever it says. Nothing depends on it, and it is not kept. */
export interface Interim {
  readonly lang: Lang;
  /** The whole text so far. */
  readonly text: string;
}

export type ShowInterim = (interim: Interim) => void;

/** Answers one message of a conversation; reads what it needs, writes nothing before `save`. */
export interface Assistant<Transaction> {
  answer(message: StoredMessage, show?: ShowInterim): Promise<Answered<Transaction>>;
}

/** The way to those who look at a conversation right now, by the channel's own address; `inReplyTo` is the inbox id of the message that is being answered. */
export type ShowLive = (address: string, inReplyTo: number) => ShowInterim;

/** How a reply leaves on one channel. Throws SendError; `address` is the platform's. */
export interface Sender {
  readonly channel: Channel;
  readonly capabilities: ChannelCapabilities;
  /** Shows that an answer is on its way; nothing depends on it. */
  showTyping?(address: string): Promise<void>;
  send(address: string, reply: Reply, id: number): Promise<{ readonly platformId?: string }>;
  /**
   * Shows an answer while it is still worded: each text is the whole text so far. Resolves once the last one is shown, to the id that the finished reply is to replace
   * (`Reply.replaces`); undefined if there was no text.
   */
  stream?(address: string, texts: AsyncIterable<string>): Promise<{ readonly platformId: string } | undefined>;
}
