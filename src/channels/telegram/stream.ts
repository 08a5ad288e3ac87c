import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import { z } from "zod";
import { messageOf, SendError } from "../../core/errors.ts";
import type { Sender } from "../../core/message.ts";
import type { CallTelegram } from "./api.ts";
import { splitMessage } from "./render.ts";

/** What the time between two edits is waited for with. */
export type Sleep = (ms: number) => Promise<unknown>;

/** Telegram takes about one message a second in a chat and 20 a minute in a group; edits count. */
const editEveryMs = 1000;
const editEveryMsInGroup = 3000;

const Sent = z.object({ message_id: z.int() });

/** Reads on at the source's pace; `next` resolves to the newest text once it differs from the one shown, to undefined once the source has ended. */
function readNewest(texts: AsyncIterable<string>, onFault: (error: unknown) => void) {
  let newest = "";
  let ended = false;
  let changed = Promise.withResolvers<void>();

  async function read(): Promise<void> {
    for await (const text of texts) {
      // What is longer than one message comes whole with the finished reply.
      newest = splitMessage(text)[0] ?? "";
      changed.resolve();
    }
  }
  void read()
    .catch(onFault)
    .finally(() => {
      ended = true;
      changed.resolve();
    });

  return async function next(shown: string): Promise<string | undefined> {
    while (newest === shown) {
      if (ended) return undefined;
      changed = Promise.withResolvers();
      await changed.promise;
    }
    return newest;
  };
}

/**
 * Shows a growing text by editing one message, at most once a second, in groups every three. A refused edit ends the edits, and a fault of the source ends the text; both
 * are logged, since the finished reply takes the message's place.
 */
export function createTextStream(call: CallTelegram, log: Logger, wait: Sleep = sleep): NonNullable<Sender["stream"]> {
  const link_preview_options = { is_disabled: true };
  const warn = (what: string) => (error: unknown) => log.warn({ reason: messageOf(error) }, what);

  async function begin(address: string, text: string): Promise<number> {
    const sent = Sent.safeParse(await call("sendMessage", { chat_id: address, text, link_preview_options }));
    if (!sent.success) throw new SendError("uncertain", "Telegram's answer to sendMessage holds no message id.");
    return sent.data.message_id;
  }

  async function edit(address: string, message_id: number, text: string): Promise<boolean> {
    try {
      await call("editMessageText", { chat_id: address, message_id, text, link_preview_options });
      return true;
    } catch (error) {
      warn("telegram stream is not edited any more")(error);
      return false;
    }
  }

  return async (address, texts) => {
    const pauseMs = address.startsWith("-") ? editEveryMsInGroup : editEveryMs;
    const next = readNewest(texts, warn("the source of a telegram stream failed"));
    let messageId: number | undefined;
    let editable = true;
    for (let text = await next(""); text !== undefined; text = await next(text)) {
      if (messageId === undefined) messageId = await begin(address, text);
      else if (editable) editable = await edit(address, messageId, text);
      if (editable) await wait(pauseMs);
    }
    return messageId === undefined ? undefined : { platformId: String(messageId) };
  };
}
