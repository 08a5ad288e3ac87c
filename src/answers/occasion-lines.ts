import { type Lang, localize } from "../core/languages.ts";
import type { FoundOffer } from "../core/offer.ts";
import { words } from "../words/words.ts";
import { formatOfferDate } from "./format.ts";
import { formatDay } from "./format-moment.ts";

/** The next date, and how many more there are. */
export function dateLines({ dates = [] }: FoundOffer, lang: Lang): readonly string[] {
  const own = words[lang].timePlace;
  const [next, ...later] = dates;
  if (next === undefined) return [];
  const more = later.length === 0 ? "" : ` ${own.moreDates(later.length)}`;
  const date = formatOfferDate(next, lang);
  return [`${own.when}: ${date}${date.endsWith(".") ? "" : "."}${more}`];
}

function callLine({ offer: { deadline }, standing }: FoundOffer, lang: Lang): readonly string[] {
  if (deadline === undefined) return [];
  const own = words[lang].timePlace;
  const day = formatDay(deadline, lang);
  return [standing === "over" ? own.deadlineOver(day) : own.deadline(day)];
}

function participationLines({ offer: { participation }, standing }: FoundOffer, lang: Lang): readonly string[] {
  if (participation === undefined || standing === undefined) return [];
  const own = words[lang].timePlace;
  const { from, to, how } = participation;
  const days = [
    ...(standing === "announced" && from !== undefined ? [own.takePartFrom(formatDay(from, lang))] : []),
    ...((standing === "announced" || standing === "open") && to !== undefined ? [own.takePartUntil(formatDay(to, lang))] : []),
  ];
  const way = how === undefined || standing !== "open" ? [] : [`${own.howToTakePart}: ${localize(how, lang).text}`];
  return [[own.standing[standing], ...days].join(" "), ...way];
}

function measureLine({ offer: { measure } }: FoundOffer, lang: Lang): readonly string[] {
  if (measure === undefined) return [];
  const own = words[lang].timePlace;
  return [`${own.field}: ${own.fields[measure.field]}. ${own.status}: ${own.states[measure.status]}.`];
}

/** Whether and how one can take part, apply, and how far a measure is. */
export function standingLines(found: FoundOffer, lang: Lang): readonly string[] {
  return [...participationLines(found, lang), ...callLine(found, lang), ...measureLine(found, lang)];
}
