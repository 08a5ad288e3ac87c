import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { StaffRole } from "../../../src/core/people.ts";
import { audit, invitations, overrides, proposals, sessions } from "../../../src/database/schema.ts";
import { createProviderAccess } from "../../../src/people/provider-access.ts";
import { offerOf } from "../../catalogue/fixtures.ts";
import { emptyAccounts, openStaff, putSession } from "../../support/console.ts";
import { openWholeConsole, type WholeConsole } from "../../support/console-sections.ts";
import { databaseKinds } from "../../support/databases.ts";
import { heim, loadOrganizations, offers, publicUrl, verein } from "../../support/organizations.ts";

const naughty = `"><script>alert(1)</script> ../%2e%2e/ عائشة`;
const vereinAsText = "Verein &amp; Söhne &lt;b&gt;";
const dayMs = 86_400_000;

/** The link that a page shows. */
const linkIn = (html: string) => /class="link-box">([^<]+)</.exec(html)?.[1] ?? "";
const codeIn = (html: string) => new URL(linkIn(html)).searchParams.get("code") ?? "";

describe.each(databaseKinds())("organisations in the console (%s)", (kind) => {
  let database: WholeConsole["database"];
  let site: WholeConsole["site"];
  let opened: WholeConsole["opened"];
  let close: WholeConsole["close"];

  beforeAll(async () => {
    ({ database, site, opened, close } = await openWholeConsole(kind));
  });
  afterAll(() => close());
  beforeEach(async () => {
    await emptyAccounts(database.db);
    for (const table of [invitations, sessions, overrides, proposals]) await database.db.delete(table);
    await loadOrganizations(database.db);
    await opened.catalogue.refresh();
  });

  const person = (name: string, role: StaffRole) => openStaff(database.db, site, name, role);
  const access = () => createProviderAccess(database.db, () => new Date());

  type Person = Awaited<ReturnType<typeof person>>;

  /** The address of an organisation's page, as the list links to it. */
  async function pathOf(who: Person, name: string): Promise<string> {
    const { html } = await who.get(`organizations?q=${encodeURIComponent(name)}`);
    return /href="\/console\/(organizations\/[0-9a-f-]{36})"/.exec(html)?.[1] ?? "none";
  }

  it("are listed by name with offers, what is due, links and when they were last here, and found by their name", async () => {
    const rita = await person("Rita", "leser");
    const frieda = await person("Frieda", "freigabe");
    const made = await frieda.post(`${await pathOf(rita, heim)}/invite`, { purpose: "join" });
    await access().redeem(codeIn(made.html));
    await frieda.post(`${await pathOf(rita, verein)}/invite`, { purpose: "join" });
    const { html } = await rita.get("organizations");
    expect(html).toContain("3 Organisationen");
    expect(html).toContain(vereinAsText);
    const rows = [...html.matchAll(/<li data-entry[^>]*>.*?<\/li>/gs)].map(([row]) => row.replaceAll(/<[^>]*>/g, ""));
    expect(rows.map((row) => row.split(" · ").slice(1))).toEqual([
      [expect.stringMatching(/^[12] zu prüfen$/), "1 angemeldet", expect.stringMatching(/^zuletzt aktiv am \d/)],
      ["1 zu prüfen", "war noch nie da"],
      ["2 zu prüfen", "1 offene Einladung", "war noch nie da"],
    ]);
    const found = (await rita.get(`organizations?q=${encodeURIComponent("söhne VEREIN")}`)).html;
    expect([found.includes("1 Organisation<"), found.includes(heim)]).toEqual([true, false]);
    const nothing = await rita.get(`organizations?q=${encodeURIComponent(naughty)}&page=0`);
    expect([nothing.status, nothing.html.includes("0 Organisationen"), nothing.html.includes("<script>alert")]).toEqual([200, true, false]);
  });

  it("stand on several pages where they are many, and so do their offers", async () => {
    const many = Array.from({ length: 60 }, (_, index) => offerOf(`viel-${index}`, { organization: "Viele e. V." }));
    const others = Array.from({ length: 40 }, (_, index) => offerOf(`eins-${index}`, { organization: `Verein ${index}` }));
    await loadOrganizations(database.db, [...many, ...others]);
    await opened.catalogue.refresh();
    const rita = await person("Rita", "leser");
    expect((await rita.get("organizations")).html).toContain("Seite 1 von 2");
    const second = (await rita.get("organizations?page=2")).html;
    expect([...second.matchAll(/data-entry/g)]).toHaveLength(16);
    const path = await pathOf(rita, "Viele e. V.");
    expect((await rita.get(path)).html).toContain("Seite 1 von 3");
    expect([...(await rita.get(`${path}?page=3`)).html.matchAll(/data-entry/g)]).toHaveLength(10);
    expect((await rita.get(`${path}?page=900`)).status).toBe(200);
  });

  it("show their offers with their last check, and nothing to press to those who only read", async () => {
    const rita = await person("Rita", "leser");
    const path = await pathOf(rita, heim);
    const { html } = await rita.get(path);
    expect(html).toContain('href="/console/catalogue/offers/heim-kurz"');
    expect(html).toContain("zuletzt geprüft am 1. Oktober 2026");
    expect(html).toContain("noch nie geprüft");
    expect(html).not.toContain("/invite");
    expect((await rita.get("organizations/gibt-es-nicht")).status).toBe(404);
    const editor = await person("Rolf", "redaktion");
    for (const who of [rita, editor])
      for (const action of ["invite", "end", "invitations/1/renew", "invitations/1/withdraw"])
        expect([action, (await who.post(`${path}/${action}`, { purpose: "join" })).status]).toEqual([action, 403]);
    expect(await database.db.select().from(invitations)).toEqual([]);
  });

  it("are invited by a link that is shown once and kept only as a hash; the log holds ids", async () => {
    const frieda = await person("Frieda", "freigabe");
    const path = await pathOf(frieda, verein);
    const made = await frieda.post(`${path}/invite`, { purpose: "confirm" });
    expect(made.status).toBe(200);
    expect(linkIn(made.html)).toMatch(new RegExp(`^${publicUrl}/provider/join\\?code=[\\w-]{22}$`));
    expect(made.html).toContain("Er steht nur jetzt hier und wird nicht gespeichert.");
    const code = codeIn(made.html);
    expect(await access().look(code)).toEqual({ kind: "open", invitation: { organization: verein, purpose: "confirm" } });
    const page = (await frieda.get(path)).html;
    expect(page).toContain("Bitte um Prüfung der Angebote");
    expect(page).toContain("von der Stadt");
    const log = JSON.stringify(await database.db.select().from(audit));
    expect(log).toContain(`"staff.invite","subject":"organization:${path.split("/")[1]}"`);
    for (const text of [page, log, JSON.stringify(await database.db.select().from(invitations))]) expect(text).not.toContain(code);
    expect(log).not.toContain("Söhne");
  });

  it("are not invited where the form does not say what for; the page says so beside the field", async () => {
    const frieda = await person("Frieda", "freigabe");
    const path = await pathOf(frieda, heim);
    const refused = await frieda.post(`${path}/invite`, { purpose: naughty });
    expect(refused.status).toBe(400);
    expect(refused.html).toContain('id="purpose-error"');
    expect(refused.html).toContain('aria-invalid="true"');
    expect(refused.html).not.toContain("<script>alert");
    expect(await database.db.select().from(invitations)).toEqual([]);
  });

  it("get a new link in place of one, which is void then; of two who do it at once the second is told", async () => {
    const [frieda, adam] = [await person("Frieda", "freigabe"), await person("Adam", "admin")];
    const path = await pathOf(frieda, heim);
    const code = codeIn((await frieda.post(`${path}/invite`, { purpose: "join" })).html);
    const [link] = await database.db.select().from(invitations);
    const both = await Promise.all([frieda, adam].map((each) => each.post(`${path}/invitations/${link?.id}/renew`)));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const renewed = both.find(({ status }) => status === 200)?.html ?? "";
    expect(renewed).toContain("Der Link davor gilt nicht mehr.");
    expect((await access().look(code)).kind).toBe("revoked");
    expect((await access().look(codeIn(renewed))).kind).toBe("open");
    expect(await database.db.select().from(invitations)).toHaveLength(2);
    await access().redeem(codeIn(renewed));
    const used = (await database.db.select().from(invitations)).find(({ usedAt }) => usedAt !== null);
    expect((await frieda.post(`${path}/invitations/${used?.id}/withdraw`)).status).toBe(409);
    expect((await frieda.get(path)).html).toContain("benutzt am");
  });

  it("lose one link or all access; a link of another organisation is as if it did not exist", async () => {
    const frieda = await person("Frieda", "freigabe");
    const [path, others] = [await pathOf(frieda, heim), await pathOf(frieda, verein)];
    const codes: string[] = [];
    for (const each of [path, path, others]) codes.push(codeIn((await frieda.post(`${each}/invite`, { purpose: "join" })).html));
    const [first, , foreign] = await database.db.select().from(invitations).orderBy(invitations.id);
    expect((await frieda.post(`${path}/invitations/${foreign?.id}/withdraw`)).status).toBe(404);
    expect((await frieda.post(`${path}/invitations/x/withdraw`)).status).toBe(400);
    expect((await frieda.post(`${path}/invitations/${first?.id}/withdraw`)).to).toBe(`/console/${path}?done=withdrawn`);
    const states = async () => await Promise.all(codes.map(async (code) => (await access().look(code)).kind));
    expect(await states()).toEqual(["revoked", "open", "open"]);
    const session = await putSession(database.db, { organization: heim }, new Date());
    expect((await frieda.post(`${path}/end`)).to).toBe(`/console/${path}?done=ended`);
    expect(await states()).toEqual(["revoked", "revoked", "open"]);
    expect(await access().find(session)).toBeUndefined();
    expect((await frieda.get(`${path}?done=ended`)).html).toContain("niemand ist mehr angemeldet");
  });

  it("can lose their access also when their offers are gone", async () => {
    const frieda = await person("Frieda", "freigabe");
    const code = codeIn((await frieda.post(`${await pathOf(frieda, heim)}/invite`, { purpose: "join" })).html);
    await loadOrganizations(
      database.db,
      offers.filter(({ organization }) => organization !== heim),
    );
    await opened.catalogue.refresh();
    const path = await pathOf(frieda, heim);
    const { html } = await frieda.get(path);
    expect(html).toContain("Von dieser Organisation steht kein Angebot mehr im Katalog.");
    expect(html).not.toContain(`action="/console/${path}/invite"`);
    expect((await frieda.post(`${path}/invite`, { purpose: "join" })).status).toBe(404);
    expect((await frieda.post(`${path}/end`)).status).toBe(303);
    expect((await access().look(code)).kind).toBe("revoked");
  });

  it("show a link that has expired, which can be made anew", async () => {
    const frieda = await person("Frieda", "freigabe");
    const path = await pathOf(frieda, heim);
    const old = new Date(Date.now() - 100 * dayMs);
    await database.db.insert(invitations).values({
      ...{ codeHash: "x", organization: heim, purpose: "join", madeBy: "provider", createdAt: old },
      expiresAt: new Date(old.getTime() + 14 * dayMs),
    });
    const { html } = await frieda.get(path);
    expect(html).toContain("abgelaufen");
    expect(html).toContain("von der Organisation selbst");
    const [row] = await database.db.select().from(invitations);
    expect(html).not.toContain("/withdraw");
    expect((await frieda.post(`${path}/invitations/${row?.id}/renew`)).status).toBe(200);
  });
});
