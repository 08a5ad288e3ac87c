import { createDemandOperations } from "./assistant/demand-operations.ts";
import { unmetDemand } from "./assistant/demand-store.ts";
import { createFeedbackOperations } from "./assistant/feedback-operations.ts";
import { createGapSource } from "./assistant/gaps.ts";
import { createKeyOperations } from "./catalogue/capacity/keys.ts";
import { readLabels } from "./catalogue/content-store.ts";
import { createExportOperations } from "./catalogue/export/export-operations.ts";
import { type CatalogueRecords, readRecords } from "./catalogue/live-catalogue.ts";
import { addNeedWord, createNeedWordOperations } from "./catalogue/need-words.ts";
import { createParticipationOperations } from "./catalogue/participation/operations.ts";
import { createProviderOperations, readOrganizations } from "./catalogue/providers/provider-operations.ts";
import { createStaffOperations } from "./catalogue/staff-operations.ts";
import { createVolunteeringOperations } from "./catalogue/volunteering/operations.ts";
import { AppError } from "./core/errors.ts";
import type { Recogniser } from "./core/understanding.ts";
import type { ControlHandler } from "./database/control-socket.ts";
import type { Database } from "./database/database.ts";
import { createMessageOperations } from "./messages/dead-letters.ts";
import { createAuditOperations } from "./people/audit-operations.ts";
import { createPeopleOperations } from "./people/people-operations.ts";
import { createClusterOperations } from "./review/clusters/operations.ts";
import { createClusterTeaching } from "./review/clusters/teaching.ts";
import { createForwardOperations } from "./review/forwards/operations.ts";
import { createHandoverOperations } from "./review/handovers/operations.ts";
import { createTeaching, forget, teach, teachKnown } from "./understanding/lessons.ts";
import { openArticleOperations } from "./wire-article-operations.ts";
import type { TrialPlatform } from "./wire-article-trial.ts";
import { joinClustersAndArticles } from "./wire-cluster-articles.ts";
import { openHandovers } from "./wire-handovers.ts";

/** Who is told, and who is asked: `onChange` after each change of the catalogue, `onRetry` when messages are to be tried again or letters wait to be sent. */
export interface OperationsTold {
  readonly onChange: () => Promise<unknown>;
  readonly onRetry: () => void;
  /** Called after each change of clusters, for pages that show them. */
  readonly onClusters?: (() => void) | undefined;
  /** The records of a catalogue that is open already; without it they are read. */
  readonly records?: () => CatalogueRecords;
  /** What reads questions; without it no article can be tried or published. */
  readonly recogniser?: () => Promise<Recogniser>;
  /** True where another system takes what staff forward. */
  readonly forwards?: boolean;
  /** Where this process is reached; a command that runs by itself reads it from the environment. */
  readonly publicUrl?: string;
}

/** What differs between Node and Workers. */
export interface OperationsPlatform extends TrialPlatform {
  /** Imports, by name; they read files and any server, so they are not for every platform. */
  readonly imports: Readonly<Record<string, (input: unknown) => Promise<unknown>>>;
}

async function refuseToRead(): Promise<never> {
  throw new AppError("USAGE", "Nothing here reads questions, so that no article can be tried. Run the command where the models are.");
}

/** All that commands can have done with a database, in a running server or by themselves. Throws USAGE for a name that nothing has. */
export function joinOperations(
  db: Database,
  { onChange, onRetry, records, onClusters, recogniser = refuseToRead, publicUrl, forwards = false }: OperationsTold,
  { imports, ...trial }: OperationsPlatform,
): ControlHandler {
  const learn = (transaction: Database, text: string, label: string) => teach(transaction, "need", { text, label });
  const readAll = async () => records?.() ?? (await readRecords(db));
  const operations = new Map(
    Object.entries({
      ...createStaffOperations(db, onChange),
      ...createProviderOperations(db, readAll),
      ...createPeopleOperations({ db, organizations: () => readOrganizations(db), publicUrl }),
      ...createAuditOperations(db),
      ...createDemandOperations(db),
      ...createFeedbackOperations(db),
      ...createHandoverOperations(openHandovers(db, onRetry)),
      ...joinClustersAndArticles(db, openArticleOperations({ db, onChange, records: readAll, recogniser }, trial), onClusters),
      ...createExportOperations(readAll),
      ...createClusterOperations({ db, source: createGapSource(db), demand: unmetDemand, onChange: onClusters }),
      ...createForwardOperations({ db, sends: forwards, onChange: onClusters }),
      ...imports,
      ...createKeyOperations(db),
      ...createParticipationOperations(db),
      ...createVolunteeringOperations(db),
      ...createTeaching(db, (kind) => readLabels(db, kind)),
      ...createNeedWordOperations({ db, learn, unlearn: (transaction, word) => forget(transaction, "need", word), onChange }),
      ...createClusterTeaching({
        db,
        teach: (transaction, lesson) => teachKnown(transaction, (kind) => readLabels(transaction, kind), lesson),
        addWord: (transaction, word) => addNeedWord(transaction, word, { learn }),
        onWord: onChange,
        onChange: onClusters,
      }),
      ...createMessageOperations(db, onRetry),
    }),
  );
  return async (name, input) => {
    const run = operations.get(name);
    if (run === undefined) throw new AppError("USAGE", `There is no command ${name}.`);
    return await run(input);
  };
}
