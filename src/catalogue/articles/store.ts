import { and, asc, desc, eq, gt, ne, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { answerKinds } from "../../core/answer.ts";
import type { Article, ArticleBody } from "../../core/articles.ts";
import { AppError } from "../../core/errors.ts";
import { type Database, rowsOf } from "../../database/database.ts";
import { articleEvents, articles, articleVersions } from "../../database/schema.ts";
import { StoredBody } from "./body.ts";

export const articleStates = ["draft", "for-approval", "published", "retired"] as const;

export type ArticleState = (typeof articleStates)[number];

/** What a version is: a text, one that corrects what people were told, or an older one brought back. */
export type VersionKind = "text" | "correction" | "rollback";

export type ArticleEvent =
  | "written"
  | "submitted"
  | "approved"
  | "rejected"
  | "retired"
  | "rolled-back"
  | "tried"
  | "published-to"
  | "reminded";

/** An article as staff see it: where it stands, and its newest version. */
export interface StoredArticle {
  readonly id: number;
  readonly state: ArticleState;
  readonly version: number;
  readonly liveVersion: number | undefined;
}

export interface StoredVersion {
  readonly version: number;
  readonly kind: VersionKind;
  readonly ofVersion: number | undefined;
  readonly body: ArticleBody;
  readonly author: string;
  readonly writtenAt: string;
}

const Row = z
  .object({ id: z.number(), state: z.enum(articleStates), lastVersion: z.number(), liveVersion: z.number().nullable() })
  .transform(({ lastVersion, liveVersion, ...row }) => ({ ...row, version: lastVersion, liveVersion: liveVersion ?? undefined }));

const VersionRow = z
  .object({
    ...{ version: z.number(), kind: z.enum(["text", "correction", "rollback"]), ofVersion: z.number().nullable() },
    ...{ body: StoredBody, validUntil: z.coerce.date(), author: z.string(), writtenAt: z.coerce.date() },
  })
  .transform(
    ({ body, validUntil, ofVersion, writtenAt, ...row }): StoredVersion => ({
      ...row,
      ofVersion: ofVersion ?? undefined,
      body: { ...body, validUntil: validUntil.toISOString() },
      writtenAt: writtenAt.toISOString(),
    }),
  );

/** A text that differs whenever what people read does. */
export const articleVersionSql = sql`(select count(*) || '@' || coalesce(sum(live_version), 0) || '@' || coalesce(sum(extract(epoch from updated_at))::text, '') from articles)`;

async function readArticlesAt(
  db: Database,
  version: typeof articles.liveVersion | typeof articles.lastVersion,
  condition?: SQL,
): Promise<readonly Article[]> {
  const rows = await db
    .select({
      ...{ id: articles.id, version: articleVersions.version, kind: articleVersions.kind, ofVersion: articleVersions.ofVersion },
      ...{
        body: articleVersions.body,
        validUntil: articleVersions.validUntil,
        author: articleVersions.author,
        writtenAt: articleVersions.writtenAt,
      },
    })
    .from(articles)
    .innerJoin(articleVersions, and(eq(articleVersions.articleId, articles.id), eq(articleVersions.version, version)))
    .where(condition)
    .orderBy(asc(articles.id));
  return rows.map(({ id, ...row }) => {
    const { body, version, writtenAt } = VersionRow.parse(row);
    return { ...body, id, version, writtenAt };
  });
}

/** The versions that people read, the expired ones too: these end by the clock. */
export const readLiveArticles = (db: Database): Promise<readonly Article[]> => readArticlesAt(db, articles.liveVersion);

/** The newest version of each article, drafts too, but none that is retired. */
export const readNewestArticles = (db: Database): Promise<readonly Article[]> =>
  readArticlesAt(db, articles.lastVersion, ne(articles.state, "retired"));

function unknown(id: number): AppError {
  return new AppError("USAGE", `There is no article ${id}. List them with: npm run -s staff -- articles list`);
}

/** Where an article stands; throws USAGE if there is none. With `lock` nobody else changes it meanwhile. */
export async function findArticle(db: Database, id: number, lock = false): Promise<StoredArticle> {
  const query = db.select().from(articles).where(eq(articles.id, id));
  const [row] = await (lock ? query.for("update") : query);
  if (row === undefined) throw unknown(id);
  return Row.parse(row);
}

/** All versions of an article, the newest first; throws USAGE if there is no such article. */
export async function readVersions(db: Database, id: number): Promise<readonly StoredVersion[]> {
  const rows = await db.select().from(articleVersions).where(eq(articleVersions.articleId, id)).orderBy(desc(articleVersions.version));
  if (rows.length === 0) throw unknown(id);
  return VersionRow.array().parse(rows);
}

/** Writes down what happened, inside the transaction in which it does. */
export async function logEvent(
  transaction: Database,
  { id, version }: Pick<StoredArticle, "id" | "version">,
  event: ArticleEvent,
  by: string,
  said: { readonly reason?: string | undefined; readonly detail?: unknown } = {},
): Promise<void> {
  await transaction.insert(articleEvents).values({ articleId: id, version, event, by, reason: said.reason, detail: said.detail });
}

/** Sets where an article stands, and which version people read. */
export async function setState(
  transaction: Database,
  id: number,
  state: ArticleState,
  live: { readonly version: number | undefined },
): Promise<void> {
  await transaction
    .update(articles)
    .set({ state, liveVersion: live.version ?? null, updatedAt: sql`clock_timestamp()` })
    .where(eq(articles.id, id));
}

/** A version that is not stored yet. */
export interface NewVersion extends Pick<StoredVersion, "kind" | "body" | "author"> {
  readonly ofVersion?: number;
}

async function insertVersion(
  transaction: Database,
  id: number,
  version: number,
  { kind, ofVersion, body, author }: NewVersion,
): Promise<void> {
  const { validUntil, ...rest } = body;
  await transaction
    .insert(articleVersions)
    .values({ articleId: id, version, kind, ofVersion, body: rest, validUntil: new Date(validUntil), author });
}

/** Begins an article with its first version. */
export async function createArticle(transaction: Database, version: NewVersion): Promise<StoredArticle> {
  const [row] = await transaction.insert(articles).values({ state: "draft" }).returning();
  const article = Row.parse(row);
  await insertVersion(transaction, article.id, article.version, version);
  return article;
}

/** Adds a version to an article that is locked. */
export async function addVersion(transaction: Database, { id, version: last }: StoredArticle, version: NewVersion): Promise<number> {
  await transaction
    .update(articles)
    .set({ lastVersion: last + 1 })
    .where(eq(articles.id, id));
  await insertVersion(transaction, id, last + 1, version);
  return last + 1;
}

/** The version of an article that people read; undefined if it is not published or has expired. */
export async function findLiveVersion(db: Database, id: number): Promise<number | undefined> {
  const rows = await db
    .select({ version: articleVersions.version })
    .from(articles)
    .innerJoin(articleVersions, and(eq(articleVersions.articleId, articles.id), eq(articleVersions.version, articles.liveVersion)))
    .where(and(eq(articles.id, id), gt(articleVersions.validUntil, sql`now()`)));
  return rows[0]?.version;
}

const KeptAnswer = z.object({ kind: z.enum(answerKinds), first: z.string().optional() });
const KeptFigures = z.object({
  ...{ questions: z.number(), better: z.number(), worse: z.number(), unknown: z.number(), tookMs: z.number() },
  changed: z.array(
    z.object({
      ...{ source: z.enum(["turn", "known"]), id: z.string(), before: KeptAnswer, after: KeptAnswer },
      verdict: z.enum(["better", "worse", "unknown"]),
    }),
  ),
});

/** What a trial of a version found, who made it and when; the words of the questions are not kept. */
export type KeptTrial = z.output<typeof KeptFigures> & { readonly by: string; readonly at: Date };

/** What was found when a version was last tried; undefined if it was not. */
export async function findTrial(db: Database, id: number, version: number): Promise<KeptTrial | undefined> {
  const rows = await db
    .select({ detail: articleEvents.detail, by: articleEvents.by, at: articleEvents.at })
    .from(articleEvents)
    .where(and(eq(articleEvents.articleId, id), eq(articleEvents.version, version), eq(articleEvents.event, "tried")))
    .orderBy(desc(articleEvents.id))
    .limit(1);
  return rows.map(({ detail, by, at }) => ({ ...KeptFigures.parse(detail), by, at }))[0];
}

/** True if people have read that version: it was approved, or brought back. */
export async function wasPublished(db: Database, id: number, version: number): Promise<boolean> {
  const rows = await db.execute(sql`
    select 1 from article_events where article_id = ${id} and version = ${version} and event in ('approved', 'rolled-back') limit 1`);
  return rowsOf(rows).length > 0;
}
