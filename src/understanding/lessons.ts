import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Lesson } from "../core/content.ts";
import { AppError } from "../core/errors.ts";
import type { Database } from "../database/database.ts";
import { lessons, lessonVersions } from "../database/schema.ts";
import { cleanText, redact } from "../text/redact.ts";
import { normalizeForFeatures } from "./features.ts";
import { type TaughtKind, taughtKinds } from "./training-set.ts";

const longestLesson = 300;

/** Says that the lessons of a kind have changed; called in the transaction that changes them, so that versions rise in the order of commits. */
async function raiseVersion(transaction: Database, kind: TaughtKind): Promise<void> {
  await transaction
    .insert(lessonVersions)
    .values({ kind, version: 1 })
    .onConflictDoUpdate({ target: lessonVersions.kind, set: { version: sql`${lessonVersions.version} + 1` } });
}

/** A number for each kind that rises with every change of its lessons; 0 before the first. */
export async function readLessonVersions(db: Database): Promise<Readonly<Record<TaughtKind, number>>> {
  const rows = await db.select().from(lessonVersions);
  const versionOf = (kind: TaughtKind) => rows.find((row) => row.kind === kind)?.version ?? 0;
  return { intent: versionOf("intent"), need: versionOf("need") };
}

/** What staff taught of a kind, the oldest first. */
export async function readLessons(db: Database, kind: TaughtKind): Promise<readonly Lesson[]> {
  return await db
    .select({ text: lessons.text, label: lessons.label })
    .from(lessons)
    .where(eq(lessons.kind, kind))
    .orderBy(lessons.taughtAt, lessons.text);
}

/** A sentence as it is kept: without personal data, and long enough to learn from. Throws USAGE. */
function readable(text: string): string {
  const kept = redact(cleanText(text)).trim();
  if (normalizeForFeatures(kept) === "" || kept.length > longestLesson)
    throw new AppError("USAGE", `A sentence to teach has words, and at most ${longestLesson} characters. Shorten it to what it is about.`);
  return kept;
}

/** A sentence as it was taught, and what it was taught to mean before; `before` is undefined where nobody had. */
export interface Taught {
  readonly text: string;
  readonly label: string | null;
  readonly before: string | null | undefined;
}

/** Teaches what a sentence means, for all that write it alike; the last lesson of a sentence counts. Personal data is taken out first. */
export async function teach(db: Database, kind: TaughtKind, { text, label }: Lesson): Promise<Taught> {
  const kept = readable(text);
  return await db.transaction(async (transaction) => {
    await raiseVersion(transaction, kind);
    const [known] = await transaction
      .select({ label: lessons.label })
      .from(lessons)
      .where(and(eq(lessons.kind, kind), eq(lessons.text, kept)));
    await transaction
      .insert(lessons)
      .values({ kind, text: kept, label })
      .onConflictDoUpdate({ target: [lessons.kind, lessons.text], set: { label, taughtAt: sql`now()` } });
    return { text: kept, label, before: known?.label };
  });
}

/** Takes a lesson back: the shipped examples count again. False if there is none. */
export async function forget(db: Database, kind: TaughtKind, text: string): Promise<boolean> {
  const kept = readable(text);
  const own = and(eq(lessons.kind, kind), eq(lessons.text, kept));
  return await db.transaction(async (transaction) => {
    if ((await transaction.select({ kind: lessons.kind }).from(lessons).where(own)).length === 0) return false;
    await raiseVersion(transaction, kind);
    await transaction.delete(lessons).where(own);
    return true;
  });
}

const Sentence = z.object({ kind: z.enum(taughtKinds), text: z.string() });
const Teaching = Sentence.extend({ label: z.string().nullable() });

/** Which labels a kind has. */
export type LabelsOf = (kind: TaughtKind) => Promise<readonly string[]>;

/** Teaches a label that there is; `db` may be a transaction. Throws NOT_FOUND for another one. */
export async function teachKnown(db: Database, labelsOf: LabelsOf, { kind, text, label }: z.output<typeof Teaching>): Promise<Taught> {
  if (label !== null && !(await labelsOf(kind)).includes(label))
    throw new AppError(
      "NOT_FOUND",
      `There is no ${kind} ${label}. The names are those of the files in ${kind === "need" ? "knowledge/needs" : "intents"}/.`,
    );
  return await teach(db, kind, { text, label });
}

/** Staff's teaching as operations by name; `labelsOf` says what may be taught. */
export function createTeaching(db: Database, labelsOf: LabelsOf): Readonly<Record<string, (input: unknown) => Promise<unknown>>> {
  return {
    "staff.teach": async (input) => await teachKnown(db, labelsOf, Teaching.parse(input)),
    "staff.forget": async (input) => {
      const { kind, text } = Sentence.parse(input);
      if (!(await forget(db, kind, text)))
        throw new AppError("NOT_FOUND", "There is no such lesson. List them with: npm run staff -- lessons");
    },
    "staff.lessons": async () => {
      const ofKind = async (kind: TaughtKind) => (await readLessons(db, kind)).map((lesson) => ({ kind, ...lesson }));
      return (await Promise.all(taughtKinds.map(ofKind))).flat();
    },
  };
}
