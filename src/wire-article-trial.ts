import { previewAnswer, readQuestion } from "./assistant/preview.ts";
import { readQuestionTexts, readRecentQuestions } from "./assistant/recent-questions.ts";
import { openTrialCatalogues } from "./catalogue/articles/trial-catalogues.ts";
import { loadHours } from "./catalogue/hours/load-hours.ts";
import type { CatalogueRecords } from "./catalogue/live-catalogue.ts";
import { judge, type Trial, type TrialChange, type TrialQuestion } from "./core/article-trial.ts";
import type { ArticleBody } from "./core/articles.ts";
import type { Recogniser } from "./core/understanding.ts";
import type { Database } from "./database/database.ts";

/** Questions of people that a change is tried with, the newest. */
const mostRecent = 1000;

/** What trying a change needs; all of it is read anew for each trial. */
export interface TrialParts {
  readonly db: Database;
  readonly records: () => Promise<CatalogueRecords>;
  readonly recogniser: () => Promise<Recogniser>;
  readonly now: () => Date;
}

/** What trying changes takes of a platform. */
export interface TrialPlatform {
  /** The questions whose right answer is known. */
  readonly readKnownQuestions: () => Promise<readonly TrialQuestion[]>;
  /** Lets other work go first. */
  readonly giveWay: () => Promise<void>;
}

/** Tries a draft with the newest questions of people and those whose right answer is known: what would be answered otherwise, and whether that is better. Writes nothing. */
export function createArticleTrial({ db, records, recogniser, now, readKnownQuestions, giveWay }: TrialParts & TrialPlatform) {
  return async (draft: { readonly id?: number | undefined; readonly body: ArticleBody }): Promise<Trial> => {
    const began = performance.now();
    const [known, reader] = await Promise.all([records(), recogniser()]);
    const { before, after } = await openTrialCatalogues(known, draft, { now, loadHours, giveWay });
    const questions: readonly TrialQuestion[] = [...(await readRecentQuestions(db, mostRecent)), ...(await readKnownQuestions())];
    const changed: TrialChange[] = [];
    for (const question of questions) {
      await giveWay();
      const asked = readQuestion(question.text, reader);
      if (asked === undefined) continue;
      const was = await previewAnswer(asked, before);
      await giveWay();
      const is = await previewAnswer(asked, after);
      if (was === undefined || is === undefined) continue;
      const verdict = judge(question, was, is);
      if (verdict === undefined) continue;
      const { source, id, text } = question;
      changed.push({ source, id, text, before: { kind: was.kind, first: was.first }, after: { kind: is.kind, first: is.first }, verdict });
    }
    const count = (verdict: TrialChange["verdict"]) => changed.filter((each) => each.verdict === verdict).length;
    return {
      ...{ questions: questions.length, better: count("better"), worse: count("worse"), unknown: count("unknown"), changed },
      tookMs: Math.round(performance.now() - began),
    };
  };
}

/** Finds the words of questions that a trial named, as far as they are still kept; in their order. */
export function createTrialTexts(db: Database, readKnownQuestions: TrialPlatform["readKnownQuestions"]) {
  return async (questions: readonly Pick<TrialChange, "source" | "id">[]): Promise<readonly (string | undefined)[]> => {
    const asked = await readQuestionTexts(
      db,
      questions.filter(({ source }) => source === "turn").map(({ id }) => id),
    );
    const known = new Map((await readKnownQuestions()).map(({ id, text }) => [id, text]));
    return questions.map(({ source, id }) => (source === "turn" ? asked : known).get(id));
  };
}
