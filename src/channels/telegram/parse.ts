import type { Update } from "telegraf/types";
import { z } from "zod";
import { AppError } from "../../core/errors.ts";
import { isLang, type Lang } from "../../core/languages.ts";
import type { IncomingMessage, MessageContent } from "../../core/message.ts";

const Person = z.object({ language_code: z.string().optional() });
const Chat = z.object({ id: z.int(), type: z.string() });
const Message = z.looseObject({
  chat: Chat,
  from: Person.optional(),
  text: z.string().optional(),
  caption: z.string().optional(),
});
const CallbackQuery = z.object({
  id: z.string(),
  from: Person,
  message: z.object({ chat: Chat }).optional(),
  data: z.string().optional(),
});
const UpdateSchema = z.looseObject({
  update_id: z.int(),
  message: Message.optional(),
  callback_query: CallbackQuery.optional(),
});

type KnownUpdate = z.infer<typeof UpdateSchema>;

/** What an update means here; `queryId` is what Telegram wants acknowledged. */
export type ParsedUpdate =
  | { readonly kind: "message"; readonly message: IncomingMessage }
  | { readonly kind: "button"; readonly message: IncomingMessage; readonly queryId: string }
  | { readonly kind: "ignored"; readonly type: string };

const attachments = [
  "animation",
  "audio",
  "contact",
  "dice",
  "document",
  "game",
  "location",
  "paid_media",
  "photo",
  "poll",
  "sticker",
  "story",
  "venue",
  "video",
  "video_note",
  "voice",
];
const startCommand = /^\/start(?:@\w+)?(?:\s|$)/i;
const anyCommand = /^\/[a-z]\w*/i;
/** Every bot's name ends in "bot" by Telegram's rule; our own is not known without asking the platform. */
const botMention = /(?<![\w@])@\w{2,29}bot\b/gi;

/** Croatian, Serbian and Bosnian readers get the same words. */
function langOf(languageCode: string | undefined): Lang | undefined {
  const base = languageCode?.toLowerCase().split(/[-_]/)[0];
  const lang = base === "bs" || base === "sr" ? "hr" : base;
  return isLang(lang) ? lang : undefined;
}

/** A group's talk is not ours to read: only commands and what names a bot are kept, without that name. */
function groupText(text: string): string | undefined {
  const named = text.replace(botMention, "");
  if (named === text && !anyCommand.test(text)) return undefined;
  return named.replace(/^(\/\w+)@\w+/, "$1").trim();
}

function contentOf(message: z.infer<typeof Message>): MessageContent | undefined {
  const written = message.text ?? message.caption;
  const isPrivate = message.chat.type === "private";
  if (written === undefined) return isPrivate && attachments.some((name) => name in message) ? { kind: "attachment" } : undefined;
  const text = isPrivate ? written : groupText(written);
  if (text === undefined) return undefined;
  return startCommand.test(text) ? { kind: "start" } : { kind: "text", text };
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

/** Reads one update of the bot with that id; throws REQUEST_INVALID where it has not the shape of the Bot API. */
export function parseUpdate(body: unknown, botId: number): ParsedUpdate {
  const result = UpdateSchema.safeParse(body);
  if (!result.success) throw new AppError("REQUEST_INVALID", "The body is not an update of the Bot API.");
  const { update_id: updateId, message, callback_query: query } = result.data;
  const origin = { channel: "telegram", externalId: `${botId}:${updateId}` } as const;

  if (query?.message !== undefined && query.data !== undefined) {
    const address = String(query.message.chat.id);
    const content = { kind: "button", value: query.data } as const;
    return {
      kind: "button",
      queryId: query.id,
      message: { ...origin, address, content, interfaceLang: langOf(query.from.language_code) },
    };
  }
  const content = message === undefined ? undefined : contentOf(message);
  if (message === undefined || content === undefined) return { kind: "ignored", type: typeOf(result.data) };
  return {
    kind: "message",
    message: { ...origin, address: String(message.chat.id), content, interfaceLang: langOf(message.from?.language_code) },
  };
}
