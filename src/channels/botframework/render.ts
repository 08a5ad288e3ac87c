import type { Activity, SuggestedActions } from "botbuilder-core";
import { type Button, type Reply, replyText } from "../../core/answer.ts";
import { AppError } from "../../core/errors.ts";
import { splitText } from "../../text/split.ts";
import { type AdaptiveCard, type Block, renderBlocks, renderButtons, renderCard } from "./card.ts";
import type { Surface } from "./surfaces.ts";

/** What Teams takes of a card, counted as UTF-16, without what the platform's own fields (ids, addresses) may need. */
const mostBytes = 28 * 1024;
const envelopeBytes = 8 * 1024;
/** Signs of a message without a card: all of them escaped and as UTF-16, with suggested actions, are still below the limit. */
const longestText = 3000;
const longestLabel = 80;
/** A card with more would hardly be looked through. */
export const mostButtons = 25;
const longestValueBytes = 60;
const cardType = "application/vnd.microsoft.card.adaptive";

/** Activities to send in order, and the faults of buttons that had to be left out. */
export interface RenderedReply {
  readonly activities: readonly Partial<Activity>[];
  readonly faults: readonly AppError[];
}

/** A label as it fits on a button. */
function titleOf(label: string): string {
  return splitText(label, longestLabel)[0] ?? "";
}

function faultOf({ label, value }: Button, position: number): AppError | undefined {
  if (position >= mostButtons) return new AppError("CONTENT_INVALID", `An answer has more than ${mostButtons} buttons. One was left out.`);
  if (titleOf(label) === "") return new AppError("CONTENT_INVALID", "A button has no words on it. It was left out.");
  const bytes = Buffer.byteLength(value);
  if (bytes >= 1 && bytes <= longestValueBytes) return undefined;
  return new AppError(
    "CONTENT_INVALID",
    `A button's value has ${bytes} bytes; 1 to ${longestValueBytes} come back. The button was left out.`,
  );
}

/** True if the words on each button name that one alone, where a platform gives back nothing else. */
function areToldApart(buttons: readonly Button[]): boolean {
  const labels = new Set(buttons.map(({ label }) => label));
  return labels.size === buttons.length && buttons.every(({ label }) => titleOf(label) === label);
}

/** Bytes of an activity, or of a part of one, as a platform counts them. */
export function sizeOf(part: unknown): number {
  return 2 * JSON.stringify(part).length;
}

function suggest(buttons: readonly Button[], type: "messageBack" | "imBack"): { readonly suggestedActions?: SuggestedActions } {
  if (buttons.length === 0) return {};
  const actions = buttons.map(({ label, value }) =>
    type === "imBack"
      ? { type, title: label, value: label }
      : { type, title: label, text: label, displayText: label, value: { stadtlotse: value } },
  );
  return { suggestedActions: { to: [], actions } };
}

/** Fills cards one after the other, none larger than `room` bytes. */
function packCards(blocks: readonly Block[], reply: Reply, room: number): readonly AdaptiveCard[] {
  const pages: Block[][] = [[]];
  for (const block of blocks) {
    const page = pages.at(-1) ?? [];
    if (page.length > 0 && sizeOf(renderCard([...page, block], reply)) > room) pages.push([block]);
    else page.push(block);
  }
  return pages.map((page) => renderCard(page, reply));
}

/** Where the whole reply is one card, a client that shows none gets the words, if both fit. */
function withFallback(cards: readonly AdaptiveCard[], reply: Reply, room: number): readonly AdaptiveCard[] {
  const [card] = cards;
  if (card === undefined || cards.length > 1) return cards;
  const spoken = { ...card, fallbackText: replyText(reply).toWellFormed() };
  return sizeOf(spoken) > room ? cards : [spoken];
}

function renderCards(reply: Reply, buttons: readonly Button[], { replaces }: Surface, frameBytes: number): readonly Partial<Activity>[] {
  const attach = (content: AdaptiveCard | null) => ({ attachments: [{ contentType: cardType, content }] });
  const room = mostBytes - envelopeBytes - frameBytes - sizeOf(attach(null));
  const blocks = [...renderBlocks(reply), ...renderButtons(buttons, replaces)];
  return withFallback(packCards(blocks, reply, room), reply, room).map(attach);
}

/** The labels that no button is left for; who writes one is understood as if there were. */
function listLabels(buttons: readonly Button[]): string {
  return buttons.map(({ label }) => `\n• ${label}`).join("");
}

function renderWords(reply: Reply, buttons: readonly Button[]): readonly Partial<Activity>[] {
  return splitText(`${replyText(reply)}${listLabels(buttons)}`, longestText).map((text) => ({ text, textFormat: "plain" }));
}

/** Shapes a reply for a platform: as a card where it has offers or more buttons than the platform suggests, else as plain words; `outboxId` marks what belongs together. */
export function renderReply(reply: Reply, surface: Surface, outboxId: number): RenderedReply {
  const fitting = reply.buttons.filter((button, position) => faultOf(button, position) === undefined);
  const buttons = fitting.map((button) => ({ ...button, label: titleOf(button.label) }));
  const { most, type, besideCards } = surface.suggestions;
  const mostAsWords = type === "messageBack" || areToldApart(reply.buttons) ? most : 0;
  const asCard = surface.cards && (reply.cards.length > 0 || buttons.length > mostAsWords);
  const suggested = asCard && !besideCards ? [] : buttons.slice(0, most);
  const rest = buttons.slice(suggested.length);
  const suggestions = suggest(suggested, type);
  const frame = (part: number): Partial<Activity> => ({
    type: "message",
    locale: reply.lang,
    ...(surface.ownChannelData ? { channelData: { stadtlotse: { answer: outboxId, part } } } : {}),
  });
  const contents = asCard
    ? renderCards(reply, rest, surface, sizeOf({ ...frame(buttons.length), ...suggestions }))
    : renderWords(reply, rest);
  return {
    activities: contents.map((content, part) => ({ ...frame(part), ...content, ...(part === contents.length - 1 ? suggestions : {}) })),
    faults: reply.buttons.flatMap((button, position) => faultOf(button, position) ?? []),
  };
}
