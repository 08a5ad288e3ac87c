import type { Lang } from "./languages.ts";
import type { FoundOffer, Need } from "./offer.ts";
import type { Scored, Slots } from "./understanding.ts";

/** What is looked for. `needs` are those that were understood, best first; without them the text alone decides. */
export interface OfferQuery {
  readonly text: string;
  /** The language of the text; where it is not known the words are read in every language. */
  readonly lang?: Lang | undefined;
  readonly needs: readonly Scored[];
  readonly slots: Slots;
  readonly offset: number;
  readonly limit: number;
}

/** A wish that nothing in the catalogue fulfils, so that the search went on without it; the answer says so. */
export type Widened = { readonly kind: "place"; readonly place: string } | { readonly kind: "costFree" } | { readonly kind: "wheelchair" };

export interface OfferResult {
  readonly found: readonly FoundOffer[];
  /** All offers that fit, of which `found` is one page. */
  readonly total: number;
  readonly widened: readonly Widened[];
  /** Best first, at most five: what came up and scored too low to be shown. It tells why nothing was found. */
  readonly below: readonly FoundOffer[];
}

/** The catalogue as the assistant sees it. */
export interface Catalogue {
  search(query: OfferQuery): Promise<OfferResult>;
  findNeed(id: string): Need | undefined;
}
