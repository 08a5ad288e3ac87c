import type { Appointments } from "./appointments.ts";
import type { OpeningHours } from "./hours.ts";
import type { Lang, Localized } from "./languages.ts";

export const offerKinds = ["service", "event", "course", "participation", "measure", "open-call", "lab"] as const;

export type OfferKind = (typeof offerKinds)[number];

export interface Address {
  readonly street: string;
  readonly postcode: string;
  readonly city: string;
}

/** Degrees of WGS 84. */
export interface GeoPoint {
  readonly lat: number;
  readonly lon: number;
}

/** One of several places where an offer is to be had (HSDS: service_at_location). */
export interface OfferLocation {
  readonly name?: string | undefined;
  readonly address?: Address | undefined;
  readonly geo?: GeoPoint | undefined;
  /** Official Stadtbezirk. */
  readonly district?: string | undefined;
  readonly phone?: string | undefined;
  readonly email?: string | undefined;
  /** In OpenStreetMap's opening_hours syntax, holidays of Bavaria. */
  readonly openingHours?: string | undefined;
  readonly wheelchair?: boolean | undefined;
}

/** When something takes place; moments are ISO 8601 with an offset, whole days are ISO dates, `end` is not part of it. */
export interface OfferDate {
  readonly start: string;
  readonly end?: string | undefined;
}

export const participationPhases = ["announced", "open", "evaluation", "closed"] as const;

/** How far a participation project is, its first and last day for contributions (ISO dates), and how to take part. */
export interface Participation {
  readonly phase: (typeof participationPhases)[number];
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly how?: Localized | undefined;
}

/** The digitalisation radar's fields of action: administration, infrastructure, urban society. */
export const measureFields = ["verwaltung", "infrastruktur", "stadtgesellschaft"] as const;

export type MeasureField = (typeof measureFields)[number];

export const measureStates = ["planned", "running", "done"] as const;

export type MeasureStatus = (typeof measureStates)[number];

/** Free places of an offer with the moment somebody counted them; `asOf` is ISO 8601 in UTC. */
export interface Capacity {
  readonly unit: Localized;
  readonly available: number;
  readonly maximum?: number | undefined;
  readonly asOf: string;
}

/** Something that a citizen can use, visit or take part in. Absent fields are not known; nothing is ever guessed. */
export interface Offer {
  readonly id: string;
  readonly kind: OfferKind;
  readonly organization: string;
  readonly title: Localized;
  readonly summary: Localized;
  /** Ids of needs, the best first; none where an import could not tell. */
  readonly needs: readonly string[];
  readonly words?: { readonly [lang in Lang]?: readonly string[] | undefined } | undefined;
  readonly forWhom?: Localized | undefined;
  /** Years; only where the offer is limited to that age. */
  readonly age?: { readonly from?: number | undefined; readonly to?: number | undefined } | undefined;
  readonly cost?: { readonly free: boolean; readonly text?: Localized | undefined } | undefined;
  readonly address?: Address | undefined;
  readonly geo?: GeoPoint | undefined;
  /** Official Stadtbezirk of the address. */
  readonly district?: string | undefined;
  /** In OpenStreetMap's opening_hours syntax, holidays of Bavaria. */
  readonly openingHours?: string | undefined;
  /** Where it is to be had at several places; `address` and what belongs to it are then those of none of them. */
  readonly locations?: readonly OfferLocation[] | undefined;
  /** Of events, courses and labs; the next ones first, at most a year ahead. */
  readonly dates?: readonly OfferDate[] | undefined;
  /** Last day of an open call, ISO date. */
  readonly deadline?: string | undefined;
  readonly participation?: Participation | undefined;
  readonly measure?: { readonly field: MeasureField; readonly status: MeasureStatus } | undefined;
  /** Papers to bring along (HSDS: required_documents). */
  readonly papers?: Localized | undefined;
  /** What helpers should know or like to do; of volunteering. */
  readonly skills?: Localized | undefined;
  /** Where an appointment or a seat is booked. */
  readonly bookingUrl?: string | undefined;
  readonly phone?: string | undefined;
  readonly email?: string | undefined;
  readonly online?: boolean | undefined;
  readonly languages?: readonly string[] | undefined;
  readonly wheelchair?: boolean | undefined;
  readonly url: string;
  readonly source: { readonly name: string; readonly url: string };
  readonly status: "checked" | "unchecked";
  /** ISO date on which somebody compared the entry with its source. */
  readonly checkedAt?: string | undefined;
  /** Last day on which the entry holds, ISO date; it is not shown after it. */
  readonly validUntil?: string | undefined;
  /** Under which the source gives the entry, where it says so. */
  readonly licence?: string | undefined;
  readonly capacity?: Capacity | undefined;
  readonly demo?: boolean | undefined;
}

/** Where one of an offer's places is shown: that place if there are several, how many there are besides, and the kilometres to it in a straight line where both ends are known. */
export interface FoundPlace {
  readonly location?: OfferLocation | undefined;
  readonly others: number;
  readonly km?: number | undefined;
}

/** Whether one can take part in a project or apply in a call on the day of the answer. */
export type Standing = "announced" | "open" | "evaluation" | "over";

/** An offer that a search found; `score` is in 0 to 1, comparable within one search only. */
export interface FoundOffer {
  readonly offer: Offer;
  readonly score: number;
  /** True if its count of free places is too old to rely on. */
  readonly outdated?: true | undefined;
  /** Where free appointments were looked up. */
  readonly appointments?: Appointments | undefined;
  readonly place?: FoundPlace | undefined;
  /** Of the place that is shown; `asked` says what of them was asked for. */
  readonly hours?: (OpeningHours & { readonly asked?: "now" | "week" | undefined }) | undefined;
  /** Dates that are not over, the next first, those that were asked for alone if there are any. */
  readonly dates?: readonly OfferDate[] | undefined;
  readonly standing?: Standing | undefined;
}

/** A need that the catalogue is sorted by; label in every language, words that people really use. */
export interface Need {
  readonly id: string;
  readonly group: string;
  readonly label: { readonly [lang in Lang]: string };
  readonly words: { readonly [lang in Lang]: readonly string[] };
  /** How the federal keys of its services (LeiKa) begin. */
  readonly leika?: readonly string[] | undefined;
}

/** One of Munich's 25 Stadtbezirke. */
export interface District {
  readonly number: number;
  readonly name: string;
  readonly quarters: readonly string[];
  readonly aliases: readonly string[];
  readonly postcodes: readonly string[];
}
