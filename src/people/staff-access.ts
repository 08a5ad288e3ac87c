import { randomUUID } from "node:crypto";
import { and, asc, eq, gt, isNull, lte, ne, sql } from "drizzle-orm";
import { z } from "zod";
import { AppError } from "../core/errors.ts";
import {
  type Joined,
  type Passwords,
  type StaffAccess,
  type StaffAccount,
  type StaffMember,
  type StaffRole,
  staffRoles,
} from "../core/people.ts";
import { type Database, guarded } from "../database/database.ts";
import { accountLinks, accounts, sessions } from "../database/schema.ts";
import { passwordFault } from "./passwords.ts";
import { hashOf, newCode, newSession } from "./secrets.ts";

const sessionHours = 12;
/** Who does nothing for so long has gone away. */
const idleMinutes = 60;
/** Sessions are marked as used at most once in so many seconds: a page view writes nothing otherwise. */
const seenSeconds = 60;
const linkDays = 14;
/** Failures in a row until an account must wait, and the longest wait. */
const freeFailures = 10;
const longestWaitSeconds = 15 * 60;

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

const Role = z.enum(staffRoles);
const Login = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._@+-]{1,99}$/);
const Name = z.string().trim().min(1).max(100);

type AccountRow = typeof accounts.$inferSelect;

const memberOf = ({ id, name, role, passwordHash }: AccountRow): StaffMember => ({
  account: id,
  name,
  role: Role.parse(role),
  hasPassword: passwordHash !== null,
});

/** 1, 2, 4 … seconds after the failures that are free. */
const waitSeconds = (failures: number) => (failures < freeFailures ? 0 : Math.min(longestWaitSeconds, 2 ** (failures - freeFailures)));

interface AccessParts {
  readonly db: Database;
  /** Absent where passwords cannot be checked: all of them are refused then. */
  readonly passwords: Passwords | undefined;
  readonly now: () => Date;
}

/** Opens a session for an account; what had expired goes. */
async function openSession(db: Database, { id, role }: AccountRow, now: Date): Promise<string> {
  const session = newSession();
  await db.delete(sessions).where(lte(sessions.expiresAt, now));
  await db.insert(sessions).values({
    ...{ tokenHash: hashOf(session), role, accountId: id, createdAt: now, seenAt: now },
    expiresAt: new Date(now.getTime() + sessionHours * hourMs),
  });
  return session;
}

/** True unless nobody could see to people any more. */
async function anotherAdmin(db: Database, account: string): Promise<boolean> {
  const rows = await db
    .select({ id: accounts.id })
    .from(accounts)
    .where(and(eq(accounts.role, "admin"), isNull(accounts.disabledAt), ne(accounts.id, account)))
    .for("update");
  return rows.length > 0;
}

/** Accounts, links and sessions of people of the city, by the given clock. */
export function createStaffAccess({ db, passwords, now }: AccessParts): StaffAccess {
  /** Takes as long as a real check, so that nobody learns by the clock which names exist. */
  let decoy: Promise<string> | undefined;
  async function checkNothing(password: string): Promise<void> {
    decoy ??= passwords?.hash(newSession());
    await passwords?.verify((await decoy) ?? "", password);
  }

  async function findByLogin(login: string): Promise<AccountRow | undefined> {
    const [row] = await db.select().from(accounts).where(eq(accounts.login, login.trim().toLowerCase()));
    return row;
  }

  async function isRight(row: AccountRow | undefined, password: string): Promise<boolean> {
    if (row === undefined || row.passwordHash === null || row.disabledAt !== null || passwords === undefined) {
      await checkNothing(password);
      return false;
    }
    return await passwords.verify(row.passwordHash, password);
  }

  /** Counts a failure and sets the wait; the count is the database's, so that many tries at once are all counted. */
  async function countFailure(row: AccountRow): Promise<void> {
    const [counted] = await db
      .update(accounts)
      .set({ failures: sql`${accounts.failures} + 1` })
      .where(eq(accounts.id, row.id))
      .returning({ failures: accounts.failures });
    const seconds = waitSeconds(counted?.failures ?? 0);
    if (seconds === 0) return;
    await db
      .update(accounts)
      .set({ lockedUntil: new Date(now().getTime() + seconds * 1000) })
      .where(eq(accounts.id, row.id));
  }

  async function signIn(login: string, password: string): ReturnType<StaffAccess["signIn"]> {
    const row = await findByLogin(login);
    const lockedMs = (row?.lockedUntil?.getTime() ?? 0) - now().getTime();
    if (lockedMs > 0) return { kind: "wait", seconds: Math.ceil(lockedMs / 1000) };
    const right = await isRight(row, password);
    if (row === undefined) return { kind: "refused" };
    if (!right) {
      await countFailure(row);
      return { kind: "refused" };
    }
    await db.update(accounts).set({ failures: 0, lockedUntil: null }).where(eq(accounts.id, row.id));
    return { kind: "in", session: await openSession(db, row, now()), member: memberOf(row) };
  }

  async function signInVouched({ issuer, subject, name, role }: Parameters<StaffAccess["signInVouched"]>[0]) {
    const [row] = await db
      .insert(accounts)
      .values({ id: randomUUID(), login: `${issuer} ${subject}`, name, role, issuer, subject })
      .onConflictDoUpdate({ target: [accounts.issuer, accounts.subject], set: { name, role } })
      .returning();
    if (row === undefined || row.disabledAt !== null) return undefined;
    return { session: await openSession(db, row, now()), member: memberOf(row) };
  }

  async function find(session: string): Promise<StaffMember | undefined> {
    const at = now();
    const [row] = await db
      .select({ account: accounts, seenAt: sessions.seenAt })
      .from(sessions)
      .innerJoin(accounts, eq(accounts.id, sessions.accountId))
      .where(and(eq(sessions.tokenHash, hashOf(session)), gt(sessions.expiresAt, at), isNull(accounts.disabledAt)));
    if (row === undefined) return undefined;
    const idleMs = at.getTime() - (row.seenAt?.getTime() ?? 0);
    if (idleMs > idleMinutes * minuteMs) return undefined;
    if (idleMs > seenSeconds * 1000)
      await db
        .update(sessions)
        .set({ seenAt: at })
        .where(eq(sessions.tokenHash, hashOf(session)));
    return memberOf(row.account);
  }

  const openLink = (code: string) =>
    and(eq(accountLinks.codeHash, hashOf(code)), isNull(accountLinks.usedAt), gt(accountLinks.expiresAt, now()));

  async function lookAtLink(code: string): ReturnType<StaffAccess["lookAtLink"]> {
    const [row] = await db
      .select({ role: accountLinks.role, login: accounts.login })
      .from(accountLinks)
      .leftJoin(accounts, eq(accounts.id, accountLinks.accountId))
      .where(openLink(code));
    if (row === undefined) return undefined;
    return row.role === null ? { kind: "password", login: row.login ?? "" } : { kind: "account", role: Role.parse(row.role) };
  }

  /** Uses a link up; undefined for all but one of those who try at once. */
  async function useLink(transaction: Database, code: string) {
    const [row] = await transaction.update(accountLinks).set({ usedAt: now() }).where(openLink(code)).returning();
    return row;
  }

  async function makeAccount(code: string, login: string, name: string, passwordHash: string): Promise<Joined> {
    return await db.transaction(async (transaction) => {
      const [taken] = await transaction.select({ id: accounts.id }).from(accounts).where(eq(accounts.login, login));
      if (taken !== undefined) return { kind: "login-taken" as const };
      const link = await useLink(transaction, code);
      if (link === undefined) return { kind: "gone" as const };
      const [row] = await transaction
        .insert(accounts)
        .values({ id: randomUUID(), login, name, role: Role.parse(link.role), passwordHash })
        .returning();
      if (row === undefined) throw new AppError("DATABASE_FAILED", "An account was written and not given back.");
      return { kind: "joined" as const, session: await openSession(transaction, row, now()), member: memberOf(row) };
    });
  }

  async function setPassword(code: string, passwordHash: string): Promise<Joined> {
    return await db.transaction(async (transaction) => {
      const link = await useLink(transaction, code);
      if (link === undefined) return { kind: "gone" as const };
      const [row] = await transaction
        .update(accounts)
        .set({ passwordHash, failures: 0, lockedUntil: null })
        .where(eq(accounts.id, link.accountId ?? ""))
        .returning();
      if (row === undefined || row.disabledAt !== null) return { kind: "gone" as const };
      await transaction.delete(sessions).where(eq(sessions.accountId, row.id));
      return { kind: "joined" as const, session: await openSession(transaction, row, now()), member: memberOf(row) };
    });
  }

  async function join(code: string, given: Parameters<StaffAccess["join"]>[1]): Promise<Joined> {
    const link = await lookAtLink(code);
    if (link === undefined || passwords === undefined) return { kind: "gone" };
    const login = link.kind === "password" ? link.login : Login.safeParse(given.login).data;
    if (login === undefined) return { kind: "login-invalid" };
    const name = Name.safeParse(given.name).data;
    if (link.kind === "account" && name === undefined) return { kind: "name-invalid" };
    const fault = passwordFault(given.password, login);
    if (fault !== undefined) return { kind: fault };
    const hash = await passwords.hash(given.password);
    return link.kind === "password" ? await setPassword(code, hash) : await makeAccount(code, login, name ?? "", hash);
  }

  async function changePassword(account: string, before: string, after: string): ReturnType<StaffAccess["changePassword"]> {
    const [row] = await db.select().from(accounts).where(eq(accounts.id, account));
    if (row === undefined || passwords === undefined || !(await isRight(row, before))) return "refused";
    const fault = passwordFault(after, row.login);
    if (fault !== undefined) return fault;
    const passwordHash = await passwords.hash(after);
    await db.transaction(async (transaction) => {
      await transaction.update(accounts).set({ passwordHash }).where(eq(accounts.id, account));
      await transaction.delete(sessions).where(eq(sessions.accountId, account));
    });
    return "changed";
  }

  async function list(): Promise<readonly StaffAccount[]> {
    const rows = await db.select().from(accounts).orderBy(asc(accounts.name), asc(accounts.login));
    return rows.map(({ id, login, name, role, disabledAt, passwordHash }) => ({
      ...{ id, login, name, role: Role.parse(role), disabled: disabledAt !== null, hasPassword: passwordHash !== null },
    }));
  }

  async function makeLink(link: { readonly role: StaffRole } | { readonly account: string }) {
    if ("account" in link) {
      const [row] = await db.select().from(accounts).where(eq(accounts.id, link.account));
      if (row === undefined || row.issuer !== null) return undefined;
    }
    const code = newCode();
    const expiresAt = new Date(now().getTime() + linkDays * dayMs);
    await db.insert(accountLinks).values({
      ...{ codeHash: hashOf(code), expiresAt },
      ...("role" in link ? { role: link.role } : { accountId: link.account }),
    });
    return { code, expiresAt };
  }

  async function change(account: string, wanted: { readonly role: StaffRole } | { readonly disabled: boolean }): Promise<boolean> {
    return await db.transaction(async (transaction) => {
      const stays = "role" in wanted ? wanted.role === "admin" : !wanted.disabled;
      const others = await anotherAdmin(transaction, account);
      const [before] = await transaction.select().from(accounts).where(eq(accounts.id, account)).for("update");
      if (before === undefined || (before.role === "admin" && before.disabledAt === null && !stays && !others)) return false;
      await transaction
        .update(accounts)
        .set("role" in wanted ? { role: wanted.role } : { disabledAt: wanted.disabled ? now() : null })
        .where(eq(accounts.id, account));
      await transaction.delete(sessions).where(eq(sessions.accountId, account));
      return true;
    });
  }

  return {
    signIn: (login, password) => guarded("Signing in", () => signIn(login, password)),
    signInVouched: (vouched) => guarded("Signing in", () => signInVouched(vouched)),
    find: (session) => guarded("Looking for a session", () => find(session)),
    end: async (session) => {
      await guarded("Ending a session", () => db.delete(sessions).where(eq(sessions.tokenHash, hashOf(session))));
    },
    lookAtLink: (code) => guarded("Looking at a link", () => lookAtLink(code)),
    join: (code, given) => guarded("Joining", () => join(code, given)),
    changePassword: (account, before, after) => guarded("Changing a password", () => changePassword(account, before, after)),
    list: () => guarded("Reading accounts", list),
    makeLink: (link) => guarded("Making a link", () => makeLink(link)),
    change: (account, wanted) => guarded("Changing an account", () => change(account, wanted)),
  };
}

/** A code for the first admin; undefined if there is somebody who can sign in already. Links that nobody used are replaced. */
export async function makeFirstLink(db: Database, now: Date): Promise<string | undefined> {
  return await guarded("Making the first link", () =>
    db.transaction(async (transaction) => {
      const [known] = await transaction.select({ id: accounts.id }).from(accounts).limit(1);
      if (known !== undefined) return undefined;
      await transaction.delete(accountLinks).where(isNull(accountLinks.accountId));
      const code = newCode();
      await transaction
        .insert(accountLinks)
        .values({ codeHash: hashOf(code), role: "admin", expiresAt: new Date(now.getTime() + linkDays * dayMs) });
      return code;
    }),
  );
}
