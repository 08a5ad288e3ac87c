import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { hashCode } from "../../../src/catalogue/watches/store.ts";
import { rowsOf } from "../../../src/database/database.ts";
import { codeWords } from "../../../src/text/code-words.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../../support/databases.ts";
import { emptyWatches, openChat, openProcess, placesAt, toldIn } from "./fixtures.ts";

const days = (count: number) => count * 86_400_000;

describe.each(databaseKinds())("watches (%s)", (kind) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase(kind);
  });
  afterAll(() => database.close());
  beforeEach(() => emptyWatches(database.db));

  const open = () => openProcess(database.db, [placesAt("kita", 0)]);
  const within = <Result>(work: Parameters<typeof database.db.transaction<Result>>[0]) => database.db.transaction(work);

  it("are kept with the moment of consent and end after 90 days", async () => {
    const chat = await openChat(database.db);
    const { watch, book } = open();
    const { id, until } = await watch(chat, { district: "Sendling", from: "2030-01-10", costFree: true, wheelchair: true });
    const wish = { needs: ["kita-platz"], district: "Sendling", from: "2030-01-10", costFree: true, wheelchair: true };
    expect(await book.find(chat)).toEqual([{ id, wish, until, pushes: true }]);
    expect(Math.abs(Date.parse(until) - Date.now() - days(90))).toBeLessThan(60_000);
    const [row] = rowsOf(await database.db.execute(sql`select now() - consented_at < interval '1 minute' as new from watches`));
    expect(row).toEqual({ new: true });
    await database.db.execute(sql`update watches set expires_at = now()`);
    expect(await book.find(chat)).toEqual([]);
    expect(await book.newsOf(id)).toBeUndefined();
  });

  it("are not kept twice for the same wish of one chat, and anew once the first has run out", async () => {
    const chat = await openChat(database.db);
    const { watch, book } = open();
    const first = await watch(chat, { needs: ["kita-platz", "kurs"] });
    await watch(chat, { needs: ["kurs", "kita-platz"] });
    await watch(await openChat(database.db), { needs: ["kurs", "kita-platz"] });
    expect((await book.find(chat)).map(({ id }) => id)).toEqual([first.id]);
    await database.db.execute(sql`update watches set expires_at = now()`);
    const second = await watch(chat, { needs: ["kita-platz", "kurs"] });
    expect((await book.find(chat)).map(({ id }) => id)).toEqual([second.id]);
  });

  it("ended are gone, with what they were told", async () => {
    const { watch, book, say, runDry } = open();
    await runDry();
    const { id } = await watch(await openChat(database.db));
    say(placesAt("kita", 1));
    await runDry();
    await within((transaction) => book.end(transaction, [id]));
    expect(rowsOf(await database.db.execute(sql`select 1 from watches union all select 1 from watch_notices`))).toEqual([]);
  });

  describe("where nothing is sent", () => {
    const withCode = async () => {
      const parts = open();
      await parts.runDry();
      const chat = await openChat(database.db, "directline");
      return { ...parts, chat, watch: await parts.watch(chat, {}, false) };
    };

    it("have a code of 13 words that is kept as a hash, and shows what came up in any chat", async () => {
      const { watch, say, runDry, book } = await withCode();
      const code = watch.code ?? "";
      expect(code.split(" ")).toHaveLength(13);
      expect(code.split(" ").every((word) => codeWords.includes(word))).toBe(true);
      const stored = JSON.stringify(rowsOf(await database.db.execute(sql`select * from watches`)));
      expect(stored).toContain(hashCode(code));
      expect(stored).not.toContain(code.split(" ").slice(0, 2).join(" "));
      expect(await book.findByCode(code)).toMatchObject({ watch: { id: watch.id }, found: [] });
      expect(await book.findByCode(code.replace(/^\S+/, "zzzzz"))).toBeUndefined();
      say(placesAt("kita", 2));
      await runDry();
      expect(await toldIn(database.db)).toEqual([]);
      expect(await book.findByCode(code)).toMatchObject({ found: [{ offer: { id: "kita" } }] });
    });

    it("take no place in a wave of those who are written to", async () => {
      const { say, runDry } = await withCode();
      const chats = await Promise.all([1, 2, 3, 4].map(() => openChat(database.db)));
      const { watch } = open();
      for (const chat of chats) await watch(chat);
      say(placesAt("kita", 1));
      await runDry();
      expect(await toldIn(database.db)).toEqual(chats.slice(0, 3));
    });

    it("stay when the chat they began in is gone", async () => {
      const { watch, book, chat } = await withCode();
      await database.db.execute(sql`delete from contacts where id = ${chat}`);
      expect(await book.findByCode(watch.code ?? "")).toMatchObject({ watch: { id: watch.id } });
    });
  });

  describe("of a chat that has fallen silent", () => {
    it("are never pushed, and what has not left is taken back", async () => {
      const { watch, book, say, runDry } = open();
      await runDry();
      const [chat, other] = [await openChat(database.db), await openChat(database.db)];
      await watch(chat);
      await watch(other);
      say(placesAt("kita", 1));
      await runDry();
      expect(await toldIn(database.db)).toEqual([chat, other]);
      expect(await book.isSilent(chat)).toBe(false);
      await within((transaction) => book.silence(transaction, chat));
      expect(await book.isSilent(chat)).toBe(true);
      const states = await database.db.execute(sql`select state from outbox order by id`);
      expect(rowsOf(states)).toEqual([{ state: "dropped" }, { state: "waiting" }]);
      say(placesAt("kita", 9));
      await runDry();
      expect((await toldIn(database.db)).filter((id) => id === chat)).toHaveLength(1);
      expect(await book.find(chat)).toMatchObject([{ pushes: false }]);
    });
  });

  it("are all forgotten with their chat, and those of others stay", async () => {
    const { watch, book } = open();
    const [chat, other] = [await openChat(database.db), await openChat(database.db)];
    await watch(chat);
    await watch(other);
    await within((transaction) => book.silence(transaction, chat));
    await within((transaction) => book.forget(transaction, chat));
    expect(await book.find(chat)).toEqual([]);
    expect(await book.isSilent(chat)).toBe(false);
    expect(await book.find(other)).toHaveLength(1);
  });
});
