import { z } from "zod";
import { languages } from "../../core/languages.ts";
import { type Database, guarded } from "../../database/database.ts";
import { hold, lockCluster } from "./store.ts";

const Step = z.object({ id: z.coerce.number().int().positive().max(2_147_483_647), by: z.string().trim().min(1).max(200) });
const Teach = Step.extend({ kind: z.enum(["need", "intent"]), text: z.string(), label: z.string().nullable() });
const Word = Step.extend({ need: z.string(), lang: z.enum(languages), word: z.string() });

/** What teaching from a cluster needs of other rooms; all of it works inside one transaction. */
export interface ClusterTeachingParts {
  readonly db: Database;
  /** Gives the sentence as it is kept, and what it was taught to mean before. */
  readonly teach: (
    transaction: Database,
    lesson: Omit<z.output<typeof Teach>, "id" | "by">,
  ) => Promise<{ readonly text: string; readonly before: string | null | undefined }>;
  /** Gives the word as it is kept. */
  readonly addWord: (transaction: Database, word: Omit<z.output<typeof Word>, "id">) => Promise<string>;
  /** Called after a word was added. */
  readonly onWord: () => Promise<unknown>;
  /** Called after each step. */
  readonly onChange?: (() => void) | undefined;
}

/** What staff teach from the questions of a cluster, by name; the cluster's history says it. */
export function createClusterTeaching({ db, teach, addWord, onWord, onChange }: ClusterTeachingParts) {
  async function act<Result extends object>(id: number, change: (transaction: Database, id: number) => Promise<Result>) {
    const done = await guarded("Teaching from a cluster", () =>
      db.transaction(async (transaction) => {
        const cluster = await lockCluster(transaction, id);
        return { id: cluster.id, ...(await change(transaction, cluster.id)) };
      }),
    );
    onChange?.();
    return done;
  }

  const teachFrom = ({ id: wanted, by, ...lesson }: z.output<typeof Teach>) =>
    act(wanted, async (transaction, id) => {
      const taught = await teach(transaction, lesson);
      await hold(transaction, id, { step: "teach", by, text: `${taught.text} → ${lesson.label ?? "–"}` });
      return { text: taught.text, before: taught.before };
    });

  async function addFrom({ id: wanted, ...word }: z.output<typeof Word>) {
    const done = await act(wanted, async (transaction, id) => {
      const kept = await addWord(transaction, word);
      await hold(transaction, id, { step: "word", by: word.by, text: `${kept} (${word.lang}) → ${word.need}` });
      return { word: kept };
    });
    await onWord();
    return done;
  }

  return {
    "staff.clusters.teach": (input: unknown) => teachFrom(Teach.parse(input)),
    "staff.clusters.add-word": (input: unknown) => addFrom(Word.parse(input)),
  };
}
