import { and, asc, eq, sql } from "drizzle-orm";
import { AppError } from "../../core/errors.ts";
import { type Database, rowsOf } from "../../database/database.ts";
import { importDuplicates } from "../../database/schema.ts";

/** Two offers that may be the same; `score` is the likeness of their titles, 0 to 1. */
export interface FoundPair {
  readonly first: string;
  readonly second: string;
  readonly score: number;
}

/** Two offers that staff found to be the same: the second is hidden. */
export type JoinedPair = Pick<FoundPair, "first" | "second">;

const rowsAtOnce = 500;

/** Lists pairs for staff; what they have decided stays decided, and open pairs of the source that are no longer found go. Returns how many are open. */
export async function saveDuplicates(db: Database, source: string, pairs: readonly FoundPair[]): Promise<number> {
  return await db.transaction(async (transaction) => {
    await transaction.execute(sql`delete from import_duplicates d where d.state = 'open'
      and exists (select from imported_offers o where o.source = ${source} and o.id in (d.first, d.second))`);
    for (let from = 0; from < pairs.length; from += rowsAtOnce)
      await transaction
        .insert(importDuplicates)
        .values(pairs.slice(from, from + rowsAtOnce))
        .onConflictDoNothing();
    return await countOpenPairs(transaction, source);
  });
}

/** How many pairs of a source's offers wait for staff. */
export async function countOpenPairs(db: Database, source: string): Promise<number> {
  const open = await db.execute(sql`select id from import_duplicates d where d.state = 'open'
    and exists (select from imported_offers o where o.source = ${source} and o.id in (d.first, d.second))`);
  return rowsOf(open).length;
}

/** Pairs that staff have joined, in the order of their decisions. */
export async function readJoinedPairs(db: Database): Promise<readonly JoinedPair[]> {
  return await db
    .select({ first: importDuplicates.first, second: importDuplicates.second })
    .from(importDuplicates)
    .where(eq(importDuplicates.state, "joined"))
    .orderBy(asc(importDuplicates.decidedAt), asc(importDuplicates.id));
}

/** Pairs that wait for staff, the likest first. */
export async function readOpenPairs(db: Database) {
  return await db
    .select({ id: importDuplicates.id, first: importDuplicates.first, second: importDuplicates.second, score: importDuplicates.score })
    .from(importDuplicates)
    .where(eq(importDuplicates.state, "open"))
    .orderBy(sql`${importDuplicates.score} desc`, asc(importDuplicates.id));
}

/** Records what staff say of a pair; throws NOT_FOUND if none of that number is open. */
export async function decideDuplicate(db: Database, id: number, state: "joined" | "separate"): Promise<void> {
  const decided = await db
    .update(importDuplicates)
    .set({ state, decidedAt: sql`now()` })
    .where(and(eq(importDuplicates.id, id), eq(importDuplicates.state, "open")))
    .returning({ id: importDuplicates.id });
  if (decided.length === 0) throw new AppError("NOT_FOUND", `No duplicate ${id} waits. List what does: npm run staff -- waiting`);
}
