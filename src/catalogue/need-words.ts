import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { AppError } from "../core/errors.ts";
import { isLang, type Lang, languages } from "../core/languages.ts";
import type { Need } from "../core/offer.ts";
import type { Database } from "../database/database.ts";
import { needWords } from "../database/schema.ts";
import { cleanText, redact } from "../text/redact.ts";
import { readLabels } from "./content-store.ts";

const longestWord = 40;
/** More words are a sentence, which is taught as one. */
const mostParts = 4;

/** A word that staff found people to use for a need. */
export interface NeedWord {
  readonly need: string;
  readonly lang: Lang;
  readonly word: string;
}

/** A part of the catalogue's version that differs with every change of these words. */
export const needWordsVersionSql = sql`(select count(*) || '@' || coalesce(max(added_at)::text, '') from need_words)`;

/** The words that staff added, in the order of needs. */
export async function readNeedWords(db: Database): Promise<readonly NeedWord[]> {
  const rows = await db.select().from(needWords).orderBy(needWords.need, needWords.lang, needWords.word);
  return rows.flatMap(({ need, lang, word }) => (isLang(lang) ? [{ need, lang, word }] : []));
}

/** Lays words over the needs' own; what a file says by now stands there once. */
export function layNeedWords(needs: readonly Need[], added: readonly NeedWord[]): readonly Need[] {
  if (added.length === 0) return needs;
  const byNeed = Map.groupBy(added, ({ need }) => need);
  return needs.map((need) => {
    const own = byNeed.get(need.id);
    if (own === undefined) return need;
    const inLang = (lang: Lang) => [...new Set([...need.words[lang], ...own.flatMap((each) => (each.lang === lang ? [each.word] : []))])];
    return { ...need, words: { ...need.words, ...Object.fromEntries(own.map(({ lang }) => [lang, inLang(lang)])) } };
  });
}

/** A word as it is kept. Throws USAGE for a sentence, and for what names somebody. */
function readable(text: string): string {
  const word = cleanText(text).trim();
  const fits = /\p{L}/u.test(word) && word.length <= longestWord && word.split(/\s/).length <= mostParts;
  if (!fits || redact(word) !== word)
    throw new AppError(
      "USAGE",
      `A word for a need has at most ${mostParts} words and ${longestWord} characters, and names nobody. Teach a sentence as a sentence.`,
    );
  return word;
}

const Word = z.object({ need: z.string(), lang: z.enum(languages), word: z.string() });
export const AddedWord = Word.extend({ by: z.string().trim().min(1).max(200) });

/** Makes a word an example of its need, and takes that back. */
export interface WordLearning {
  readonly learn: (transaction: Database, word: string, need: string) => Promise<unknown>;
  readonly unlearn: (transaction: Database, word: string) => Promise<unknown>;
}

/** Adds a word for a need, inside a transaction; gives it as it is kept. Throws NOT_FOUND for a need that is not there. */
export async function addNeedWord(
  transaction: Database,
  { need, lang, word, by }: z.output<typeof AddedWord>,
  { learn }: Pick<WordLearning, "learn">,
): Promise<string> {
  const kept = readable(word);
  if (!(await readLabels(transaction, "need")).includes(need))
    throw new AppError("NOT_FOUND", `There is no need ${need}. The names are those of the files in knowledge/needs/.`);
  await transaction.insert(needWords).values({ need, lang, word: kept, by }).onConflictDoNothing();
  await learn(transaction, kept, need);
  return kept;
}

/** What words for needs need. */
export interface NeedWordParts extends WordLearning {
  readonly db: Database;
  /** Called after a commit. */
  readonly onChange: () => Promise<unknown>;
}

/** Staff's words for needs, by name. */
export function createNeedWordOperations({ db, learn, unlearn, onChange }: NeedWordParts) {
  async function add(input: z.output<typeof AddedWord>) {
    const word = await db.transaction((transaction) => addNeedWord(transaction, input, { learn }));
    await onChange();
    return { ...input, word };
  }

  async function remove({ need, lang, word }: z.output<typeof Word>) {
    await db.transaction(async (transaction) => {
      const gone = await transaction
        .delete(needWords)
        .where(and(eq(needWords.need, need), eq(needWords.lang, lang), eq(needWords.word, word)))
        .returning({ word: needWords.word });
      if (gone.length === 0) throw new AppError("NOT_FOUND", "There is no such word. List them with: npm run -s staff -- words");
      // It may be a word of another need, or of this one in another language.
      const [other] = await transaction.select({ need: needWords.need }).from(needWords).where(eq(needWords.word, word));
      await (other === undefined ? unlearn(transaction, word) : learn(transaction, word, other.need));
    });
    await onChange();
  }

  return {
    "staff.words": () => db.select().from(needWords).orderBy(needWords.need, needWords.lang, needWords.word),
    "staff.add-word": (input: unknown) => add(AddedWord.parse(input)),
    "staff.remove-word": (input: unknown) => remove(Word.parse(input)),
  };
}
