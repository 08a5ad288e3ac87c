import { createHash, randomUUID } from "node:crypto";
import type { Lesson } from "../core/content.ts";
import type { Database } from "../database/database.ts";
import { endLease, takeLease } from "../database/lease.ts";
import { readLessons, readLessonVersions } from "./lessons.ts";
import type { EncodedModels, ModelKeys, ModelStore } from "./models.ts";
import { type LearningKind, learningKinds, lessonsOf, taughtKinds } from "./training-set.ts";

/** Trains one model from the content with staff's lessons; undefined if it was ended before. */
export type Learner = (kind: LearningKind, lessons: readonly Lesson[]) => Promise<Uint8Array | undefined>;

/** Models with what each is kept under. */
export interface KeyedModels {
  readonly models: EncodedModels;
  readonly keys: ModelKeys;
}

/** Where a process has its models from. */
export interface ModelSource {
  readonly store: ModelStore;
  /** Content and way of training: what the models without lessons are kept under. */
  readonly contentKey: string;
  /** The models to begin with: another process's, else those of the content without lessons. */
  readonly first: Promise<KeyedModels>;
  /** Undefined where nothing can be trained: then other processes' models are taken. */
  readonly learn?: Learner;
}

/** What live models are made of; `onModels` is called with each new set. */
export interface LiveModelParts extends Omit<ModelSource, "first">, KeyedModels {
  readonly db: Database;
  readonly onModels: (models: EncodedModels) => void;
}

/** Training ends long before; a process that is gone loses the right after so long. */
const leaseSeconds = 120;
const leaseName = "learning";

/** The key of a model: the content's alone without lessons, else with a hash of them behind a slash. */
export function keyWithLessons(contentKey: string, lessons: readonly Lesson[]): string {
  if (lessons.length === 0) return contentKey;
  const hash = createHash("sha256").update(JSON.stringify(lessons.map(({ text, label }) => [text, label])));
  return `${contentKey}/${hash.digest("hex").slice(0, 16)}`;
}

/** What each model of this content is kept under while the database's lessons are as they are. */
export async function readModelKeys(db: Database, contentKey: string): Promise<ModelKeys> {
  const [intent, need] = await Promise.all(taughtKinds.map(async (kind) => keyWithLessons(contentKey, await readLessons(db, kind))));
  return { intent: intent ?? contentKey, need: need ?? contentKey, language: contentKey, crisis: intent ?? contentKey };
}

/**
 * Keeps a process's models at the state of staff's lessons: takes what another process has trained, else trains it, one process at a time. Returns the look that is taken
 * again and again; it resolves to true if something changed. The models of before serve until the new ones are there.
 */
export function createLiveModels(parts: LiveModelParts): () => Promise<boolean> {
  const { db, store, contentKey, learn, onModels } = parts;
  const holder = randomUUID();
  const seen: Record<LearningKind, number> = { intent: -1, need: -1, crisis: -1 };
  let { models, keys } = parts;

  /** Undefined if another process is at it, or nobody here can. */
  async function train(kind: LearningKind, key: string, lessons: readonly Lesson[]): Promise<Uint8Array | undefined> {
    if (learn === undefined || !(await takeLease(db, leaseName, holder, leaseSeconds))) return undefined;
    try {
      const bytes = (await store.find(kind, key)) ?? (await learn(kind, lessons));
      if (bytes !== undefined) await store.save(kind, key, bytes);
      return bytes;
    } finally {
      await endLease(db, leaseName, holder);
    }
  }

  /** True if this kind has another model now. */
  async function follow(kind: LearningKind, version: number): Promise<boolean> {
    const lessons = await readLessons(db, lessonsOf[kind]);
    const key = keyWithLessons(contentKey, lessons);
    if (key === keys[kind]) {
      seen[kind] = version;
      return false;
    }
    const bytes = (await store.find(kind, key)) ?? (await train(kind, key, lessons));
    if (bytes === undefined) return false;
    models = { ...models, [kind]: bytes };
    keys = { ...keys, [kind]: key };
    seen[kind] = version;
    return true;
  }

  return async () => {
    const versions = await readLessonVersions(db);
    let changed = false;
    for (const kind of learningKinds) {
      const version = versions[lessonsOf[kind]];
      if (version !== seen[kind]) changed = (await follow(kind, version)) || changed;
    }
    if (changed) onModels(models);
    return changed;
  };
}
