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

/** The line with checked sentences, and which line of the card it takes the place of; undefined where the card shows nothing of the summary. */
function wordedLine(card: OfferCard, { summary: { de: summary } }: Offer, said: readonly string[]) {
  if (card.lang !== undefined) return undefined;
  const at = card.lines.findIndex((line) => line === summary || sentencesOf(summary).includes(line));
  return at < 0 ? undefined : { at, line: [...said, ...bounding(summary, said)].join(" ") };
}

/** A reply with checked sentences, and those alone below the titles of their offers. */
export interface Applied {
  readonly reply: Reply;
  readonly chosen: readonly string[];
}

/**
 * Puts checked sentences on the cards of their offers, in place of what they show of the summary; all other lines, links and sources stay. Whose fact it is says the card, not the model. A card
 * that would make the answer too long stays as it is.
 */
export function applySentences(reply: Reply, offers: readonly Offer[], sent: ReadonlyMap<string, readonly string[]>): Applied {
  let worded = reply;
  const chosen: string[] = [];
  for (const [index, card] of reply.cards.entries()) {
    const offer = offers.find(({ id }) => id === card.id);
    const said = sent.get(card.id);
    const line = offer === undefined || said === undefined ? undefined : wordedLine(card, offer, said);
    if (line === undefined) continue;
    const next = { ...worded, cards: worded.cards.with(index, { ...card, lines: card.lines.with(line.at, line.line) }) };
    if (replyText(next).length > Math.max(mostCharacters, replyText(worded).length)) continue;
    worded = next;
    chosen.push(`${card.title}\n${line.line}`);
  }
  return { reply: worded, chosen };
}
