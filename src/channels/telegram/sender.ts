import type { Logger } from "pino";
import { z } from "zod";
import type { Reply } from "../../core/answer.ts";
import { AppError } from "../../core/errors.ts";
import type { Sender } from "../../core/message.ts";
import type { CallTelegram } from "./api.ts";
import { renderReply } from "./render.ts";

const Sent = z.object({ message_id: z.int() });

function idOf(sent: unknown): readonly number[] {
  const result = Sent.safeParse(sent);
  return result.success ? [result.data.message_id] : [];
}

/** Sends replies part by part; `platformId` is Telegram's message ids joined by commas. A fault in a later part leaves the earlier ones sent. */
export function createTelegramSender(call: CallTelegram, log: Logger): Sender {
  return {
    channel: "telegram",
    async send(address: string, reply: Reply, id: number) {
      const { parts, keyboard, faults } = renderReply(reply);
      if (parts.length === 0) throw new AppError("SEND_FAILED", "The reply holds no text, and Telegram takes no empty message.");
      for (const fault of faults) log.error({ outboxId: id, code: fault.code, reason: fault.message }, "telegram button left out");

      const ids: number[] = [];
      for (const [index, text] of parts.entries()) {
        const isLast = index === parts.length - 1;
        const sent = await call("sendMessage", {
          chat_id: address,
          text,
          link_preview_options: { is_disabled: true },
          ...(isLast && keyboard !== undefined ? { reply_markup: keyboard } : {}),
        });
        ids.push(...idOf(sent));
      }
      return ids.length === 0 ? {} : { platformId: ids.join(",") };
    },
  };
}
