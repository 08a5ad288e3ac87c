import type { Fact } from "../core/answer.ts";
import { type Lang, localize } from "../core/languages.ts";
import type { FoundOffer } from "../core/offer.ts";
import type { Words } from "../words/words.ts";
import { hoursLines } from "./hours-lines.ts";
import { contactLines, costLine, forWhomLine, whereLine } from "./offer-lines.ts";

/** What was asked about an offer, out of its fields; that it is not known where they are empty. Hours say so themselves (`hoursLines`). */
export function factLines(asked: Fact, found: FoundOffer, own: Words, lang: Lang): readonly string[] {
  const { offer, place } = found;
  const unknown = (label: string) => `${label}: ${own.unknown}`;
  switch (asked) {
    case "hours":
      return hoursLines(found, lang);
    case "cost":
      return [costLine(offer, own, lang) ?? unknown(own.cost)];
    case "papers":
      return [offer.papers === undefined ? unknown(own.papers) : `${own.papers}: ${localize(offer.papers, lang).text}`];
    case "contact": {
      const lines = contactLines(found, own, lang);
      return lines.length === 0 ? [unknown(own.contact)] : lines;
    }
    case "audience":
      return [forWhomLine(offer, own, lang) ?? unknown(own.forWhom)];
    case "route": {
      const known = (place?.location ?? offer).address !== undefined || offer.online === true;
      return [known ? whereLine(found, own, lang) : unknown(own.where)];
    }
    default:
      return asked satisfies never;
  }
}
