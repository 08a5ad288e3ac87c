import type { Lang, Localized } from "./languages.ts";

export const offerKinds = ["service", "event", "course", "participation", "measure", "open-call", "lab"] as const;

export type OfferKind = (typeof offerKinds)[number];

export interface Address {
  readonly street: string;
  readonly postcode: string;
  readonly city: string;
}

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
  /** Ids of needs, the best first. */
  readonly needs: readonly string[];
  readonly words?: { readonly [lang in Lang]?: readonly string[] | undefined } | undefined;
  readonly forWhom?: Localized | undefined;
  /** Years; only where the offer is limited to that age. */
  readonly age?: { readonly from?: number | undefined; readonly to?: number | undefined } | undefined;
  readonly cost?: { readonly free: boolean; readonly text?: Localized | undefined } | undefined;
  readonly address?: Address | undefined;
  readonly geo?: { readonly lat: number; readonly lon: number } | undefined;
  /** Official Stadtbezirk of the address. */
  readonly district?: string | undefined;
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
  readonly capacity?: Capacity | undefined;
  readonly demo?: boolean | undefined;
}

/** An offer that a search found; `score` is in 0 to 1, comparable within one search only. */
export interface FoundOffer {
  readonly offer: Offer;
  readonly score: number;
}

/** A need that the catalogue is sorted by; label in every language, words that people really use. */
export interface Need {
  readonly id: string;
  readonly group: string;
  readonly label: { readonly [lang in Lang]: string };
  readonly words: { readonly [lang in Lang]: readonly string[] };
}

/** One of Munich's 25 Stadtbezirke. */
export interface District {
  readonly number: number;
  readonly name: string;
  readonly quarters: readonly string[];
  readonly aliases: readonly string[];
  readonly postcodes: readonly string[];
}
