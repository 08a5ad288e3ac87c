import { type OfferCard, type Reply, replyText } from "../core/answer.ts";

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
}

function isDraft(card: OfferCard): card is DraftCard {
  return "spare" in card;
}

function finished(card: OfferCard): OfferCard {
  if (!isDraft(card)) return card;
  const { spare: _spare, ...rest } = card;
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

/** Shortens the cards of a reply until its text has `mostCharacters`, or nothing more can go. */
export function shorten(reply: Reply): Reply {
  const cards = [...reply.cards];
  let left = replyText(reply).length - mostCharacters;
  for (const { index, spare } of left > 0 ? spares(cards) : []) {
    const card = cards[index];
    if (left <= 0 || card === undefined || !card.lines.includes(spare.line)) continue;
    cards[index] = without(card, spare);
    left -= spare.line.length - (spare.instead === undefined ? -1 : spare.instead.length);
  }
  return { ...reply, cards: cards.map(finished) };
}
