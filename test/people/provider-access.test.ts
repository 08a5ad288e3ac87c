import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { invitations, sessions } from "../../src/database/schema.ts";
import { createOperations } from "../../src/node-operations.ts";
import { listInvitations, makeInvitation } from "../../src/people/invitations.ts";
import { createProviderAccess, revokeAccess } from "../../src/people/provider-access.ts";
import { hashOf } from "../../src/people/secrets.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../support/databases.ts";
import { at, emptyOrganizations, heim, loadOrganizations, verein } from "../support/organizations.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

describe.each(databaseKinds())("how organisations come in (%s)", (kind) => {
  let database: TestDatabase;
  let clock = at;

  beforeAll(async () => {
    database = await openTestDatabase(kind);
    await loadOrganizations(database.db);
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    clock = at;
    await emptyOrganizations(database.db);
  });

  const access = () => createProviderAccess(database.db, () => clock);
  const later = (ms: number) => {
    clock = new Date(at.getTime() + ms);
  };
  const invite = async (organization = heim, purpose: "join" | "confirm" = "join") =>
    (await makeInvitation(database.db, { organization, purpose, madeBy: "staff" }, clock)).code;
  const redeem = async (code: string) => {
    const redeemed = await access().redeem(code);
    if (redeemed.kind !== "open") throw new Error(redeemed.kind);
    return redeemed;
  };

  it("makes links of 128 bits and keeps none of them", async () => {
    const codes = await Promise.all([invite(), invite(), invite()]);
    expect(new Set(codes).size).toBe(3);
    for (const code of codes) expect(Buffer.from(code, "base64url")).toHaveLength(16);
    const { session } = await redeem(codes[0] ?? "");
    expect(Buffer.from(session, "base64url")).toHaveLength(32);
    const stored = JSON.stringify([await database.db.select().from(invitations), await database.db.select().from(sessions)]);
    for (const secret of [...codes, session]) expect(stored).not.toContain(secret);
  });

  it("lets a link in once, for its organisation, and looking does not use it up", async () => {
    const code = await invite(verein, "confirm");
    const invitation = { organization: verein, purpose: "confirm" };
    expect(await access().look(code)).toEqual({ kind: "open", invitation });
    expect(await access().look(code)).toEqual({ kind: "open", invitation });
    const { session } = await redeem(code);
    expect(await access().find(session)).toEqual({ role: "anbieter", organization: verein });
    expect([await access().look(code), await access().redeem(code)]).toEqual([{ kind: "used" }, { kind: "used" }]);
  });

  it("lets one of many in who try at once", async () => {
    const code = await invite();
    const kinds = (await Promise.all(Array.from({ length: 8 }, () => access().redeem(code)))).map(({ kind: each }) => each);
    expect(kinds.filter((each) => each === "open")).toHaveLength(1);
    expect(kinds.filter((each) => each === "used")).toHaveLength(7);
    expect(await database.db.select().from(sessions)).toHaveLength(1);
  });

  it("knows no forged code and no hash of one", async () => {
    const code = await invite();
    const [row] = await database.db.select().from(invitations);
    for (const forged of ["", "x", code.slice(1), `${code}A`, row?.codeHash ?? "", "' or 1=1 --", "\0"])
      expect([await access().look(forged), await access().redeem(forged)]).toEqual([{ kind: "unknown" }, { kind: "unknown" }]);
    expect(await access().find("")).toBeUndefined();
    expect(await access().look(code)).toMatchObject({ kind: "open" });
  });

  it("ends links after 14 days and sessions after 12 hours, to the moment", async () => {
    const [early, late] = [await invite(), await invite()];
    later(14 * dayMs - 1);
    const { session } = await redeem(early);
    later(14 * dayMs);
    expect([await access().look(late), await access().redeem(late)]).toEqual([{ kind: "expired" }, { kind: "expired" }]);
    later(14 * dayMs - 1 + 12 * hourMs - 1);
    expect(await access().find(session)).toEqual({ role: "anbieter", organization: heim });
    later(14 * dayMs - 1 + 12 * hourMs);
    expect(await access().find(session)).toBeUndefined();
  });

  it("tells staff's sessions from those of organisations, and takes no session for both", async () => {
    const tokenHash = hashOf("staff");
    const row = { tokenHash, createdAt: at, expiresAt: new Date(at.getTime() + hourMs) };
    await database.db.insert(sessions).values({ ...row, role: "redaktion" });
    expect(await access().find("staff")).toEqual({ role: "redaktion" });
    for (const wrong of [{ role: "redaktion", organization: heim }, { role: "anbieter" }, { role: "niemand" }])
      await expect(database.db.insert(sessions).values({ ...row, tokenHash: "other", ...wrong })).rejects.toThrow();
  });

  it("forgets sessions that are over when another one begins", async () => {
    await redeem(await invite());
    later(12 * hourMs);
    await redeem(await invite());
    expect(await database.db.select().from(sessions)).toHaveLength(1);
  });

  it("signs out one session and no other", async () => {
    const [one, two] = [await redeem(await invite()), await redeem(await invite())];
    await access().end(one.session);
    expect([await access().find(one.session), await access().find(two.session)]).toEqual([
      undefined,
      { role: "anbieter", organization: heim },
    ]);
  });

  it("gives an organisation its next link, the one before it ends, staff's stays", async () => {
    const byStaff = await invite();
    const [first, second] = [await access().renew(heim), await access().renew(heim)];
    expect((await access().look(first.code)).kind).toBe("revoked");
    expect((await access().look(second.code)).kind).toBe("open");
    expect((await access().look(byStaff)).kind).toBe("open");
    expect(second.expiresAt.getTime() - clock.getTime()).toBe(14 * dayMs);
  });

  it("takes all links and sessions of an organisation away, and none of others", async () => {
    const [open, foreign] = [await invite(), await invite(verein)];
    const { session } = await redeem(await invite());
    const others = await redeem(await invite(verein));
    expect(await revokeAccess(database.db, heim, clock)).toEqual({ links: 1, sessions: 1 });
    expect([await access().look(open), await access().redeem(open)]).toEqual([{ kind: "revoked" }, { kind: "revoked" }]);
    expect(await access().find(session)).toBeUndefined();
    expect((await access().look(foreign)).kind).toBe("open");
    expect(await access().find(others.session)).toMatchObject({ organization: verein });
    const states = (await listInvitations(database.db, clock)).map(({ organization, state }) => `${organization} ${state}`);
    expect(states.sort()).toEqual([`${heim} revoked`, `${heim} used`, `${verein} open`, `${verein} used`].sort());
  });

  it("does staff's work by name, for organisations that have offers only", async () => {
    const told = { onChange: async () => undefined, onRetry: () => undefined, publicUrl: "https://chat.example.org" };
    const operate = createOperations(database.db, told, {});
    const made = await operate("staff.invite", { organization: heim, purpose: "confirm" });
    expect(made).toMatchObject({
      path: expect.stringMatching(/^\/provider\/join\?code=[\w-]{22}$/),
      publicUrl: "https://chat.example.org",
    });
    await expect(operate("staff.invite", { organization: "Niemand" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await operate("staff.invitations", {})).toMatchObject([
      { organization: heim, purpose: "confirm", state: "open", madeBy: "staff" },
    ]);
    expect(await operate("staff.revoke", { organization: heim })).toEqual([{ links: 1, sessions: 0 }]);
    expect(await operate("staff.organizations", {})).toEqual([
      { organization: heim, offers: 2, due: expect.any(Number) },
      { organization: "Kita Süd", offers: 1, due: 1 },
      { organization: verein, offers: 2, due: 2 },
    ]);
  });
});
