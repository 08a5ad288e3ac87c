import type { InlineKeyboardMarkup, ReplyKeyboardMarkup } from "telegraf/types";
import { type Button, type Reply, replyText } from "../../core/answer.ts";
import { AppError } from "../../core/errors.ts";
import { splitText } from "../../text/split.ts";

/** The Bot API's limits: a message in UTF-16 units, a button's data in bytes, a keyboard in buttons. */
const longestMessage = 4096;
const longestData = 64;
export const mostButtons = 100;

/** Longer lists of buttons stand two in a row, so that the last one is in sight. */
const longestColumn = 4;

/** A request for the person's place with the button that shares it; a message of its own, since one message has one keyboard. */
export interface PlaceRequest {
  readonly text: string;
  readonly keyboard: ReplyKeyboardMarkup;
}

/** A reply as Telegram takes it: texts to send in order, the keyboard below the last one, and the faults of buttons that had to be left out. */
export interface RenderedReply {
  readonly parts: readonly string[];
  readonly keyboard: InlineKeyboardMarkup | undefined;
  readonly place: PlaceRequest | undefined;
  readonly faults: readonly AppError[];
}

/** Cuts a text into messages that Telegram takes; empty if it holds no words. */
export function splitMessage(text: string): readonly string[] {
  return splitText(text, longestMessage);
}

function leftOut(reason: string): AppError {
  return new AppError("CONTENT_INVALID", `${reason} The button was left out.`);
}

function faultOf(button: Button, position: number): AppError | undefined {
  const bytes = Buffer.byteLength(button.value);
  if (!button.value.isWellFormed()) return leftOut("A button's value holds half a character.");
  if (bytes < 1 || bytes > longestData) return leftOut(`A button's value has ${bytes} bytes; Telegram takes 1 to ${longestData}.`);
  if (button.label.trim() === "") return leftOut("A button has no label.");
  return position < mostButtons ? undefined : leftOut(`An answer has more than ${mostButtons} buttons, which is all that Telegram takes.`);
}

function inRows<Item>(items: readonly Item[]): Item[][] {
  const perRow = items.length > longestColumn ? 2 : 1;
  return Array.from({ length: Math.ceil(items.length / perRow) }, (_, row) => items.slice(row * perRow, (row + 1) * perRow));
}

/** The closing lines with what the button says in place of the last one. */
function renderPlace(button: Button | undefined, closing: readonly string[]): PlaceRequest | undefined {
  if (button === undefined) return undefined;
  const label = button.label.toWellFormed();
  const question = (button.says === undefined ? closing : [...closing.slice(0, -1), button.says]).join("\n\n");
  const [text = label] = splitMessage(question);
  const keyboard = [[{ text: label, request_location: true }]];
  return { text, keyboard: { keyboard, one_time_keyboard: true, resize_keyboard: true } };
}

/** Shapes a reply for Telegram as plain text without markup; `parts` is empty only if the reply holds no text. Only private chats can share a place. */
export function renderReply(reply: Reply, isPrivate = true): RenderedReply {
  const buttons = reply.buttons.filter(({ shares }) => shares === undefined);
  const sharing = isPrivate ? reply.buttons.find(({ shares }) => shares === "place") : undefined;
  const place = renderPlace(sharing, reply.closing);
  const faults = buttons.map((button, index) => ({ button, fault: faultOf(button, index) }));
  const fitting = faults.filter(({ fault }) => fault === undefined).map(({ button }) => button);
  const rows = inRows(fitting.map(({ label, value }) => ({ text: label.toWellFormed(), callback_data: value })));
  return {
    parts: splitMessage(replyText(place === undefined ? reply : { ...reply, closing: [] })),
    keyboard: rows.length === 0 ? undefined : { inline_keyboard: rows },
    place,
    faults: faults.flatMap(({ fault }) => fault ?? []),
  };
}
