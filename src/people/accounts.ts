import { and, asc, eq, isNotNull, isNull, or } from "drizzle-orm";
import type { Audit } from "../core/audit.ts";
import type { Account, AccountChange, Accounts, PasswordLink, Staff } from "../core/people.ts";
import { type Database, guarded } from "../database/database.ts";
import { accounts } from "../database/schema.ts";
import { makeAccountLink, revokeLinks } from "./account-links.ts";
import { nameOf } from "./names.ts";
import { type AccountRow, endSessionsOf, staffOf } from "./staff-sessions.ts";

function accountOf(row: AccountRow): readonly Account[] {
  const staff = staffOf(row);
  if (staff === undefined) return [];
  const invited = staff.local && row.passwordHash === null;
  return [
    {
      ...{ id: row.id, name: row.name, role: staff.role, local: staff.local },
      state: row.disabledAt !== null ? "disabled" : invited ? "invited" : "active",
    },
  ];
}

interface AccountsParts {
  readonly db: Database;
  readonly audit: Audit<Database>;
  readonly now: () => Date;
}

/** What admins do with accounts. */
export function createAccounts({ db, audit, now }: AccountsParts): Accounts {
  /** The accounts of which one has to remain, locked: two admins that put each other out at once leave one. */
  async function lockAdmins(transaction: Database): Promise<readonly number[]> {
    const signsIn = or(isNotNull(accounts.passwordHash), isNotNull(accounts.issuer));
    const rows = await transaction
      .select({ id: accounts.id })
      .from(accounts)
      .where(and(eq(accounts.role, "admin"), isNull(accounts.disabledAt), signsIn))
      .orderBy(asc(accounts.id))
      .for("update");
    return rows.map(({ id }) => id);
  }

  /** Changes one account in a transaction that records it. */
  async function change<Result extends { readonly kind: string } | AccountChange>(
    by: Staff,
    id: number,
    action: string,
    work: (transaction: Database, row: AccountRow, admins: readonly number[]) => Promise<Result>,
  ): Promise<Result | "not-found"> {
    return await guarded("Changing an account", () =>
      db.transaction(async (transaction) => {
        const admins = await lockAdmins(transaction);
        const [row] = await transaction.select().from(accounts).where(eq(accounts.id, id)).for("update");
        if (row === undefined) return "not-found" as const;
        const result = await work(transaction, row, admins);
        if (result === "done" || (typeof result === "object" && result.kind === "link"))
          await audit.record(transaction, { by: `account:${by.account}`, action, subject: `account:${id}` });
        return result;
      }),
    );
  }

  const isLastAdmin = (id: number, admins: readonly number[]) => admins.includes(id) && admins.length === 1;

  return {
    list: async () => {
      const rows = await guarded("Reading accounts", () => db.select().from(accounts).orderBy(asc(accounts.id)));
      return rows.flatMap(accountOf);
    },
    invite: async (by, { name, role }) => {
      const named = nameOf(name);
      if (named === undefined) return { kind: "no-name" };
      return await guarded("Making an account", () =>
        db.transaction(async (transaction): Promise<PasswordLink> => {
          const [made] = await transaction
            .insert(accounts)
            .values({ name: named.shown, login: named.login, role, createdAt: now() })
            .onConflictDoNothing()
            .returning({ id: accounts.id });
          if (made === undefined) return { kind: "name-taken" };
          const link = await makeAccountLink(transaction, made.id, now());
          await audit.record(transaction, { by: `account:${by.account}`, action: "account.invite", subject: `account:${made.id}` });
          return { kind: "link", ...link };
        }),
      );
    },
    renewLink: async (by, id) => {
      const result = await change<PasswordLink>(by, id, "account.renew-link", async (transaction, row) => {
        if (row.login === null) return { kind: "not-local" };
        if (row.disabledAt !== null) return { kind: "not-found" };
        return { kind: "link", ...(await makeAccountLink(transaction, id, now())) };
      });
      return result === "not-found" ? { kind: result } : result;
    },
    changeRole: (by, id, role) =>
      change<AccountChange>(by, id, "account.change-role", async (transaction, row, admins) => {
        if (row.login === null) return "not-local";
        if (role !== "admin" && isLastAdmin(id, admins)) return "last-admin";
        await transaction.update(accounts).set({ role }).where(eq(accounts.id, id));
        await endSessionsOf(transaction, id);
        return "done";
      }),
    disable: (by, id) =>
      change<AccountChange>(by, id, "account.disable", async (transaction, _row, admins) => {
        if (isLastAdmin(id, admins)) return "last-admin";
        await transaction.update(accounts).set({ disabledAt: now() }).where(eq(accounts.id, id));
        await endSessionsOf(transaction, id);
        await revokeLinks(transaction, id, now());
        return "done";
      }),
    enable: (by, id) =>
      change<AccountChange>(by, id, "account.enable", async (transaction) => {
        await transaction.update(accounts).set({ disabledAt: null }).where(eq(accounts.id, id));
        return "done";
      }),
    endSessions: (by, id) =>
      change<AccountChange>(by, id, "account.end-sessions", async (transaction) => {
        await endSessionsOf(transaction, id);
        return "done";
      }),
  };
}
