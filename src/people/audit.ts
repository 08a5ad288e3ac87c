import { asc, desc, gt, lt } from "drizzle-orm";
import type { Audit, AuditEntry, AuditHead, AuditLog, AuditState } from "../core/audit.ts";
import { AppError } from "../core/errors.ts";
import { type Database, guarded } from "../database/database.ts";
import { auditHead, audit as auditTable } from "../database/schema.ts";
import { type ChainedRow, followChain, hashOfRow } from "./audit-chain.ts";

const byShape = /^(?:system|[a-z]+:\d+)$/;
const actionShape = /^[a-z-]+(?:\.[a-z-]+)+$/;
const subjectShape = /^[a-z-]+:[\w.:/-]{1,200}$/;
const rowsOfPage = 2000;

function checkEntry({ by, action, subject }: AuditEntry): void {
  if (byShape.test(by) && actionShape.test(action) && (subject === undefined || subjectShape.test(subject))) return;
  throw new AppError("REQUEST_INVALID", "An entry of the audit log holds ids only, such as account:3, talk.view and talk:12.");
}

async function append(transaction: Database, entry: AuditEntry, at: Date): Promise<void> {
  checkEntry(entry);
  const [head] = await transaction.select().from(auditHead).for("update");
  if (head === undefined) throw new AppError("DATABASE_FAILED", "The audit log has lost its head; npm run audit -- verify says more.");
  const { by, action, subject = null } = entry;
  const row = { id: head.lastId + 1, at, by, action, subject, previousHash: head.hash };
  const hash = hashOfRow(row);
  await transaction.insert(auditTable).values({ ...row, hash });
  await transaction.update(auditHead).set({ lastId: row.id, hash });
}

/** Appends to the log by the given clock; processes that append at once wait for each other. */
export function createAudit(now: () => Date): Audit<Database> {
  return { record: (transaction, entry) => guarded("Recording", () => append(transaction, entry, now())) };
}

async function* readChain(db: Database): AsyncGenerator<ChainedRow> {
  for (let after = 0; ; ) {
    const rows = await db.select().from(auditTable).where(gt(auditTable.id, after)).orderBy(asc(auditTable.id)).limit(rowsOfPage);
    yield* rows;
    if (rows.length < rowsOfPage) return;
    after = rows.at(-1)?.id ?? after;
  }
}

async function followStored(db: Database, kept: AuditHead | undefined): Promise<AuditState> {
  const [head] = await db.select().from(auditHead);
  if (head === undefined) return { kind: "cut", row: 1 };
  const own = { id: head.lastId, hash: head.hash };
  const state = await followChain(readChain(db), kept === undefined ? [own] : [own, kept]);
  return state.kind === "whole" && state.head.id > own.id ? { kind: "broken", row: own.id + 1 } : state;
}

/** Looks through the whole log; `kept` is an end of it that was written down elsewhere. */
export async function verifyAudit(db: Database, kept?: AuditHead): Promise<AuditState> {
  const oneMoment = { isolationLevel: "repeatable read", accessMode: "read only" } as const;
  return await guarded("Reading the audit log", () => db.transaction((transaction) => followStored(transaction, kept), oneMoment));
}

/** What admins read of the log, and what pages record. */
export function createAuditLog(db: Database, now: () => Date): AuditLog {
  const audit = createAudit(now);
  return {
    page: async (before, most) => {
      const rows = await guarded("Reading the audit log", () =>
        db
          .select()
          .from(auditTable)
          .where(before === undefined ? undefined : lt(auditTable.id, before))
          .orderBy(desc(auditTable.id))
          .limit(most),
      );
      return rows.map(({ id, at, by, action, subject }) => ({ id, at: at.toISOString(), by, action, subject: subject ?? undefined }));
    },
    verify: (kept) => verifyAudit(db, kept),
    record: (entry) => guarded("Recording", () => db.transaction((transaction) => audit.record(transaction, entry))),
  };
}
