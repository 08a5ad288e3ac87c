import type { Catalogue, OfferQuery, OfferResult, Widened } from "../core/catalogue.ts";
import { languages } from "../core/languages.ts";
import type { FoundOffer, Need, Offer } from "../core/offer.ts";
import type { Scored, Slots } from "../core/understanding.ts";
import { createTextIndex, type IndexDocument } from "./text-index.ts";

/** How much an offer counts for a need by the place of the need in the offer's list. */
const placeFactor = [1, 0.8, 0.65, 0.55];
const needShare = 0.65;
const textShare = 0.35;
/** Offers below this are not worth showing. */
const leastScore = 0.22;
/** A text match without a need must cover this share of what the query's words could score at best. */
const leastTextShare = 0.35;
const leastTextScore = 6;

function offerDocument(offer: Offer): IndexDocument {
  const localized = (text: Offer["title"]) => languages.flatMap((lang) => text[lang] ?? []).join(" ");
  const own = languages.flatMap((lang) => offer.words?.[lang] ?? []).join(" ");
  return {
    id: offer.id,
    fields: [
      { text: localized(offer.title), weight: 3 },
      { text: own, weight: 3 },
      { text: localized(offer.summary), weight: 1 },
      { text: offer.organization, weight: 1 },
    ],
  };
}

function needScore(offer: Offer, needs: readonly Scored[]): number {
  const best = needs[0]?.score ?? 1;
  return Math.max(
    0,
    ...needs.map(({ id, score }) => {
      const place = offer.needs.indexOf(id);
      return place < 0 ? 0 : (score / best) * (placeFactor[place] ?? 0.5);
    }),
  );
}

function fitsAge(offer: Offer, age: number | undefined): boolean {
  if (age === undefined || offer.age === undefined) return true;
  return age >= (offer.age.from ?? 0) && age <= (offer.age.to ?? Number.POSITIVE_INFINITY);
}

function inPlace(offer: Offer, slots: Slots): boolean {
  if (slots.postcode !== undefined) return offer.address?.postcode === slots.postcode;
  return offer.district === slots.district;
}

interface Wish {
  readonly wanted: boolean;
  readonly fits: (offer: Offer) => boolean;
  readonly widened: Widened;
}

/** Keeps the offers that fulfil a wish; if none does, keeps all and says so. */
function filterByWish(
  candidates: readonly FoundOffer[],
  { wanted, fits, widened }: Wish,
): { readonly kept: readonly FoundOffer[]; readonly widened: readonly Widened[] } {
  if (!wanted || candidates.length === 0) return { kept: candidates, widened: [] };
  const kept = candidates.filter(({ offer }) => fits(offer));
  return kept.length === 0 ? { kept: candidates, widened: [widened] } : { kept, widened: [] };
}

/** A place keeps its own offers, first, and those for the whole city; without any of its own that is disclosed and all stay. */
function preferPlace(
  candidates: readonly FoundOffer[],
  slots: Slots,
): { readonly kept: readonly FoundOffer[]; readonly widened: readonly Widened[] } {
  const place = slots.quarter ?? slots.district ?? slots.postcode;
  if (place === undefined || candidates.length === 0) return { kept: candidates, widened: [] };
  const own = candidates.filter(({ offer }) => inPlace(offer, slots));
  if (own.length === 0) return { kept: candidates, widened: [{ kind: "place", place }] };
  const cityWide = candidates.filter(({ offer }) => offer.address === undefined && !inPlace(offer, slots));
  return { kept: [...own, ...cityWide], widened: [] };
}

/** Lets two needs that were asked for in one message take turns, so that both are answered. */
function takeTurns(candidates: readonly FoundOffer[], needs: readonly Scored[]): readonly FoundOffer[] {
  if (needs.length < 2) return candidates;
  const queues = needs.map(({ id }) => candidates.filter(({ offer }) => offer.needs[0] === id));
  const turns = Array.from({ length: Math.max(0, ...queues.map((queue) => queue.length)) }, (_, index) =>
    queues.flatMap((queue) => queue[index] ?? []),
  );
  return [...new Set([...turns.flat(), ...candidates])];
}

/** The catalogue over one state of the content, in memory; build a new one when the content changes. */
export function createCatalogue(content: { readonly needs: readonly Need[]; readonly offers: readonly Offer[] }): Catalogue {
  const needs = new Map(content.needs.map((need) => [need.id, need]));
  const scoreTexts = createTextIndex(content.offers.map(offerDocument));

  function rank(query: OfferQuery): readonly FoundOffer[] {
    const texts = scoreTexts(query.text);
    const best = Math.max(leastTextScore, ...texts.values());
    return content.offers
      .map((offer) => {
        const text = (texts.get(offer.id) ?? 0) / best;
        const need = needScore(offer, query.needs);
        return { offer, score: needShare * need + textShare * text, need, text };
      })
      .filter(
        ({ offer, need, text, score }) =>
          (query.needs.length > 0 ? need > 0 : text >= leastTextShare) && score >= leastScore && fitsAge(offer, query.slots.age),
      )
      .sort((a, b) => b.score - a.score)
      .map(({ offer, score }) => ({ offer, score }));
  }

  function search(query: OfferQuery): OfferResult {
    const free = filterByWish(rank(query), {
      wanted: query.slots.costFree === true,
      fits: (offer) => offer.cost?.free === true,
      widened: { kind: "costFree" },
    });
    const step = filterByWish(free.kept, {
      wanted: query.slots.wheelchair === true,
      fits: (offer) => offer.wheelchair === true,
      widened: { kind: "wheelchair" },
    });
    const near = preferPlace(step.kept, query.slots);
    const ordered = takeTurns(near.kept, query.needs);
    return {
      found: ordered.slice(query.offset, query.offset + query.limit),
      total: ordered.length,
      widened: [...near.widened, ...free.widened, ...step.widened],
    };
  }

  return {
    search,
    findNeed: (id) => needs.get(id),
  };
}
