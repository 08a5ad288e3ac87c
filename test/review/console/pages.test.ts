import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { StaffRole } from "../../../src/core/people.ts";
import { audit, contacts, feedback, handoverMessages, handovers, proposals, turns } from "../../../src/database/schema.ts";
import { at, emptyAccounts, putAccount, putSession } from "../../support/console.ts";
import { openWholeConsole, type WholeConsole } from "../../support/console-sections.ts";
import { databaseKinds } from "../../support/databases.ts";
import { heim, publicUrl } from "../../support/organizations.ts";

const naughty = [
  "<script>alert(1)</script>",
  `"><img src=x onerror=alert(1)>`,
  "'; drop table articles; --",
  "{{7*7}} #{7*7}",
  "مرحبا بالعالم",
  "👧🏽 Z͑ͫ̓ͪ̂ͫ̽a̴l̵g̶o".normalize("NFC"),
];

const dayMs = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * dayMs).toISOString().slice(0, 10);

/** What a page shows of a text: the same letters, written as text. */
const asText = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;").replaceAll("'", "&#39;");

const formOf = (change: Readonly<Record<string, string>> = {}) => ({
  "title-de": "Trinkbrunnen in München",
  "text-de": "In München gibt es viele Trinkbrunnen. Das Wasser kostet nichts.",
  questions: "Wo gibt es einen Trinkbrunnen?\nen: Where is a drinking fountain?",
  need: "",
  validUntil: inDays(90),
  sourceName: "Baureferat",
  sourceUrl: "https://example.org/brunnen",
  ...change,
});

describe.each(databaseKinds())("pages of the console over the operations (%s)", (kind) => {
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
    for (const table of [feedback, turns, handoverMessages, handovers, proposals, contacts]) await database.db.delete(table);
    await database.db.execute(sql`truncate articles restart identity cascade`);
    await opened.catalogue.refresh();
  });

  /** A browser without scripts, of somebody who is signed in. */
  async function person(name: string, role: StaffRole) {
    const account = await putAccount(database.db, name, role);
    const cookie = `console_session=${await putSession(database.db, { account, role }, new Date())}`;
    const send = async (path: string, fields?: Readonly<Record<string, string>>) => {
      const body = fields === undefined ? {} : { method: "POST", body: new URLSearchParams(fields) };
      const response = await site.app.request(`/console/${path}`, { ...body, headers: { Origin: publicUrl, Cookie: cookie } });
      return { status: response.status, to: response.headers.get("Location"), html: await response.text(), headers: response.headers };
    };
    return { account, get: (path: string) => send(path), post: (path: string, fields = {}) => send(path, fields) };
  }

  async function putTalk(text = "Ich brauche einen Menschen."): Promise<number> {
    const conversationId = randomUUID();
    await database.db
      .insert(contacts)
      .values({ id: conversationId, channel: "telegram", addressHash: conversationId, addressEncrypted: "x" });
    const [row] = await database.db.insert(handovers).values({ conversationId, state: "waiting", lang: "de", askedAt: at }).returning();
    await database.db.insert(handoverMessages).values({ handoverId: row?.id ?? 0, writer: "person", text });
    return row?.id ?? 0;
  }

  const recorded = async () => (await database.db.select().from(audit).orderBy(audit.id)).map((row) => [row.by, row.action, row.subject]);

  describe("talks", () => {
    it("are taken, answered, given back and ended, and each step is written down", async () => {
      const id = await putTalk();
      const anna = await person("Anna", "redaktion");
      expect((await anna.get("talks")).html).toContain(`href="/console/talks/${id}"`);
      expect((await anna.get(`talks/${id}`)).html).toContain("Ich brauche einen Menschen.");
      expect((await anna.post(`talks/${id}/take`)).to).toBe(`/console/talks/${id}?done=taken`);
      const taken = await anna.get(`talks/${id}?done=taken`);
      expect(taken.html).toContain("Sie haben das Gespräch.");
      expect(taken.html).toContain("(bei mir)");
      expect((await anna.post(`talks/${id}/say`, { text: "Guten Tag!" })).to).toBe(`/console/talks/${id}?done=sent`);
      expect((await anna.get(`talks/${id}`)).html).toContain("Guten Tag!");
      expect((await anna.post(`talks/${id}/release`)).to).toBe("/console/talks?done=released");
      expect((await anna.post(`talks/${id}/close`)).to).toBe("/console/talks?done=closed");
      expect((await anna.get("talks")).html).not.toContain(`href="/console/talks/${id}"`);
      expect((await anna.get("talks?all=1")).html).toContain(`href="/console/talks/${id}"`);
      const by = `account:${anna.account}`;
      const actions = (await recorded()).filter(([who]) => who === by).map(([, action, subject]) => `${action} ${subject}`);
      expect(actions.filter((action) => action.startsWith("staff."))).toEqual(
        ["take", "say", "release", "close"].map((step) => `staff.handovers.${step} talk:${id}`),
      );
      expect(actions.filter((action) => action === `talk.view talk:${id}`)).toHaveLength(3);
    });

    it("go to one of two people who take them at once; the other is told, and cannot write", async () => {
      const id = await putTalk();
      const people = [await person("Anna", "redaktion"), await person("Bert", "redaktion")] as const;
      const both = await Promise.all(people.map((each) => each.post(`talks/${id}/take`)));
      expect(both.map(({ status }) => status).sort()).toEqual([303, 409]);
      const first = both.findIndex(({ status }) => status === 303);
      const [winner, loser] = first === 0 ? people : [people[1], people[0]];
      const refused = both[1 - first];
      expect(refused?.html).toContain("Das geht gerade nicht");
      expect(refused?.html).toMatch(/<p class="detail" lang="en"/);
      const seen = await loser.get(`talks/${id}`);
      expect(seen.html).toContain(winner === people[0] ? "<bdi>Anna</bdi>)" : "<bdi>Bert</bdi>)");
      expect(seen.html).not.toContain('name="text"');
      expect((await loser.post(`talks/${id}/say`, { text: "Ich auch" })).status).toBe(409);
      expect((await winner.get(`talks/${id}`)).html).not.toContain("Ich auch");
    });

    it("show what people wrote as text, keep what is too long, and say what is missing", async () => {
      const anna = await person("Anna", "redaktion");
      for (const text of naughty) {
        const id = await putTalk(text);
        expect((await anna.get(`talks/${id}`)).html).toContain(asText(text));
        await anna.post(`talks/${id}/say`, { text: `Antwort ${text}` });
        expect((await anna.get(`talks/${id}`)).html).toContain(asText(`Antwort ${text}`));
      }
      const id = await putTalk();
      const empty = await anna.post(`talks/${id}/say`, { text: "  " });
      expect([empty.status, empty.html.includes("Bitte schreiben Sie etwas.")]).toEqual([400, true]);
      const long = `${"Wort ".repeat(500)}Ende`;
      const kept = await anna.post(`talks/${id}/say`, { text: long });
      expect([kept.status, kept.html.includes(long)]).toEqual([400, true]);
      expect((await anna.get("talks/12345")).status).toBe(404);
      expect((await anna.get("talks/abc")).status).toBe(404);
      const reader = await person("Rita", "leser");
      expect((await reader.get(`talks/${id}`)).html).not.toContain("<textarea");
    });
  });

  describe("articles", () => {
    it("are written by one and let out by another, taken back, and brought back", async () => {
      const anna = await person("Anna", "freigabe");
      const bert = await person("Bert", "freigabe");
      expect((await anna.post("articles/new", formOf())).to).toBe("/console/articles/1?done=saved");
      expect((await anna.get("articles/1?done=saved")).html).toContain("Gespeichert.");
      expect((await anna.post("articles/1/approve")).status).toBe(409);
      expect((await anna.post("articles/1/submit")).status).toBe(303);
      const own = await anna.get("articles/1");
      expect(own.html).toContain("Eine andere Person gibt sie frei.");
      expect(own.html).not.toContain('action="/console/articles/1/approve"');
      const refused = await anna.post("articles/1/approve");
      expect([refused.status, refused.html.includes("Das geht gerade nicht")]).toEqual([409, true]);
      expect((await bert.get("articles")).html).toMatch(/<span aria-hidden="true">1<\/span>/);
      expect((await bert.post("articles/1/approve")).to).toBe("/console/articles/1?done=published");
      const shown = await bert.get("articles/1");
      expect(shown.html).toContain("<bdi>Anna</bdi>");
      expect(shown.html).toContain("<bdi>Bert</bdi>");

      expect((await bert.post("articles/1/edit", formOf({ "text-de": "Das Wasser kostet Geld." }))).status).toBe(303);
      const changed = await anna.get("articles/1");
      expect(changed.html).toMatch(/<del>[^<]*nichts[^<]*<\/del>/);
      await bert.post("articles/1/submit");
      expect((await anna.post("articles/1/reject", { reason: "" })).status).toBe(400);
      expect((await anna.post("articles/1/reject", { reason: "Es kostet nichts." })).status).toBe(303);
      expect((await anna.post("articles/1/retire", { reason: "Wird geprüft." })).status).toBe(303);
      expect((await bert.post("articles/1/rollback", { version: "1" })).to).toBe("/console/articles/1?done=published");
      expect((await bert.post("articles/1/rollback", { version: "2" })).status).toBe(409);
      const subjects = (await recorded()).filter(([by]) => by === `account:${bert.account}`).map(([, action]) => action);
      expect(subjects).toContain("staff.articles.approve");
    });

    it("are tried before they go live: a page says which answers change, and a worse one needs a reason", async () => {
      const [text = ""] = naughty;
      const anna = await person("Anna", "redaktion");
      const bert = await person("Bert", "freigabe");
      const turnId = await putTurn(`${text} Wo gibt es einen Trinkbrunnen?`);
      await database.db.insert(feedback).values({ id: randomUUID(), turnId, rating: "right" });
      await anna.post("articles/new", formOf());
      expect((await bert.get("articles/1/trial")).html).toContain("Diese Fassung hat noch niemand ausprobiert.");
      expect((await anna.post("articles/1/trial")).to).toBe("/console/articles/1/trial");
      await expect
        .poll(async () => (await anna.get("articles/1/trial")).html, { timeout: 20_000, interval: 200 })
        .toContain("Ausprobiert am");
      const shown = (await bert.get("articles/1/trial")).html;
      expect(/\d+ besser[^<]*/.exec(shown)?.[0]).toMatch(/^\d+ besser, 1 schlechter, \d+ nur anders, von \d+ Fragen/);
      expect(shown).toContain(asText(text));
      expect(shown.indexOf("<td>schlechter</td>")).toBeGreaterThan(0);
      expect(shown).not.toMatch(/<script>alert/);
      expect((await anna.get("articles/77/trial")).status).toBe(404);
      await anna.post("articles/1/submit");
      const refused = await bert.post("articles/1/approve");
      expect([refused.status, refused.html.includes("1 known question worse")]).toEqual([409, true]);
      expect((await bert.post("articles/1/approve", { reason: "Der neue Text ist genauer." })).status).toBe(303);
      await database.db.delete(turns);
      expect((await bert.get("articles/1/trial")).html).toContain("Der Text der Frage ist schon gelöscht.");
      const actions = (await recorded()).map(([by, action, subject]) => `${by} ${action} ${subject}`);
      expect(actions).toContain(`account:${anna.account} staff.articles.trial article:1`);
      expect(actions).toContain(`account:${bert.account} article.trial article:1`);
    });

    it("keep all that was typed when something is wrong with it, and say what", async () => {
      const anna = await person("Anna", "redaktion");
      const typed = formOf({
        ...{ "title-de": `Titel ${naughty[0]}`, "text-en": "English text", sourceUrl: "kein Link" },
        validUntil: inDays(600),
      });
      const { status, html } = await anna.post("articles/new", typed);
      expect(status).toBe(400);
      expect(html).toMatch(/<div class="error-summary" role="alert">/);
      for (const text of [typed["title-de"], typed["text-de"], "English text", typed.questions, "kein Link", typed.validUntil])
        expect(html).toContain(asText(text));
      expect((await anna.get("articles")).html).toContain("Noch keine Artikel.");
    });

    it("are checked without being stored: plain language, what is alike, and how channels show it", async () => {
      const anna = await person("Anna", "redaktion");
      const typed = formOf({ "text-de": "Die Inanspruchnahme der Trinkbrunnen ist unentgeltlich." });
      const { status, html } = await anna.post("articles/new/check", typed);
      expect(status).toBe(200);
      expect(html).toContain("Inanspruchnahme</q>");
      for (const channel of ["Telegram", "Web", "Teams"]) expect(html).toContain(`<h3>${channel}</h3>`);
      expect(html).toContain(typed.questions.split("\n")[1]);
      expect((await anna.get("articles")).html).toContain("Noch keine Artikel.");
    });

    it.each(naughty)("show %j as text", async (text) => {
      const anna = await person("Anna", "redaktion");
      const saved = await anna.post("articles/new", formOf({ "title-de": text, "text-de": `Text: ${text}`, sourceName: text }));
      if (saved.status === 303) expect((await anna.get("articles")).html).toContain(asText(text));
      const page = saved.status === 303 ? await anna.get("articles/1/edit") : saved;
      expect(page.html).toContain(asText(text));
      expect(page.html).not.toMatch(/<script>alert|<img src=x/);
    });

    it("are not there under numbers that nothing has", async () => {
      const anna = await person("Anna", "freigabe");
      expect((await anna.get("articles/77")).status).toBe(404);
      expect((await anna.get("articles/x/edit")).status).toBe(404);
      expect((await anna.post("articles/77/submit")).status).toBe(409);
      expect((await anna.post("articles/1/rollback", { version: "zwei" })).status).toBe(400);
    });
  });

  async function putTurn(question: string | null): Promise<string> {
    const conversationId = randomUUID();
    await database.db
      .insert(contacts)
      .values({ id: conversationId, channel: "telegram", addressHash: conversationId, addressEncrypted: "x" });
    const id = randomUUID();
    await database.db.insert(turns).values({
      ...{ id, conversationId, inboxIds: [], kind: "offers", lang: "de", intent: "find-offer", confidence: 0.9, intents: [] },
      ...{ needs: [], slots: {}, offers: [{ id: "kita" }], question },
    });
    return id;
  }

  it("shows what was called wrong, with question and comment as text, and writes down who looked", async () => {
    const rita = await person("Rita", "leser");
    for (const text of naughty) {
      const turnId = await putTurn(`Frage ${text}`);
      await database.db.insert(feedback).values({ id: randomUUID(), turnId, rating: "wrong", reason: "outdated", comment: `Weil ${text}` });
    }
    await database.db.insert(feedback).values({ id: randomUUID(), turnId: await putTurn(null), rating: "wrong" });
    await database.db.insert(feedback).values({ id: randomUUID(), turnId: await putTurn("Gute Antwort"), rating: "right" });
    const { html } = await rita.get("ratings");
    for (const text of naughty) for (const shown of [`Frage ${text}`, `Weil ${text}`]) expect(html).toContain(asText(shown));
    expect(html).toContain("Diese Worte sind nicht gespeichert.");
    expect(html).not.toContain("Gute Antwort");
    expect(html).not.toMatch(/<script>alert|<img src=x/);
    expect((await recorded()).at(-1)).toEqual([`account:${rita.account}`, "ratings.view", null]);
  });

  it("has those decide on the catalogue who may, once, and shows the others what waits", async () => {
    const [text = ""] = naughty;
    const [row] = await database.db
      .insert(proposals)
      .values({ organization: heim, offerId: "heim-kurz", field: "description", base: "Alt", value: text, state: "open", proposedAt: at })
      .returning();
    const rita = await person("Rita", "leser");
    const fred = await person("Fred", "freigabe");
    const read = await rita.get("catalogue");
    expect(read.html).toContain(asText(text));
    expect(read.html).not.toContain("/console/catalogue/approve");
    const id = `proposal:${row?.id}`;
    expect((await fred.get("catalogue")).html).toContain(`value="${id}"`);
    expect((await fred.post("catalogue/reject", { id, reason: "Bitte ohne Code." })).to).toBe("/console/catalogue?done=rejected");
    expect((await fred.get("catalogue?done=rejected")).html).toContain("Abgelehnt.");
    expect((await fred.post("catalogue/approve", { id })).status).toBe(404);
    expect((await fred.post("catalogue/approve", { id: "<script>" })).status).toBe(400);
    expect((await recorded()).filter(([, action]) => action === "staff.reject")).toEqual([[`account:${fred.account}`, "staff.reject", id]]);
  });

  it("shows the numbers of a period, also as files", async () => {
    for (let count = 0; count < 3; count += 1) await putTurn("Wo ist eine Kita?");
    const rita = await person("Rita", "leser");
    const page = await rita.get("numbers");
    expect(page.html).toContain("<svg");
    expect(page.html).not.toMatch(/\sstyle=|<style/);
    const json = JSON.parse((await rita.get("numbers.json?days=7")).html);
    expect(json).toMatchObject({ days: 7 });
    const csv = await rita.get("numbers.csv");
    expect(csv.headers.get("Content-Type")).toMatch(/^text\/csv/);
    expect(csv.headers.get("Content-Disposition")).toMatch(/filename="stadtlotse-\d{4}-\d\d-\d\d\.csv"/);
    expect(csv.html.split("\n").length).toBeGreaterThan(5);
  });

  it("is in English for those who read that", async () => {
    const rita = await person("Rita", "leser");
    for (const [path, title] of [
      ["talks", "Talks"],
      ["articles", "Articles"],
      ["ratings", "Rated wrong"],
      ["catalogue", "Catalogue"],
      ["numbers", "Numbers"],
    ])
      expect((await rita.get(`${path}?lang=en`)).html).toContain(`<h1>${title}</h1>`);
  });
});
