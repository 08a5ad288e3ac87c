import { createArticleOperations } from "./catalogue/articles/operations.ts";
import { createSimilarOperation } from "./catalogue/articles/similar.ts";
import { findLiveVersion, logEvent } from "./catalogue/articles/store.ts";
import { readLabels } from "./catalogue/content-store.ts";
import type { CatalogueRecords } from "./catalogue/live-catalogue.ts";
import type { Recogniser } from "./core/understanding.ts";
import type { Database } from "./database/database.ts";
import { createPublicationOperations, publishCorrection } from "./review/publications/operations.ts";
import { createArticleTrial, createTrialTexts, type TrialPlatform } from "./wire-article-trial.ts";

/** What staff's work on articles needs; `onChange` is called after each change of what people read or are to be told. */
interface ArticleParts {
  readonly db: Database;
  readonly onChange: () => Promise<unknown>;
  readonly records: () => Promise<CatalogueRecords>;
  readonly recogniser: () => Promise<Recogniser>;
}

/** Staff's work on articles and with those who asked, by name. */
export function openArticleOperations({ db, onChange, records, recogniser }: ArticleParts, trial: TrialPlatform) {
  const now = () => new Date();
  const tryOut = createArticleTrial({ db, records, recogniser, now, ...trial });
  return {
    ...createSimilarOperation(db, records),
    ...createArticleOperations({
      db,
      onChange,
      needs: () => readLabels(db, "need"),
      tryOut,
      readTexts: createTrialTexts(db, trial.readKnownQuestions),
      now,
      publishCorrection,
    }),
    ...createPublicationOperations({
      db,
      liveVersion: findLiveVersion,
      knowsOffer: async (_transaction, id) => (await records()).offers.some((offer) => offer.id === id),
      logPublished: (transaction, { article, version, by, publication }) =>
        logEvent(transaction, { id: article, version }, "published-to", by, { detail: { publication } }),
      onPublished: onChange,
    }),
  };
}
