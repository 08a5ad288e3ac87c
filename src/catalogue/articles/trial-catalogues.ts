import type { Article, ArticleBody } from "../../core/articles.ts";
import type { Catalogue } from "../../core/catalogue.ts";
import { runInSlices } from "../../core/slices.ts";
import { createConceptFinder, createConceptNamer } from "../../text/concepts.ts";
import { createCatalogue, searchDocuments } from "../catalogue.ts";
import type { Circumstances } from "../describe-found.ts";
import type { CatalogueRecords } from "../live-catalogue.ts";
import { buildMemorySearch } from "../search/memory-search.ts";

/** The number of an article that is none yet. */
const ofDraft = 0;

/** Slices of the work on an index: answers are given in between. */
const sliceMs = 3;

/** How a trial is done: as answers are, and giving way to them. */
interface TrialCircumstances extends Circumstances {
  /** Resolves when other work of this thread may wait again. */
  readonly giveWay: () => Promise<void>;
}

/** The catalogue as it is and as it would be with a draft (in place of article `id`, where it is a version of one), each over a throw-away index. */
export async function openTrialCatalogues(
  { content, offers, articles }: CatalogueRecords,
  draft: { readonly id?: number | undefined; readonly body: ArticleBody },
  { giveWay, ...circumstances }: TrialCircumstances,
): Promise<{ readonly before: Catalogue; readonly after: Catalogue }> {
  const nameConcepts = createConceptNamer(content.concepts, createConceptFinder(content.concepts));
  async function open(known: readonly Article[]): Promise<Catalogue> {
    const documents = searchDocuments({ needs: content.needs, offers, articles: known });
    await giveWay();
    const texts = await runInSlices(buildMemorySearch(documents, nameConcepts), sliceMs, giveWay);
    return createCatalogue({ ...content, offers, articles: known }, texts, circumstances);
  }
  const tried: Article = { ...draft.body, id: draft.id ?? ofDraft, version: 0, writtenAt: new Date().toISOString() };
  return { before: await open(articles), after: await open([...articles.filter(({ id }) => id !== draft.id), tried]) };
}
