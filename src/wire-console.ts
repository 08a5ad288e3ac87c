import type { Hono } from "hono";
import type { Logger } from "pino";
import { countDemand, readDemand } from "./assistant/demand-store.ts";
import { createTurnCounts } from "./assistant/turn-counts.ts";
import type { LiveCatalogue } from "./catalogue/live-catalogue.ts";
import type { Passwords } from "./core/people.ts";
import type { Database } from "./database/database.ts";
import { createReadabilityCounts } from "./messages/readability-counts.ts";
import { createWaitCounts } from "./messages/wait-counts.ts";
import { recordAudit } from "./people/audit.ts";
import { createStaffAccess } from "./people/staff-access.ts";
import { createConsole } from "./review/console/console.tsx";
import type { Operate } from "./review/console/visit.tsx";
import { createHandoverCounts } from "./review/handovers/handover-counts.ts";
import { createDayCounts } from "./review/numbers/day-counts.ts";

interface ConsoleNeeds {
  readonly db: Database;
  readonly catalogue: LiveCatalogue;
  readonly operate: Operate;
  readonly passwords: Passwords | undefined;
  readonly publicUrl: string;
  readonly now: () => Date;
  readonly log: Logger;
}

/** Pages that are open learn of changes at most this often. */
const quietMs = 1000;

/** Those who want to know that something changed; told at most once a second, also of what came meanwhile. */
function createListeners() {
  const listeners = new Set<() => void>();
  let waiting = false;
  return {
    subscribe: (heard: () => void) => {
      listeners.add(heard);
      return () => void listeners.delete(heard);
    },
    tell: (): void => {
      if (waiting || listeners.size === 0) return;
      waiting = true;
      setTimeout(() => {
        waiting = false;
        for (const heard of listeners) heard();
      }, quietMs).unref();
    },
  };
}

/** The staff console; `changed` is called when something may look different, and `keepCounts` each hour, before the rows go that are counted. */
export function openConsole({ db, catalogue, operate, passwords, publicUrl, now, log }: ConsoleNeeds): {
  readonly routes: Hono;
  readonly changed: () => void;
  readonly keepCounts: () => Promise<false>;
} {
  const listeners = createListeners();
  const sources = [createTurnCounts(db), createWaitCounts(db), createReadabilityCounts(db), createHandoverCounts(db)];
  const counts = createDayCounts({ db, sources, now });
  const routes = createConsole({
    access: createStaffAccess({ db, passwords, now }),
    operate,
    record: (entry) => recordAudit(db, entry, now()),
    publicUrl,
    now,
    numbers: {
      counts,
      readDemand: async (mostWeeks) => {
        await countDemand(db, now());
        return await readDemand(db, mostWeeks);
      },
      needLabel: (need, lang) => catalogue.current().findNeed(need)?.label[lang],
      districts: () => catalogue.content().districts.map(({ name }) => name),
      now,
    },
    hasCitySignIn: false,
    subscribe: listeners.subscribe,
    log,
  });
  return { routes, changed: listeners.tell, keepCounts: counts.keep };
}
