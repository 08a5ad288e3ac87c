import { z } from "zod";
import type { Article } from "../../core/articles.ts";
import { languages, localizeTitle } from "../../core/languages.ts";
import { runInSlices } from "../../core/slices.ts";
import type { Database } from "../../database/database.ts";
import { createConceptFinder, createConceptNamer } from "../../text/concepts.ts";
import { searchDocuments } from "../catalogue.ts";
import type { CatalogueRecords } from "../live-catalogue.ts";
import { buildMemorySearch } from "../search/memory-search.ts";
import type { TextSearch } from "../search/search-document.ts";
import { articleIdOf } from "./find.ts";
import { matchOf } from "./match.ts";
import { readNewestArticles } from "./store.ts";

const sliceMs = 10;
const mostShown = 10;
/** What holds less of the words of a text, the rare ones counting more, is about something else. */
const leastShare = 0.1;

const Asked = z.object({ text: z.string().trim().min(1).max(2000), lang: z.enum(languages).default("de") });

/** Something that is about the same; `score` is 0 to 1, made of the share of the text's words and the score against the best one, `likeness` is that of an article's most alike question. */
interface Similar {
  readonly kind: "article" | "offer";
  readonly id: number | string;
  readonly title: string;
  readonly score: number;
  readonly likeness?: number;
}

const thousandth = (value: number) => Math.round(value * 1000) / 1000;

/** Articles and offers that are about the same as a text, the most alike first, so that nothing is written twice; drafts are looked at as well. */
export function createSimilarOperation(db: Database, records: () => Promise<CatalogueRecords>) {
  async function openTexts({ content, offers }: CatalogueRecords, articles: readonly Article[]): Promise<TextSearch> {
    const nameConcepts = createConceptNamer(content.concepts, createConceptFinder(content.concepts));
    return await runInSlices(buildMemorySearch(searchDocuments({ needs: content.needs, offers, articles }), nameConcepts), sliceMs);
  }

  async function similar({ text, lang }: z.output<typeof Asked>) {
    const [known, articles] = await Promise.all([records(), readNewestArticles(db)]);
    const texts = await openTexts(known, articles);
    const offerOf = new Map(known.offers.map((offer) => [offer.id, offer]));
    const articleOf = new Map(articles.map((article) => [article.id, article]));
    const hits = await texts.search({ text, lang, limit: 5 * mostShown });
    const best = hits[0]?.score ?? 1;
    const found = hits.flatMap(({ id, share, score: gained }): readonly Similar[] => {
      const number = articleIdOf(id);
      const article = number === undefined ? undefined : articleOf.get(number);
      const score = thousandth((gained / best) * share);
      if (article !== undefined)
        return [
          {
            kind: "article",
            id: article.id,
            title: localizeTitle(article.title, lang).text,
            score,
            likeness: thousandth(matchOf(text, article)),
          },
        ];
      const offer = offerOf.get(id);
      return offer === undefined ? [] : [{ kind: "offer", id, title: localizeTitle(offer.title, lang).text, score }];
    });
    return found
      .filter((each) => Math.max(each.score, each.likeness ?? 0) >= leastShare)
      .toSorted((a, b) => Math.max(b.score, b.likeness ?? 0) - Math.max(a.score, a.likeness ?? 0))
      .slice(0, mostShown);
  }

  return { "staff.articles.similar": (input: unknown) => similar(Asked.parse(input)) };
}
