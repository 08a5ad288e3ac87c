import type { OfferCard } from "../core/answer.ts";
import type { Manner } from "../core/composer.ts";
import { type Lang, localize, localizeTitle } from "../core/languages.ts";
import type { FoundOffer, Offer } from "../core/offer.ts";
import { taskNeed } from "../core/volunteering.ts";
import { type Words, words } from "../words/words.ts";
import { isolated } from "./format.ts";
import { formatDay, formatMoment } from "./format-moment.ts";
import { hoursLines } from "./hours-lines.ts";
import { dateLines, standingLines } from "./occasion-lines.ts";
import { sentencesOf } from "./simple.ts";

/** The label of a need in a language; undefined for an id that is gone. */
export type NeedLabel = (id: string, lang: Lang) => string | undefined;

/** The words of so many needs stand below a title in German. */
const mostNeedWords = 2;

/** The address of a file with an offer's dates, for calendars. */
export type CalendarUrl = (offerId: string, lang: Lang) => string;

/** The place that is shown; of several, how many others there are. */
function whereLine({ offer, place }: FoundOffer, own: Words, lang: Lang): string {
  const { location, others = 0, km } = place ?? {};
  const { address, district } = location ?? offer;
  const apart = [
    ...(km === undefined ? [] : [`${own.timePlace.distance(Math.max(1, Math.round(km)))}.`]),
    ...(others === 0 ? [] : [own.timePlace.otherPlaces(others)]),
  ];
  const rest = apart.length === 0 ? "" : `. ${apart.join(" ")}`;
  if (address === undefined && location === undefined) return `${own.where}: ${offer.online === true ? own.online : own.wholeCity}${rest}`;
  const street = address === undefined ? undefined : `${address.street}, ${address.postcode} ${address.city}`;
  const said = [location?.name, street].filter((part) => part !== undefined).map((part) => isolated(part, lang));
  return `${own.where}: ${said.join(", ")}${district === undefined ? "" : ` (${isolated(district, lang)})`}${rest}`;
}

function costLine(offer: Offer, own: Words, lang: Lang): string | undefined {
  if (offer.cost === undefined) return undefined;
  const text = offer.cost.text === undefined ? undefined : localize(offer.cost.text, lang).text;
  return `${own.cost}: ${text ?? (offer.cost.free ? own.free : own.notFree)}`;
}

function capacityLine({ offer: { capacity }, outdated }: FoundOffer, own: Words, lang: Lang): string | undefined {
  if (capacity === undefined) return undefined;
  const unit = localize(capacity.unit, lang).text;
  const asOf = formatMoment(capacity.asOf, lang);
  if (outdated === true) return own.outdatedPlaces(asOf);
  return capacity.available > 0 ? own.freePlaces(capacity.available, unit, asOf) : own.noFreePlaces(unit, asOf);
}

function appointmentLine({ appointments }: FoundOffer, own: Words, lang: Lang): string | undefined {
  switch (appointments?.kind) {
    case undefined:
      return undefined;
    case "free":
      return own.appointments.free(formatMoment(appointments.first, lang), appointments.office, formatMoment(appointments.asOf, lang));
    case "none":
      return own.appointments.none(formatDay(appointments.until, lang), formatMoment(appointments.asOf, lang));
    case "unavailable":
      return own.appointments.unavailable;
    default:
      return appointments satisfies never;
  }
}

function ageText({ from, to }: NonNullable<Offer["age"]>, own: Words): string | undefined {
  if (from === undefined) return to === undefined ? undefined : own.age.to(to);
  return to === undefined ? own.age.from(from) : own.age.between(from, to);
}

function forWhomLine(offer: Offer, own: Words, lang: Lang): string | undefined {
  const who = offer.forWhom === undefined ? undefined : localize(offer.forWhom, lang).text;
  const age = offer.age === undefined ? undefined : ageText(offer.age, own);
  const said = [who, age].filter((part) => part !== undefined);
  return said.length === 0 ? undefined : `${own.forWhom}: ${said.join(", ")}`;
}

/** Host and path as a person would type them. */
function shortUrl(url: string): string {
  return url.replace(/^https?:\/\/(?:www\.)?/, "").replace(/\/$/, "");
}

/** What a task asks of volunteers. */
function taskLines({ needs, skills, languages }: Offer, own: Words, lang: Lang): readonly string[] {
  if (!needs.includes(taskNeed)) return [];
  const names = languages?.map((code) => new Intl.DisplayNames(lang, { type: "language" }).of(code) ?? code) ?? [];
  return [
    ...(skills === undefined ? [] : [`${own.volunteering.skills}: ${localize(skills, lang).text}`]),
    ...(names.length === 0 ? [] : [`${own.volunteering.languages}: ${names.join(", ")}`]),
  ];
}

function sourceLine(offer: Offer, own: Words, lang: Lang): string {
  if (offer.demo === true) return own.demo;
  if (offer.checkedAt === undefined) return own.unchecked(isolated(shortUrl(offer.source.url), lang));
  return own.source(offer.source.name, formatDay(offer.checkedAt, lang));
}

/** What a card may have besides the offer's own texts. */
export interface CardParts {
  /** Names a need; without it, titles in German stand alone. */
  readonly needLabel?: NeedLabel | undefined;
  /** Offers' dates are linked as files for calendars where it is given. */
  readonly calendarUrl?: CalendarUrl | undefined;
}

/** What an offer with a German title is for, in words of the person's language. */
function needLine({ title, needs }: Offer, lang: Lang, needLabel: NeedLabel | undefined): string | undefined {
  if (title[lang] !== undefined || needLabel === undefined) return undefined;
  const labels = needs.flatMap((id) => needLabel(id, lang) ?? []).slice(0, mostNeedWords);
  return labels.length === 0 ? undefined : labels.join(", ");
}

/** An offer as a citizen sees it: what, for whom, when, where, hours, cost, free places, phone, link, source and date. Fields that are not known are left out. */
export function renderOfferCard(found: FoundOffer, { lang, simple }: Manner, { needLabel, calendarUrl }: CardParts = {}): OfferCard {
  const { offer } = found;
  const own = words[lang];
  const title = localizeTitle(offer.title, lang);
  const summary = localize(offer.summary, lang);
  const phone = found.place?.location?.phone ?? offer.phone;
  const lines = [
    needLine(offer, lang, needLabel),
    simple ? sentencesOf(summary.text)[0] : summary.text,
    simple ? undefined : forWhomLine(offer, own, lang),
    ...dateLines(found, lang),
    ...standingLines(found, lang),
    whereLine(found, own, lang),
    ...hoursLines(found, lang),
    costLine(offer, own, lang),
    capacityLine(found, own, lang),
    appointmentLine(found, own, lang),
    phone === undefined ? undefined : `${own.phone}: ${isolated(phone, lang)}`,
    (found.place?.location?.wheelchair ?? offer.wheelchair) === true ? own.wheelchair : undefined,
    ...(simple ? [] : taskLines(offer, own, lang)),
  ];
  return {
    id: offer.id,
    title: title.text,
    ...(title.lang === lang ? {} : { titleLang: title.lang }),
    ...(summary.lang === lang ? {} : { lang: summary.lang }),
    lines: lines.filter((line) => line !== undefined),
    url: found.appointments === undefined ? offer.url : (offer.bookingUrl ?? offer.url),
    ...(found.dates === undefined || calendarUrl === undefined
      ? {}
      : { calendar: { label: own.timePlace.calendar, url: calendarUrl(offer.id, lang) } }),
    source: sourceLine(offer, own, lang),
  };
}
