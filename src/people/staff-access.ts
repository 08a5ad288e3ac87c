import { count, eq, sql } from "drizzle-orm";
import type { Audit } from "../core/audit.ts";
import type { PasswordHasher, PasswordSet, SignedIn, StaffAccess } from "../core/people.ts";
import { type Database, guarded } from "../database/database.ts";
import { accounts } from "../database/schema.ts";
import { findLink, linkState, makeAccountLink, useLinkUp } from "./account-links.ts";
import { nameOf } from "./names.ts";
import { passwordFault } from "./password-rules.ts";
import { countAttempt, forgetFailures } from "./sign-in-failures.ts";
import { type AccountRow, endSession, endSessionsOf, findSession, openStaffSession, staffOf } from "./staff-sessions.ts";

export interface StaffAccessParts {
  readonly db: Database;
  readonly audit: Audit<Database>;
  /** Absent where staff come through another service: then no password of ours lets anybody in. */
  readonly passwords: PasswordHasher | undefined;
  readonly now: () => Date;
}

type UsePasswordLink = Parameters<StaffAccess["usePasswordLink"]>[0];

async function hasAccounts(db: Database): Promise<boolean> {
  const [row] = await db.select({ all: count() }).from(accounts).where(sql`${accounts.passwordHash} is not null`);
  return (row?.all ?? 0) > 0;
}

/** A code for the very first admin where nobody has a password yet; undefined otherwise. */
export async function makeFirstLink(db: Database, now: Date): Promise<string | undefined> {
  return await guarded("Making the first link", () =>
    db.transaction(async (transaction) =>
      (await hasAccounts(transaction)) ? undefined : (await makeAccountLink(transaction, undefined, now)).code,
    ),
  );
}

/** Accounts with passwords, and the sessions of all staff. */
export function createStaffAccess({ db, audit, passwords, now }: StaffAccessParts): StaffAccess {
  // For names that do not exist the same work is done.
  let noHash: Promise<string> | undefined;

  /** Says whether the password is that of the account, in the same time whether or not there is one. */
  async function isRight(hasher: PasswordHasher, row: AccountRow | undefined, password: string): Promise<boolean> {
    noHash ??= hasher.hash("nobody has this password");
    const right = await hasher.verify(row?.passwordHash ?? (await noHash), password);
    return right && row !== undefined && row.passwordHash !== null && row.disabledAt === null;
  }

  async function findByLogin(login: string): Promise<AccountRow | undefined> {
    const [row] = await guarded("Looking for an account", () => db.select().from(accounts).where(eq(accounts.login, login)));
    return row;
  }

  /** Opens a session in the transaction of what led to it. */
  async function open(transaction: Database, row: AccountRow, action: string, before?: string): Promise<SignedIn> {
    const staff = staffOf(row);
    if (staff === undefined) return { kind: "wrong" };
    const session = await openStaffSession(transaction, row, now(), before);
    const subject = `account:${row.id}`;
    await audit.record(transaction, { by: subject, action, subject });
    return { kind: "open", session, staff };
  }

  async function setPassword(transaction: Database, row: AccountRow, passwordHash: string, before?: string): Promise<SignedIn> {
    await transaction.update(accounts).set({ passwordHash }).where(eq(accounts.id, row.id));
    await endSessionsOf(transaction, row.id);
    if (row.login !== null) await forgetFailures(transaction, row.login);
    return await open(transaction, row, "account.set-password", before);
  }

  /** The account of a link; the first link makes one, unless somebody was faster. */
  async function accountOf(transaction: Database, accountId: number | null, name: string): Promise<AccountRow | undefined> {
    if (accountId !== null) {
      const [row] = await transaction.select().from(accounts).where(eq(accounts.id, accountId));
      return row?.disabledAt === null ? row : undefined;
    }
    await transaction.execute(sql`lock table accounts in share row exclusive mode`);
    if (await hasAccounts(transaction)) return undefined;
    const { shown, login } = nameOf(name) ?? {};
    if (shown === undefined || login === undefined) return undefined;
    const [made] = await transaction
      .insert(accounts)
      .values({ name: shown, login, role: "admin", createdAt: now() })
      .onConflictDoNothing()
      .returning();
    return made;
  }

  async function usePasswordLink({ code, name, password, before }: UsePasswordLink): Promise<PasswordSet> {
    if (passwords === undefined) return { kind: "unknown" };
    const link = await findLink(db, code);
    const state = linkState(link, now());
    if (link === undefined || state !== "open") return { kind: state === "open" ? "unknown" : state };
    const [owner] = link.accountId === null ? [] : await db.select().from(accounts).where(eq(accounts.id, link.accountId));
    const own = nameOf(owner?.name ?? name);
    if (own === undefined) return { kind: "no-name" };
    const fault = passwordFault(password, own.shown);
    if (fault !== undefined) return { kind: fault };
    const passwordHash = await passwords.hash(password);
    return await guarded("Setting a password", () =>
      db.transaction(async (transaction) => {
        if (!(await useLinkUp(transaction, code, now()))) return { kind: "used" as const };
        const row = await accountOf(transaction, link.accountId, name);
        if (row === undefined) return { kind: "revoked" as const };
        return await setPassword(transaction, row, passwordHash, before);
      }),
    );
  }

  return {
    find: (session, quiet = false) => findSession(db, session, { now: now(), local: passwords !== undefined, quiet }),
    signIn: async ({ name, password, before }) => {
      if (passwords === undefined) return { kind: "wrong" };
      const login = nameOf(name)?.login ?? "";
      const until = await countAttempt(db, login, now());
      if (until !== undefined) return { kind: "locked", until };
      const row = await findByLogin(login);
      if (!(await isRight(passwords, row, password)) || row === undefined) return { kind: "wrong" };
      return await guarded("Signing in", () =>
        db.transaction(async (transaction) => {
          // What became of the account while the password was compared counts.
          const [still] = await transaction.select().from(accounts).where(eq(accounts.id, row.id)).for("update");
          if (still === undefined || still.disabledAt !== null || still.passwordHash !== row.passwordHash)
            return { kind: "wrong" as const };
          await forgetFailures(transaction, login);
          return await open(transaction, still, "session.start", before);
        }),
      );
    },
    end: (session) => endSession(db, session),
    look: async (code) => {
      const link = passwords === undefined ? undefined : await findLink(db, code);
      const state = linkState(link, now());
      if (state !== "open" || link === undefined) return { kind: state === "open" ? "unknown" : state };
      if (link.accountId === null) return (await hasAccounts(db)) ? { kind: "revoked" } : { kind: "open", name: undefined };
      const [owner] = await db.select().from(accounts).where(eq(accounts.id, link.accountId));
      return owner?.disabledAt === null ? { kind: "open", name: owner.name } : { kind: "revoked" };
    },
    usePasswordLink,
    changePassword: async (staff, { current, password }) => {
      const [row] = await guarded("Looking for an account", () => db.select().from(accounts).where(eq(accounts.id, staff.account)));
      if (passwords === undefined || row === undefined || row.login === null) return { kind: "wrong" };
      const until = await countAttempt(db, row.login, now());
      if (until !== undefined) return { kind: "locked", until };
      if (!(await isRight(passwords, row, current))) return { kind: "wrong" };
      await forgetFailures(db, row.login);
      const fault = passwordFault(password, row.name);
      if (fault !== undefined) return { kind: fault };
      const passwordHash = await passwords.hash(password);
      return await guarded("Changing a password", () => db.transaction((transaction) => setPassword(transaction, row, passwordHash)));
    },
    savePreferences: async (staff, preferences) => {
      await guarded("Saving preferences", () => db.update(accounts).set(preferences).where(eq(accounts.id, staff.account)));
    },
  };
}
