import { and, asc, count, desc, eq, gt, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { AppError } from "../../core/errors.ts";
import type { Database } from "../../database/database.ts";
import { askers, publicationRecipients, publications, publicationTurns } from "../../database/schema.ts";

/** Minutes for which those are still looked for who were answered by a process that did not know of a correction yet. */
const collectsMinutes = 2;
const mostTurns = 5000;

const By = z.string().trim().min(1).max(100);
const PublishTo = z.object({
  id: z.coerce.number().int().positive().max(2_147_483_647),
  turns: z.array(z.uuid()).min(1).max(mostTurns),
  by: By,
});
const PublishOffer = PublishTo.extend({ id: z.string().min(1).max(200) });
const Listing = z.object({ id: PublishTo.shape.id.optional() });

/** What publishing needs: the version of an article that people read, undefined if it is not published or has expired. */
export interface PublicationParts {
  readonly db: Database;
  readonly liveVersion: (transaction: Database, article: number) => Promise<number | undefined>;
  /** Whether there is such an offer for people to read. */
  readonly knowsOffer: (transaction: Database, id: string) => Promise<boolean>;
  /** Writes down with the article that it was published to somebody. */
  readonly logPublished: (
    transaction: Database,
    said: { readonly article: number; readonly version: number; readonly by: string; readonly publication: number },
  ) => Promise<void>;
  /** Called after a commit; who waits is told then. */
  readonly onPublished: () => unknown;
}

/** Publishes a correction inside the transaction that publishes its version. */
export async function publishCorrection(transaction: Database, article: number, version: number, by: string): Promise<void> {
  await transaction
    .insert(publications)
    .values({ kind: "correction", articleId: article, version, by, collectsUntil: sql`now() + make_interval(mins => ${collectsMinutes})` });
}

/** Writes down that an article or an offer answers these turns. */
async function publish(
  transaction: Database,
  row: { readonly articleId?: number; readonly offerId?: string; readonly version: number; readonly by: string },
  turns: readonly string[],
) {
  const wanted = [...new Set(turns)];
  const [made] = await transaction
    .insert(publications)
    .values({ kind: "answer", ...row })
    .returning({ id: publications.id });
  const publicationId = made?.id ?? 0;
  await transaction.insert(publicationTurns).values(wanted.map((turnId) => ({ publicationId, turnId })));
  const [waiting] = await transaction
    .select({ count: count() })
    .from(askers)
    .where(and(inArray(askers.turnId, wanted), isNull(askers.toldAt)));
  return { publication: publicationId, turns: wanted.length, waiting: waiting?.count ?? 0 };
}

/** Staff's answers to those who asked, by name. */
export function createPublicationOperations({ db, liveVersion, knowsOffer, logPublished, onPublished }: PublicationParts) {
  async function publishTo({ id, turns, by }: z.output<typeof PublishTo>) {
    const done = await db.transaction(async (transaction) => {
      const version = await liveVersion(transaction, id);
      if (version === undefined)
        throw new AppError("USAGE", `Article ${id} is not published. Publish it first: npm run -s staff -- articles approve ${id}`);
      const published = await publish(transaction, { articleId: id, version, by }, turns);
      await logPublished(transaction, { article: id, version, by, publication: published.publication });
      return { ...published, id, version };
    });
    await onPublished();
    return done;
  }

  async function publishOffer({ id, turns, by }: z.output<typeof PublishOffer>) {
    const done = await db.transaction(async (transaction) => {
      if (!(await knowsOffer(transaction, id)))
        throw new AppError("USAGE", `There is no offer ${id}. List them with: npm run -s staff -- list`);
      return { ...(await publish(transaction, { offerId: id, version: 0, by }, turns)), id };
    });
    await onPublished();
    return done;
  }

  /** Publications, the newest first, with how many got a letter; no conversation is named. */
  async function list({ id }: z.output<typeof Listing>) {
    return await db
      .select({
        ...{ publication: publications.id, kind: publications.kind, id: publications.articleId, offer: publications.offerId },
        version: publications.version,
        ...{ by: publications.by, at: publications.publishedAt },
        letters: sql<number>`count(${publicationRecipients.outboxId})::integer`,
      })
      .from(publications)
      .leftJoin(
        publicationRecipients,
        and(eq(publicationRecipients.publicationId, publications.id), isNotNull(publicationRecipients.toldAt)),
      )
      .where(id === undefined ? undefined : eq(publications.articleId, id))
      .groupBy(publications.id)
      .orderBy(desc(publications.id));
  }

  /** The turns whose people wait for an answer, the longest waiting first; who they are is not told. */
  async function waiting() {
    return await db
      .select({ turn: askers.turnId, lang: askers.lang, since: askers.consentedAt, personal: askers.personal })
      .from(askers)
      .where(and(isNull(askers.toldAt), gt(askers.expiresAt, sql`now()`)))
      .orderBy(asc(askers.position));
  }

  return {
    "staff.articles.waiting": waiting,
    "staff.articles.publish-to": (input: unknown) => publishTo(PublishTo.parse(input)),
    "staff.offers.publish-to": (input: unknown) => publishOffer(PublishOffer.parse(input)),
    "staff.articles.publications": (input: unknown) => list(Listing.parse(input)),
  };
}
