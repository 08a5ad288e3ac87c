import { type OfferCard, type Reply, replyText } from "../../core/answer.ts";
import type { Offer } from "../../core/offer.ts";
import { readSentences } from "../../text/plain/read-text.ts";
import { mostCharacters } from "../brevity.ts";
import { sentencesOf } from "../simple.ts";
import { isSameStatement } from "./same-statement.ts";

/** Words that bound what an offer promises, and numbers: a sentence with one is never left out. */
const bounds =
  /(?<!\p{L})(?:nicht|nichts|nie|niemals|nur|erst|kein\p{L}*|ohne|außer|muss|müssen|darf|dürfen|wenn|falls|bis|ab|unter|über|höchstens|mindestens|vorher|anmeld\p{L}*|termin\p{L}*|kost\p{L}*)(?!\p{L})|\d/iu;

function bounding(summary: string, said: readonly string[]): readonly string[] {
  return readSentences(summary)
    .map(({ text }) => text)
    .filter((text) => bounds.test(text) && !said.some((each) => isSameStatement(each, text)));
}

/** The card with checked sentences in place of what it shows of the summary; all other lines, links and sources stay. A card that shows none of it stays as it is. */
function wordCard(card: OfferCard, offer: Offer | undefined, said: readonly string[] | undefined): OfferCard {
  if (offer === undefined || said === undefined || card.lang !== undefined) return card;
  const summary = offer.summary.de;
  const shown = card.lines.findIndex((line) => line === summary || sentencesOf(summary).includes(line));
  if (shown < 0) return card;
  return { ...card, lines: card.lines.with(shown, [...said, ...bounding(summary, said)].join(" ")) };
}

/** Puts checked sentences on the cards of their offers: whose fact it is says the card, not the model. A card that would make the answer too long stays as it is. */
export function applySentences(reply: Reply, offers: readonly Offer[], sent: ReadonlyMap<string, readonly string[]>): Reply {
  let worded = reply;
  for (const [index, card] of reply.cards.entries()) {
    const offer = offers.find(({ id }) => id === card.id);
    const next = { ...worded, cards: worded.cards.with(index, wordCard(card, offer, sent.get(card.id))) };
    if (replyText(next).length <= Math.max(mostCharacters, replyText(worded).length)) worded = next;
  }
  return worded;
}
