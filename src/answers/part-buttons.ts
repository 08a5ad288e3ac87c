import type { Button } from "../core/answer.ts";
import { type Lang, localizeTitle } from "../core/languages.ts";
import type { FoundOffer, Offer } from "../core/offer.ts";
import { offerRef } from "../core/offer-ref.ts";
import { takesContributions } from "../core/participation.ts";
import { isTask } from "../core/volunteering.ts";
import { berlinDay } from "../text/berlin-time.ts";
import { words } from "../words/words.ts";

const ideaNeed = "idee-melden";
/** Letters of a title that a label has room for. */
const mostTitle = 40;

/** How somebody can take part in one offer. */
function buttonsOf(offer: Offer, lang: Lang, now: Date, alone: boolean): readonly Button[] {
  const { participation, volunteering } = words[lang];
  const ref = offerRef(offer.id);
  const title = localizeTitle(offer.title, lang).text;
  const short = title.length > mostTitle ? `${title.slice(0, mostTitle).trimEnd()}…` : title;
  const labelled = (label: string, action: string): Button => ({ label: alone ? label : `${label}: ${short}`, value: `${action}:${ref}` });
  if (isTask(offer, now)) return (offer.capacity?.available ?? 0) > 0 ? [labelled(volunteering.join, "join")] : [];
  if (offer.kind === "measure") return alone ? measureButtons(offer, lang) : [labelled(participation.opinion, "measure")];
  if (!takesContributions(offer, berlinDay(now))) return [];
  return [labelled(offer.needs.includes(ideaNeed) ? participation.writeIdea : participation.speak, "say")];
}

/** What can be said to one measure. */
export function measureButtons({ id }: Offer, lang: Lang): readonly Button[] {
  const { important, unimportant, comment } = words[lang].participation;
  const ref = offerRef(id);
  return [
    { label: important, value: `pro:${ref}` },
    { label: unimportant, value: `contra:${ref}` },
    { label: comment, value: `say:${ref}` },
  ];
}

/** Buttons below offers that people can take part in, and what a tap on them stores where it is itself the consent. */
export function waysToTakePart(
  found: readonly FoundOffer[],
  lang: Lang,
  now: Date,
): { readonly closing: readonly string[]; readonly buttons: readonly Button[] } {
  const buttons = found.flatMap(({ offer }) => buttonsOf(offer, lang, now, found.length === 1));
  const joins = buttons.some(({ value }) => value.startsWith("join:"));
  return { closing: joins ? [words[lang].volunteering.joinStores] : [], buttons };
}
