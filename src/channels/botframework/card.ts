import type { Button, OfferCard, Reply } from "../../core/answer.ts";
import { splitText } from "../../text/split.ts";
import { words } from "../../words/words.ts";

/** Any element of an Adaptive Card: https://adaptivecards.io/explorer/ */
type Element = { readonly type: string } & Readonly<Record<string, unknown>>;

/** A piece of a card that is not divided any more. */
export type Block = Element;

export interface AdaptiveCard {
  readonly type: "AdaptiveCard";
  readonly version: string;
  readonly lang: string;
  readonly rtl?: true;
  readonly body: readonly Block[];
}

/** What Teams takes on phones too. */
const version = "1.4";
/** Teams shows six buttons of a row and hides the others. */
const buttonsInARow = 5;
/** Signs of one line, lines of one block and signs of a link: so no block is larger than half of what a message may have. */
const longestLine = 500;
const linesInABlock = 4;
const longestUrl = 1000;

type Look = { readonly weight?: "Bolder"; readonly size?: "Medium" | "Small"; readonly isSubtle?: true };

/** Text as runs: what a TextBlock would take for Markdown stays as it is. */
function renderLine(text: string, look: Look = {}): Element {
  return { type: "RichTextBlock", inlines: [{ type: "TextRun", text, ...look }] };
}

function renderText(text: string, look?: Look): readonly Element[] {
  return text.split("\n").flatMap((line) => splitText(line, longestLine).map((part) => renderLine(part, look)));
}

function chunked<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
}

function renderOffer(card: OfferCard, reply: Reply): readonly Block[] {
  const calendar = card.calendar === undefined ? [] : [{ type: "Action.OpenUrl", title: card.calendar.label, url: card.calendar.url }];
  const link =
    /^https?:\/\//i.test(card.url) && card.url.length <= longestUrl
      ? [{ type: "ActionSet", actions: [{ type: "Action.OpenUrl", title: words[reply.lang].page.openLink, url: card.url }, ...calendar] }]
      : renderText(card.url);
  const items = [
    ...renderText(card.title, { weight: "Bolder", size: "Medium" }),
    ...card.lines.flatMap((line) => renderText(line)),
    ...link,
    ...renderText(card.source, { isSubtle: true, size: "Small" }),
  ];
  return chunked(items, linesInABlock).map((part, index) => ({
    type: "Container",
    ...(index === 0 ? { separator: true } : {}),
    items: part,
  }));
}

/** A press comes back as a message with our value, and shows the words of the button in the talk unless the answer stands above them. */
function renderButton({ label, value, inPlace }: Button, replaces: boolean): Element {
  const shown = inPlace === true && replaces ? {} : { displayText: label };
  return {
    type: "Action.Submit",
    title: label,
    data: { stadtlotse: value, msteams: { type: "messageBack", ...shown, text: label } },
  };
}

/** The buttons as rows, for a platform where an answer can take the place of another or not. */
export function renderButtons(buttons: readonly Button[], replaces: boolean): readonly Block[] {
  const actions = buttons.map((button) => renderButton(button, replaces));
  return chunked(actions, buttonsInARow).map((actions) => ({ type: "ActionSet", actions }));
}

/** The words and offers of a reply, from top to bottom. */
export function renderBlocks(reply: Reply): readonly Block[] {
  return [
    ...reply.lead.flatMap((text) => renderText(text)),
    ...reply.cards.flatMap((card) => renderOffer(card, reply)),
    ...reply.closing.flatMap((text) => renderText(text)),
  ];
}

/** A card of blocks in the reply's language and direction. */
export function renderCard(body: readonly Block[], { lang }: Reply): AdaptiveCard {
  return { type: "AdaptiveCard", version, lang, ...(lang === "ar" ? { rtl: true } : {}), body };
}
