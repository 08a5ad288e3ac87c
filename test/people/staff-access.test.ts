import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Staff, staffRoles } from "../../src/core/people.ts";
import { accountLinks, accounts, audit, sessions, signInFailures } from "../../src/database/schema.ts";
import { passwordFault } from "../../src/people/password-rules.ts";
import { makeFirstLink } from "../../src/people/staff-access.ts";
import { at, emptyAccounts, goodPassword, openAccess, passwords, putAccount, putSession } from "../support/console.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../support/databases.ts";

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;

describe.each(databaseKinds())("how staff come in (%s)", (kind) => {
  let database: TestDatabase;
  let hash: string;
  let clock = at;

  beforeAll(async () => {
    database = await openTestDatabase(kind);
    hash = await passwords.hash(goodPassword);
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    clock = at;
    await emptyAccounts(database.db);
  });

  const parts = () => openAccess(database.db, () => clock);
  const later = (ms: number) => {
    clock = new Date(clock.getTime() + ms);
  };
  const put = (name: string, role = "redaktion") => putAccount(database.db, name, role, { passwordHash: hash });
  const signIn = (name: string, password = goodPassword, before?: string) => parts().access.signIn({ name, password, before });
  async function sessionOf(name: string, before?: string): Promise<string> {
    const result = await signIn(name, goodPassword, before);
    if (result.kind !== "open") throw new Error(result.kind);
    return result.session;
  }
  const isIn = async (session: string) => (await parts().access.find(session))?.kind === "staff";
  async function staffOf(name: string): Promise<Staff> {
    const found = await parts().access.find(await sessionOf(name));
    if (found?.kind !== "staff") throw new Error("not in");
    return found.staff;
  }
  const set = (code: string, name = "", password = goodPassword) =>
    parts().access.usePasswordLink({ code, name, password, before: undefined });

  it("keeps passwords as Argon2id and nothing of sessions and codes", async () => {
    const code = await makeFirstLink(database.db, clock);
    const result = await set(code ?? "", "Anna");
    if (result.kind !== "open") throw new Error(result.kind);
    const stored = JSON.stringify(await Promise.all([accounts, accountLinks, sessions].map((table) => database.db.select().from(table))));
    expect(stored).toContain("$argon2id$v=19$m=19456,t=2,p=1$");
    expect(Buffer.from(code ?? "", "base64url")).toHaveLength(16);
    for (const secret of [goodPassword, code ?? "-", result.session]) expect(stored).not.toContain(secret);
  });

  it("makes the first admin by one link, and no second one", async () => {
    const codes = [await makeFirstLink(database.db, clock), await makeFirstLink(database.db, clock)];
    expect(await parts().access.look(codes[1] ?? "")).toEqual({ kind: "open", name: undefined });
    const results = await Promise.all([set(codes[0] ?? "", "Anna"), set(codes[1] ?? "", "Berta")]);
    expect(results.map((result) => result.kind).sort()).toEqual(["open", "revoked"]);
    expect((await database.db.select().from(accounts)).map(({ role }) => role)).toEqual(["admin"]);
    expect(await makeFirstLink(database.db, clock)).toBe(undefined);
  });

  it("lets somebody in who was invited, once, for 14 days, with a password that is not easy to guess", async () => {
    await put("Anna", "admin");
    const anna = await staffOf("Anna");
    const invite = async (name: string) => {
      const link = await parts().accounts.invite(anna, { name, role: "freigabe" });
      if (link.kind !== "link") throw new Error(link.kind);
      return link.code;
    };
    const code = await invite("Berta Groß");
    expect(await parts().access.look(code)).toEqual({ kind: "open", name: "Berta Groß" });
    expect((await signIn("Berta Groß", "")).kind).toBe("wrong");
    for (const [password, fault] of [
      ["kurz", "too-short"],
      ["passwortpasswort", "too-common"],
      ["Passwort123!", "too-common"],
      ["aaaaaaaaaaaaaa", "too-common"],
      ["123456789012345", "too-common"],
      ["Berta Groß 26", "like-name"],
      ["x".repeat(257), "too-long"],
    ] as const)
      expect([password, (await set(code, "", password)).kind]).toEqual([password, fault]);
    expect((await set(code)).kind).toBe("open");
    expect([(await set(code)).kind, (await parts().access.look(code)).kind]).toEqual(["used", "used"]);
    expect((await signIn("berta  GROSS")).kind).toBe("wrong");
    expect(await signIn(" berta groß ")).toMatchObject({ kind: "open", staff: { role: "freigabe", name: "Berta Groß" } });
    const old = await invite("Clara");
    later(14 * 24 * hourMs);
    expect([(await set(old)).kind, (await parts().access.look(old)).kind]).toEqual(["expired", "expired"]);
    expect((await set("nothing")).kind).toBe("unknown");
  });

  it("takes any name as it is, and no two that only look alike in case or width", async () => {
    await put("Admin", "admin");
    const by = await staffOf("Admin");
    const names = [
      "<script>alert(1)</script>",
      "'; drop table accounts; --",
      "名前",
      "عائشة",
      "Ａｎｎａ",
      "a\u202egro.tset",
      "  Zoë  ",
      "🙂 Müller",
      "{{7*7}}%00%s",
    ];
    for (const name of names) expect([name, (await parts().accounts.invite(by, { name, role: "leser" })).kind]).toEqual([name, "link"]);
    for (const name of ["anna", "ZOË", "Zoe\u0308", "<SCRIPT>alert(1)</script>"])
      expect([name, (await parts().accounts.invite(by, { name, role: "leser" })).kind]).toEqual([name, "name-taken"]);
    for (const name of ["", "   ", "\u200b", "x".repeat(101)])
      expect((await parts().accounts.invite(by, { name, role: "leser" })).kind).toBe("no-name");
  });

  it("locks after ten failures, longer each time, the same for names that do not exist", async () => {
    await put("Anna");
    for (const name of ["Anna", "Niemand"]) {
      clock = at;
      for (let turn = 0; turn < 10; turn += 1) expect((await signIn(name, "wrong")).kind).toBe("wrong");
      expect(await signIn(name)).toEqual({ kind: "locked", until: new Date(at.getTime() + minuteMs) });
      later(minuteMs);
      expect((await signIn(name, "wrong")).kind).toBe("wrong");
      expect(await signIn(name)).toEqual({ kind: "locked", until: new Date(clock.getTime() + 2 * minuteMs) });
      for (let turn = 0; turn < 6; turn += 1) {
        later(hourMs);
        expect((await signIn(name, "wrong")).kind).toBe("wrong");
      }
      expect(await signIn(name)).toEqual({ kind: "locked", until: new Date(clock.getTime() + hourMs) });
    }
    later(hourMs);
    expect((await signIn("ANNA")).kind).toBe("open");
    expect((await signIn("Anna", "wrong")).kind).toBe("wrong");
    expect((await signIn("Anna")).kind).toBe("open");
    expect(JSON.stringify(await database.db.select().from(signInFailures))).not.toMatch(/anna|niemand/i);
  });

  it("gives many who try at once no more tries than one", async () => {
    await put("Anna");
    const results = await Promise.all(Array.from({ length: 14 }, () => signIn("Anna", "wrong")));
    expect(results.filter(({ kind }) => kind === "wrong")).toHaveLength(10);
    expect(results.filter(({ kind }) => kind === "locked")).toHaveLength(4);
  });

  it("compares a password for unknown names as well", async () => {
    const compared: string[] = [];
    const { createStaffAccess } = await import("../../src/people/staff-access.ts");
    const counting = {
      hash: passwords.hash,
      verify: (stored: string, given: string) => {
        compared.push(stored);
        return passwords.verify(stored, given);
      },
    };
    const access = createStaffAccess({ db: database.db, audit: parts().audit, passwords: counting, now: () => clock });
    await putAccount(database.db, "Neu", "leser", { passwordHash: null });
    for (const name of ["Niemand", "Neu", "", "\u0000"])
      expect((await access.signIn({ name, password: goodPassword, before: undefined })).kind).toBe("wrong");
    expect(compared).toHaveLength(4);
    for (const stored of compared) expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    // Even the password that the stand-in was made of lets nobody in.
    expect((await access.signIn({ name: "Neu", password: "nobody has this password", before: undefined })).kind).toBe("wrong");
  });

  it("gives a new session at each sign-in, and ends the one before", async () => {
    await put("Anna");
    const first = await sessionOf("Anna");
    const second = await sessionOf("Anna", first);
    expect(second).not.toBe(first);
    expect([await isIn(first), await isIn(second)]).toEqual([false, true]);
    await parts().access.end(second);
    expect(await isIn(second)).toBe(false);
  });

  it("ends sessions after 12 hours, and after an hour without work; looking for news is no work", async () => {
    await put("Anna");
    const [idle, quiet, busy] = [await sessionOf("Anna"), await sessionOf("Anna"), await sessionOf("Anna")];
    for (let turn = 0; turn < 2; turn += 1) {
      later(31 * minuteMs);
      await parts().access.find(quiet, true);
      await parts().access.find(busy);
    }
    expect([await isIn(idle), await isIn(quiet), await isIn(busy)]).toEqual([false, false, true]);
    for (let turn = 0; turn < 21; turn += 1) {
      later(31 * minuteMs);
      await parts().access.find(busy);
    }
    expect(await isIn(busy)).toBe(true);
    later(7 * minuteMs);
    expect(await isIn(busy)).toBe(false);
  });

  it("signs out everywhere when the role or the password changes, or the account is disabled", async () => {
    await put("Admin", "admin");
    const admin = await staffOf("Admin");
    const anna = await put("Anna");
    const { accounts: people } = parts();
    for (const change of [
      () => people.changeRole(admin, anna, "freigabe"),
      () => people.endSessions(admin, anna),
      () => people.disable(admin, anna),
    ]) {
      const own = [await sessionOf("Anna"), await sessionOf("Anna")];
      expect(await change()).toBe("done");
      expect(await Promise.all(own.map(isIn))).toEqual([false, false]);
    }
    expect((await signIn("Anna")).kind).toBe("wrong");
    expect(await people.enable(admin, anna)).toBe("done");
    const session = await sessionOf("Anna");
    const found = await parts().access.find(session);
    if (found?.kind !== "staff") throw new Error("not in");
    expect((await parts().access.changePassword(found.staff, { current: "wrong", password: `${goodPassword}!` })).kind).toBe("wrong");
    expect(await isIn(session)).toBe(true);
    const changed = await parts().access.changePassword(found.staff, { current: goodPassword, password: `${goodPassword}!` });
    if (changed.kind !== "open") throw new Error(changed.kind);
    expect([await isIn(session), await isIn(changed.session)]).toEqual([false, true]);
    expect((await signIn("Anna")).kind).toBe("wrong");
    const renewed = await people.renewLink(admin, anna);
    if (renewed.kind !== "link") throw new Error(renewed.kind);
    expect((await set(renewed.code)).kind).toBe("open");
    expect(await isIn(changed.session)).toBe(false);
  });

  it("always keeps one admin, also when two put each other out at once", async () => {
    const [one, two] = [await put("Eins", "admin"), await put("Zwei", "admin")];
    const [first, second] = [await staffOf("Eins"), await staffOf("Zwei")];
    const { accounts: people } = parts();
    const results = await Promise.all([people.disable(first, two), people.changeRole(second, one, "leser")]);
    expect([...results].sort()).toEqual(["done", "last-admin"]);
    const admins = (await people.list()).filter(({ role, state }) => role === "admin" && state === "active");
    expect(admins).toHaveLength(1);
    expect(await people.disable(first, admins[0]?.id ?? 0)).toBe("last-admin");
    expect(await people.disable(first, 999_999)).toBe("not-found");
  });

  it("records who changed what, and counts nobody's work", async () => {
    await put("Admin", "admin");
    const admin = await staffOf("Admin");
    const anna = await put("Anna");
    const before = (await database.db.select().from(audit)).length;
    await parts().accounts.changeRole(admin, anna, "leser");
    await parts().accounts.disable(admin, anna);
    const rows = (await database.db.select().from(audit).orderBy(audit.id)).slice(before);
    expect(rows.map(({ by, action, subject }) => [by, action, subject])).toEqual([
      [`account:${admin.account}`, "account.change-role", `account:${anna}`],
      [`account:${admin.account}`, "account.disable", `account:${anna}`],
    ]);
    expect(Object.keys((await parts().accounts.list())[0] ?? {}).sort()).toEqual(["id", "local", "name", "role", "state"]);
  });

  it("takes the role from the account, and an organisation's session for no member of staff", async () => {
    const account = await put("Anna", "leser");
    const session = await putSession(database.db, { account, role: "admin" });
    expect(await parts().access.find(session)).toMatchObject({ kind: "staff", staff: { role: "leser" } });
    expect(await parts().access.find(await putSession(database.db, { organization: "Heim" }))).toEqual({ kind: "provider" });
    expect(await parts().access.find("forged")).toBe(undefined);
    await database.db.update(accounts).set({ disabledAt: at }).where(eq(accounts.id, account));
    expect(await parts().access.find(session)).toBe(undefined);
    expect(staffRoles).toEqual(["leser", "redaktion", "freigabe", "admin"]);
  });
});

describe("the rules for passwords", () => {
  it("ask for length and for nothing else", () => {
    for (const good of [
      "alles klein geschrieben",
      "drei bunte papageien",
      "correct horse battery",
      "ÄÖÜäöüß€漢字漢字漢",
      "1860 Löwen im Regen",
    ])
      expect([good, passwordFault(good, "Anna Beispiel")]).toEqual([good, undefined]);
  });
});
