import { type Lang, languages } from "../../core/languages.ts";
import type { Need, Offer } from "../../core/offer.ts";
import { runInSlices } from "../../core/slices.ts";
import type { NameConcepts } from "../../text/concepts.ts";
import { buildMemorySearch } from "../search/memory-search.ts";
import type { SearchText } from "../search/search-document.ts";

/** The need of an offer by its title and words; undefined where none fits well enough. */
export type FindNeed = (offer: Pick<Offer, "title" | "words">) => Promise<string | undefined>;

/** Share of the best possible score below which a need is a guess, and how near the next one may come. On the offers that ship, of those that so get a need 99 in 100 got one of theirs by title and words, 94 by the title alone. */
const leastShare = 0.6;
const nearestNext = 0.75;
const sliceMs = 10;
const readLanguages: readonly Lang[] = ["de", "en"];

function needTexts(texts: (lang: Lang) => string): readonly SearchText[] {
  return readLanguages.map((lang) => ({ lang, text: texts(lang) })).filter(({ text }) => text !== "");
}

/** What an offer is searched by: its German title and words, else those of the language it has. */
function queryOf(offer: Pick<Offer, "title" | "words">): string {
  const words = languages.flatMap((lang) => offer.words?.[lang] ?? []);
  return [offer.title.de, ...words].join("\n");
}

/** Makes the needs searchable by their labels and words. */
export async function createNeedFinder(needs: readonly Need[], nameConcepts: NameConcepts): Promise<FindNeed> {
  const search = await runInSlices(
    buildMemorySearch(
      needs.map((need) => ({
        id: need.id,
        title: needTexts((lang) => need.label[lang]),
        keywords: needTexts((lang) => need.words[lang].join("\n")),
        body: [],
      })),
      nameConcepts,
    ),
    sliceMs,
  );
  return async (offer) => {
    const [best, next] = await search.search({ text: queryOf(offer), lang: "de", limit: 2 });
    if (best === undefined || best.share < leastShare) return undefined;
    return next !== undefined && next.score > nearestNext * best.score ? undefined : best.id;
  };
}
