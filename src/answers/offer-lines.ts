import { type Lang, localize } from "../core/languages.ts";
import type { FoundOffer, Offer } from "../core/offer.ts";
import { taskNeed } from "../core/volunteering.ts";
import type { Words } from "../words/words.ts";
import { isolated } from "./format.ts";
import { formatDay, formatMoment } from "./format-moment.ts";

/** The place that is shown; of several, how many others there are. */
export function whereLine({ offer, place }: FoundOffer, own: Words, lang: Lang): string {
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

/** What it costs; undefined where that is not known. */
export function costLine(offer: Offer, own: Words, lang: Lang): string | undefined {
  if (offer.cost === undefined) return undefined;
  const text = offer.cost.text === undefined ? undefined : localize(offer.cost.text, lang).text;
  return `${own.cost}: ${text ?? (offer.cost.free ? own.free : own.notFree)}`;
}

/** Free places with the moment they were counted. */
export function capacityLine({ offer: { capacity }, outdated }: FoundOffer, own: Words, lang: Lang): string | undefined {
  if (capacity === undefined) return undefined;
  const unit = localize(capacity.unit, lang).text;
  const asOf = formatMoment(capacity.asOf, lang);
  if (outdated === true) return own.outdatedPlaces(asOf);
  return capacity.available > 0 ? own.freePlaces(capacity.available, unit, asOf) : own.noFreePlaces(unit, asOf);
}

/** The next free appointment, or that there is none or nobody can say. */
export function appointmentLine({ appointments }: FoundOffer, own: Words, lang: Lang): string | undefined {
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

/** Who it is for, ages too. */
export function forWhomLine(offer: Offer, own: Words, lang: Lang): string | undefined {
  const who = offer.forWhom === undefined ? undefined : localize(offer.forWhom, lang).text;
  const age = offer.age === undefined ? undefined : ageText(offer.age, own);
  const said = [who, age].filter((part) => part !== undefined);
  return said.length === 0 ? undefined : `${own.forWhom}: ${said.join(", ")}`;
}

/** What a task asks of volunteers. */
export function taskLines({ needs, skills, languages }: Offer, own: Words, lang: Lang): readonly string[] {
  if (!needs.includes(taskNeed)) return [];
  const names = languages?.map((code) => new Intl.DisplayNames(lang, { type: "language" }).of(code) ?? code) ?? [];
  return [
    ...(skills === undefined ? [] : [`${own.volunteering.skills}: ${localize(skills, lang).text}`]),
    ...(names.length === 0 ? [] : [`${own.volunteering.languages}: ${names.join(", ")}`]),
  ];
}

/** Host and path as a person would type them. */
function shortUrl(url: string): string {
  return url.replace(/^https?:\/\/(?:www\.)?/, "").replace(/\/$/, "");
}

/** Where the entry comes from and when somebody checked it; last line of every card. */
export function sourceLine(offer: Offer, own: Words, lang: Lang): string {
  if (offer.demo === true) return own.demo;
  if (offer.checkedAt === undefined) return own.unchecked(isolated(shortUrl(offer.source.url), lang));
  return own.source(offer.source.name, formatDay(offer.checkedAt, lang));
}

/** The number of the place that is shown, else of the offer. */
export function phoneLine({ offer, place }: FoundOffer, own: Words, lang: Lang): string | undefined {
  const phone = place?.location?.phone ?? offer.phone;
  return phone === undefined ? undefined : `${own.phone}: ${isolated(phone, lang)}`;
}

/** Phone and e-mail, as far as they are known. */
export function contactLines(found: FoundOffer, own: Words, lang: Lang): readonly string[] {
  const email = found.place?.location?.email ?? found.offer.email;
  const phone = phoneLine(found, own, lang);
  return [...(phone === undefined ? [] : [phone]), ...(email === undefined ? [] : [`${own.email}: ${isolated(email, lang)}`])];
}

/** The label of a need in a language; undefined for an id that is gone. */
export type NeedLabel = (id: string, lang: Lang) => string | undefined;

/** The words of so many needs stand below a title in German. */
const mostNeedWords = 2;

/** What an offer with a German title is for, in words of the person's language. */
export function needLine({ title, needs }: Offer, lang: Lang, needLabel: NeedLabel | undefined): string | undefined {
  if (title[lang] !== undefined || needLabel === undefined) return undefined;
  const labels = needs.flatMap((id) => needLabel(id, lang) ?? []).slice(0, mostNeedWords);
  return labels.length === 0 ? undefined : labels.join(", ");
}
