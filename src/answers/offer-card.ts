import type { OfferCard } from "../core/answer.ts";
import type { Manner } from "../core/composer.ts";
import { type Lang, localize } from "../core/languages.ts";
import type { Capacity, Offer } from "../core/offer.ts";
import { type Words, words } from "../words/words.ts";

/** Keeps digits in their order inside right-to-left text (Unicode isolates). */
function isolated(text: string, lang: Lang): string {
  return lang === "ar" ? `\u2066${text}\u2069` : text;
}

function formatDay(iso: string, lang: Lang): string {
  return new Intl.DateTimeFormat(lang, { dateStyle: "long", timeZone: "Europe/Berlin" }).format(new Date(iso));
}

function formatMoment(iso: string, lang: Lang): string {
  return new Intl.DateTimeFormat(lang, { dateStyle: "long", timeStyle: "short", timeZone: "Europe/Berlin" }).format(new Date(iso));
}

function firstSentence(text: string): string {
  return /^.*?[.!?؟](?=\s|$)/su.exec(text)?.[0] ?? text;
}

function whereLine(offer: Offer, own: Words, lang: Lang): string {
  if (offer.address === undefined) return `${own.where}: ${offer.online === true ? own.online : own.wholeCity}`;
  const { street, postcode, city } = offer.address;
  return `${own.where}: ${isolated(`${street}, ${postcode} ${city}`, lang)}${offer.district === undefined ? "" : ` (${isolated(offer.district, lang)})`}`;
}

function costLine(offer: Offer, own: Words, lang: Lang): string | undefined {
  if (offer.cost === undefined) return undefined;
  const text = offer.cost.text === undefined ? undefined : localize(offer.cost.text, lang).text;
  return `${own.cost}: ${text ?? (offer.cost.free ? own.free : own.notFree)}`;
}

function capacityLine(capacity: Capacity | undefined, own: Words, lang: Lang): string | undefined {
  if (capacity === undefined) return undefined;
  const unit = localize(capacity.unit, lang).text;
  const asOf = formatMoment(capacity.asOf, lang);
  return capacity.available > 0 ? own.freePlaces(capacity.available, unit, asOf) : own.noFreePlaces(unit, asOf);
}

function forWhomLine(offer: Offer, own: Words, lang: Lang): string | undefined {
  const who = offer.forWhom === undefined ? undefined : localize(offer.forWhom, lang).text;
  const age = offer.age === undefined ? undefined : own.age(offer.age.from, offer.age.to);
  const said = [who, age].filter((part) => part !== undefined && part !== "");
  return said.length === 0 ? undefined : `${own.forWhom}: ${said.join(", ")}`;
}

/** Host and path as a person would type them. */
function shortUrl(url: string): string {
  return url.replace(/^https?:\/\/(?:www\.)?/, "").replace(/\/$/, "");
}

function sourceLine(offer: Offer, own: Words, lang: Lang): string {
  if (offer.demo === true) return own.demo;
  if (offer.checkedAt === undefined) return own.unchecked(isolated(shortUrl(offer.source.url), lang));
  return own.source(offer.source.name, formatDay(offer.checkedAt, lang));
}

/** An offer as a citizen sees it: what, for whom, where, cost, free places, phone, link, source and date. Fields that are not known are left out. */
export function renderOfferCard(offer: Offer, { lang, simple }: Manner): OfferCard {
  const own = words[lang];
  const title = localize(offer.title, lang);
  const summary = localize(offer.summary, lang);
  const lines = [
    simple ? firstSentence(summary.text) : summary.text,
    simple ? undefined : forWhomLine(offer, own, lang),
    whereLine(offer, own, lang),
    costLine(offer, own, lang),
    capacityLine(offer.capacity, own, lang),
    offer.phone === undefined ? undefined : `${own.phone}: ${isolated(offer.phone, lang)}`,
    offer.wheelchair === true ? own.wheelchair : undefined,
  ];
  return {
    id: offer.id,
    title: title.text,
    ...(summary.lang === lang ? {} : { lang: summary.lang }),
    lines: lines.filter((line) => line !== undefined),
    url: offer.url,
    source: sourceLine(offer, own, lang),
  };
}
