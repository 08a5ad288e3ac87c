import { createReadStream } from "node:fs";
import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { AppError, isMissing, messageOf } from "../../core/errors.ts";
import type { Database } from "../../database/database.ts";
import { sourceAnswers, sources } from "../../database/schema.ts";
import type { Fetched, SourceAccess } from "../importers/importer.ts";
import type { GuardedFetch } from "./guarded-fetch.ts";
import type { SoleAnswer } from "./switch-run.ts";

/** Thrown to an importer whose source says at its first and only address that nothing has changed: the run is at its end. */
export class SourceUnchanged extends Error {}

/** What importers use, and what the engine learns by it. */
export interface WatchedAccess {
  readonly access: SourceAccess;
  /** What to ask with the next time, if the source has one address only. */
  soleAnswer(): SoleAnswer | undefined;
}

/** Answers up to this size are kept, to be had again without being sent again. */
const mostKeptBytes = 2 ** 20;
const notModified = 304;
const StoredSole = z.object({ url: z.string(), etag: z.string().optional(), lastModified: z.string().optional() });
const Headers = z.record(z.string(), z.string());

/** The conditions of a request: what the answer that is known says of itself. */
function conditionsOf(known: { readonly etag?: string | null | undefined; readonly lastModified?: string | null | undefined } | undefined) {
  return {
    ...(known?.etag ? { "if-none-match": known.etag } : {}),
    ...(known?.lastModified ? { "if-modified-since": known.lastModified } : {}),
  };
}

async function* readPieces(path: string): AsyncIterable<Uint8Array> {
  try {
    for await (const piece of createReadStream(path)) yield piece;
  } catch (cause) {
    throw new AppError("SOURCE_INVALID", isMissing(cause) ? `There is no file ${path}.` : `${path} cannot be read: ${messageOf(cause)}.`, {
      cause,
    });
  }
}

/** Access to a source that remembers answers per address and asks only for what has changed. `fresh` asks for all of it; `keep` is false for a dry run. */
export function createSourceAccess(
  db: Database,
  fetch: GuardedFetch,
  run: Omit<SourceAccess, "fetch" | "readFile"> & { readonly source: string; readonly fresh: boolean; readonly keep: boolean },
): WatchedAccess {
  const { source, fresh, keep, ...given } = run;
  const answers = new Map<string, SoleAnswer>();
  let requests = 0;

  async function findSole(url: string): Promise<SoleAnswer | undefined> {
    const [row] = await db.select({ sole: sources.soleAnswer }).from(sources).where(eq(sources.name, source));
    const sole = StoredSole.nullish().parse(row?.sole);
    return sole?.url === url ? sole : undefined;
  }

  async function findKept(url: string) {
    const [row] = await db
      .select()
      .from(sourceAnswers)
      .where(and(eq(sourceAnswers.source, source), eq(sourceAnswers.url, url)));
    return row;
  }

  async function remember(url: string, { headers, body }: Fetched): Promise<void> {
    const { etag, "last-modified": lastModified } = headers;
    if (etag === undefined && lastModified === undefined) return;
    answers.set(url, { url, etag, lastModified });
    if (!keep || body.length > mostKeptBytes) return;
    const row = { etag: etag ?? null, lastModified: lastModified ?? null, headers, body };
    await db
      .insert(sourceAnswers)
      .values({ source, url, ...row })
      .onConflictDoUpdate({ target: [sourceAnswers.source, sourceAnswers.url], set: row });
  }

  const access: SourceAccess = {
    ...given,
    readFile: readPieces,
    fetch: async (url, { body, accept } = {}) => {
      requests += 1;
      // What is posted is a question, not an address.
      if (body !== undefined) return await fetch({ url, body, accept });
      const first = requests === 1 && given.cursor === undefined;
      const sole = fresh || !first ? undefined : await findSole(url);
      const kept = fresh || sole !== undefined ? undefined : await findKept(url);
      const answer = await fetch({ url, accept, headers: conditionsOf(sole ?? kept) });
      if (answer.status === notModified) {
        if (sole !== undefined) throw new SourceUnchanged();
        if (kept === undefined) throw new AppError("SOURCE_INVALID", "The source says that nothing has changed, although nobody asked.");
        answers.set(url, { url, etag: kept.etag ?? undefined, lastModified: kept.lastModified ?? undefined });
        return { status: 200, headers: Headers.parse(kept.headers), body: kept.body, url: answer.url };
      }
      await remember(url, answer);
      return answer;
    },
  };
  return { access, soleAnswer: () => (requests === 1 && given.cursor === undefined ? [...answers.values()][0] : undefined) };
}
