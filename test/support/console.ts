import { Hono } from "hono";
import pino from "pino";
import type { Config } from "../../src/config.ts";
import type { StaffRole } from "../../src/core/people.ts";
import type { Database } from "../../src/database/database.ts";
import { accountLinks, accounts, sessions, signInFailures } from "../../src/database/schema.ts";
import { createPasswordHasher } from "../../src/node-passwords.ts";
import { createAccounts } from "../../src/people/accounts.ts";
import { createAudit } from "../../src/people/audit.ts";
import { nameOf } from "../../src/people/names.ts";
import { hashOf, newSession } from "../../src/people/secrets.ts";
import { createStaffAccess } from "../../src/people/staff-access.ts";
import type { Console } from "../../src/review/console/console.tsx";
import type { ConsoleSection } from "../../src/review/console/routes.ts";
import { openConsole } from "../../src/wire-console.ts";
import { openVisitor, publicUrl, type Visitor } from "./organizations.ts";

export { publicUrl, type Visitor };
export const at = new Date("2026-11-22T12:00:00Z");
export const goodPassword = "Vier Enten fliegen nach Giesing";

/** One for all: the same cost as in the product. */
export const passwords = createPasswordHasher();

/** Everything but the audit log, which only grows. */
export async function emptyAccounts(db: Database): Promise<void> {
  for (const table of [accountLinks, sessions, signInFailures, accounts]) await db.delete(table);
}

interface SiteOptions {
  readonly now?: () => Date;
  readonly sections?: readonly ConsoleSection[];
  readonly oidc?: Config["oidc"];
  readonly publicUrl?: string;
  readonly subscribe?: Parameters<typeof openConsole>[0]["subscribe"];
}

export interface ConsoleSite extends Console {
  readonly visitor: () => Visitor;
}

export async function openConsoleSite(db: Database, options: SiteOptions = {}): Promise<ConsoleSite> {
  const opened = await openConsole({
    ...{
      db,
      publicUrl,
      passwords,
      oidc: undefined,
      dataKey: new Uint8Array(32),
      sections: [],
      now: () => at,
      log: pino({ level: "silent" }),
    },
    ...{ subscribe: () => () => undefined },
    ...options,
  });
  const app = new Hono().route("/", opened.app);
  return { ...opened, app, visitor: () => openVisitor({ app }, new URL(options.publicUrl ?? publicUrl).origin) };
}

/** The parts that tests of access call without pages. */
export function openAccess(db: Database, now: () => Date = () => at) {
  const audit = createAudit(now);
  return { access: createStaffAccess({ db, audit, passwords, now }), accounts: createAccounts({ db, audit, now }), audit };
}

/** Writes an account without the cost of its password; `password` is a hash. */
export async function putAccount(
  db: Database,
  name: string,
  role: string,
  more: Partial<typeof accounts.$inferInsert> = {},
): Promise<number> {
  const { shown, login } = nameOf(name) ?? { shown: name, login: name };
  const [row] = await db
    .insert(accounts)
    .values({ name: shown, login, role, passwordHash: "none", createdAt: at, ...more })
    .returning({ id: accounts.id });
  return row?.id ?? 0;
}

/** Opens a session of an account, or of an organisation, and gives its cookie. */
export async function putSession(
  db: Database,
  owner: { readonly account: number; readonly role: string } | { readonly organization: string },
  now: Date = at,
): Promise<string> {
  const session = newSession();
  const expiresAt = new Date(now.getTime() + 12 * 3_600_000);
  const common = { tokenHash: hashOf(session), createdAt: now, seenAt: now, expiresAt };
  await db
    .insert(sessions)
    .values(
      "account" in owner
        ? { ...common, role: owner.role, accountId: owner.account }
        : { ...common, role: "anbieter", organization: owner.organization },
    );
  return session;
}

/** A browser without scripts, of somebody of the city who is signed in; paths are below /console/. */
export async function openStaff(db: Database, { app }: Pick<ConsoleSite, "app">, name: string, role: StaffRole) {
  const account = await putAccount(db, name, role);
  const cookie = `console_session=${await putSession(db, { account, role }, new Date())}`;
  const send = async (path: string, fields?: Readonly<Record<string, string>>) => {
    const body = fields === undefined ? {} : { method: "POST", body: new URLSearchParams(fields) };
    const response = await app.request(`/console/${path}`, { ...body, headers: { Origin: publicUrl, Cookie: cookie } });
    return { status: response.status, to: response.headers.get("Location"), html: await response.text() };
  };
  return { account, get: (path: string) => send(path), post: (path: string, fields = {}) => send(path, fields) };
}
