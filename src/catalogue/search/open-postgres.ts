import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { type Database, rowsOf } from "../../database/database.ts";
import { endLease, takeLease } from "../../database/lease.ts";
import type { NameConcepts } from "../../text/concepts.ts";
import { buildPostgresIndex } from "./postgres-index.ts";
import { createPostgresSearch } from "./postgres-search.ts";
import type { SearchDocument, TextSearch } from "./search-document.ts";

/** A builder that has not finished a part of its work for so long is gone. */
const leaseSeconds = 300;
const leaseName = "search-index";
const pollMs = 500;

async function isCurrent(db: Database, version: string): Promise<boolean> {
  return rowsOf(await db.execute(sql`select 1 from search_index where id = 1 and version = ${version}`)).length > 0;
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
  const lease = () => takeLease(db, leaseName, holder, leaseSeconds);
  while (!(await isCurrent(db, version))) {
    if (!(await lease())) {
      await sleep(pollMs);
      continue;
    }
    try {
      // Another process may have built it between the look and the lease.
      if (!(await isCurrent(db, version))) await buildPostgresIndex(db, () => documents, nameConcepts, version, lease);
    } finally {
      await endLease(db, leaseName, holder);
    }
  }
  return createPostgresSearch(db, nameConcepts);
}
