import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { StaffRole } from "../../../src/core/people.ts";
import {
  articleEvents,
  articles,
  articleVersions,
  askers,
  clusters,
  forwards,
  lessons,
  needWords,
  publications,
  publicationTurns,
  turns,
} from "../../../src/database/schema.ts";
import { createAskers } from "../../../src/review/publications/store.ts";
import { readLessons } from "../../../src/understanding/lessons.ts";
import { type ConsoleSite, emptyAccounts, openConsoleSite, putAccount, putSession } from "../../support/console.ts";
import { openSections } from "../../support/console-sections.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../../support/databases.ts";
import { publicUrl } from "../../support/organizations.ts";
import { openClusterTest } from "../clusters/fixtures.ts";

const dogs = ["Darf mein Hund mit ins Freibad?", "Sind Hunde im Freibad erlaubt?", "Hund mitnehmen ins Freibad erlaubt"];
const dayMs = 86_400_000;

const article = {
  "title-de": "Hunde im Freibad",
  "text-de": "Hunde dürfen nicht in das Freibad.",
  questions: "Darf mein Hund mit ins Freibad?",
  need: "",
  validUntil: new Date(Date.now() + 90 * dayMs).toISOString().slice(0, 10),
  sourceName: "Bäder",
  sourceUrl: "https://example.org/hunde",
};

describe.each(databaseKinds())("the inbox of the console (%s)", (kind) => {
  let database: TestDatabase;
  let site: ConsoleSite;
  let test: ReturnType<typeof openClusterTest>;
  let catalogue: Awaited<ReturnType<typeof openSections>>["catalogue"];
  let operate: Awaited<ReturnType<typeof openSections>>["operate"];

  beforeAll(async () => {
    database = await openTestDatabase(kind);
    test = openClusterTest(database.db);
    const opened = await openSections(database.db, () => new Date());
    ({ catalogue, operate } = opened);
    const { sections } = opened;
    site = await openConsoleSite(database.db, { sections, now: () => new Date() });
  });
  afterAll(async () => {
    site.close();
    await database.close();
  });
  beforeEach(async () => {
    for (const table of [askers, publications, articleEvents, articleVersions, articles, lessons, needWords])
      await database.db.delete(table);
    await test.empty();
    await emptyAccounts(database.db);
  });

  /** A browser without scripts, of somebody who is signed in. */
  async function person(name: string, role: StaffRole) {
    const account = await putAccount(database.db, name, role);
    const cookie = `console_session=${await putSession(database.db, { account, role }, new Date())}`;
    const send = async (path: string, fields?: URLSearchParams) => {
      const body = fields === undefined ? {} : { method: "POST", body: fields };
      const response = await site.app.request(`/console/${path}`, { ...body, headers: { Origin: publicUrl, Cookie: cookie } });
      return { status: response.status, to: response.headers.get("Location") ?? "", html: await response.text() };
    };
    return {
      get: (path: string) => send(path),
      post: (path: string, fields: Record<string, string> = {}) => send(path, new URLSearchParams(fields)),
      send,
    };
  }

  /** A cluster of three who asked the same. */
  async function putCluster(questions: readonly string[] = dogs): Promise<number> {
    await test.askAll(questions);
    await test.openKeeper().step();
    const { lines } = await test.list();
    const id = lines[0]?.id;
    if (id === undefined) throw new Error("No cluster came about.");
    return id;
  }

  it("shows what was asked, by what it means, with its questions as text", async () => {
    const id = await putCluster(dogs.map((question) => `${question} <script>alert(1)</script>`));
    const reader = await person("Lena", "leser");
    const list = await reader.get("inbox");
    expect(list.html).toContain("3-mal gefragt");
    expect(list.html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    const page = await reader.get(`inbox/${id}`);
    for (const question of dogs) expect(page.html).toContain(question);
    expect(page.html).not.toContain("<script>alert");
    expect(page.html).not.toContain(`/console/inbox/${id}/ignore`);
    expect((await reader.post(`inbox/${id}/ignore`)).status).toBe(403);
    const [turn] = await database.db.select().from(turns);
    expect((await reader.get(`inbox/${id}/context/${turn?.id}`)).html).toContain("Was davor gefragt wurde");
  });

  it("carries out what an editor decides, and keeps who did it", async () => {
    const id = await putCluster();
    const editor = await person("Rita", "redaktion");
    const steps: readonly (readonly [string, Record<string, string>])[] = [
      ["title", { title: "Hund & Freibad" }],
      ["note", { note: "Frage an das Bäder-Amt" }],
      ["assign", {}],
      ["ignore", {}],
      ["restore", {}],
      ["forward", {}],
    ];
    for (const [name, fields] of steps)
      expect([name, await editor.post(`inbox/${id}/${name}`, fields)]).toMatchObject([name, { status: 303 }]);
    const { html } = await editor.get(`inbox/${id}`);
    for (const text of ["Hund &amp; Freibad", "Frage an das Bäder-Amt", "Zugeteilt: Rita", "Weitergegeben"]) expect(html).toContain(text);
    expect(await test.show(id)).toMatchObject({ state: "forwarded" });
  });

  it("says that a step is not possible, and that a cluster is not there", async () => {
    const id = await putCluster();
    const editor = await person("Rita", "redaktion");
    expect((await editor.post(`inbox/${id}/restore`)).status).toBe(409);
    expect((await editor.post(`inbox/${id}/merge`, { with: "999999" })).status).toBe(409);
    expect((await editor.post(`inbox/${id}/merge`, { with: "viele" })).status).toBe(400);
    expect((await editor.post(`inbox/${id}/teach`, { sentence: "Hund", meaning: "need:nichts" })).status).toBe(404);
    expect((await editor.post(`inbox/${id}/teach`, { sentence: "Hund", meaning: "nichts" })).status).toBe(400);
    expect((await editor.post(`inbox/${id}/word`, { word: "Hund", lang: "de", need: "nichts" })).status).toBe(404);
    expect((await editor.post(`inbox/${id}/word`, { word: "Hund", lang: "nichts", need: "kita-platz" })).status).toBe(400);
    for (const word of ["", "ein Satz mit mehr als vier Wörtern", "0151 23456789", "x".repeat(41)])
      expect([word, (await editor.post(`inbox/${id}/word`, { word, lang: "de", need: "kita-platz" })).status]).toEqual([word, 409]);
    expect((await editor.get("inbox/999999")).status).toBe(404);
    expect((await editor.get("inbox?state=unsinn&sort=egal&page=-3")).status).toBe(200);
  });

  it("teaches what a sentence means, without personal data, and says if it meant something else before", async () => {
    const id = await putCluster();
    const editor = await person("Rita", "redaktion");
    const sentence = "Wohin mit dem Kind? Meine Nummer ist 0151 23456789";
    expect((await editor.post(`inbox/${id}/teach`, { sentence, meaning: "need:kita-platz" })).to).toContain("done=taught");
    expect((await editor.get(`inbox/${id}`)).html).toContain("Wohin mit dem Kind? Meine Nummer ist [Telefon] → kita-platz");
    const again = await editor.post(`inbox/${id}/teach`, { sentence, meaning: "need:" });
    expect(again.to).toContain("done=taught-anew");
    expect((await editor.get(again.to.replace(/.*console\//, ""))).html).toContain("Diese gilt nicht mehr.");
    const lesson = { text: "Wohin mit dem Kind? Meine Nummer ist [Telefon]", label: null };
    expect(await readLessons(database.db, "need")).toEqual([lesson]);
  });

  it("adds a word to a need, which its offers are found by and which is learned, until it is taken away", async () => {
    const id = await putCluster();
    const editor = await person("Rita", "redaktion");
    expect((await editor.post(`inbox/${id}/word`, { word: " Zwergerlstube ", lang: "de", need: "kita-platz" })).to).toContain("done=word");
    expect((await editor.get(`inbox/${id}`)).html).toContain("Zwergerlstube (de) → kita-platz");
    const find = async () => {
      const query = { text: "Zwergerlstube", needs: [], slots: {}, offset: 0, limit: 3 };
      return (await catalogue.current().search(query)).found.map(({ offer }) => offer.needs[0]);
    };
    expect(await find()).toContain("kita-platz");
    expect(await readLessons(database.db, "need")).toEqual([{ text: "Zwergerlstube", label: "kita-platz" }]);
    await operate("staff.add-word", { need: "kurzzeitpflege", lang: "de", word: "Zwergerlstube", by: "1" });
    await operate("staff.remove-word", { need: "kurzzeitpflege", lang: "de", word: "Zwergerlstube" });
    expect(await readLessons(database.db, "need")).toEqual([{ text: "Zwergerlstube", label: "kita-platz" }]);
    await operate("staff.remove-word", { need: "kita-platz", lang: "de", word: "Zwergerlstube" });
    expect(await find()).toEqual([]);
    expect(await readLessons(database.db, "need")).toEqual([]);
  });

  it("shows what was understood and found for each question, and nothing of personal ones", async () => {
    const seen = { needs: [{ id: "kita-platz", score: 0.42 }], offers: [{ id: "heim-kurz", score: 0.31 }] };
    const gap = await test.ask("Darf mein Hund mit ins Freibad?", seen);
    const personal = await test.ask(undefined, seen);
    await test.openKeeper().step();
    const reader = await person("Lena", "leser");
    const { html } = await reader.get(`inbox/${await test.clusterOf(gap)}`);
    expect(html).toMatch(/42 %[\s\S]*heim-kurz<\/a> 31 %/);
    expect((await reader.get(`inbox/${await test.clusterOf(personal)}`)).html).not.toContain("31 %");
  });

  it("hands a group to others: a mail is prepared, and the page says what arrived where a system takes it", async () => {
    const id = await putCluster();
    const editor = await person("Rita", "redaktion");
    expect((await editor.get(`inbox/${id}`)).html).toContain("Es wird nichts verschickt");
    await editor.post(`inbox/${id}/forward`, { note: "Bitte <b>klären</b>" });
    const marked = await editor.get(`inbox/${id}`);
    expect(marked.html).toContain("Bitte &lt;b&gt;klären&lt;/b&gt;");
    expect(marked.html).not.toContain("forward-note");
    const [row] = await database.db
      .insert(forwards)
      .values({ clusterId: id, by: "1", state: "failed", fault: "status 400", attempts: 1 })
      .returning({ id: forwards.id });
    expect((await editor.get(`inbox/${id}`)).html).toContain("Das andere System hat abgelehnt (status 400).");
    expect((await (await person("Lena", "leser")).get(`inbox/${id}`)).html).not.toContain("forward-again");
    expect((await editor.post(`inbox/${id}/forward-again`, { forward: row?.id ?? "" })).status).toBe(303);
    expect((await editor.get(`inbox/${id}`)).html).toContain("wartet");
    expect((await editor.post(`inbox/${id}/forward-again`, { forward: row?.id ?? "" })).status).toBe(409);
  });

  it("splits the chosen questions off, and merges them again", async () => {
    const id = await putCluster();
    const editor = await person("Rita", "redaktion");
    const [first] = (await test.show(id)).questions;
    const split = await editor.send(`inbox/${id}/split`, new URLSearchParams([["gap", first?.id ?? ""]]));
    const made = Number(/inbox\/(\d+)/.exec(split.to)?.[1]);
    expect(made).not.toBe(id);
    expect((await test.show(id)).questions).toHaveLength(2);
    expect((await editor.post(`inbox/${made}/merge`, { with: String(id) })).to).toContain(`/console/inbox/${Math.min(id, made)}`);
    expect((await test.show(Math.min(id, made))).questions).toHaveLength(3);
  });

  it("leads from a question to an answer for everybody who wants to be told", async () => {
    const id = await putCluster();
    const known = createAskers(database.db, () => new Date());
    for (const turn of await database.db.select().from(turns))
      await database.db.transaction((transaction) =>
        known.open(transaction, turn.conversationId, known.draft({ turnId: turn.id, lang: "de", pushes: true, personal: false })),
      );
    const [editor, publisher] = [await person("Rita", "redaktion"), await person("Franz", "freigabe")];
    expect((await editor.get(`inbox/${id}`)).html).toContain("3 Menschen wollen Bescheid.");
    const number = /articles\/(\d+)/.exec((await editor.post("articles/new", article)).to)?.[1] ?? "";
    await editor.post(`articles/${number}/submit`);
    expect((await publisher.post(`articles/${number}/approve`, { reason: "geprüft" })).status).toBe(303);
    expect((await editor.post(`inbox/${id}/answer`, { article: number })).status).toBe(403);
    expect((await publisher.post(`inbox/${id}/answer`, { article: number })).to).toContain("done=answered");
    expect(await test.show(id)).toMatchObject({ state: "published" });
    const waiting = await database.db
      .select()
      .from(publications)
      .where(eq(publications.articleId, Number(number)));
    expect(waiting).toHaveLength(1);
  });

  it("has an article written for a group, which goes along with it, and tells everybody when it is published", async () => {
    const id = await putCluster();
    const known = createAskers(database.db, () => new Date());
    for (const turn of await database.db.select().from(turns))
      await database.db.transaction((transaction) =>
        known.open(transaction, turn.conversationId, known.draft({ turnId: turn.id, lang: "de", pushes: true, personal: false })),
      );
    const [editor, publisher] = [await person("Rita", "redaktion"), await person("Franz", "freigabe")];
    expect((await editor.get(`inbox/${id}`)).html).toContain(`/console/articles/new?cluster=${id}`);
    const form = (await editor.get(`articles/new?cluster=${id}`)).html;
    expect(form).toContain(`name="cluster" value="${id}"`);
    for (const question of dogs) expect(form).toContain(question);
    const { to } = await editor.post("articles/new", { ...article, cluster: String(id) });
    const number = /articles\/(\d+)/.exec(to)?.[1] ?? "";
    expect(await test.show(id)).toMatchObject({ state: "in-progress" });
    expect((await editor.get(`articles/${number}`)).html).toContain(`/console/inbox/${id}"`);
    expect((await editor.get(`inbox/${id}`)).html).toContain(`/console/articles/${number}"`);
    await editor.post(`articles/${number}/submit`);
    expect(await test.show(id)).toMatchObject({ state: "for-approval" });
    await publisher.post(`articles/${number}/reject`, { reason: "Bitte kürzer." });
    expect(await test.show(id)).toMatchObject({ state: "in-progress" });
    await editor.post(`articles/${number}/submit`);
    expect((await publisher.post(`articles/${number}/approve`, { reason: "geprüft" })).status).toBe(303);
    expect(await test.show(id)).toMatchObject({ state: "published" });
    expect(await database.db.select().from(publicationTurns)).toHaveLength(3);
    expect((await editor.get("articles/new?cluster=99999")).status).toBe(404);
    expect((await editor.get("articles/new?cluster=x")).status).toBe(400);
  });

  it("answers a group later whose article was published while the process ended in between", async () => {
    const id = await putCluster();
    const [editor, publisher] = [await person("Rita", "redaktion"), await person("Franz", "freigabe")];
    const { to } = await editor.post("articles/new", { ...article, cluster: String(id) });
    const number = Number(/articles\/(\d+)/.exec(to)?.[1]);
    await editor.post(`articles/${number}/submit`);
    expect(await operate("staff.clusters.settle", {})).toEqual({ settled: 0 });
    await publisher.post(`articles/${number}/approve`, { reason: "geprüft" });
    await database.db.update(clusters).set({ state: "for-approval" }).where(eq(clusters.id, id));
    await database.db.delete(publications);
    const valid = await database.db.select().from(articleVersions);
    await database.db.update(articleVersions).set({ validUntil: new Date(0) });
    expect(await operate("staff.clusters.settle", {})).toEqual({ settled: 0 });
    await database.db.update(articleVersions).set({ validUntil: valid[0]?.validUntil ?? new Date() });
    expect(await operate("staff.clusters.settle", {})).toEqual({ settled: 1 });
    expect(await test.show(id)).toMatchObject({ state: "published" });
    expect(await database.db.select().from(publications)).toMatchObject([{ articleId: number }]);
    expect(await operate("staff.clusters.settle", {})).toEqual({ settled: 0 });
  });

  it("answers everybody with an offer that is there already, found by a search or among what came up", async () => {
    const offers = [{ id: "heim-kurz", score: 0.31 }];
    const gap = await test.ask("Wohin mit der Oma im Urlaub?", { offers });
    const known = createAskers(database.db, () => new Date());
    const [turn] = await database.db.select().from(turns);
    await database.db.transaction((transaction) =>
      known.open(transaction, turn?.conversationId ?? "", known.draft({ turnId: gap, lang: "de", pushes: true, personal: false })),
    );
    await test.openKeeper().step();
    const id = (await test.clusterOf(gap)) ?? 0;
    const [editor, publisher] = [await person("Rita", "redaktion"), await person("Franz", "freigabe")];
    expect((await editor.get(`inbox/${id}`)).html).toContain(`/console/inbox/${id}/offers`);
    expect((await publisher.get(`inbox/${id}/offers`)).html).toContain('name="offer" value="heim-kurz"');
    expect((await editor.get(`inbox/${id}/offers`)).html).not.toContain('name="offer"');
    expect((await publisher.get(`inbox/${id}/offers?q=Verein`)).html).toContain('name="offer" value="verein-kurz"');
    expect((await editor.post(`inbox/${id}/offers`, { offer: "heim-kurz" })).status).toBe(403);
    expect((await publisher.post(`inbox/${id}/offers`, { offer: "nichts" })).status).toBe(409);
    expect(await test.show(id)).toMatchObject({ state: "new" });
    expect((await publisher.post(`inbox/${id}/offers`, { offer: "heim-kurz" })).to).toContain("done=answered");
    expect(await test.show(id)).toMatchObject({ state: "published" });
    expect(await database.db.select().from(publications)).toMatchObject([{ offerId: "heim-kurz", articleId: null, kind: "answer" }]);
    expect(await database.db.select().from(publicationTurns)).toMatchObject([{ turnId: gap }]);
  });

  it("keeps the articles of groups that become one", async () => {
    const first = await putCluster();
    const editor = await person("Rita", "redaktion");
    const [gap] = await database.db.select().from(turns);
    const moved = await editor.post(`inbox/${first}/split`, { gap: gap?.id ?? "" });
    const second = Number(/inbox\/(\d+)/.exec(moved.to)?.[1]);
    const saved = await editor.post("articles/new", { ...article, cluster: String(second) });
    const number = /articles\/(\d+)/.exec(saved.to)?.[1] ?? "";
    expect((await editor.get(`inbox/${first}`)).html).not.toContain(`/console/articles/${number}"`);
    expect((await editor.post(`inbox/${first}/merge`, { with: String(second) })).status).toBe(303);
    expect((await editor.get(`inbox/${first}`)).html).toContain(`/console/articles/${number}"`);
  });

  it("answers more people than a page shows questions", async () => {
    const id = await putCluster(Array.from({ length: 210 }, () => "Darf mein Hund mit ins Freibad?"));
    const publisher = await person("Franz", "freigabe");
    const editor = await person("Rita", "redaktion");
    const number = /articles\/(\d+)/.exec((await editor.post("articles/new", article)).to)?.[1] ?? "";
    await editor.post(`articles/${number}/submit`);
    await publisher.post(`articles/${number}/approve`, { reason: "geprüft" });
    expect((await test.show(id)).questions).toHaveLength(200);
    expect((await editor.get(`inbox/${id}`)).html.match(/name="gap"/g)).toHaveLength(200);
    expect((await editor.get(`inbox/${id}`)).html).toContain(`/console/inbox/${id}?page=2`);
    expect((await editor.get(`inbox/${id}?page=2`)).html.match(/name="gap"/g)).toHaveLength(10);
    expect((await editor.get(`inbox/${id}?page=9`)).status).toBe(200);
    expect((await publisher.post(`inbox/${id}/answer`, { article: number })).status).toBe(303);
    expect(await database.db.select().from(publicationTurns)).toHaveLength(210);
  });
});
