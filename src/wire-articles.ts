import { findAnsweredBy } from "./assistant/conversation-store.ts";
import { createArticleOperations } from "./catalogue/articles/operations.ts";
import { createSimilarOperation } from "./catalogue/articles/similar.ts";
import { findLiveVersion, logEvent } from "./catalogue/articles/store.ts";
import { readLabels } from "./catalogue/content-store.ts";
import type { CatalogueRecords, LiveCatalogue } from "./catalogue/live-catalogue.ts";
import type { Composer } from "./core/composer.ts";
import type { Watches } from "./core/watches.ts";
import type { Database } from "./database/database.ts";
import { createPublicationOperations, publishCorrection } from "./review/publications/operations.ts";
import { createPublicationWorker, type PublicationWorker } from "./review/publications/worker.ts";
import { openLetters } from "./wire-handovers.ts";

/** What telling those who asked needs of a running server; `onTold` is called after a commit that queued letters. */
interface TellingParts {
  readonly db: Database;
  readonly catalogue: LiveCatalogue;
  readonly watches: Pick<Watches<Database>, "silentAmong">;
  readonly composer: Composer;
  readonly onTold: () => void;
}

/** What answers those who waited and corrects what was wrong, in a running server. */
export function openPublicationWorker({ db, catalogue, watches, composer, onTold }: TellingParts): PublicationWorker {
  return createPublicationWorker({
    ...{ db, onTold, refresh: catalogue.refresh, letters: openLetters() },
    findArticle: (id) => catalogue.current().article(id),
    findNeed: (id) => catalogue.current().findNeed(id),
    compose: (finding, lang) => composer.compose(finding, { lang, simple: false, introduce: false }),
    silentAmong: watches.silentAmong,
    findAnswered: findAnsweredBy,
  });
}

/** Staff's work on articles and with those who asked, by name; `onChange` is called after each change of what people read or are to be told. */
export function openArticleOperations(db: Database, onChange: () => Promise<unknown>, records: () => Promise<CatalogueRecords>) {
  return {
    ...createSimilarOperation(db, records),
    ...createArticleOperations({ db, onChange, needs: () => readLabels(db, "need"), now: () => new Date(), publishCorrection }),
    ...createPublicationOperations({
      db,
      liveVersion: findLiveVersion,
      logPublished: (transaction, { article, version, by, publication }) =>
        logEvent(transaction, { id: article, version }, "published-to", by, { detail: { publication } }),
      onPublished: onChange,
    }),
  };
}
