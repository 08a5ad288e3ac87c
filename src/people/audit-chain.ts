import { createHash } from "node:crypto";
import type { AuditHead, AuditState } from "../core/audit.ts";

/** What stands before the first row. */
const firstHash = "0".repeat(64);

/** A row as it lies in the table. */
export interface ChainedRow {
  readonly id: number;
  readonly at: Date;
  readonly by: string;
  readonly action: string;
  readonly subject: string | null;
  readonly previousHash: string;
  readonly hash: string;
}

/** SHA-256 over the hash before and the row as canonical JSON: keys in the order of the alphabet, no spaces. */
export function hashOfRow({ id, at, by, action, subject, previousHash }: Omit<ChainedRow, "hash">): string {
  const row = JSON.stringify({ action, at: at.toISOString(), by, id, subject });
  return createHash("sha256").update(`${previousHash}\n${row}`).digest("hex");
}

type Fault = Exclude<AuditState, { kind: "whole" }>;

function faultOf(row: ChainedRow, before: AuditHead): Fault | undefined {
  if (row.id !== before.id + 1) return { kind: "missing", row: before.id + 1 };
  if (row.hash !== hashOfRow(row)) return { kind: "changed", row: row.id };
  if (row.previousHash !== before.hash) return { kind: "broken", row: row.id };
  return undefined;
}

/**
 * Follows the chain from its first row, which come in order. `heads` are ends of the log that were written down: each has to lie in it,
 * so that rows cut off its end, and a log that was written anew as a whole, are found.
 */
export async function followChain(rows: AsyncIterable<ChainedRow>, heads: readonly AuditHead[]): Promise<AuditState> {
  let end: AuditHead = { id: 0, hash: firstHash };
  for await (const row of rows) {
    const fault = faultOf(row, end);
    if (fault !== undefined) return fault;
    end = { id: row.id, hash: row.hash };
    if (heads.some(({ id, hash }) => id === end.id && hash !== end.hash)) return { kind: "broken", row: row.id };
  }
  if (heads.some(({ id }) => id > end.id)) return { kind: "cut", row: end.id + 1 };
  return { kind: "whole", head: end };
}
