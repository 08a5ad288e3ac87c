import type { CallbackManagerForRetrieverRun } from "@langchain/core/callbacks/manager";
import { Document } from "@langchain/core/documents";
import { BaseRetriever } from "@langchain/core/retrievers";
import type { Catalogue } from "../core/catalogue.ts";
import type { Lang } from "../core/languages.ts";
import type { FoundOffer, Offer } from "../core/offer.ts";
import type { Scored, Slots } from "../core/understanding.ts";
import { renderOfferCard } from "./offer-card.ts";

/** What a chain may know of an offer besides its text: links and names to cite, never to make up. */
export interface OfferMetadata {
  readonly id: string;
  readonly url: string;
  readonly source: Offer["source"];
  readonly needs: readonly string[];
  /** 0 to 1, comparable within one search only. */
  readonly score: number;
}

/** One turn's search: in whose language the offers are told, and what was understood besides the text. */
export interface OfferSearch {
  readonly lang: Lang;
  readonly needs?: readonly Scored[];
  readonly slots?: Slots;
  readonly limit: number;
}

function documentOf(found: FoundOffer, lang: Lang): Document<OfferMetadata> {
  const { offer, score } = found;
  const { id, title, lines, url } = renderOfferCard(found, { lang, simple: false, introduce: false });
  const metadata = { id, url, source: offer.source, needs: offer.needs, score };
  return new Document({ id, pageContent: [title, ...lines].join("\n"), metadata });
}

/** LangChain asks for a class: what runs in its chains is told apart by it. */
class OfferRetriever extends BaseRetriever<OfferMetadata> {
  static override lc_name(): string {
    return "OfferRetriever";
  }

  override readonly lc_namespace = ["stadtlotse", "retrievers"];
  readonly #catalogue: () => Catalogue;
  readonly #search: OfferSearch;

  constructor(catalogue: () => Catalogue, search: OfferSearch) {
    super({ metadata: { lang: search.lang } });
    this.#catalogue = catalogue;
    this.#search = search;
  }

  override async _getRelevantDocuments(text: string, _run?: CallbackManagerForRetrieverRun): Promise<Document<OfferMetadata>[]> {
    const { lang, needs = [], slots = {}, limit } = this.#search;
    const { found } = await this.#catalogue().search({ text, needs, slots, offset: 0, limit });
    return found.map((each) => documentOf(each, lang));
  }
}

/**
 * The catalogue's search as a LangChain retriever, best offers first: pageContent is what a citizen reads of an offer, in their language. Import it where a language model
 * is configured and nowhere else: @langchain/core takes some 0.3 s to load.
 */
export function createOfferRetriever(catalogue: () => Catalogue, search: OfferSearch): BaseRetriever<OfferMetadata> {
  return new OfferRetriever(catalogue, search);
}
