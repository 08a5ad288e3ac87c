import { findAnsweredBy } from "./assistant/conversation-store.ts";
import type { LiveCatalogue } from "./catalogue/live-catalogue.ts";
import type { Composer } from "./core/composer.ts";
import type { Watches } from "./core/watches.ts";
import type { Database } from "./database/database.ts";
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
    showOffer: (id) => catalogue.current().showOffer(id),
    findNeed: (id) => catalogue.current().findNeed(id),
    compose: (finding, lang) => composer.compose(finding, { lang, simple: false, introduce: false }),
    silentAmong: watches.silentAmong,
    findAnswered: findAnsweredBy,
  });
}
