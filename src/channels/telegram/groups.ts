import { AppError } from "../../core/errors.ts";

/** Who we are; `name` is the username without @, unknown until Telegram has told it. */
export interface Bot {
  readonly id: number;
  readonly name: string | undefined;
}

interface Sent {
  readonly chat: { readonly type: string };
  readonly reply_to_message?: { readonly from?: { readonly id?: number | undefined } | undefined } | undefined;
}

/** Whether a message is meant for the bot, and its words without the bot's name. */
export interface ForUs {
  readonly isForUs: boolean;
  readonly text: string | undefined;
}

const commandName = /^\/\w+@(\w+)/;
const notForUs: ForUs = { isForUs: false, text: undefined };

function withoutCommandName(text: string): string {
  return text.replace(/^(\/\w+)@\w+/, "$1");
}

function readInGroup(text: string | undefined, isReply: boolean, name: string): ForUs {
  const command = text === undefined ? undefined : commandName.exec(text)?.[1];
  if (text !== undefined && command !== undefined)
    return command.toLowerCase() === name.toLowerCase() ? { isForUs: true, text: withoutCommandName(text).trim() } : notForUs;
  // A username holds only word characters, none that mean something in a pattern.
  const mention = new RegExp(`(?<![\\w@/])@${name}(?!\\w)`, "gi");
  if (text?.match(mention) != null) return { isForUs: true, text: text.replace(mention, "").trim() };
  return isReply ? { isForUs: true, text } : notForUs;
}

/** A group's talk is not ours to read: only commands with our name, what names us, and replies to what we wrote. Throws SERVER_UNREACHABLE where that needs our name, and it is not known yet. */
export function readForUs({ chat, reply_to_message: answered }: Sent, text: string | undefined, { id, name }: Bot): ForUs {
  if (chat.type === "private") return { isForUs: true, text: text === undefined ? undefined : withoutCommandName(text) };
  const isReply = answered?.from?.id === id;
  if (name !== undefined) return readInGroup(text, isReply, name);
  if (text?.includes("@") === true)
    throw new AppError(
      "SERVER_UNREACHABLE",
      "Telegram has not told yet what the bot is called, so nobody knows whether a group's message is for it.",
    );
  return isReply ? { isForUs: true, text } : notForUs;
}
