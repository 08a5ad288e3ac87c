import type { Fact } from "../core/answer.ts";
import type { Manner } from "../core/composer.ts";
import { type Lang, localize, localizeTitle } from "../core/languages.ts";
import type { FoundOffer } from "../core/offer.ts";
import { words } from "../words/words.ts";
import type { DraftCard } from "./brevity.ts";
import { factLines } from "./fact-lines.ts";
import { hoursLines } from "./hours-lines.ts";
import { mapUrl } from "./map-url.ts";
import { dateLines, standingLines } from "./occasion-lines.ts";
import {
  appointmentLine,
  capacityLine,
  costLine,
  forWhomLine,
  type NeedLabel,
  needLine,
  phoneLine,
  sourceLine,
  taskLines,
  whereLine,
} from "./offer-lines.ts";
import { sentencesOf } from "./simple.ts";

/** The address of a file with an offer's dates, for calendars. */
export type CalendarUrl = (offerId: string, lang: Lang) => string;

const isQuestion = /[?؟]$/u;
/** How sentences begin that make no sense without the one before. */
const leansBack = /^(?:dann|dort|da|das|dafür|dazu|dabei|danach|es|er|sie (?:ist|hat|wird)|then|there|that|this|it|they)(?!\p{L})/iu;

/** The first sentence that stands by itself; many texts begin with a question. */
function firstStatement(text: string): string {
  const sentences = sentencesOf(text);
  const [first = text] = sentences;
  return isQuestion.test(first) ? (sentences.find((each) => !isQuestion.test(each) && !leansBack.test(each)) ?? first) : first;
}

/** How an offer is shown. */
export interface CardParts {
  /** What was asked about it. */
  readonly asked?: Fact | undefined;
  /** Names a need; without it, titles in German stand alone. */
  readonly needLabel?: NeedLabel | undefined;
  /** Offers' dates are linked as files for calendars where it is given. */
  readonly calendarUrl?: CalendarUrl | undefined;
}

/** Everything a card may say, by kind. */
function partsOf(found: FoundOffer, lang: Lang) {
  const { offer, place } = found;
  const own = words[lang];
  const summary = localize(offer.summary, lang);
  return {
    summary,
    brief: firstStatement(summary.text),
    forWhom: forWhomLine(offer, own, lang),
    occasion: [...dateLines(found, lang), ...standingLines(found, lang)],
    where: whereLine(found, own, lang),
    hours: hoursLines(found, lang),
    cost: costLine(offer, own, lang),
    free: [capacityLine(found, own, lang), appointmentLine(found, own, lang)],
    phone: phoneLine(found, own, lang),
    wheelchair: (place?.location?.wheelchair ?? offer.wheelchair) === true ? own.wheelchair : undefined,
    tasks: taskLines(offer, own, lang),
  };
}

type Parts = ReturnType<typeof partsOf>;

function linesOf({ summary, brief, forWhom, occasion, where, hours, cost, free, phone, wheelchair, tasks }: Parts, simple: boolean) {
  if (simple) return [brief, ...occasion, where, ...hours, cost, ...free, phone, wheelchair];
  return [summary.text, forWhom, ...occasion, where, ...hours, cost, ...free, phone, wheelchair, ...tasks];
}

function mapOf({ offer, place }: FoundOffer, label: string): Pick<DraftCard, "map"> {
  const url = mapUrl(place?.location ?? offer);
  return url === undefined ? {} : { map: { label, url } };
}

/** Facts that are told in running text; addresses, numbers and hours are whole or not there. */
const runningFacts: readonly Fact[] = ["cost", "papers", "audience"];

/** What the card can do without, what is missed least first; not what was asked for, beside which place and hours can go too. */
function sparesOf(
  { summary, brief, forWhom, where, hours, cost, phone, wheelchair, tasks }: Parts,
  fact: readonly string[],
): DraftCard["spare"] {
  const spare = (line: string | undefined) => (line === undefined || fact.includes(line) ? undefined : { line });
  const kinds = [tasks[1], wheelchair, forWhom, tasks[0], phone, cost].map(spare);
  const besides = fact.length === 0 ? [] : [where, ...hours].map(spare);
  return [{ line: summary.text, instead: brief }, ...kinds, { line: brief }, ...besides];
}

/**
 * An offer as a citizen sees it: what was asked about it, then what, for whom, when, where, hours, cost, free places, phone, link, source and date. Fields that are not known are left out, unless they were asked for.
 */
export function renderOfferCard(found: FoundOffer, { lang, simple }: Manner, { asked, needLabel, calendarUrl }: CardParts = {}): DraftCard {
  const { offer } = found;
  const own = words[lang];
  const fact = asked === undefined ? [] : factLines(asked, found, own, lang);
  const parts = partsOf(found, lang);
  const title = localizeTitle(offer.title, lang);
  const rest = [needLine(offer, lang, needLabel), ...linesOf(parts, simple)].filter((line) => line !== undefined);
  return {
    id: offer.id,
    title: title.text,
    ...(title.lang === lang ? {} : { titleLang: title.lang }),
    ...(parts.summary.lang === lang ? {} : { lang: parts.summary.lang }),
    lines: [...fact, ...rest.filter((line) => !fact.includes(line))],
    spare: sparesOf(parts, fact),
    cuts: asked !== undefined && runningFacts.includes(asked) ? fact : [],
    url: found.appointments === undefined ? offer.url : (offer.bookingUrl ?? offer.url),
    ...mapOf(found, own.timePlace.map),
    ...(found.dates === undefined || calendarUrl === undefined
      ? {}
      : { calendar: { label: own.timePlace.calendar, url: calendarUrl(offer.id, lang) } }),
    source: sourceLine(offer, own, lang),
  };
}
