import type { Logger } from "pino";
import type { Config } from "./config.ts";
import type { PasswordHasher, VouchedAccess } from "./core/people.ts";
import type { Database } from "./database/database.ts";
import { createAccounts } from "./people/accounts.ts";
import { createAudit, createAuditLog } from "./people/audit.ts";
import { createStaffAccess } from "./people/staff-access.ts";
import { accountsSection } from "./review/console/accounts.tsx";
import { auditSection } from "./review/console/audit.tsx";
import { type Console, createConsole } from "./review/console/console.tsx";
import type { Subscribe } from "./review/console/events.ts";
import type { ConsoleSection } from "./review/console/routes.ts";

export interface ConsoleWiring {
  readonly db: Database;
  readonly publicUrl: string;
  /** From the platform; absent where it cannot keep passwords. */
  readonly passwords: PasswordHasher | undefined;
  /** The city's own sign-in service, where one is set: then no password of ours is used. */
  readonly oidc: Config["oidc"];
  /** Signs what browsers keep while they sign in elsewhere. */
  readonly dataKey: Uint8Array;
  /** Calls back with a topic that open pages show. */
  readonly subscribe: Subscribe;
  /** The parts of the console that other rooms bring, in the order of the menu. */
  readonly sections: readonly ConsoleSection[];
  readonly trainingWaits?: (() => Promise<boolean>) | undefined;
  readonly now: () => Date;
  readonly log: Logger;
}

/** Loaded only where it is set up. */
async function openOidc({ db, publicUrl, oidc, dataKey: key, now, log }: ConsoleWiring): Promise<VouchedAccess | undefined> {
  if (oidc === undefined) return undefined;
  const { createOidc } = await import("./people/oidc.ts");
  const onRefused = (reason: string) => log.warn({ reason }, "a sign-in through the city's service was refused");
  return createOidc({ ...oidc, db, audit: createAudit(now), key, publicUrl, now, onRefused });
}

/** The staff console over people's tables, with the parts that are given. */
export async function openConsole(wiring: ConsoleWiring): Promise<Console> {
  const { db, publicUrl, passwords, subscribe, sections, now, log } = wiring;
  const audit = createAudit(now);
  const auditLog = createAuditLog(db, now);
  const vouched = await openOidc(wiring);
  const invites = vouched === undefined;
  return createConsole({
    access: createStaffAccess({ db, audit, passwords: invites ? passwords : undefined, now }),
    log: auditLog,
    sections: [...sections, accountsSection({ accounts: createAccounts({ db, audit, now }), invites, publicUrl }), auditSection(auditLog)],
    ...{ vouched, subscribe, publicUrl, onFault: log, trainingWaits: wiring.trainingWaits },
  });
}
