import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { readOverrides } from "../../src/catalogue/overrides.ts";
import { sessions } from "../../src/database/schema.ts";
import { makeInvitation } from "../../src/people/invitations.ts";
import { createOrganizationLetters } from "../../src/people/letters.ts";
import { hashOf } from "../../src/people/secrets.ts";
import { pageWords } from "../../src/review/words.ts";
import { offerOf } from "../catalogue/fixtures.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../support/databases.ts";
import {
  at,
  emptyOrganizations,
  heim,
  loadOrganizations,
  type OrganizationSite,
  offers,
  openSite,
  openVisitor,
  publicUrl,
  signIn,
  type Visitor,
  verein,
} from "../support/organizations.ts";
import { itShared, sharedPath } from "../support/shared.ts";

const { de, en } = pageWords;
const seen = "2026-11-20T09:00:00Z";
const places = "/provider/offers/heim-kurz/places";
const Hostile = z.object({ text: z.string() });

const tagNames =
  "!doctype html head meta title link body a header div p span nav ul ol li form strong em button main h1 h2 h3 input select option label textarea section fieldset legend table thead tbody tr th td";
const ownTags = new Set(tagNames.split(" "));

/** Tags that the pages never hold, and those that would run something. */
function strangeTags(html: string): readonly string[] {
  const tags = html.replaceAll(/="[^"]*"/g, "=").match(/<[^>]*>/g) ?? [];
  const values = html.match(/\s(?:href|action)="(?!\/|#|http)[^"]*"/g) ?? [];
  return [...tags.filter((tag) => !ownTags.has(/^<\/?([^\s>/]*)/.exec(tag)?.[1] ?? "") || /\son\w+=/i.test(tag)), ...values];
}

describe.each(databaseKinds())("the pages of organisations (%s)", (kind) => {
  let database: TestDatabase;
  let site: OrganizationSite;
  let clock = at;

  beforeAll(async () => {
    database = await openTestDatabase(kind);
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    clock = at;
    await emptyOrganizations(database.db);
    await loadOrganizations(database.db);
    site = await openSite(database.db, { now: () => clock });
  });

  const enter = (organization = heim) => signIn(database.db, site, organization, clock);
  const invite = async (purpose: "join" | "confirm" = "join", organization = heim) =>
    (await makeInvitation(database.db, { organization, purpose, madeBy: "staff" }, clock)).code;
  const freeOf = (id: string) => site.catalogue.offers().find((offer) => offer.id === id)?.capacity?.available;

  it("send no script, allow none, are kept nowhere and framed by nobody", async () => {
    const visitor = await enter();
    for (const path of ["/provider", "/provider/network", "/provider/messages", "/provider/offers/heim-kurz", "/provider/nothing"]) {
      const { html, response } = await visitor.get(path);
      expect(response.headers.get("Content-Security-Policy")).toBe(
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      );
      expect(response.headers.get("Cache-Control")).toBe("no-store");
      expect(response.headers.get("Referrer-Policy")).toBe("same-origin");
      expect(html).not.toMatch(/<script|\son\w+=|\sstyle=|<style/);
    }
  });

  it("keep the session in a cookie that no script reads, over HTTPS only where there is HTTPS", async () => {
    const cookieAt = async (address: string) => {
      const own = await openSite(database.db, { publicUrl: address });
      const { response } = await openVisitor(own, new URL(address).origin).post("/provider/join", { code: await invite() });
      return response.headers.getSetCookie()[0] ?? "";
    };
    const plain = await cookieAt(publicUrl);
    expect(plain).toMatch(/^provider_session=[\w-]{43}; Max-Age=43200; Path=\/provider; HttpOnly; SameSite=Lax$/);
    expect(await cookieAt("https://chat.example.org/lotse/")).toMatch(/; Path=\/lotse\/provider; HttpOnly; Secure; SameSite=Lax$/);
  });

  it("let a link in once, after a press of a button, and say why not a second time", async () => {
    const code = await invite();
    const visitor = openVisitor(site);
    for (let look = 0; look < 2; look += 1) {
      const page = await visitor.get(`/provider/join?code=${code}`);
      expect([page.status, page.html.includes(heim)]).toEqual([200, true]);
    }
    expect((await visitor.post("/provider/join", { code })).response.headers.get("Location")).toBe("/provider");
    expect((await visitor.get("/provider")).html).toContain("Kurzzeit-Pflege Nord");
    const other = openVisitor(site);
    for (const page of [await other.get(`/provider/join?code=${code}`), await other.post("/provider/join", { code })]) {
      expect(page.status).toBe(410);
      expect(page.html).toContain(de.refused.used.title);
      expect(page.html).not.toContain(heim);
    }
    expect((await other.get("/provider")).status).toBe(401);
  });

  it("refuse expired and forged links and sessions, and tell nothing", async () => {
    const code = await invite();
    clock = new Date(at.getTime() + 14 * 86_400_000);
    const stranger = openVisitor(site);
    const expired = await stranger.get(`/provider/join?code=${code}`);
    expect([expired.status, expired.html.includes(de.refused.expired.title)]).toEqual([410, true]);
    for (const forged of ["", "x".repeat(5000), "%00", "..%2F", encodeURIComponent("<script>alert(1)</script>")]) {
      const page = await stranger.get(`/provider/join?code=${forged}`);
      expect([page.status, page.html.includes(de.refused.unknown.title)]).toEqual([404, true]);
      expect(page.html.replaceAll(/href="[^"]*"/g, "")).not.toMatch(/alert|xxxx/);
    }
    for (const path of ["/provider", "/provider/network", "/provider/messages", "/provider/offers/heim-kurz", "/provider/offers/nothing"]) {
      const bare = await stranger.get(path, { Cookie: "provider_session=forged" });
      expect([path, bare.status]).toEqual([path, 401]);
      expect(bare.html).not.toMatch(/Beispiel-Heim|Kurzzeit/);
    }
    expect((await stranger.post(places, { available: "0", seen })).status).toBe(401);
    expect(await readOverrides(database.db)).toEqual([]);
  });

  it("refuse a session of another role, clearly, with every page and form", async () => {
    const expiresAt = new Date(clock.getTime() + 1000);
    await database.db.insert(sessions).values({ tokenHash: hashOf("staff"), role: "admin", createdAt: clock, expiresAt });
    const headers = { Cookie: "provider_session=staff" };
    for (const path of ["/provider", "/provider/network", "/provider/messages", "/provider/offers/heim-kurz/texts", "/provider/nothing"]) {
      const response = await site.app.request(path, { headers });
      expect([path, response.status]).toEqual([path, 403]);
      expect(await response.text()).toContain(de.refused["wrong-role"].title);
    }
    const body = new URLSearchParams({ available: "0", seen });
    const written = await site.app.request(places, { method: "POST", body, headers: { ...headers, Origin: publicUrl } });
    expect(written.status).toBe(403);
    expect(await readOverrides(database.db)).toEqual([]);
  });

  it("end a session after 12 hours, by signing out, and when another link is opened", async () => {
    const visitor = await enter();
    clock = new Date(at.getTime() + 12 * 3_600_000 - 1);
    expect((await visitor.get("/provider")).status).toBe(200);
    clock = new Date(at.getTime() + 12 * 3_600_000);
    expect((await visitor.get("/provider")).status).toBe(401);
    const again = await enter();
    expect((await again.post("/provider/sign-out")).response.headers.get("Location")).toBe("/provider/signed-out");
    expect((await again.get("/provider/signed-out")).html).toContain(de.refused.goodbye.title);
    expect((await again.get("/provider")).status).toBe(401);
    const third = await enter();
    await third.post("/provider/join", { code: await invite("join", verein) });
    const page = await third.get("/provider");
    expect(page.html).toContain("Kurzzeit-Pflege Verein");
    expect(page.html).not.toContain("Kurzzeit-Pflege Nord");
  });

  it("take no form from another page, in no unsafe method", async () => {
    const visitor = await enter();
    const code = await invite();
    const forms: readonly (readonly [string, Record<string, string>])[] = [
      ["/provider/join", { code }],
      [places, { available: "0", seen }],
      ["/provider/offers/heim-kurz/confirm", {}],
      ["/provider/offers/heim-kurz", { title_de: "x" }],
      ["/provider/messages", { to: verein, text: "Hallo" }],
      ["/provider/next-link", {}],
      ["/provider/sign-out", {}],
    ];
    for (const [path, fields] of forms)
      for (const origin of ["https://evil.example", "null", "", "http://127.0.0.1:9999"]) {
        const page = await visitor.post(path, fields, { Origin: origin });
        expect([path, origin, page.status]).toEqual([path, origin, 403]);
      }
    for (const method of ["PUT", "PATCH", "DELETE"])
      expect((await site.app.request("/provider", { method, headers: { Origin: "https://evil.example" } })).status).toBe(403);
    expect(await readOverrides(database.db)).toEqual([]);
    expect((await visitor.get("/provider")).status).toBe(200);
    expect((await openVisitor(site).get(`/provider/join?code=${code}`)).status).toBe(200);
    expect((await visitor.post(places, { available: "2", seen }, { Origin: "http://localhost:8787" })).status).toBe(303);
  });

  it("save a number, a step up or down, and say so", async () => {
    const visitor = await enter();
    const saved = await visitor.post(places, { available: "4", seen });
    expect(saved.response.headers.get("Location")).toBe("/provider?done=places&offer=heim-kurz#offer-heim-kurz");
    expect(freeOf("heim-kurz")).toBe(4);
    const page = await visitor.get("/provider?done=places&offer=heim-kurz");
    expect(page.html).toContain(de.savedPlaces("Kurzzeit-Pflege Nord"));
    expect(page.html).toContain("22. November 2026 um 13:00");
    await visitor.post(places, { available: "4", step: "-1", seen: at.toISOString() });
    expect(freeOf("heim-kurz")).toBe(3);
    await visitor.post(places, { available: "3", step: "1", seen: at.toISOString() });
    await visitor.post(places, { available: "0", step: "-1", seen: at.toISOString() });
    expect(freeOf("heim-kurz")).toBe(0);
    await visitor.post(places, { remove: "1", seen: at.toISOString() });
    expect(freeOf("heim-kurz")).toBeUndefined();
  });

  it("name a wrong number at its field, keep what was typed, and change nothing", async () => {
    const visitor = await enter();
    for (const typed of ["", "-1", "2,5", "viele", "1e3", "1000000", "100001", "0x10", '"><img src=x onerror=alert(1)>']) {
      const page = await visitor.post(places, { available: typed, seen });
      expect([typed, page.status]).toEqual([typed, 400]);
      expect(page.html).toContain('aria-invalid="true" aria-describedby="places-heim-kurz-error"');
      expect(page.html).toContain(`<p class="field-error" id="places-heim-kurz-error">${de.errors.number}</p>`);
      expect(page.html).not.toContain("<img");
    }
    const many = await visitor.post(places, { available: "6", seen });
    expect([many.status, many.html.includes(de.errors["too-many"](5))]).toEqual([400, true]);
    const late = await visitor.post(places, { available: "1", seen: "2026-11-19T09:00:00Z" });
    expect([late.status, late.html.includes(de.errors.newer)]).toEqual([409, true]);
    expect((await visitor.post(places, { available: "1", seen, unit: "x" })).status).toBe(400);
    expect((await visitor.post(places, { available: "1", seen: "x".repeat(70_000) })).status).toBe(413);
    expect(freeOf("heim-kurz")).toBe(3);
  });

  it("treat an offer of others like one that does not exist", async () => {
    const visitor = await enter();
    const bodies: string[] = [];
    for (const id of ["verein-kurz", "nichts", "__proto__", "%2e%2e"]) {
      for (const page of [
        await visitor.get(`/provider/offers/${id}`),
        await visitor.post(`/provider/offers/${id}`, { title_de: "x" }),
        await visitor.post(`/provider/offers/${id}/places`, { available: "1", seen: "" }),
        await visitor.post(`/provider/offers/${id}/confirm`),
      ]) {
        expect([id, page.status]).toEqual([id, 404]);
        bodies.push(page.html.replaceAll(/href="[^"]*lang=\w\w"| aria-current="page"/g, ""));
      }
    }
    expect(new Set(bodies).size).toBe(1);
    expect((await visitor.post("/provider/confirm", { offer: "verein-kurz" })).status).toBe(404);
    expect(await readOverrides(database.db)).toEqual([]);
  });

  it("ask whether all is still right, on the page and by a link, and take one tap", async () => {
    const visitor = await enter();
    expect((await visitor.get("/provider")).html).toContain(de.confirm);
    expect((await visitor.post("/provider/offers/heim-tag/confirm")).status).toBe(303);
    expect((await visitor.get("/provider")).html).not.toContain(de.confirm);
    const code = await invite("confirm", verein);
    const other = openVisitor(site);
    const page = await other.get(`/provider/join?code=${code}`);
    expect(page.html).toContain(de.join.confirmTitle);
    expect(page.html.match(/name="offer" value="verein-(?:kurz|nah)"/g)).toHaveLength(2);
    const body = new URLSearchParams([
      ["code", code],
      ["confirm", "1"],
      ["offer", "verein-kurz"],
      ["offer", "verein-nah"],
      ["offer", "kita"],
    ]);
    const response = await site.app.request("/provider/join", { method: "POST", body, headers: { Origin: publicUrl } });
    expect(response.headers.get("Location")).toBe("/provider?done=confirmed");
    const days = site.catalogue.offers().map(({ id, checkedAt }) => [id, checkedAt]);
    expect(days).toEqual([
      ["heim-kurz", "2026-10-01"],
      ["heim-tag", "2026-11-22"],
      ["verein-kurz", "2026-11-22"],
      ["verein-nah", "2026-11-22"],
      ["kita", undefined],
    ]);
  });

  it("take texts for staff to read, and name each field that cannot be taken", async () => {
    const visitor = await enter();
    const wrong = await visitor.post("/provider/offers/heim-kurz", { title_de: "", summary_de: "Neu", url: "nix", phone: "089 <b>1</b>" });
    expect(wrong.status).toBe(400);
    for (const field of ["title_de", "url"]) expect(wrong.html).toContain(`id="text-${field}-error"`);
    expect(wrong.html).toContain('value="089 &lt;b&gt;1&lt;/b&gt;"');
    const taken = await visitor.post("/provider/offers/heim-kurz", {
      ...{ title_de: "Pflege auf Zeit", summary_de: "Neu", url: "https://example.org/" },
    });
    expect(taken.response.headers.get("Location")).toBe("/provider?done=proposed");
    const page = await visitor.get("/provider?done=proposed");
    expect(page.html).toContain(de.waiting);
    expect(page.html).toContain("Kurzzeit-Pflege Nord");
    expect((await visitor.get("/provider/offers/heim-kurz")).html).toContain('value="Pflege auf Zeit"');
  });

  it("make the next link, which lets in once and ends when another is made", async () => {
    const visitor = await enter();
    const linkIn = (html: string) => /value="(http[^"]+)"/.exec(html)?.[1] ?? "";
    const first = linkIn((await visitor.post("/provider/next-link")).html);
    const second = linkIn((await visitor.post("/provider/next-link")).html);
    const pathOf = (link: string) => link.slice(publicUrl.length);
    expect((await openVisitor(site).get(pathOf(first))).status).toBe(410);
    expect((await openVisitor(site).get(pathOf(second))).html).toContain(heim);
    expect((await visitor.get("/provider")).html).not.toContain(second);
  });

  it("carry letters to and fro, and hide what was reported", async () => {
    const [mine, theirs] = [await enter(), await enter(verein)];
    const talk = `/provider/messages?with=${encodeURIComponent(verein)}`;
    const sent = await mine.post("/provider/messages", { to: verein, text: "Haben Sie ein Bett? lisa@example.org" });
    expect(sent.response.headers.get("Location")).toBe(`${talk}&done=sent`);
    expect((await theirs.get("/provider")).html).toContain(de.unread(1));
    const read = await theirs.get(`/provider/messages?with=${encodeURIComponent(heim)}`);
    expect(read.html).toContain("Haben Sie ein Bett?");
    expect(read.html).not.toContain("lisa@");
    expect((await theirs.get("/provider")).html).not.toContain(de.unread(1));
    await theirs.post("/provider/messages", { to: heim, text: "Ja." });
    expect((await mine.get(talk)).html).toContain("Ja.");
    const id = /messages\/(\d+)\/report/.exec(read.html)?.[1];
    expect((await mine.post(`/provider/messages/${id}/report`)).status).toBe(404);
    expect((await theirs.post(`/provider/messages/${id}/report`)).status).toBe(303);
    const after = await theirs.get(`/provider/messages?with=${encodeURIComponent(heim)}`);
    expect(after.html).toContain(de.reported);
    expect(after.html).not.toContain("Haben Sie ein Bett?");
  });

  it("send no letter that is empty, too long, too many or to nobody", async () => {
    const visitor = await enter();
    for (const text of ["", " \n\u200b", "x".repeat(2001)]) {
      const page = await visitor.post("/provider/messages", { to: verein, text });
      expect([page.status, page.html.includes(`id="letter-error"`)]).toEqual([400, true]);
    }
    for (const to of ["Niemand", heim, "", "__proto__"])
      expect((await visitor.post("/provider/messages", { to, text: "Hallo" })).status).toBe(404);
    expect((await visitor.get("/provider/messages?with=Niemand")).status).toBe(404);
    for (const id of ["0", "-1", "x", "99999999999"]) expect((await visitor.post(`/provider/messages/${id}/report`)).status).toBe(404);
    for (let count = 0; count < 10; count += 1) await visitor.post("/provider/messages", { to: verein, text: `Nr. ${count}` });
    const page = await visitor.post("/provider/messages", { to: verein, text: "zu viel" });
    expect([page.status, page.html.includes(de.errors["too-many-letters"]), page.html.includes("zu viel")]).toEqual([429, true, true]);
    expect(await createOrganizationLetters(database.db, () => clock).list(verein)).toHaveLength(10);
  });

  it("speak English on request and remember it, German otherwise", async () => {
    const visitor = await enter();
    expect((await visitor.get("/provider")).html).toContain(de.next.lead);
    const page = await visitor.get("/provider?lang=en");
    expect(page.html).toContain('<html lang="en">');
    expect(page.html).toContain("Short-term care North");
    expect((await visitor.get("/provider/network")).html).toContain(en.similarLead);
    expect((await openVisitor(site).get("/provider", { "Accept-Language": "en-GB,en" })).html).toContain(en.refused["signed-out"].title);
    expect((await openVisitor(site).get("/provider?lang=__proto__")).html).toContain('<html lang="de">');
  });

  itShared(
    "keep hostile texts text, wherever an organisation writes or is written of",
    async () => {
      const lines = (await readFile(sharedPath("data/hostile/hostile.jsonl"), "utf8")).trim().split("\n");
      const texts = lines.map((line) => Hostile.parse(JSON.parse(line)).text).filter((text) => /[<>"'&]|javascript:/i.test(text));
      expect(texts.length).toBeGreaterThan(150);
      const evil = `Evil "><script>alert(1)</script>`;
      await loadOrganizations(database.db, [
        ...offers,
        offerOf("evil", { organization: evil, title: { de: evil }, summary: { de: evil }, district: evil, needs: ["kurzzeitpflege"] }),
      ]);
      await site.catalogue.refresh();
      const check = ({ html, status }: { readonly html: string; readonly status: number }) => {
        expect(status).toBeLessThan(500);
        expect(strangeTags(html)).toEqual([]);
        expect(html).not.toMatch(/<script|<img|<svg|<iframe/i);
      };
      const visitor: Visitor = await enter(evil);
      for (const text of texts) {
        check(await visitor.post("/provider/offers/evil", { title_de: text, summary_de: text, note: text, url: text, phone: text }));
        check(await visitor.post("/provider/offers/evil/places", { available: text, seen: "" }));
      }
      const letters = createOrganizationLetters(database.db, () => clock);
      for (const [index, text] of texts.entries()) {
        clock = new Date(at.getTime() + index * 3_600_000);
        await letters.send({ from: evil, to: heim, text });
      }
      clock = at;
      for (const path of ["/provider", "/provider/network", "/provider/messages", "/provider/offers/evil"]) check(await visitor.get(path));
      const reader = await enter();
      check(await reader.get(`/provider/messages?with=${encodeURIComponent(evil)}`));
      check(await reader.get("/provider/network"));
    },
    120_000,
  );
});
