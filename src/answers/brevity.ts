import { type OfferCard, type Reply, replyText } from "../core/answer.ts";
import { words } from "../words/words.ts";
import { sentencesOf } from "./simple.ts";

/** An answer of more characters is not read on a phone. */
export const mostCharacters = 900;

/** A line that a card can do without, or with less of it. */
interface Spare {
  readonly line: string;
  readonly instead?: string;
}

/** A card with what it may lose where an answer is too long, what is missed least first; undefined where it has no line of that kind. */
export interface DraftCard extends OfferCard {
  readonly spare: readonly (Spare | undefined)[];
  /** Lines that may be cut where that is not enough. */
  readonly cuts: readonly string[];
}

function isDraft(card: OfferCard): card is DraftCard {
  return "spare" in card;
}

function finished(card: OfferCard): OfferCard {
  if (!isDraft(card)) return card;
  const { spare: _spare, cuts: _cuts, ...rest } = card;
  return rest;
}

function without(card: OfferCard, { line, instead }: Spare): OfferCard {
  return { ...card, lines: card.lines.flatMap((each) => (each === line ? (instead ?? []) : each)) };
}

/** Everything that may go, in the order in which it goes: the same kind of thing of all cards, from the last card on, before the next kind. */
function spares(cards: readonly OfferCard[]): readonly { readonly index: number; readonly spare: Spare }[] {
  const each = cards.map((card) => (isDraft(card) ? card.spare : []));
  const kinds = Math.max(0, ...each.map(({ length }) => length));
  return Array.from({ length: kinds }, (_, kind) =>
    each.flatMap(({ [kind]: spare }, index) => (spare === undefined ? [] : [{ index, spare }])).reverse(),
  ).flat();
}

/** What is left of a line says something still. */
const leastCharacters = 100;

/** What was kept apart from the line around it (U+2066) ends where the line is cut. */
function closed(line: string): string {
  return line + "\u2069".repeat(line.split(/[\u2066-\u2068]/u).length - line.split("\u2069").length);
}

/** A line of at most `most` characters: whole sentences of it, else whole words. */
function clip(line: string, most: number, goesOn: string): string {
  if (line.length <= most) return line;
  const room = most - goesOn.length - 1;
  const [first = line, ...others] = sentencesOf(line);
  let whole = first;
  for (const next of others) {
    if (whole.length + 1 + next.length > room) break;
    whole = `${whole} ${next}`;
  }
  return whole.length <= room ? `${whole} ${goesOn}` : `${closed(line.slice(0, line.lastIndexOf(" ", room - 2)))} … ${goesOn}`;
}

const sizeOf = (cards: readonly OfferCard[]) => cards.reduce((sum, { lines }) => sum + lines.join("\n").length, 0);

/** Cuts the lines that may be cut to one length, so that `excess` characters are gone, or all that can go; the page of the offer has the rest. */
function clipLines(cards: readonly OfferCard[], excess: number, goesOn: string): readonly OfferCard[] {
  const cutTo = (most: number) =>
    cards.map((card) => {
      const cuts = isDraft(card) ? card.cuts : [];
      return { ...card, lines: card.lines.map((line) => (cuts.includes(line) ? clip(line, most, goesOn) : line)) };
    });
  let most = Math.max(...cards.flatMap(({ lines }) => lines.map(({ length }) => length)), 0);
  let clipped = cards;
  while (sizeOf(cards) - sizeOf(clipped) < excess && most > leastCharacters) {
    most = Math.max(leastCharacters, most - 20);
    clipped = cutTo(most);
  }
  return clipped;
}

/** Leaves out files for calendars, from the last card on, while `isTooLong`. */
function withoutCalendars(cards: readonly OfferCard[], isTooLong: (cards: readonly OfferCard[]) => boolean): readonly OfferCard[] {
  const at = isTooLong(cards) ? cards.findLastIndex(({ calendar }) => calendar !== undefined) : -1;
  const card = cards[at];
  if (card === undefined) return cards;
  const { calendar: _calendar, ...rest } = card;
  return withoutCalendars(cards.with(at, rest), isTooLong);
}

/** Shortens the cards of a reply until its text has `mostCharacters`: whole lines go, then the ends of long ones, then files for calendars. May leave more where that is not enough. */
export function shorten(reply: Reply): Reply {
  const cards = [...reply.cards];
  let left = replyText(reply).length - mostCharacters;
  for (const { index, spare } of left > 0 ? spares(cards) : []) {
    const card = cards[index];
    if (left <= 0 || card === undefined || !card.lines.includes(spare.line)) continue;
    cards[index] = without(card, spare);
    left -= spare.line.length - (spare.instead === undefined ? -1 : spare.instead.length);
  }
  const clipped = clipLines(cards, left, words[reply.lang].goesOn).map(finished);
  return { ...reply, cards: withoutCalendars(clipped, (kept) => replyText({ ...reply, cards: kept }).length > mostCharacters) };
}
