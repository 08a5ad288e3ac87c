import type { District, Offer } from "../../core/offer.ts";
import type { SimilarOffer } from "../../core/provider.ts";
import { areNeighbours } from "../../text/district-neighbours.ts";

const mostSimilar = 20;

/** The Stadtbezirke in which an offer is to be had. */
export function districtsOf({ district, locations = [] }: Offer): readonly string[] {
  return [district, ...locations.map((location) => location.district)].flatMap((each) => each ?? []);
}

/** Offers of others for the first needs of one's own, in the same Stadtbezirk (these first) or one next to it. */
export function findSimilar(own: readonly Offer[], all: readonly Offer[], districts: readonly District[]): readonly SimilarOffer[] {
  const numbers = new Map(districts.map(({ name, number }) => [name, number]));
  const organizations = new Set(own.map(({ organization }) => organization));
  const numbersOf = (offer: Offer) => districtsOf(offer).flatMap((name) => numbers.get(name) ?? []);
  const wanted = own.map((offer) => ({ need: offer.needs[0], places: numbersOf(offer) }));
  const near = all.flatMap((offer): readonly SimilarOffer[] => {
    if (organizations.has(offer.organization)) return [];
    const places = numbersOf(offer);
    const alike = wanted.filter(({ need }) => need !== undefined && offer.needs[0] === need).flatMap((each) => each.places);
    if (alike.some((number) => places.includes(number))) return [{ offer, sameDistrict: true }];
    return alike.some((number) => places.some((place) => areNeighbours(number, place))) ? [{ offer, sameDistrict: false }] : [];
  });
  return near.sort((a, b) => Number(b.sameDistrict) - Number(a.sameDistrict)).slice(0, mostSimilar);
}
