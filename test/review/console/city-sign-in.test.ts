import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { accounts, audit, sessions } from "../../../src/database/schema.ts";
import { safeNext } from "../../../src/review/console/sign-in.tsx";
import { consoleWords } from "../../../src/review/console/words.ts";
import { at, type ConsoleSite, emptyAccounts, goodPassword, openConsoleSite, publicUrl, type Visitor } from "../../support/console.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../../support/databases.ts";
import { clientId, clientSecret, openProvider, type Person, passProvider, type TestProvider } from "../../support/oidc.ts";

const redirectUri = `${publicUrl}/console/city-sign-in/callback`;
const { de } = consoleWords;

describe.each(databaseKinds())("signing in through the city's service (%s)", (kind) => {
  let database: TestDatabase;
  let provider: TestProvider;
  let inTokenProvider: TestProvider;
  let site: ConsoleSite;
  let clock = at;

  const siteOf = (issuer: string, secret = clientSecret) =>
    openConsoleSite(database.db, { now: () => clock, oidc: { issuer, clientId, clientSecret: secret } });

  beforeAll(async () => {
    database = await openTestDatabase(kind);
    provider = await openProvider({ redirectUri });
    inTokenProvider = await openProvider({ redirectUri, inToken: true });
    site = await siteOf(provider.issuer);
  });
  afterAll(async () => {
    site.close();
    await Promise.all([provider.close(), inTokenProvider.close(), database.close()]);
  });
  beforeEach(async () => {
    clock = at;
    for (const each of [provider, inTokenProvider]) Object.assign(each, { tamper: (token: string) => token, tokenSeconds: 600 });
    await emptyAccounts(database.db);
  });

  const anna: Person = { sub: "anna-1", name: "Anna Beispiel", authorities: ["REDAKTION", "sonstiges"] };

  /** Goes to the provider and back; `change` may change an address on the way. */
  async function arrive(visitor: Visitor, change: (address: URL, leg: "there" | "back") => URL = (address) => address, next = "") {
    const { response } = await visitor.get(`/console/city-sign-in?next=${encodeURIComponent(next)}`);
    const there = change(new URL(response.headers.get("Location") ?? ""), "there");
    const back = change(await passProvider(there.href, redirectUri), "back");
    return await visitor.get(`${back.pathname}${back.search}`);
  }

  async function signIn(person: Person, opened = site, at = provider) {
    at.person = person;
    const visitor = opened.visitor();
    return { visitor, arrived: await arrive(visitor) };
  }

  it("lets somebody with a role in, whether the role comes in the token or is asked for", async () => {
    const inToken = await siteOf(inTokenProvider.issuer);
    for (const [opened, at] of [
      [site, provider],
      [inToken, inTokenProvider],
    ] as const) {
      const { visitor, arrived } = await signIn(anna, opened, at);
      expect([arrived.status, arrived.response.headers.get("Location")]).toEqual([303, "/console"]);
      const home = await visitor.get("/console");
      expect([home.status, home.html.includes("Anna Beispiel"), home.html.includes(de.roles.redaktion)]).toEqual([200, true, true]);
    }
    const rows = await database.db.select().from(accounts);
    expect(rows.map(({ role, subject, login, passwordHash }) => [role, subject, login, passwordHash])).toEqual([
      ["redaktion", "anna-1", null, null],
      ["redaktion", "anna-1", null, null],
    ]);
    const actions = await database.db.select({ action: audit.action, subject: audit.subject }).from(audit);
    expect(actions).toContainEqual({ action: "account.create", subject: `account:${rows[0]?.id}` });
    inToken.close();
  });

  it("takes the highest role, in any case, also from Keycloak's roles of this client and of no other", async () => {
    const roleOf = async (person: Person) => {
      await emptyAccounts(database.db);
      await signIn(person);
      return (await database.db.select().from(accounts))[0]?.role;
    };
    expect(await roleOf({ sub: "1", authorities: ["leser", "Admin", "freigabe"] })).toBe("admin");
    expect(await roleOf({ sub: "2", resource_access: { [clientId]: { roles: ["Freigabe", "leser"] }, other: { roles: ["admin"] } } })).toBe(
      "freigabe",
    );
    expect(await roleOf({ sub: "3", resource_access: { other: { roles: ["admin"] } } })).toBe(undefined);
    expect(await roleOf({ sub: "4", authorities: ["leser"], resource_access: { [clientId]: { roles: ["admin"] } } })).toBe("leser");
    expect(await roleOf({ sub: "5", authorities: "admin" })).toBe(undefined);
  });

  it("lets nobody in without a role of staff, and puts those out who lost theirs", async () => {
    for (const authorities of [[], ["anbieter"], ["ADMIN_OTHER"], undefined, [{ admin: true }]]) {
      const { visitor, arrived } = await signIn({ sub: "bert", name: "Bert", authorities });
      expect([arrived.status, arrived.html.includes(de.refused["no-role"].title)]).toEqual([403, true]);
      expect((await visitor.get("/console")).status).toBe(303);
    }
    expect(await database.db.select().from(accounts)).toEqual([]);
    const { visitor } = await signIn(anna);
    expect((await visitor.get("/console")).status).toBe(200);
    await signIn({ ...anna, authorities: [] });
    expect((await visitor.get("/console")).status).toBe(303);
  });

  it("signs out everywhere when the role has changed, and keeps a disabled account out", async () => {
    const { visitor: first } = await signIn(anna);
    await signIn(anna);
    expect((await first.get("/console")).status).toBe(200);
    await signIn({ ...anna, authorities: ["leser"] });
    expect((await first.get("/console")).status).toBe(303);
    await database.db.update(accounts).set({ disabledAt: at });
    const { arrived } = await signIn(anna);
    expect([arrived.status, arrived.html.includes(de.refused.disabled.title)]).toEqual([403, true]);
  });

  const refusals: Readonly<Record<string, (address: URL, leg: "there" | "back") => URL>> = {
    "another state comes back": (address, leg) => {
      if (leg === "back") address.searchParams.set("state", "forged");
      return address;
    },
    "no state comes back": (address, leg) => {
      if (leg === "back") address.searchParams.delete("state");
      return address;
    },
    "another nonce was asked for": (address, leg) => {
      if (leg === "there") address.searchParams.set("nonce", "forged");
      return address;
    },
    "another verifier belongs to the code": (address, leg) => {
      if (leg === "there") address.searchParams.set("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
      return address;
    },
    "the code is forged": (address, leg) => {
      if (leg === "back") address.searchParams.set("code", "forged");
      return address;
    },
    "the issuer that comes back is another": (address, leg) => {
      if (leg === "back") address.searchParams.set("iss", "https://evil.example");
      return address;
    },
    "it took longer than ten minutes": (address, leg) => {
      if (leg === "back") clock = new Date(at.getTime() + 600_000);
      return address;
    },
  };
  it.each(Object.entries(refusals))("refuses when %s", async (_name, change) => {
    provider.person = anna;
    const visitor = site.visitor();
    const { status, html } = await arrive(visitor, change);
    expect([status, html.includes(de.refused["sign-in-failed"].title)]).toEqual([400, true]);
    expect(await database.db.select().from(sessions)).toEqual([]);
  });

  it("refuses an ID token that was changed, has another signature, or is over", async () => {
    const changed = (token: string, change: (claims: Record<string, unknown>) => object) => {
      const [head, body = "", signature] = token.split(".");
      const claims = JSON.parse(Buffer.from(body, "base64url").toString("utf8")) as Record<string, unknown>;
      return [head, Buffer.from(JSON.stringify(change(claims))).toString("base64url"), signature].join(".");
    };
    const unsigned = (token: string) => [Buffer.from('{"alg":"none"}').toString("base64url"), token.split(".")[1], ""].join(".");
    const tampers = [
      (token: string) => changed(token, (claims) => ({ ...claims, authorities: ["admin"] })),
      (token: string) => changed(token, (claims) => ({ ...claims, exp: Number(claims["exp"]) + 1 })),
      (token: string) => `${token.slice(0, -8)}AAAAAAAA`,
      unsigned,
    ];
    for (const tamper of tampers) {
      provider.tamper = tamper;
      expect((await signIn(anna)).arrived.status).toBe(400);
    }
    provider.tamper = (token) => token;
    provider.tokenSeconds = -3600;
    expect((await signIn(anna)).arrived.status).toBe(400);
    provider.tokenSeconds = 600;
    expect((await signIn(anna)).arrived.status).toBe(303);
  });

  it("refuses to come back into another browser, a second time, or with a cookie that was made up", async () => {
    provider.person = anna;
    const visitor = site.visitor();
    const { response } = await visitor.get("/console/city-sign-in");
    const back = await passProvider(response.headers.get("Location") ?? "", redirectUri);
    const path = `${back.pathname}${back.search}`;
    expect((await site.visitor().get(path)).status).toBe(400);
    const flow = Buffer.from(JSON.stringify({ state: back.searchParams.get("state"), nonce: "x", verifier: "x", next: "/", until: 9e15 }));
    for (const forged of [
      "",
      "x",
      `${flow.toString("base64url")}.AAAA`,
      `${flow.toString("base64url")}.${Buffer.alloc(32).toString("base64url")}`,
    ])
      expect((await site.app.request(path, { headers: { Cookie: `console_flow=${forged}` } })).status).toBe(400);
    expect((await visitor.get(path)).status).toBe(303);
    expect((await visitor.get(path)).status).toBe(400);
  });

  it("comes back to the page that was wanted, and to no other site", async () => {
    provider.person = anna;
    for (const [next, expected] of [
      ["/console/account?x=1", "/console/account?x=1"],
      ["https://evil.example/console", "/console"],
      ["//evil.example/console", "/console"],
    ] as const) {
      const { response } = await arrive(site.visitor(), undefined, next);
      expect(response.headers.get("Location")).toBe(expected);
    }
    for (const next of [
      "/\\evil.example",
      "\\\\evil.example",
      "javascript:alert(1)",
      "/consolex",
      "/console/../provider",
      "/console/%0d%0aX",
      "\t//evil.example",
      "/chat",
      "http://127.0.0.1:8787/console",
      "",
    ])
      expect(safeNext(next, publicUrl)).toMatch(/^\/console(?:$|\/%0d%0aX$)/);
    expect(safeNext("/lotse/console/audit", "https://a.example/lotse/")).toBe("/lotse/console/audit");
    expect(safeNext("/console/audit", "https://a.example/lotse/")).toBe("/lotse/console");
  });

  it("knows no passwords of its own, and says so where the service does not answer", async () => {
    const visitor = site.visitor();
    const page = await visitor.get("/console/sign-in");
    expect(page.html).toContain(de.signIn.through);
    expect(page.html).not.toContain('type="password"');
    expect((await visitor.post("/console/sign-in", { name: "Anna", password: goodPassword })).status).toBe(404);
    const away = await siteOf("http://127.0.0.1:9");
    expect((await away.visitor().get("/console/city-sign-in")).status).toBe(500);
    const wrongSecret = await siteOf(provider.issuer, "another");
    expect((await signIn(anna, wrongSecret)).arrived.status).toBe(400);
  });
});
