import type { Article, ArticleQuery, FoundArticle } from "./articles.ts";
import type { FoundOffer, GeoPoint, Need, Offer } from "./offer.ts";
import type { Scored, Slots, Wishes } from "./understanding.ts";

/** What is looked for. `needs` are those that were understood, best first; without them the text alone decides. */
export interface OfferQuery {
  readonly text: string;
  readonly needs: readonly Scored[];
  readonly slots: Slots;
  /** True if free places are wanted: those that have some come first, those whose count is outdated or that are full come last. */
  readonly capacity?: boolean | undefined;
  readonly wishes?: Wishes | undefined;
  /** Where the person is, exact to a kilometre. */
  readonly origin?: GeoPoint | undefined;
  /** True if opening hours are asked for. */
  readonly hours?: boolean | undefined;
  readonly offset: number;
  readonly limit: number;
}

/** A wish that nothing in the catalogue fulfils, so that the search went on without it; the answer says so. */
export type Widened =
  /** `nearby` where what follows is next to the place. */
  | { readonly kind: "place"; readonly place: string; readonly nearby?: true }
  | { readonly kind: "costFree" }
  | { readonly kind: "wheelchair" }
  /** Nothing takes place on the days that were asked for. */
  | { readonly kind: "days" }
  | { readonly kind: "openNow" }
  /** No measure of that field or state. */
  | { readonly kind: "measure" };

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
  /** How much the words of a text speak for its being about something that is offered here, in nats; 0 where no offer is named by enough of them. */
  weigh(text: string): Promise<number>;
  /** The published article that a text asks for, if one does; none that has expired. */
  findArticle(query: ArticleQuery): Promise<FoundArticle | undefined>;
  /** The published version of an article; undefined if there is none, or it has expired. */
  article(id: number): Article | undefined;
  findNeed(id: string): Need | undefined;
  /** By its id, or by the reference of it that stands in buttons (`offerRef`). */
  findOffer(ref: string): Offer | undefined;
  /** The same, as it is shown by itself, with whether its count of free places is too old. */
  showOffer(ref: string): FoundOffer | undefined;
}
