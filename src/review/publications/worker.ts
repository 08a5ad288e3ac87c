import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { AppError } from "../../core/errors.ts";
import { type Database, guarded, rowsOf } from "../../database/database.ts";
import { endLease, takeLease } from "../../database/lease.ts";
import { type DeliveryParts, tellAnswers, tellCorrections } from "./deliver.ts";

/** What the worker needs; `refresh` brings the articles up to date, and `onTold` is called after a commit that queued letters. */
export interface PublicationWorkerParts extends DeliveryParts {
  readonly db: Database;
  readonly refresh: () => Promise<unknown>;
  readonly onTold: () => void;
}

/** Answers those who waited and corrects what was wrong; one process of a database does it at a time. */
export interface PublicationWorker {
  /** One round; true if there may be more at once. */
  step(): Promise<boolean>;
  /** Gives the work to another process. */
  stop(): Promise<void>;
}

const leaseName = "publications";
const leaseSeconds = 15;
const sweepMs = 60_000;

/** Ends the wishes whose time is over, those that nothing can be sent to any more, and what is known of who got an answer. */
async function sweep(db: Database): Promise<void> {
  await db.execute(sql`delete from askers where expires_at <= now() or (pushes and conversation_id is null)`);
  await db.execute(sql`delete from publication_recipients where expires_at <= now()`);
}

export function createPublicationWorker({ db, refresh, onTold, ...parts }: PublicationWorkerParts): PublicationWorker {
  const holder = randomUUID();
  const state = { sweptAt: Number.NEGATIVE_INFINITY };

  /** Runs work in a transaction that only commits while this process holds the lease. */
  function whileHeld<Result>(work: (transaction: Database) => Promise<Result>): Promise<Result> {
    return db.transaction(async (transaction) => {
      const held = await transaction.execute(
        sql`select 1 from leases where name = ${leaseName} and holder = ${holder} and until > now() for update`,
      );
      if (rowsOf(held).length === 0) throw new AppError("DATABASE_FAILED", "Publications: another process has taken the work over.");
      return await work(transaction);
    });
  }

  async function step(): Promise<boolean> {
    if (!(await takeLease(db, leaseName, holder, leaseSeconds))) return false;
    await refresh();
    const answers = await whileHeld((transaction) => tellAnswers(transaction, parts));
    const corrections = await whileHeld((transaction) => tellCorrections(transaction, parts));
    if (answers || corrections) onTold();
    if (performance.now() - state.sweptAt > sweepMs) {
      await sweep(db);
      state.sweptAt = performance.now();
    }
    return answers || corrections;
  }

  return {
    step: () => guarded("Telling those who asked", step),
    stop: () => guarded("Giving up a lease", () => endLease(db, leaseName, holder)),
  };
}
