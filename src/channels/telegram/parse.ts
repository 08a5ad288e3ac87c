import type { Update } from "telegraf/types";
import { z } from "zod";
import { AppError } from "../../core/errors.ts";
import { langOfLocale } from "../../core/languages.ts";
import type { IncomingMessage, MessageContent } from "../../core/message.ts";
import { attachmentOf } from "./attachment.ts";
import { type Bot, readForUs } from "./groups.ts";

const Person = z.object({ id: z.int().optional(), is_bot: z.boolean().optional(), language_code: z.string().optional() });
const Chat = z.object({ id: z.int(), type: z.string() });
const Message = z.looseObject({
  chat: Chat,
  from: Person.optional(),
  /** Set where a group or channel speaks and `from` is only a stand-in. */
  sender_chat: z.object({ id: z.int() }).optional(),
  text: z.string().optional(),
  caption: z.string().optional(),
  location: z.object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) }).optional(),
  media_group_id: z
    .string()
    .regex(/^\w{1,64}$/)
    .optional(),
  reply_to_message: z.object({ from: Person.optional() }).optional(),
});
const CallbackQuery = z.object({
  id: z.string(),
  from: Person,
  message: z.object({ chat: Chat, message_id: z.int().optional() }).optional(),
  data: z.string().optional(),
});
const UpdateSchema = z.looseObject({
  update_id: z.int(),
  message: Message.optional(),
  edited_message: Message.optional(),
  callback_query: CallbackQuery.optional(),
});

type Message = z.infer<typeof Message>;
type KnownUpdate = z.infer<typeof UpdateSchema>;

/** What an update means here; `queryId` is what Telegram wants acknowledged. */
export type ParsedUpdate =
  | { readonly kind: "message"; readonly message: IncomingMessage }
  | { readonly kind: "button"; readonly message: IncomingMessage; readonly queryId: string }
  | { readonly kind: "ignored"; readonly type: string };

/** What Telegram is asked to deliver; the rest has no answer here. */
export const allowedUpdates = ["message", "edited_message", "callback_query"] as const satisfies readonly Exclude<
  keyof Update.CallbackQueryUpdate | keyof Update.MessageUpdate | keyof Update.EditedMessageUpdate,
  "update_id"
>[];

/** A deep link's payload by Telegram's rule; other words after /start are words. */
const start = /^\/start(?:\s+(?<topic>[\w-]{1,64}))?\s*$/i;

function textContent(text: string): MessageContent {
  const opened = start.exec(text);
  if (opened === null) return { kind: "text", text };
  const topic = opened.groups?.["topic"];
  return topic === undefined ? { kind: "start" } : { kind: "start", topic };
}

/** Undefined for what is not meant for the bot, and for service messages. */
function contentOf(message: Message, bot: Bot): MessageContent | undefined {
  if (message.from?.is_bot === true && message.sender_chat === undefined) return undefined;
  const written = message.text ?? message.caption;
  const addressed = readForUs(message, written, bot);
  if (!addressed.isForUs) return undefined;
  if (addressed.text !== undefined) return textContent(addressed.text);
  if (message.location !== undefined) {
    const { latitude, longitude } = message.location;
    return { kind: "location", latitude, longitude };
  }
  return attachmentOf(message);
}

/** Only words are answered anew: a live location is edited every few seconds. */
function editedContent(message: Message, bot: Bot): MessageContent | undefined {
  const content = contentOf(message, bot);
  if (content?.kind === "text") return { ...content, edited: true };
  return content?.kind === "start" ? content : undefined;
}

/** The name of the update's type; a name that Telegram would not use is not repeated. */
function typeOf(update: KnownUpdate): string {
  const name = Object.keys(update).find((key) => key !== "update_id") ?? "none";
  return /^[a-z_]{1,40}$/.test(name) ? name : "unknown";
}

/** True if the update holds what `parseUpdate` reads; unknown types and fields pass. */
export function isUpdate(body: unknown): body is Update {
  return UpdateSchema.safeParse(body).success;
}

function parseButton({ id, from, message, data }: z.infer<typeof CallbackQuery>, origin: Pick<IncomingMessage, "channel" | "externalId">) {
  if (message === undefined || data === undefined || from.is_bot === true) return undefined;
  const on = message.message_id === undefined ? {} : { on: String(message.message_id) };
  const content = { kind: "button", value: data, ...on } as const;
  const address = String(message.chat.id);
  return {
    kind: "button",
    queryId: id,
    message: { ...origin, address, content, interfaceLang: langOfLocale(from.language_code) },
  } as const;
}

/** Who wrote, where several write: whoever `from` stands in for comes first. */
function writerOf({ chat, from, sender_chat: senderChat }: Message): Pick<IncomingMessage, "writer"> {
  const writer = senderChat?.id ?? from?.id;
  return chat.type === "private" || writer === undefined ? {} : { writer: String(writer) };
}

/** The pictures of one album come as one message each; without words they are one message here. */
function externalIdOf(bot: Bot, updateId: number, message: Message | undefined, content: MessageContent | undefined): string {
  const album = content?.kind === "attachment" ? message?.media_group_id : undefined;
  return album === undefined ? `${bot.id}:${updateId}` : `${bot.id}:album:${album}`;
}

/**
 * Reads one update for that bot. Throws REQUEST_INVALID where it has not the shape of the Bot API, and SERVER_UNREACHABLE where a group's message can only be told to be
 * for the bot once its name is known.
 */
export function parseUpdate(body: unknown, bot: Bot): ParsedUpdate {
  const result = UpdateSchema.safeParse(body);
  if (!result.success) throw new AppError("REQUEST_INVALID", "The body is not an update of the Bot API.");
  const { update_id: updateId, message: sent, edited_message: edited, callback_query: query } = result.data;
  const channel = "telegram";

  const button = query === undefined ? undefined : parseButton(query, { channel, externalId: `${bot.id}:${updateId}` });
  if (button !== undefined) return button;
  const message = sent ?? edited;
  const content = sent !== undefined ? contentOf(sent, bot) : edited !== undefined ? editedContent(edited, bot) : undefined;
  if (message === undefined || content === undefined) return { kind: "ignored", type: typeOf(result.data) };
  const externalId = externalIdOf(bot, updateId, message, content);
  const interfaceLang = langOfLocale(message.from?.language_code);
  const address = String(message.chat.id);
  return { kind: "message", message: { channel, externalId, address, content, interfaceLang, ...writerOf(message) } };
}
