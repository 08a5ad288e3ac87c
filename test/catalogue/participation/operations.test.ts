import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createParticipationOperations, endParticipation } from "../../../src/catalogue/participation/operations.ts";
import { createPartPorts } from "../../../src/catalogue/participation/ports.ts";
import { takesContributions } from "../../../src/core/participation.ts";
import { contacts, contributions, votes } from "../../../src/database/schema.ts";
import { csvOf } from "../../../src/text/csv.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../../support/databases.ts";
import { offerOf } from "../fixtures.ts";
import { openChat } from "../watches/fixtures.ts";

const project = offerOf("neuer-platz", { kind: "participation", title: { de: "Neuer Platz" }, url: "https://example.org/platz" });

describe("a project takes contributions", () => {
  it.each([
    [{ phase: "open" }, true],
    [{ phase: "open", from: "2026-11-22", to: "2026-11-22" }, true],
    [{ phase: "open", to: "2026-11-21" }, false],
    [{ phase: "open", from: "2026-11-23" }, false],
    [{ phase: "announced" }, false],
    [{ phase: "evaluation" }, false],
    [{ phase: "closed" }, false],
    [undefined, true],
  ] as const)("%j → %s", (participation, expected) =>
    expect(takesContributions({ ...project, participation }, "2026-11-22")).toBe(expected),
  );

  it("and a measure does, and nothing else", () => {
    expect(takesContributions(offerOf("a", { kind: "measure" }), "2026-11-22")).toBe(true);
    expect(takesContributions(offerOf("a", { kind: "event" }), "2026-11-22")).toBe(false);
  });
});

describe("CSV", () => {
  it("quotes what must be quoted and disarms what a spreadsheet would run", () => {
    const row = (text: string) => csvOf(["text"], [{ text }]).split("\r\n").slice(1, -1).join("\r\n");
    expect(row('Sie sagte: "gut", sehr gut')).toBe('"Sie sagte: ""gut"", sehr gut"');
    expect(row("zwei\nZeilen")).toBe('"zwei\nZeilen"');
    for (const bad of ["=1+1", "+49", "-1", "@SUM(A1)", "\tx", "\rx", "＝1"]) expect(row(bad).replace(/^"/, "")).toMatch(/^'/);
    expect(row('=HYPERLINK("http://x","y")')).toBe(`"'=HYPERLINK(""http://x"",""y"")"`);
  });
});

describe.each(databaseKinds())("staff's work on contributions (%s)", (kind) => {
  let database: TestDatabase;
  let chat: string;
  const ports = () => createPartPorts(database.db, () => new Date());
  const run = (name: string, input: unknown = {}) => createParticipationOperations(database.db)[`staff.${name}`]?.(input);

  beforeAll(async () => {
    database = await openTestDatabase(kind);
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await database.db.delete(contributions);
    await database.db.delete(contacts);
    chat = await openChat(database.db);
  });

  async function contribute(text: string, conversation = chat): Promise<string> {
    const drafted = ports().contributions.draft({ offer: project, text, district: "Sendling", lang: "de" });
    await database.db.transaction((transaction) => ports().contributions.submit(transaction, conversation, drafted));
    return drafted.code;
  }

  it("lists what waits, with nothing of who wrote it", async () => {
    const code = await contribute("Mehr Bäume");
    const waiting = await run("contributions", { state: "waiting" });
    expect(waiting).toMatchObject([{ code, text: "Mehr Bäume", district: "Sendling", project: "Neuer Platz", state: "waiting" }]);
    expect(JSON.stringify(waiting)).not.toContain(chat);
    expect(await run("contributions", { state: "approved" })).toEqual([]);
    await expect(run("contributions", { state: "anything" })).rejects.toThrow();
  });

  it("approves, and rejects with a reason that the person can read", async () => {
    const [good, bad] = [await contribute("Mehr Bäume"), await contribute("Werbung")];
    await run("approve-contribution", { code: good.toLowerCase() });
    await expect(run("reject-contribution", { code: bad, reason: " " })).rejects.toThrow(/reason/);
    await run("reject-contribution", { code: bad, reason: "Das ist Werbung." });
    expect(await ports().contributions.find(good)).toMatchObject({ state: "approved", reason: undefined });
    expect(await ports().contributions.find(bad)).toMatchObject({ state: "rejected", reason: "Das ist Werbung." });
    await expect(run("approve-contribution", { code: "0000-AAAA" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("exports the approved ones only, without their receipts, with the link of the project", async () => {
    const codes = [await contribute("=Mehr Bäume, bitte"), await contribute("Wartet"), await contribute("Nein")];
    await run("approve-contribution", { code: codes[0] });
    await run("reject-contribution", { code: codes[2], reason: "Doppelt." });
    const csv = String(await run("export-contributions", { format: "csv" }));
    const [header, row, ...rest] = csv.split("\r\n");
    expect(header).toBe("\ufeffoffer,project,url,text,district,language,day");
    expect(row).toMatch(/^neuer-platz,Neuer Platz,https:\/\/example\.org\/platz,"'=Mehr Bäume, bitte",Sendling,de,\d{4}-\d\d-\d\d$/);
    expect(rest).toEqual([""]);
    const json = String(await run("export-contributions", { format: "json" }));
    expect(JSON.parse(json)).toMatchObject([{ offer: "neuer-platz", url: "https://example.org/platz", text: "=Mehr Bäume, bitte" }]);
    for (const text of [csv, json]) for (const hidden of [...codes, chat, "Wartet", "Nein"]) expect(text).not.toContain(hidden);
  });

  it("cannot show what was withdrawn: the text is gone", async () => {
    const code = await contribute("Mehr Bäume");
    await run("approve-contribution", { code });
    await database.db.transaction((transaction) => ports().contributions.withdraw(transaction, code));
    expect(await run("contributions")).toMatchObject([{ code, text: "", district: null, state: "withdrawn" }]);
    await expect(run("approve-contribution", { code })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await run("export-contributions", { format: "json" })).toBe("[]\n");
  });

  it("counts votes, one a chat and measure, and shows nothing but counts", async () => {
    const chats = await Promise.all(Array.from({ length: 6 }, () => openChat(database.db)));
    const cast = (conversation: string, vote: "important" | "unimportant" | undefined) =>
      database.db.transaction((transaction) => ports().votes.cast(transaction, conversation, "wlan", vote));
    for (const each of chats) await cast(each, "important");
    await cast(chats[0] ?? "", "unimportant");
    await cast(chats[1] ?? "", undefined);
    expect(await run("votes")).toEqual([{ measure: "wlan", important: 4, unimportant: 1, all: 5 }]);
  });

  it("ends by itself after a year", async () => {
    await contribute("Mehr Bäume");
    await database.db.transaction((transaction) => ports().votes.cast(transaction, chat, "wlan", "important"));
    await endParticipation(database.db, 365);
    expect(await ports().contributions.count(chat)).toBe(1);
    await database.db.execute(sql`update contributions set expires_at = now() - interval '1 second'`);
    await database.db.execute(sql`update votes set voted_at = now() - interval '366 days'`);
    expect(await ports().contributions.count(chat)).toBe(0);
    await endParticipation(database.db, 365);
    expect(await database.db.select().from(contributions)).toEqual([]);
    expect(await database.db.select().from(votes)).toEqual([]);
  });
});
