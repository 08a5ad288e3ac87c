import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { StaffRole } from "../../../src/core/people.ts";
import { audit, overrides } from "../../../src/database/schema.ts";
import { offerOf } from "../../catalogue/fixtures.ts";
import { emptyAccounts, openStaff } from "../../support/console.ts";
import { openWholeConsole, type WholeConsole } from "../../support/console-sections.ts";
import { databaseKinds } from "../../support/databases.ts";
import { emptyHistory, loadOrganizations } from "../../support/organizations.ts";

const naughty = `"><script>alert(1)</script> عائشة`;
const dayMs = 86_400_000;
const daysAgo = (days: number) => new Date(Date.now() - days * dayMs).toISOString().slice(0, 10);
const checked = (id: string, organization: string, days: number) =>
  offerOf(id, { organization, status: "checked", checkedAt: daysAgo(days) });

describe.each(databaseKinds())("offers that nobody has checked for long, in the console (%s)", (kind) => {
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
    await emptyHistory(database.db);
    await database.db.delete(overrides);
  });

  const person = (name: string, role: StaffRole) => openStaff(database.db, site, name, role);
  async function load(...offers: Parameters<typeof loadOrganizations>[1] & object) {
    await loadOrganizations(database.db, offers);
    await opened.catalogue.refresh();
  }
  const idsIn = (html: string) => [...html.matchAll(/class="row-title" href="\/console\/catalogue\/offers\/([^"]+)"/g)].map(([, id]) => id);

  it("are listed by organisation, the oldest first, without those that were checked within half a year", async () => {
    await load(
      ...[checked("b-neu", "B", 20), checked("b-alt", "B", 200), checked("b-uralt", "B", 400), checked("a-alt", "A", 300)],
      ...[offerOf("c-nie", { organization: `C ${naughty}`, title: { de: `Nie ${naughty}` } }), checked("c-alt", `C ${naughty}`, 190)],
    );
    const rita = await person("Rita", "leser");
    const { html } = await rita.get("catalogue/stale");
    expect(idsIn(html)).toEqual(["c-nie", "c-alt", "b-uralt", "b-alt", "a-alt"]);
    expect(html).toContain("5 Angebote, 1 davon noch nie geprüft");
    expect([html.includes("<script>alert"), html.includes("/checked")]).toEqual([false, false]);
    expect(html).toMatch(/href="\/console\/organizations\/[0-9a-f-]{36}"/);
    expect((await rita.get("catalogue")).html).toContain('href="/console/catalogue/stale"');
    expect((await rita.post("catalogue/stale/c-nie/checked", { number: "0" })).status).toBe(403);
  });

  it("are marked as checked today, one at a time, and leave the list; of two at once the second is told", async () => {
    await load(checked("eins", "A", 300), checked("zwei", "A", 200));
    const [anna, bert] = [await person("Anna", "redaktion"), await person("Bert", "redaktion")];
    const both = await Promise.all([anna, bert].map((each) => each.post("catalogue/stale/eins/checked", { number: "0", page: "1" })));
    expect(both.map(({ status }) => status).sort()).toEqual([303, 409]);
    const { html } = await anna.get("catalogue/stale?page=1&done=checked");
    expect([idsIn(html), html.includes("Als heute geprüft gespeichert.")]).toEqual([["zwei"], true]);
    expect(opened.catalogue.offers().find(({ id }) => id === "eins")?.checkedAt).toMatch(/^\d{4}-\d\d-\d\d$/);
    const log = (await database.db.select().from(audit)).map(({ action, subject }) => `${action} ${subject}`);
    expect(log).toContain("staff.edit offer:eins");
    expect((await anna.post("catalogue/stale/gibt-es-nicht/checked", { number: "0" })).status).toBe(404);
    expect((await anna.post("catalogue/stale/zwei/checked", { number: "0" })).status).toBe(303);
    expect((await anna.get("catalogue/stale")).html).toContain("Alle Angebote sind im letzten halben Jahr geprüft worden.");
  });

  it("stand on several pages where they are many; after the last line of the last page the one before is shown", async () => {
    await load(...Array.from({ length: 26 }, (_, index) => offerOf(`nie-${index}`)));
    const anna = await person("Anna", "redaktion");
    expect((await anna.get("catalogue/stale")).html).toContain("Seite 1 von 2");
    const [last = ""] = idsIn((await anna.get("catalogue/stale?page=2")).html);
    const done = await anna.post(`catalogue/stale/${last}/checked`, { number: "0", page: "2" });
    expect(done.to).toBe("/console/catalogue/stale?page=2&done=checked");
    expect((await anna.get("catalogue/stale?page=2&done=checked")).to).toBe("/console/catalogue/stale?page=1&done=checked");
    expect(idsIn((await anna.get("catalogue/stale?page=1")).html)).toHaveLength(25);
  });
});
