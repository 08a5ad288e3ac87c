import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { staffRoles } from "../../../src/core/people.ts";
import { at, type ConsoleSite, emptyAccounts, openConsoleSite, publicUrl, putAccount, putSession } from "../../support/console.ts";
import { openSections } from "../../support/console-sections.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../../support/databases.ts";

const everybody = ["nobody", "anbieter", ...staffRoles] as const;

describe.each(databaseKinds())("the table of the console (%s)", (kind) => {
  let database: TestDatabase;
  let site: ConsoleSite;
  const cookies = new Map<string, string>();

  beforeAll(async () => {
    database = await openTestDatabase(kind);
    const { sections } = await openSections(database.db, () => at);
    site = await openConsoleSite(database.db, { sections });
  });
  afterAll(async () => {
    site.close();
    await database.close();
  });
  beforeEach(async () => {
    await emptyAccounts(database.db);
    for (const role of staffRoles) {
      const account = await putAccount(database.db, `Mitarbeit ${role}`, role, { passwordHash: null });
      cookies.set(role, `console_session=${await putSession(database.db, { account, role })}`);
    }
    cookies.set("anbieter", `console_session=${await putSession(database.db, { organization: "Beispiel-Heim" })}`);
  });

  async function send(method: string, path: string, who: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    const address = path.replace(/:\w+/g, "999999");
    const body = method === "GET" ? {} : { body: new URLSearchParams() };
    return await site.app.request(address, { method, ...body, headers: { Origin: publicUrl, Cookie: cookies.get(who) ?? "", ...headers } });
  }

  it("names pages and actions of every kind, each once", () => {
    const names = site.table.map(([method, path]) => `${method} ${path}`);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(
      expect.arrayContaining([
        ...["GET /console", "POST /console/accounts/:id/role", "GET /console/audit", "POST /console/talks/:id/say"],
        ...["POST /console/articles/:id/approve", "GET /console/ratings", "POST /console/catalogue/reject", "GET /console/numbers.csv"],
      ]),
    );
    for (const [, path] of site.table) expect(path).toMatch(/^\/console(?:\/|$)/);
  });

  it("lets in those whom a row names, and nobody else", { timeout: 60_000 }, async () => {
    const cells: string[] = [];
    for (const [method, path, roles] of site.table) {
      for (const who of everybody) {
        if (path === "/console/sign-out") continue;
        const response = await send(method, path, who);
        await response.body?.cancel();
        const toSignIn = response.status === 303 && (response.headers.get("Location") ?? "").startsWith("/console/sign-in?");
        const wayIn = response.status === 303 && response.headers.get("Location") === "/console/sign-in";
        const answered = response.status >= 500 ? "a fault" : "answered";
        const outcome = toSignIn || wayIn ? "sign-in" : response.status === 403 ? "refused" : answered;
        const expected =
          roles === "everybody" || roles.some((role) => role === who) ? "answered" : who === "nobody" ? "sign-in" : "refused";
        if (outcome !== expected) cells.push(`${method} ${path} ${who}: ${outcome}, not ${expected} (${response.status})`);
      }
    }
    expect(cells).toEqual([]);
  });

  it("refuses every action that a page of somebody else sends, whoever is signed in", async () => {
    for (const [method, path] of site.table.filter(([method]) => method === "POST"))
      for (const origin of ["https://evil.example", "null", ""])
        expect([path, origin, (await send(method, path, "admin", { Origin: origin })).status]).toEqual([path, origin, 403]);
    expect((await send("GET", "/console", "admin", { Origin: "https://evil.example" })).status).toBe(200);
  });

  it("says nothing of what exists to those who are not signed in, and 404 to those who are", async () => {
    expect((await send("GET", "/console/nothing", "nobody")).headers.get("Location")).toBe("/console/sign-in?next=%2Fconsole%2Fnothing");
    expect((await send("GET", "/console/nothing", "leser")).status).toBe(404);
    expect((await send("GET", "/console/nothing", "anbieter")).status).toBe(403);
  });

  it("sends pages that fetch parts to the sign-in as a whole", async () => {
    const response = await send("GET", "/console", "nobody", { "HX-Request": "true" });
    expect([response.status, response.headers.get("HX-Redirect")]).toEqual([401, "/console/sign-in?next=%2Fconsole"]);
  });

  it("allows scripts and styles only by a nonce that is new each time, and keeps pages nowhere", async () => {
    const nonces = new Set<string>();
    for (const [method, path] of site.table.filter(([method, path]) => method === "GET" && path !== "/console/events")) {
      const response = await send(method, path, "admin");
      const policy = response.headers.get("Content-Security-Policy") ?? "";
      const html = await response.text();
      expect([path, response.headers.get("Cache-Control"), response.headers.get("X-Content-Type-Options")]).toEqual([
        path,
        "no-store",
        "nosniff",
      ]);
      expect(policy).toMatch(/form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/);
      expect(policy).not.toMatch(/unsafe|\*|https?:/);
      expect(html).not.toMatch(/\son\w+=|\sstyle=|<style|javascript:/);
      const nonce = /script-src 'nonce-([^']+)'/.exec(policy)?.[1] ?? "none";
      for (const [script] of html.matchAll(/<script[^>]*>/g)) expect(script).toContain(`nonce="${nonce}"`);
      expect(nonces.has(nonce)).toBe(false);
      if (nonce !== "none") nonces.add(nonce);
    }
    expect(nonces.size).toBeGreaterThan(3);
  });

  it("names in the menu only what the role may see", async () => {
    const html = async (who: string) => (await send("GET", "/console", who)).text();
    expect(await html("admin")).toContain('href="/console/audit"');
    for (const role of ["leser", "redaktion", "freigabe"]) expect(await html(role)).not.toMatch(/console\/(?:audit|accounts)"/);
  });
});
