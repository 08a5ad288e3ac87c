import type { Offer, OfferLocation } from "../../core/offer.ts";
import { csvOf } from "../../text/csv.ts";

type Cell = string | number | boolean | undefined;

const between = " | ";

function joined(values: readonly (string | undefined)[] | undefined): string | undefined {
  const known = values?.filter((value) => value !== undefined && value !== "");
  return known === undefined || known.length === 0 ? undefined : known.join(between);
}

function describePlace({ name, address }: OfferLocation): string | undefined {
  const place = address && `${address.street}, ${address.postcode} ${address.city}`;
  return name === undefined ? place : place === undefined ? name : `${name}, ${place}`;
}

/** Every column with its value of an offer that last changed at a moment (ISO 8601); what has no column of its own stands in the other formats. */
const columns: { readonly [name: string]: (offer: Offer, changedAt: string) => Cell } = {
  id: ({ id }) => id,
  kind: ({ kind }) => kind,
  organization: ({ organization }) => organization,
  title_de: ({ title }) => title.de,
  title_en: ({ title }) => title.en,
  summary_de: ({ summary }) => summary.de,
  summary_en: ({ summary }) => summary.en,
  needs: ({ needs }) => joined(needs),
  for_whom_de: ({ forWhom }) => forWhom?.de,
  for_whom_en: ({ forWhom }) => forWhom?.en,
  age_from: ({ age }) => age?.from,
  age_to: ({ age }) => age?.to,
  free: ({ cost }) => cost?.free,
  cost_de: ({ cost }) => cost?.text?.de,
  cost_en: ({ cost }) => cost?.text?.en,
  street: ({ address }) => address?.street,
  postcode: ({ address }) => address?.postcode,
  city: ({ address }) => address?.city,
  latitude: ({ geo }) => geo?.lat,
  longitude: ({ geo }) => geo?.lon,
  district: ({ district }) => district,
  opening_hours: ({ openingHours }) => openingHours,
  locations: ({ locations }) => joined(locations?.map(describePlace)),
  dates: ({ dates }) => joined(dates?.map(({ start, end }) => (end === undefined ? start : `${start}/${end}`))),
  deadline: ({ deadline }) => deadline,
  participation_phase: ({ participation }) => participation?.phase,
  participation_from: ({ participation }) => participation?.from,
  participation_to: ({ participation }) => participation?.to,
  measure_field: ({ measure }) => measure?.field,
  measure_status: ({ measure }) => measure?.status,
  papers_de: ({ papers }) => papers?.de,
  skills_de: ({ skills }) => skills?.de,
  booking_url: ({ bookingUrl }) => bookingUrl,
  phone: ({ phone }) => phone,
  email: ({ email }) => email,
  online: ({ online }) => online,
  languages: ({ languages }) => joined(languages),
  wheelchair: ({ wheelchair }) => wheelchair,
  url: ({ url }) => url,
  source_name: ({ source }) => source.name,
  source_url: ({ source }) => source.url,
  licence: ({ licence }) => licence,
  status: ({ status }) => status,
  checked_at: ({ checkedAt }) => checkedAt,
  valid_until: ({ validUntil }) => validUntil,
  capacity_unit_de: ({ capacity }) => capacity?.unit.de,
  capacity_available: ({ capacity }) => capacity?.available,
  capacity_maximum: ({ capacity }) => capacity?.maximum,
  capacity_as_of: ({ capacity }) => capacity?.asOf,
  changed_at: (_, changedAt) => changedAt,
};

/** Offers as lines of CSV; `first` puts the names of the columns before them. */
export function toCsv(offers: readonly { readonly offer: Offer; readonly changedAt: string }[], first: boolean): string {
  const rows = offers.map(({ offer, changedAt }) =>
    Object.fromEntries(Object.entries(columns).map(([name, cellOf]) => [name, cellOf(offer, changedAt)])),
  );
  return csvOf(Object.keys(columns), rows, first);
}
