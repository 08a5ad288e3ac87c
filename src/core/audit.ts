/** Who did or saw what: ids only, such as `account:3`, `talk.view` and `talk:12`. */
export interface AuditEntry {
  /** `account:<id>`, or `system`. */
  readonly by: string;
  /** Words with dots, such as `article.publish`. */
  readonly action: string;
  /** `<kind>:<id>`. */
  readonly subject?: string | undefined;
}

/**
 * The log of who saw and changed what. Record as the last step of the transaction that makes the change: the log's head
 * is locked until it ends. Throws REQUEST_INVALID for an entry that holds anything but ids.
 */
export interface Audit<Transaction> {
  record(transaction: Transaction, entry: AuditEntry): Promise<void>;
}

/** A row of the log. */
export interface AuditRow {
  readonly id: number;
  readonly at: string;
  readonly by: string;
  readonly action: string;
  readonly subject: string | undefined;
}

/** The end of the log at some moment; kept elsewhere, it shows whether rows were cut off later. */
export interface AuditHead {
  readonly id: number;
  readonly hash: string;
}

/** Where the log is wrong for the first time: `row` was changed, is missing, does not follow the one before, or is beyond the end that remains. */
export type AuditState =
  | { readonly kind: "whole"; readonly head: AuditHead }
  | { readonly kind: "changed" | "missing" | "broken" | "cut"; readonly row: number };

/** What admins read of the log. */
export interface AuditLog {
  /** The newest first; `before` is the id of the last row of the page before. */
  page(before: number | undefined, most: number): Promise<readonly AuditRow[]>;
  verify(kept?: AuditHead): Promise<AuditState>;
  record(entry: AuditEntry): Promise<void>;
}
