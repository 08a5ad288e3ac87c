import type { Article } from "../core/articles.ts";
import type { Catalogue, OfferQuery, OfferResult } from "../core/catalogue.ts";
import { type Lang, languages } from "../core/languages.ts";
import type { District, FoundOffer, Need, Offer } from "../core/offer.ts";
import { offerRef } from "../core/offer-ref.ts";
import type { Scored } from "../core/understanding.ts";
import { articleDocument, articleIdOf, createArticleFinder } from "./articles/find.ts";
import { markOutdated, rankByCapacity } from "./capacity/rank.ts";
import { type Circumstances, describeFound } from "./describe-found.ts";
import { filterByDays, filterByMeasure, filterByWish, orderByStanding, preferPlace } from "./filter.ts";
import { filterOpenNow } from "./open-now.ts";
import type { SearchDocument, SearchHit, SearchQuery, SearchText, TextSearch } from "./search/search-document.ts";
import { isGone } from "./standing.ts";

/** How much an offer counts for a need by the place of the need in the offer's list. */
const placeFactor = [1, 0.8, 0.65, 0.55];
/** Shares of a score, chosen on half of knowledge/offer-questions.jsonl and the same on the other half: the need says what kind of offer, the words say which. */
const needShare = 0.25;
const textShare = 0.75;
/** Offers of an understood need below this are not worth showing. */
const leastScore = 0.12;
/** An offer of another need is shown if its words speak for it so much that they weigh as much as the need itself. */
const leastScoreByText = needShare;
/** Without a need an offer must hold this share of the query's words, the rare ones counting more. */
const leastTextShare = 0.35;
/** An offer is named by a text if its title or its words hold this share of the text's words, the rare ones counting more. Chosen on what must be turned away: see docs/decisions/0031. */
const leastNamedShare = 0.4;
/** The best hits, of which one may be named. */
const mostNamed = 5;
/** Offers that the text alone may bring up; in a catalogue of no more, one search finds all that there is. */
const mostByText = 500;
const mostBelow = 5;

/** The languages that every offer is written in. The words of needs in the other ones teach the recogniser, and would be most of the index. */
const needWordLanguages: readonly Lang[] = ["de", "en"];

/** What is searched: of each offer its title, its own words and those of its first need, its summary. The organisation is none of it: its words say who, not what. Articles stand beside the offers. */
export function searchDocuments(content: {
  readonly needs: readonly Need[];
  readonly offers: readonly Offer[];
  readonly articles?: readonly Article[] | undefined;
}): readonly SearchDocument[] {
  const needs = new Map(content.needs.map((need) => [need.id, need]));
  const localized = (text: Offer["title"] | undefined): readonly SearchText[] =>
    languages.flatMap((lang) => (text?.[lang] === undefined ? [] : { lang, text: text[lang] }));
  const joined = (words: Offer["words"], langs: readonly Lang[]): readonly SearchText[] =>
    langs.flatMap((lang) => {
      const list = words?.[lang] ?? [];
      return list.length === 0 ? [] : { lang, text: list.join("\n") };
    });
  const documents = content.offers.map((offer) => ({
    id: offer.id,
    title: localized(offer.title),
    keywords: [...joined(offer.words, languages), ...joined(needs.get(offer.needs[0] ?? "")?.words, needWordLanguages)],
    body: [...localized(offer.summary), ...localized(offer.forWhom)],
  }));
  return [...documents, ...(content.articles ?? []).map(articleDocument)];
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

interface Scoring extends FoundOffer {
  /** Good enough to be shown. */
  readonly above: boolean;
}

/** Puts the best offer of each need that was asked for in one message first, so that all are answered; the others follow by their scores. */
function answerEach(candidates: readonly FoundOffer[], needs: readonly Scored[]): readonly FoundOffer[] {
  if (needs.length < 2) return candidates;
  const firsts = needs.flatMap(({ id }) => candidates.find(({ offer }) => offer.needs[0] === id) ?? []);
  return [...new Set([...firsts, ...candidates])];
}

/** The catalogue over one state of the content, whose texts `texts` searches; make a new one when the content changes. The clock tells what is past, open or outdated. */
export function createCatalogue(
  content: {
    readonly needs: readonly Need[];
    readonly offers: readonly Offer[];
    readonly articles?: readonly Article[] | undefined;
    readonly districts?: readonly District[];
  },
  texts: TextSearch,
  { now = () => new Date(), loadHours }: Circumstances = {},
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
  const findsAll = content.offers.length <= mostByText;
  const articles = createArticleFinder(content.articles ?? [], texts, now);
  const findOffer = (id: string): Offer | undefined => content.offers[places.get(id) ?? -1];
  const placeOf = ({ id }: Offer): number => places.get(id) ?? 0;

  /** The offers that a text finds: what articles say is weighed apart from them. */
  async function searchOffers(query: SearchQuery): Promise<readonly SearchHit[]> {
    return (await texts.search(query)).filter(({ id }) => articleIdOf(id) === undefined);
  }

  /** What the words of a query say of offers, 0 to 1: against the best one, and against the best that they could say. */
  async function weighTexts(text: string, needed: readonly Offer[]): Promise<ReadonlyMap<string, number>> {
    const [anywhere, ofNeeds] = await Promise.all([
      searchOffers({ text, limit: mostByText }),
      findsAll || needed.length === 0 ? [] : searchOffers({ text, limit: needed.length, among: needed.map(({ id }) => id) }),
    ]);
    const best = Math.max(0, ...anywhere.map(({ score }) => score), ...ofNeeds.map(({ score }) => score));
    return new Map([...ofNeeds, ...anywhere].map(({ id, score, share }) => [id, (score / best) * share]));
  }

  /** All offers of the needs that were understood, and others that the words speak for. */
  async function scoreByNeed(query: OfferQuery): Promise<readonly Scoring[]> {
    const needed = [...new Set(query.needs.flatMap(({ id }) => byNeed.get(id) ?? []))];
    const weights = await weighTexts(query.text, needed);
    const offers = new Set([...needed, ...[...weights.keys()].flatMap((id) => findOffer(id) ?? [])]);
    return [...offers].map((offer) => {
      const byNeeds = needScore(offer, query.needs);
      const byWords = weights.get(offer.id) ?? 0;
      const score = needShare * byNeeds + textShare * byWords;
      // What an offer without a need is for, its words alone can say.
      if (offer.needs.length === 0) return { offer, score: byWords, above: score >= leastScoreByText };
      return { offer, score, above: score >= (byNeeds > 0 ? leastScore : leastScoreByText) };
    });
  }

  /** The offers that the text alone finds. */
  async function scoreByText(query: OfferQuery): Promise<readonly Scoring[]> {
    const hits = await searchOffers({ text: query.text, limit: mostByText });
    const best = hits[0]?.score ?? 1;
    return hits.flatMap(({ id, score, share }) => {
      const offer = findOffer(id);
      const own = textShare * (score / best);
      return offer === undefined ? [] : { offer, score: own, above: share >= leastTextShare && own >= leastScoreByText };
    });
  }

  async function rank(query: OfferQuery): Promise<{ readonly above: readonly FoundOffer[]; readonly below: readonly FoundOffer[] }> {
    const at = now();
    const scored = await (query.needs.length > 0 ? scoreByNeed(query) : scoreByText(query));
    const fitting = scored
      .filter(({ offer }) => fitsAge(offer, query.slots.age) && !isGone(offer, at))
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
      fits: (offer) => offer.wheelchair === true || offer.locations?.some(({ wheelchair }) => wheelchair === true) === true,
      widened: { kind: "wheelchair" },
    });
    const at = now();
    const measures = filterByMeasure(step.kept, query);
    const then = filterByDays(measures.kept, query.slots, at);
    const near = preferPlace(then.kept, query, content.districts ?? []);
    const open = query.wishes?.openNow === true ? await filterOpenNow(near.kept, at, loadHours) : { kept: near.kept, widened: [] };
    const standing = orderByStanding(answerEach(open.kept, query.needs), query, at);
    const wanted = query.needs.map(({ id }) => id);
    const ordered = query.capacity === true ? rankByCapacity(standing, wanted, at) : standing;
    const page = markOutdated(ordered.slice(query.offset, query.offset + query.limit), at);
    return {
      found: await describeFound(page, query, { now: at, loadHours }),
      total: ordered.length,
      widened: [near, then, free, step, measures, open].flatMap(({ widened }) => widened),
      below,
    };
  }

  async function weigh(text: string): Promise<number> {
    const hits = await texts.search({ text, limit: mostNamed });
    return Math.max(0, ...hits.map(({ named: { share, nats } }) => (share < leastNamedShare ? 0 : share * nats)));
  }

  const findByRef = (ref: string) => findOffer(ref) ?? content.offers.find(({ id }) => offerRef(id) === ref);

  function showOffer(ref: string): FoundOffer | undefined {
    const offer = findByRef(ref);
    return offer === undefined ? undefined : markOutdated([{ offer, score: 1 }], now())[0];
  }

  return {
    search,
    weigh,
    findArticle: articles.find,
    article: articles.current,
    findNeed: (id) => needs.get(id),
    findOffer: findByRef,
    showOffer,
  };
}
