import { asc, desc, eq, gt, lt } from "drizzle-orm";
import { z } from "zod";
import type { AuditEntry } from "../core/people.ts";
import { type Database, guarded } from "../database/database.ts";
import { audit, auditHead } from "../database/schema.ts";
import { hashOf } from "./secrets.ts";

interface Row extends AuditEntry {
  readonly id: number;
  readonly at: string;
}

/** The hash of a row: SHA-256 over the hash of the one before and the row itself as JSON, so that no row can be changed, left out or put in without all later ones. */
function chain(previous: string, { id, at, actor, action, subject }: Row): string {
  return hashOf(`${previous}\n${JSON.stringify([id, at, actor, action, subject])}`);
}

/** Writes one line of the log; in a transaction it stands or falls with what it is about. Writers wait for each other at the head, so that the chain never forks. */
export async function recordAudit(db: Database, entry: AuditEntry, now: Date): Promise<void> {
  await guarded("Writing the audit log", () =>
    db.transaction(async (transaction) => {
      const [head] = await transaction.select().from(auditHead).where(eq(auditHead.id, 1)).for("update");
      const row = { ...entry, id: (head?.lastId ?? 0) + 1, at: now.toISOString() };
      const hash = chain(head?.hash ?? "", row);
      await transaction.insert(audit).values({ ...row, hash });
      await transaction.update(auditHead).set({ lastId: row.id, hash }).where(eq(auditHead.id, 1));
    }),
  );
}

/** What verifying found; `row` is the first number that does not fit. `cut`: rows at the end are missing. */
export type Verified =
  | { readonly kind: "whole"; readonly rows: number }
  | { readonly kind: "changed" | "missing" | "cut"; readonly row: number; readonly rows: number };

const pageRows = 5000;

/** Reads the whole log and checks each row against the one before it, and the last one against the head. */
export async function verifyAudit(db: Database): Promise<Verified> {
  const [head] = await db.select().from(auditHead).where(eq(auditHead.id, 1));
  let previous = { id: 0, hash: "" };
  for (;;) {
    const page = await db.select().from(audit).where(gt(audit.id, previous.id)).orderBy(asc(audit.id)).limit(pageRows);
    for (const row of page) {
      if (row.id !== previous.id + 1) return { kind: "missing", row: previous.id + 1, rows: previous.id };
      if (row.hash !== chain(previous.hash, row)) return { kind: "changed", row: row.id, rows: previous.id };
      previous = row;
    }
    if (page.length < pageRows) break;
  }
  // Rows that came since the head was read are behind it: the head then is one of those before.
  if (head === undefined || previous.id < head.lastId) return { kind: "cut", row: previous.id + 1, rows: previous.id };
  if (previous.id === head.lastId && previous.hash !== head.hash) return { kind: "changed", row: previous.id, rows: previous.id };
  return { kind: "whole", rows: previous.id };
}

/** Rows of the log, the newest first: those before the row `before`, or the last ones. */
export async function readAudit(db: Database, most: number, before?: number): Promise<readonly Row[]> {
  return await guarded("Reading the audit log", () =>
    db
      .select({ id: audit.id, at: audit.at, actor: audit.actor, action: audit.action, subject: audit.subject })
      .from(audit)
      .where(before === undefined ? undefined : lt(audit.id, before))
      .orderBy(desc(audit.id))
      .limit(most),
  );
}

const Page = z.object({ most: z.number().int().min(1).max(1000), before: z.number().int().positive().optional() });

/** Commands about the audit log, by name. */
export function createAuditOperations(db: Database): Readonly<Record<string, (input: unknown) => Promise<unknown>>> {
  return {
    "audit.verify": () => guarded("Verifying the audit log", () => verifyAudit(db)),
    "audit.read": (input) => {
      const { most, before } = Page.parse(input);
      return readAudit(db, most, before);
    },
  };
}
