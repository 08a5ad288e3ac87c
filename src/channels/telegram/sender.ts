import type { Logger } from "pino";
import type { InlineKeyboardMarkup, ReplyKeyboardMarkup } from "telegraf/types";
import { z } from "zod";
import type { Reply } from "../../core/answer.ts";
import { SendError } from "../../core/errors.ts";
import type { ChannelCapabilities, Sender } from "../../core/message.ts";
import type { CallTelegram } from "./api.ts";
import { mostButtons, type RenderedReply, renderReply } from "./render.ts";
import { createTextStream, type Sleep } from "./stream.ts";

const Sent = z.object({ message_id: z.int() });

export interface TelegramSenderDependencies {
  readonly call: CallTelegram;
  readonly log: Logger;
  /** Where people reach the assistant without Telegram. */
  readonly publicUrl: string;
  readonly wait?: Sleep | undefined;
}

/** Telegram's own limits; it has no ids of its callers, so an answer that was broken off is sent again. */
function capabilitiesOf(publicUrl: string): ChannelCapabilities {
  return {
    pushes: true,
    saysItself: false,
    mostButtons,
    replaces: true,
    sharesPlace: true,
    carrier: { name: "Telegram", insteadUrl: publicUrl },
    brokenOff: "resend",
  };
}

function idOf(sent: unknown): readonly number[] {
  const result = Sent.safeParse(sent);
  return result.success ? [result.data.message_id] : [];
}

/** Groups have negative ids. */
function isPrivate(address: string): boolean {
  return !address.startsWith("-");
}

interface OutgoingMessage {
  readonly text: string;
  readonly reply_markup?: InlineKeyboardMarkup | ReplyKeyboardMarkup;
}

function messagesOf({ parts, keyboard, place }: RenderedReply): readonly OutgoingMessage[] {
  const texts = parts.map((text, index) =>
    index === parts.length - 1 && keyboard !== undefined ? { text, reply_markup: keyboard } : { text },
  );
  return place === undefined ? texts : [...texts, { text: place.text, reply_markup: place.keyboard }];
}

/** Sends replies part by part; `platformId` is Telegram's message ids joined by commas. A fault in a later part leaves the earlier ones sent. */
export function createTelegramSender({ call, log, publicUrl, wait }: TelegramSenderDependencies): Sender {
  const link_preview_options = { is_disabled: true };

  /** False if the message is not there any more or cannot be edited: then the answer is sent anew. */
  async function edit(address: string, messageId: number, rendered: RenderedReply): Promise<boolean> {
    const [text = ""] = rendered.parts;
    const keyboard = rendered.parts.length === 1 && rendered.keyboard !== undefined ? { reply_markup: rendered.keyboard } : {};
    try {
      await call("editMessageText", { chat_id: address, message_id: messageId, text, link_preview_options, ...keyboard });
      return true;
    } catch (error) {
      if (error instanceof SendError && error.fault === "refused") return false;
      throw error;
    }
  }

  async function editFirst(address: string, replaces: string | undefined, rendered: RenderedReply): Promise<readonly number[]> {
    const messageId = Number(replaces ?? Number.NaN);
    return Number.isSafeInteger(messageId) && (await edit(address, messageId, rendered)) ? [messageId] : [];
  }

  async function send(address: string, reply: Reply, id: number): Promise<{ readonly platformId?: string }> {
    const rendered = renderReply(reply, isPrivate(address));
    if (rendered.parts.length === 0) throw new SendError("refused", "The reply holds no text, and Telegram takes no empty message.");
    for (const fault of rendered.faults) log.error({ outboxId: id, code: fault.code, reason: fault.message }, "telegram button left out");

    const ids = [...(await editFirst(address, reply.replaces, rendered))];
    for (const message of messagesOf(rendered).slice(ids.length)) {
      try {
        ids.push(...idOf(await call("sendMessage", { chat_id: address, link_preview_options, ...message })));
      } catch (error) {
        throw ids.length > 0 && error instanceof SendError ? error.afterAPart() : error;
      }
    }
    return ids.length === 0 ? {} : { platformId: ids.join(",") };
  }

  return {
    channel: "telegram",
    capabilities: capabilitiesOf(publicUrl),
    showTyping: async (address) => {
      await call("sendChatAction", { chat_id: address, action: "typing" });
    },
    send,
    stream: createTextStream(call, log, wait),
  };
}
