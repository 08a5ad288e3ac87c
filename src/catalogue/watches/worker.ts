import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { AppError } from "../../core/errors.ts";
import { type Database, guarded, rowsOf } from "../../database/database.ts";
import { endLease, takeLease } from "../../database/lease.ts";
import { endOldTries } from "../code-tries.ts";
import type { LiveCatalogue } from "../live-catalogue.ts";
import { observe } from "./observe.ts";
import { type TellingParts, tellNews, tellPlaces } from "./waves.ts";

/** What the worker needs; `onTold` is called after a commit that queued letters. */
export interface WatchWorkerParts extends Omit<TellingParts, "findOffer" | "findNeed"> {
  readonly db: Database;
  readonly catalogue: Pick<LiveCatalogue, "offers" | "content" | "refresh">;
  readonly onTold: () => void;
}

/** Sees what comes up and tells those who wait for it; one process of a database does it at a time. */
export interface WatchWorker {
  /** One round; true if there may be more at once. */
  step(): Promise<boolean>;
  /** Gives the work to another process. */
  stop(): Promise<void>;
}

const leaseName = "watches";
const leaseSeconds = 15;
const sweepMs = 60_000;

/** Ends what has run out. Those that nothing can be sent to any more go with it. */
async function sweep(db: Database): Promise<void> {
  await db.execute(sql`delete from watches where expires_at <= now() or (pushes and conversation_id is null)`);
  await endOldTries(db);
  await db.execute(sql`delete from openings where ended_at < now() - interval '90 days'`);
}

export function createWatchWorker({ db, catalogue, onTold, ...parts }: WatchWorkerParts): WatchWorker {
  const holder = randomUUID();
  const state: { seen: ReadonlyMap<string, string> | undefined; offers: unknown; sweptAt: number } = {
    seen: undefined,
    offers: undefined,
    sweptAt: Number.NEGATIVE_INFINITY,
  };

  /** Runs work in a transaction that only commits while this process holds the lease. */
  function whileHeld<Result>(work: (transaction: Database) => Promise<Result>): Promise<Result> {
    return db.transaction(async (transaction) => {
      const held = await transaction.execute(
        sql`select 1 from leases where name = ${leaseName} and holder = ${holder} and until > now() for update`,
      );
      if (rowsOf(held).length === 0) throw new AppError("DATABASE_FAILED", "Watches: another process has taken the work over.");
      return await work(transaction);
    });
  }

  async function look(): Promise<void> {
    // Whoever looks with an old catalogue would see places come and go that never did.
    await catalogue.refresh();
    const offers = catalogue.offers();
    if (state.seen !== undefined && offers === state.offers) return;
    state.seen = await whileHeld((transaction) => observe(transaction, offers, parts.now(), state.seen));
    state.offers = offers;
  }

  async function tell(): Promise<boolean> {
    const byId = new Map(catalogue.offers().map((offer) => [offer.id, offer]));
    const needs = new Map(catalogue.content().needs.map((need) => [need.id, need]));
    const telling = { ...parts, findOffer: (id: string) => byId.get(id), findNeed: (id: string) => needs.get(id) };
    const places = await whileHeld((transaction) => tellPlaces(transaction, telling));
    const news = await whileHeld((transaction) => tellNews(transaction, telling));
    if (places || news) onTold();
    return places || news;
  }

  async function step(): Promise<boolean> {
    if (!(await takeLease(db, leaseName, holder, leaseSeconds))) {
      state.seen = undefined;
      return false;
    }
    try {
      await look();
      const more = await tell();
      if (performance.now() - state.sweptAt > sweepMs) {
        await sweep(db);
        state.sweptAt = performance.now();
      }
      return more;
    } catch (error) {
      state.seen = undefined;
      throw error;
    }
  }

  return {
    step: () => guarded("Telling those who wait", step),
    stop: () => guarded("Giving up a lease", () => endLease(db, leaseName, holder)),
  };
}
