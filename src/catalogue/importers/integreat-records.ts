import { z } from "zod";
import type { Lang } from "../../core/languages.ts";
import type { OfferDate } from "../../core/offer.ts";
import { addressOf, geoPoint } from "./address.ts";
import { emailAddress, httpUrl, longest, phoneNumber, plainLine, plainText } from "./clean.ts";
import { addDays, expandRule, parseMoment, upcoming } from "./dates.ts";
import { timeSpan, weekHours } from "./opening-hours.ts";
import { type OfferDraft, RowError } from "./record.ts";

const text = z.string().nullish();
const coordinate = z.union([z.number(), z.string()]).nullish();

const Id = z.union([z.number(), z.string()], { error: "is no number" });

const common = {
  id: Id,
  url: z.string(),
  path: z.string(),
  title: z.string(),
  excerpt: text,
  content: text,
  available_languages: z.record(z.string(), z.object({ path: text })).catch({}),
};

const Place = z.object({
  name: text,
  address: text,
  town: text,
  postcode: z.union([z.string(), z.number()]).nullish(),
  latitude: coordinate,
  longitude: coordinate,
});
const Organization = z.object({ name: text }).nullish();
const TimeSlot = z.object({ start: z.string(), end: z.string() });
const Day = z.object({
  allDay: z.boolean(),
  closed: z.boolean(),
  timeSlots: z.array(TimeSlot),
  appointmentOnly: z.boolean().default(false),
});
const Contact = z.object({ phone_number: text, mobile_phone_number: text, email: text });

/** A page of /pages/: an article about something there is. */
export const IntegreatPage = z.object({ ...common, organization: Organization });

/** An event of /events/?combine_recurring=True. */
export const IntegreatEvent = z.object({
  ...common,
  event: z.object({ id: Id, start: z.string(), end: z.string(), all_day: z.boolean() }),
  location: Place.nullish(),
  recurrence_rule: text,
  meeting_url: text,
});

/** A place of /locations/?on_map=1. */
export const IntegreatLocation = z.object({
  ...common,
  meta_description: text,
  location: Place,
  opening_hours: z.array(Day).length(7, "has not seven days").nullish(),
  contacts: z.array(Contact).nullish(),
  email: text,
  phone_number: text,
  website: text,
  appointment_url: text,
  barrier_free: z.boolean().nullish(),
  category: z.object({ name: text }).nullish().catch(undefined),
  organization: Organization,
});

type Common = z.infer<typeof IntegreatPage>;

/** The same text in another language. */
export interface Translation {
  readonly lang: Lang;
  readonly title: string;
  readonly text: string | undefined;
}

/** What is known besides a record itself. */
export interface Surroundings {
  /** Who publishes where a record names no organisation. */
  readonly publisher: string;
  readonly translations: readonly Translation[];
  readonly now: Date;
}

/** The running text of a record; undefined where it is a heading only. */
export function textOf({ content, excerpt }: Pick<Common, "content" | "excerpt">): string | undefined {
  return plainText(content) ?? plainText(excerpt);
}

function texts(record: Common, summary: string | undefined, { translations }: Surroundings): Pick<OfferDraft, "title" | "summary"> {
  const de = plainLine(record.title, longest.title);
  if (de === undefined) return {};
  const titles = translations.flatMap(({ lang, title }) =>
    plainLine(title, longest.title) === undefined ? [] : [[lang, plainLine(title, longest.title)]],
  );
  const summaries = translations.flatMap(({ lang, text: own }) => (own === undefined ? [] : [[lang, own]]));
  return { title: { ...Object.fromEntries(titles), de }, summary: { ...Object.fromEntries(summaries), de: summary ?? de } };
}

function placeOf(place: z.infer<typeof Place> | null | undefined): Pick<OfferDraft, "address" | "geo"> {
  if (place === null || place === undefined) return {};
  const { address, postcode, town, latitude, longitude } = place;
  // The null island stands for a place whose coordinates nobody has entered.
  const geo = Number(latitude) === 0 && Number(longitude) === 0 ? undefined : geoPoint(latitude, longitude);
  return { address: addressOf({ street: address, postcode, city: town }), geo };
}

export function pageToOffer(page: z.infer<typeof IntegreatPage>, around: Surroundings): OfferDraft {
  return {
    kind: "service",
    organization: plainLine(page.organization?.name) ?? around.publisher,
    ...texts(page, textOf(page), around),
    url: httpUrl(page.url),
  };
}

function hoursOf(days: z.infer<typeof IntegreatLocation>["opening_hours"]): string | undefined {
  if (days === null || days === undefined) return undefined;
  const week = days.map(({ allDay, closed, timeSlots, appointmentOnly }, index) => {
    if (closed) return undefined;
    const spans = timeSlots.map(({ start, end }) => {
      const span = timeSpan(start, end);
      if (span === undefined)
        throw new RowError(`opening_hours.${index}: "${start.slice(0, 10)}" to "${end.slice(0, 10)}" is no time of a day`);
      return span;
    });
    const hours = allDay ? "00:00-24:00" : spans.sort().join(",");
    if (appointmentOnly) return `${hours === "" ? "00:00-24:00" : hours} "nach Vereinbarung"`;
    return hours === "" ? undefined : hours;
  });
  return weekHours(week);
}

export function locationToOffer(location: z.infer<typeof IntegreatLocation>, around: Surroundings): OfferDraft {
  const contacts = location.contacts ?? [];
  const summary = textOf(location) ?? plainText(location.meta_description) ?? plainLine(location.category?.name);
  const phones = [location.phone_number, ...contacts.flatMap((each) => [each.phone_number, each.mobile_phone_number])];
  const category = plainLine(location.category?.name, 60);
  return {
    kind: "service",
    organization: plainLine(location.organization?.name) ?? around.publisher,
    ...texts(location, summary, around),
    words: category === undefined ? undefined : { de: [category] },
    ...placeOf(location.location),
    openingHours: hoursOf(location.opening_hours),
    bookingUrl: httpUrl(location.appointment_url),
    phone: phones.map((each) => phoneNumber(each)).find((each) => each !== undefined),
    email: [location.email, ...contacts.map((each) => each.email)].map((each) => emailAddress(each)).find((each) => each !== undefined),
    wheelchair: location.barrier_free ?? undefined,
    url: httpUrl(location.url),
  };
}

function momentOf(field: string, value: string): string {
  const read = parseMoment(value.replace(/(T\d{2}:\d{2}:\d{2})\.\d+/, "$1"));
  if (read === undefined) throw new RowError(`event.${field}: "${value.slice(0, 40)}" is not a moment`);
  return read;
}

function datesOf({ event, recurrence_rule }: z.infer<typeof IntegreatEvent>, now: Date): readonly OfferDate[] {
  const [start, end] = [momentOf("start", event.start), momentOf("end", event.end)];
  if (Date.parse(end) < Date.parse(start)) throw new RowError(`event.end: ${end} is before ${start}`);
  const first = event.all_day ? { start: start.slice(0, 10), end: addDays(end.slice(0, 10), 1) } : { start, end };
  if (recurrence_rule === null || recurrence_rule === undefined || recurrence_rule === "") return upcoming([first], now);
  try {
    return expandRule(recurrence_rule, first, now);
  } catch (error) {
    throw new RowError(`recurrence_rule: ${error instanceof Error ? error.message.slice(0, 200) : "cannot be used"}`);
  }
}

export function eventToOffer(event: z.infer<typeof IntegreatEvent>, around: Surroundings): OfferDraft {
  return {
    kind: "event",
    organization: around.publisher,
    ...texts(event, textOf(event), around),
    ...placeOf(event.location),
    dates: datesOf(event, around.now),
    bookingUrl: httpUrl(event.meeting_url),
    online: event.meeting_url ? true : undefined,
    url: httpUrl(event.url),
  };
}
