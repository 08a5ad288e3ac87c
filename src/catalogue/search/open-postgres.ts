import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { type Database, rowsOf } from "../../database/database.ts";
import type { NameConcepts } from "../../text/concepts.ts";
import { buildPostgresIndex } from "./postgres-index.ts";
import { createPostgresSearch } from "./postgres-search.ts";
import type { SearchDocument, TextSearch } from "./search-document.ts";

/** A builder that has not finished a part of its work for so long is gone. */
const leaseSeconds = 300;
const pollMs = 500;

async function isCurrent(db: Database, version: string): Promise<boolean> {
  return rowsOf(await db.execute(sql`select 1 from search_index where id = 1 and version = ${version}`)).length > 0;
}

/** Takes or keeps the right to build; false while another process has it. */
async function lease(db: Database, holder: string): Promise<boolean> {
  const rows = await db.execute(
    sql`insert into search_lease (id, holder, until) values (1, ${holder}, now() + make_interval(secs => ${leaseSeconds}))
      on conflict (id) do update set holder = excluded.holder, until = excluded.until
      where search_lease.until < now() or search_lease.holder = excluded.holder returning id`,
  );
  return rowsOf(rows).length > 0;
}

/**
 * Opens the search of a database, whose index is built first where it is of another state than `version`. One process builds, the others wait for it; searches
 * of all go on with the older index meanwhile.
 */
export async function openPostgresSearch(
  db: Database,
  documents: readonly SearchDocument[],
  nameConcepts: NameConcepts,
  version: string,
): Promise<TextSearch> {
  const holder = randomUUID();
  while (!(await isCurrent(db, version))) {
    if (!(await lease(db, holder))) {
      await sleep(pollMs);
      continue;
    }
    try {
      // Another process may have built it between the look and the lease.
      if (!(await isCurrent(db, version)))
        await buildPostgresIndex(
          db,
          () => documents,
          nameConcepts,
          version,
          () => lease(db, holder),
        );
    } finally {
      await db.execute(sql`delete from search_lease where holder = ${holder}`);
    }
  }
  return createPostgresSearch(db, nameConcepts);
}
