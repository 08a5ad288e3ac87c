import type { OfferCard, Reply } from "../../core/answer.ts";
import type { Offer } from "../../core/offer.ts";
import { readSentences } from "../../text/plain/read-text.ts";
import { isSameStatement } from "./same-statement.ts";

/** Words that bound what an offer promises, and numbers: a sentence with one is never left out. */
const bounds =
  /(?<!\p{L})(?:nicht|nichts|nie|niemals|nur|erst|kein\p{L}*|ohne|außer|muss|müssen|darf|dürfen|wenn|falls|bis|ab|unter|über|höchstens|mindestens|vorher|anmeld\p{L}*|termin\p{L}*|kost\p{L}*)(?!\p{L})|\d/iu;

function bounding(summary: string, said: readonly string[]): readonly string[] {
  return readSentences(summary)
    .map(({ text }) => text)
    .filter((text) => bounds.test(text) && !said.some((each) => isSameStatement(each, text)));
}

/** The card with checked sentences in place of its summary, which is its first line; all other lines, links and sources stay. */
function wordCard(card: OfferCard, offer: Offer | undefined, said: readonly string[] | undefined): OfferCard {
  if (offer === undefined || said === undefined || card.lang !== undefined) return card;
  const [, ...lines] = card.lines;
  return { ...card, lines: [[...said, ...bounding(offer.summary.de, said)].join(" "), ...lines] };
}

/** Puts checked sentences on the cards of their offers: whose fact it is says the card, not the model. */
export function applySentences(reply: Reply, offers: readonly Offer[], sent: ReadonlyMap<string, readonly string[]>): Reply {
  return {
    ...reply,
    cards: reply.cards.map((card) =>
      wordCard(
        card,
        offers.find(({ id }) => id === card.id),
        sent.get(card.id),
      ),
    ),
  };
}
