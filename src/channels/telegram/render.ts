import type { InlineKeyboardMarkup } from "telegraf/types";
import { type Button, type Reply, replyText } from "../../core/answer.ts";
import { AppError } from "../../core/errors.ts";

/** The Bot API's limits: a message in UTF-16 units, a button's data in bytes. */
const longestMessage = 4096;
const longestData = 64;

/** The white space to cut at, best first: a paragraph's end, a line's, a sentence's, a word's. */
const breaks: readonly RegExp[] = [/\n\s*\n/g, /\n/g, /(?<=[.!?…。؟])\s/g, /\s/g];

/** A reply as Telegram takes it: texts to send in order, the keyboard below the last one, and the faults of buttons that had to be left out. */
export interface RenderedReply {
  readonly parts: readonly string[];
  readonly keyboard: InlineKeyboardMarkup | undefined;
  readonly faults: readonly AppError[];
}

function cutAt(text: string): number {
  const head = text.slice(0, longestMessage + 1);
  for (const pattern of breaks) {
    const last = [...head.matchAll(pattern)].at(-1);
    if (last !== undefined) return last.index;
  }
  const insidePair = /^[\uD800-\uDBFF][\uDC00-\uDFFF]/.test(text.slice(longestMessage - 1));
  return insidePair ? longestMessage - 1 : longestMessage;
}

function splitText(text: string): readonly string[] {
  const parts: string[] = [];
  let rest = text.trim();
  while (rest.length > longestMessage) {
    const at = cutAt(rest);
    parts.push(rest.slice(0, at).trimEnd());
    rest = rest.slice(at).trimStart();
  }
  return rest === "" ? parts : [...parts, rest];
}

function faultOf(button: Button): AppError | undefined {
  const bytes = Buffer.byteLength(button.value);
  if (bytes >= 1 && bytes <= longestData) return undefined;
  return new AppError(
    "CONTENT_INVALID",
    `A button's value has ${bytes} bytes; Telegram takes 1 to ${longestData}. The button was left out.`,
  );
}

/** Shapes a reply for Telegram as plain text without markup; `parts` is empty only if the reply holds no text. */
export function renderReply(reply: Reply): RenderedReply {
  const fitting = reply.buttons.filter((button) => faultOf(button) === undefined);
  const rows = fitting.map((button) => [{ text: button.label, callback_data: button.value }]);
  return {
    // Half of a surrogate pair is no UTF-8, and Telegram refuses the whole message.
    parts: splitText(replyText(reply).toWellFormed()),
    keyboard: rows.length === 0 ? undefined : { inline_keyboard: rows },
    faults: reply.buttons.map(faultOf).filter((fault) => fault !== undefined),
  };
}
