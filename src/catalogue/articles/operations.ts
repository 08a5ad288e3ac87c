import { and, asc, desc, eq } from "drizzle-orm";
import { z } from "zod";
import type { Trial, TrialChange } from "../../core/article-trial.ts";
import type { ArticleBody } from "../../core/articles.ts";
import { AppError } from "../../core/errors.ts";
import type { Database } from "../../database/database.ts";
import { articleEvents, articles, articleVersions } from "../../database/schema.ts";
import { readDraft } from "./body.ts";
import {
  addVersion,
  articleStates,
  createArticle,
  findArticle,
  findTrial,
  logEvent,
  readVersions,
  type StoredArticle,
  type StoredVersion,
  setState,
  wasPublished,
} from "./store.ts";

/** What goes with the publication of a version, in its transaction: a correction is told to those who got a wrong one. */
export interface PublishPorts {
  readonly publishCorrection: (transaction: Database, article: number, version: number, by: string) => Promise<void>;
}

/** What staff's work on articles needs; `onChange` is called after each commit that changes what people read. */
export interface ArticleOperationParts extends PublishPorts {
  readonly db: Database;
  readonly needs: () => Promise<readonly string[]>;
  readonly onChange: () => Promise<unknown>;
  /** Tries a text, as a version of article `id` where that is given, with questions that were asked. */
  readonly tryOut: (draft: { readonly id?: number | undefined; readonly body: ArticleBody }) => Promise<Trial>;
  /** The words of questions that a trial named, as far as they are still kept, in their order. */
  readonly readTexts: (questions: readonly Pick<TrialChange, "source" | "id">[]) => Promise<readonly (string | undefined)[]>;
  readonly now: () => Date;
}

const By = z.string().trim().min(1).max(100);
const Id = z.coerce.number().int().positive().max(2_147_483_647);
const Reason = z.string().trim().min(1).max(500);

const Listing = z.object({ state: z.enum(articleStates).optional() });
const Chosen = z.object({ id: Id });
const Written = z.object({ id: Id.optional(), by: By, article: z.unknown() });
const Act = Chosen.extend({ by: By });
const Decided = Act.extend({ reason: Reason.optional() });
const Rejected = Act.extend({ reason: Reason });
const Tried = z.object({ id: Id.optional(), by: By, article: z.unknown().optional() });
const RolledBack = Act.extend({ version: Id, reason: Reason.optional() });

type Operation = (input: unknown) => Promise<unknown>;

function wrongState({ id, state }: StoredArticle, wanted: string): AppError {
  return new AppError("USAGE", `Article ${id} is ${state}; ${wanted}.`);
}

const newest = (versions: readonly StoredVersion[]) => versions[0];

/** What staff do with articles, by name; the same in a running server and in a command. Each change names who made it. */
export function createArticleOperations(parts: ArticleOperationParts): Readonly<Record<string, Operation>> {
  const { db, needs, onChange, tryOut, readTexts, now, publishCorrection } = parts;

  async function list({ state }: z.output<typeof Listing>) {
    const rows = await db
      .select({
        ...{ id: articles.id, state: articles.state, version: articles.lastVersion, liveVersion: articles.liveVersion },
        ...{
          kind: articleVersions.kind,
          body: articleVersions.body,
          validUntil: articleVersions.validUntil,
          author: articleVersions.author,
        },
        writtenAt: articleVersions.writtenAt,
      })
      .from(articles)
      .innerJoin(articleVersions, and(eq(articleVersions.articleId, articles.id), eq(articleVersions.version, articles.lastVersion)))
      .where(state === undefined ? undefined : eq(articles.state, state))
      .orderBy(desc(articles.updatedAt));
    return rows.map(({ body, validUntil, ...row }) => ({ ...row, article: { ...Object(body), validUntil }, expired: validUntil <= now() }));
  }

  async function show({ id }: z.output<typeof Chosen>) {
    const article = await findArticle(db, id);
    const versions = await readVersions(db, id);
    const events = await db
      .select({
        version: articleEvents.version,
        event: articleEvents.event,
        by: articleEvents.by,
        reason: articleEvents.reason,
        at: articleEvents.at,
      })
      .from(articleEvents)
      .where(eq(articleEvents.articleId, id))
      .orderBy(asc(articleEvents.id));
    return { ...article, newest: newest(versions), live: versions.find(({ version }) => version === article.liveVersion), events };
  }

  async function write({ id, by, article: given }: z.output<typeof Written>, kind: "text" | "correction") {
    const body = readDraft(given, new Set(await needs()), now());
    return await db.transaction(async (transaction) => {
      if (id === undefined) {
        const made = await createArticle(transaction, { kind, body, author: by });
        await logEvent(transaction, made, "written", by);
        return { id: made.id, version: made.version, state: made.state };
      }
      const article = await findArticle(transaction, id, true);
      if (kind === "correction" && !(await wasAnyPublished(transaction, article)))
        throw wrongState(article, "only what people have read can be corrected");
      const version = await addVersion(transaction, article, { kind, body, author: by });
      await setState(transaction, id, "draft", { version: article.liveVersion });
      await logEvent(transaction, { id, version }, "written", by);
      return { id, version, state: "draft" };
    });
  }

  async function wasAnyPublished(transaction: Database, { id }: StoredArticle): Promise<boolean> {
    const versions = await readVersions(transaction, id);
    const published = await Promise.all(versions.map(({ version }) => wasPublished(transaction, id, version)));
    return published.includes(true);
  }

  const submit = ({ id, by }: z.output<typeof Act>) =>
    db.transaction(async (transaction) => {
      const article = await findArticle(transaction, id, true);
      if (article.state !== "draft") throw wrongState(article, "only a draft can be handed in for approval");
      await setState(transaction, id, "for-approval", { version: article.liveVersion });
      await logEvent(transaction, article, "submitted", by);
      return { id, version: article.version, state: "for-approval" };
    });

  /** Tries a text that is not stored, or the newest version of an article, with which the figures are then kept; the questions themselves are not. */
  async function trial({ id, by, article: given }: z.output<typeof Tried>): Promise<Trial> {
    if (given !== undefined) return await tryOut({ id, body: readDraft(given, new Set(await needs()), now()) });
    if (id === undefined) throw new AppError("USAGE", "Give an article to try, or the number of one that is stored.");
    const article = await findArticle(db, id);
    const version = newest(await readVersions(db, id));
    if (version === undefined) throw wrongState(article, "it has no version");
    const tried = await tryOut({ id, body: version.body });
    const changed = tried.changed.map(({ text: _words, ...change }) => change);
    await logEvent(db, { id, version: version.version }, "tried", by, { detail: { ...tried, changed } });
    return tried;
  }

  /** What the last trial of the newest version found, with the words of the questions; null if it was not tried. */
  async function tried({ id }: z.output<typeof Chosen>) {
    const { version } = await findArticle(db, id);
    const kept = await findTrial(db, id, version);
    if (kept === undefined) return null;
    const texts = await readTexts(kept.changed);
    return { ...kept, version, changed: kept.changed.map((change, at) => ({ ...change, text: texts[at] })) };
  }

  /** How many questions the newest version of an article answers worse, tried now unless it was before. */
  async function countWorse(id: number, by: string): Promise<number> {
    const { version } = await findArticle(db, id);
    const known = await findTrial(db, id, version);
    return known?.worse ?? (await trial({ id, by, article: undefined })).worse;
  }

  async function approve({ id, by, reason }: z.output<typeof Decided>) {
    const before = await findArticle(db, id);
    const isAuthor = newest(await readVersions(db, id))?.author === by;
    const worse = before.state === "for-approval" && !isAuthor ? await countWorse(id, by) : 0;
    if (worse > 0 && reason === undefined)
      throw new AppError(
        "USAGE",
        `Article ${id} answers ${worse} known ${worse === 1 ? "question" : "questions"} worse than before. Look at them (staff articles trial ${id}), and give a reason if it is to be published all the same.`,
      );
    const done = await db.transaction(async (transaction) => {
      const article = await findArticle(transaction, id, true);
      if (article.state !== "for-approval") throw wrongState(article, "only what was handed in can be approved");
      if (article.version !== before.version) throw wrongState(article, "it has a newer version meanwhile");
      const version = newest(await readVersions(transaction, id));
      if (version?.author === by)
        throw new AppError("USAGE", `Article ${id}: whoever wrote a version cannot approve it. Somebody else has to read it first.`);
      if (version !== undefined && new Date(version.body.validUntil) <= now())
        throw new AppError("USAGE", `Article ${id} has expired meanwhile. Write a version with a later end.`);
      await setState(transaction, id, "published", { version: article.version });
      await logEvent(transaction, article, "approved", by, { reason });
      if (version?.kind === "correction") await publishCorrection(transaction, id, article.version, by);
      return { id, version: article.version, state: "published" };
    });
    await onChange();
    return done;
  }

  const reject = ({ id, by, reason }: z.output<typeof Rejected>) =>
    db.transaction(async (transaction) => {
      const article = await findArticle(transaction, id, true);
      if (article.state !== "for-approval") throw wrongState(article, "only what was handed in can be rejected");
      await setState(transaction, id, "draft", { version: article.liveVersion });
      await logEvent(transaction, article, "rejected", by, { reason });
      return { id, version: article.version, state: "draft" };
    });

  async function retire({ id, by, reason }: z.output<typeof Decided>) {
    const done = await db.transaction(async (transaction) => {
      const article = await findArticle(transaction, id, true);
      if (article.state === "retired") throw wrongState(article, "it is not used already");
      await setState(transaction, id, "retired", { version: undefined });
      await logEvent(transaction, article, "retired", by, { reason });
      return { id, version: article.version, state: "retired" };
    });
    await onChange();
    return done;
  }

  async function rollBack({ id, by, version: wanted, reason }: z.output<typeof RolledBack>) {
    const done = await db.transaction(async (transaction) => {
      const article = await findArticle(transaction, id, true);
      const older = (await readVersions(transaction, id)).find(({ version }) => version === wanted);
      if (older === undefined || !(await wasPublished(transaction, id, wanted)))
        throw new AppError("USAGE", `Article ${id} has no version ${wanted} that was published; only such a one can be brought back.`);
      if (new Date(older.body.validUntil) <= now())
        throw new AppError("USAGE", `Version ${wanted} of article ${id} has expired. Write a version with a later end.`);
      const version = await addVersion(transaction, article, { kind: "rollback", ofVersion: wanted, body: older.body, author: by });
      await setState(transaction, id, "published", { version });
      await logEvent(transaction, { id, version }, "rolled-back", by, { reason });
      return { id, version, state: "published" };
    });
    await onChange();
    return done;
  }

  async function reminders() {
    const rows = await db
      .select({
        id: articles.id,
        version: articleEvents.version,
        at: articleEvents.at,
        body: articleVersions.body,
        validUntil: articleVersions.validUntil,
      })
      .from(articleEvents)
      .innerJoin(articles, and(eq(articles.id, articleEvents.articleId), eq(articles.liveVersion, articleEvents.version)))
      .innerJoin(articleVersions, and(eq(articleVersions.articleId, articles.id), eq(articleVersions.version, articleEvents.version)))
      .where(eq(articleEvents.event, "reminded"))
      .orderBy(asc(articleVersions.validUntil));
    return rows.map(({ body, ...row }) => ({ ...row, title: Object(body).title, owner: Object(body).owner }));
  }

  return {
    "staff.articles.list": (input) => list(Listing.parse(input)),
    "staff.articles.show": (input) => show(Chosen.parse(input)),
    "staff.articles.versions": (input) => readVersions(db, Chosen.parse(input).id),
    "staff.articles.write": (input) => write(Written.parse(input), "text"),
    "staff.articles.correct": (input) => write(Written.required({ id: true }).parse(input), "correction"),
    "staff.articles.submit": (input) => submit(Act.parse(input)),
    "staff.articles.approve": (input) => approve(Decided.parse(input)),
    "staff.articles.trial": (input) => trial(Tried.parse(input)),
    "staff.articles.tried": (input) => tried(Chosen.parse(input)),
    "staff.articles.reject": (input) => reject(Rejected.parse(input)),
    "staff.articles.retire": (input) => retire(Decided.parse(input)),
    "staff.articles.rollback": (input) => rollBack(RolledBack.parse(input)),
    "staff.articles.reminders": reminders,
  };
}
