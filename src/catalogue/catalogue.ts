import type { Catalogue, OfferQuery, OfferResult, Widened } from "../core/catalogue.ts";
import { type Lang, languages } from "../core/languages.ts";
import type { FoundOffer, Need, Offer } from "../core/offer.ts";
import type { Scored, Slots } from "../core/understanding.ts";
import type { SearchDocument, SearchText, TextSearch } from "./search/search-document.ts";

/** How much an offer counts for a need by the place of the need in the offer's list. */
const placeFactor = [1, 0.8, 0.65, 0.55];
const needShare = 0.65;
const textShare = 0.35;
/** Offers below this are not worth showing. */
const leastScore = 0.22;
/** Without a need an offer must hold this share of the query's words, the rare ones counting more. */
const leastTextShare = 0.35;
/** Offers that the text alone may bring up. */
const mostByText = 200;
const mostBelow = 5;

/** The languages that every offer is written in. The words of needs in the other ones teach the recogniser, and would be most of the index. */
const needWordLanguages: readonly Lang[] = ["de", "en"];

/** What is searched of each offer: its title, its own words and those of its first need, its summary. The organisation is none of it: its words say who, not what. */
export function searchDocuments(content: {
  readonly needs: readonly Need[];
  readonly offers: readonly Offer[];
}): readonly SearchDocument[] {
  const needs = new Map(content.needs.map((need) => [need.id, need]));
  const localized = (text: Offer["title"] | undefined): readonly SearchText[] =>
    languages.flatMap((lang) => (text?.[lang] === undefined ? [] : { lang, text: text[lang] }));
  const joined = (words: Offer["words"], langs: readonly Lang[]): readonly SearchText[] =>
    langs.flatMap((lang) => {
      const list = words?.[lang] ?? [];
      return list.length === 0 ? [] : { lang, text: list.join("\n") };
    });
  return content.offers.map((offer) => ({
    id: offer.id,
    title: localized(offer.title),
    keywords: [...joined(offer.words, languages), ...joined(needs.get(offer.needs[0] ?? "")?.words, needWordLanguages)],
    body: [...localized(offer.summary), ...localized(offer.forWhom)],
  }));
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

interface Scoring extends FoundOffer {
  /** Good enough to be shown. */
  readonly above: boolean;
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

/** The catalogue over one state of the content, whose texts `texts` searches; make a new one when the content changes. */
export function createCatalogue(
  content: { readonly needs: readonly Need[]; readonly offers: readonly Offer[] },
  texts: TextSearch,
): Catalogue {
  const needs = new Map(content.needs.map((need) => [need.id, need]));
  const places = new Map(content.offers.map((offer, place) => [offer.id, place]));
  const byNeed = new Map<string, Offer[]>();
  for (const offer of content.offers)
    for (const need of offer.needs) {
      const list = byNeed.get(need);
      if (list === undefined) byNeed.set(need, [offer]);
      else list.push(offer);
    }
  const findOffer = (id: string): Offer | undefined => content.offers[places.get(id) ?? -1];
  const placeOf = ({ id }: Offer): number => places.get(id) ?? 0;

  /** All offers of the needs that were understood, each with what its texts say of the query. */
  async function scoreByNeed(query: OfferQuery): Promise<readonly Scoring[]> {
    const offers = [...new Set(query.needs.flatMap(({ id }) => byNeed.get(id) ?? []))];
    const hits = await texts.search({ text: query.text, lang: query.lang, limit: offers.length, among: offers.map(({ id }) => id) });
    const best = Math.max(0, ...hits.map(({ score }) => score));
    const byId = new Map(hits.map((hit) => [hit.id, hit]));
    return offers.map((offer) => {
      const text = best === 0 ? 0 : (byId.get(offer.id)?.score ?? 0) / best;
      const score = needShare * needScore(offer, query.needs) + textShare * text;
      return { offer, score, above: score >= leastScore };
    });
  }

  /** The offers that the text alone finds. */
  async function scoreByText(query: OfferQuery): Promise<readonly Scoring[]> {
    const hits = await texts.search({ text: query.text, lang: query.lang, limit: mostByText });
    const best = hits[0]?.score ?? 1;
    return hits.flatMap(({ id, score, share }) => {
      const offer = findOffer(id);
      const own = textShare * (score / best);
      return offer === undefined ? [] : { offer, score: own, above: share >= leastTextShare && own >= leastScore };
    });
  }

  async function rank(query: OfferQuery): Promise<{ readonly above: readonly FoundOffer[]; readonly below: readonly FoundOffer[] }> {
    const scored = await (query.needs.length > 0 ? scoreByNeed(query) : scoreByText(query));
    const fitting = scored
      .filter(({ offer }) => fitsAge(offer, query.slots.age))
      .sort((a, b) => b.score - a.score || placeOf(a.offer) - placeOf(b.offer));
    const found = (above: boolean) => fitting.filter((each) => each.above === above).map(({ offer, score }) => ({ offer, score }));
    return { above: found(true), below: found(false).slice(0, mostBelow) };
  }

  async function search(query: OfferQuery): Promise<OfferResult> {
    const { above, below } = await rank(query);
    const free = filterByWish(above, {
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
      below,
    };
  }

  return {
    search,
    findNeed: (id) => needs.get(id),
  };
}
