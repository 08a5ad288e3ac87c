import { cp, readdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { readContent } from "../../src/catalogue/content-files.ts";
import { loadContent, readStoredContent, storedHash } from "../../src/catalogue/content-store.ts";
import { applyOverrides, findConflicts, readOverrides, saveOverride } from "../../src/catalogue/overrides.ts";
import { projectRoot } from "../../src/node-content.ts";
import { trainedCache, trainingMs } from "../support/cache.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../support/databases.ts";
import { cleanUp, makeDataDir, makeFolder, type RunningServer, runProgram, startProgram, startStadtlotse } from "../support/server.ts";
import { openWebChat } from "../support/web-chat.ts";

const offerId = "sperrmuell-abholung";
const staffTitle = { de: "Großes Möbel-Stück abgeben", en: "Hand in a big piece of furniture" };
const slow = { timeout: 60_000 };

afterAll(cleanUp);

describe("one server", () => {
  let server: RunningServer;
  beforeAll(async () => {
    await trainedCache();
    server = await startStadtlotse();
  }, trainingMs);

  test("refuses a second one on its DATA_DIR, which names its pid and ends with an error", slow, async () => {
    const second = await runProgram("node", ["--port", "0"], { DATA_DIR: server.dataDir });
    expect(second.code).toBe(1);
    expect(second.lines.join("\n")).toContain(`Process ${server.pid} already uses ${server.dataDir}`);
    expect((await fetch(`${server.url}/ready`)).status).toBe(200);
  });

  test("shows what staff change while it runs in the next answer, and the file's word again after a reset", slow, async () => {
    const chat = await openWebChat(server.url);
    await chat.ask("Hallo");
    const before = await chat.ask("Sperrmüll anmelden");
    expect(before).not.toContain(staffTitle.de);
    const staff = (...args: readonly string[]) => runProgram("cli", ["staff", ...args], { DATA_DIR: server.dataDir });
    const edited = await staff("edit", offerId, "title", JSON.stringify(staffTitle));
    expect(edited).toMatchObject({ code: 0 });
    expect(await chat.ask("Sperrmüll anmelden")).toContain(staffTitle.de);
    expect((await staff("edit", offerId, "title", '{"de":""}')).code).toBe(1);
    expect((await staff("reset", offerId, "title")).code).toBe(0);
    expect(await chat.ask("Sperrmüll anmelden")).toBe(before);
  });

  test("is asked from a terminal", slow, async () => {
    const asked = await runProgram("cli", ["ask", "--at", server.url, "--json", "Sperrmüll anmelden"], {});
    expect(asked.code).toBe(0);
    expect(JSON.parse(asked.lines[0] ?? "")).toMatchObject({ kind: "offers", needs: ["abfall"], text: expect.stringContaining("http") });
  });

  test("ends within 10 s of SIGTERM, also with a connection that is kept open", slow, async () => {
    await openWebChat(server.url);
    const started = performance.now();
    expect(await server.stop()).toEqual({ code: 0, signal: null });
    expect(performance.now() - started).toBeLessThan(10_000);
    expect((await readdir(server.dataDir)).filter((name) => /^(control|hold)/.test(name))).toEqual([]);
  });
});

test("searches in the database where that is set, and follows a change of staff", slow, async () => {
  const server = await startStadtlotse({ env: { SEARCH_ENGINE: "postgres" } });
  const chat = await openWebChat(server.url);
  await chat.ask("Hallo");
  expect(await chat.ask("Sperrmüll anmelden")).not.toContain(staffTitle.de);
  const staff = await runProgram("cli", ["staff", "edit", offerId, "title", JSON.stringify(staffTitle)], { DATA_DIR: server.dataDir });
  expect(staff.code).toBe(0);
  expect(await chat.ask("Sperrmüll anmelden")).toContain(staffTitle.de);
  await server.stop();
});

describe("made-up offers", () => {
  test.each<readonly [string, Readonly<Record<string, string>>]>([
    ["DATABASE_URL", { DATABASE_URL: "postgres://postgres@127.0.0.1:1/none", DATA_KEY: "ab".repeat(32) }],
    ["HOST", { HOST: "0.0.0.0" }],
    ["channel token", { TELEGRAM_BOT_TOKEN: "123456:AAtoken", TELEGRAM_WEBHOOK_SECRET: "a-secret-of-sixteen" }],
    ["channel token", { DIRECTLINE_SECRET: "a-secret-of-sixteen" }],
    ["PUBLIC_URL", { PUBLIC_URL: "https://lotse.example.org" }],
  ])("are refused with %s", slow, async (reason, env) => {
    const refused = await runProgram("node", ["--port", "0", "--demo"], { DATA_DIR: await makeFolder(), ...env });
    expect(refused.code).toBe(1);
    expect(refused.lines).toEqual([expect.stringMatching(new RegExp(`^--demo .*${reason}`))]);
    expect(refused.lines.join()).not.toMatch(/AAtoken|a-secret|abab/);
  });
});

describe.each(databaseKinds())("content on the %s database", (kind) => {
  let database: TestDatabase;
  let root = "";
  beforeAll(async () => {
    database = await openTestDatabase(kind);
    root = await makeFolder();
    for (const folder of ["intents", "knowledge"]) await cp(join(projectRoot, folder), join(root, folder), { recursive: true });
    await loadContent(database.db, await readContent({ root, demo: false }));
  }, slow.timeout);
  afterAll(() => database.close());

  const shownTitle = async () => {
    const offers = applyOverrides((await readStoredContent(database.db)).offers, await readOverrides(database.db));
    return offers.find(({ id }) => id === offerId)?.title;
  };

  test("keeps staff's field when the file changes, and lists the conflict", async () => {
    const content = await readContent({ root, demo: false });
    const fileTitle = content.offers.find(({ id }) => id === offerId)?.title;
    await saveOverride(database.db, { offerId, field: "title", layer: "staff", value: staffTitle });
    await loadContent(database.db, content);
    expect(findConflicts((await readStoredContent(database.db)).offers, await readOverrides(database.db))).toEqual([]);
    const newTitle = { de: "Sperr-Müll: neu", en: "Bulky waste: new" };
    const summary = { de: "Neu.", en: "New." };
    const offers = content.offers.map((offer) => (offer.id === offerId ? { ...offer, title: newTitle, summary } : offer));
    await loadContent(database.db, { ...content, hash: "changed", offers });
    expect(await shownTitle()).toEqual(staffTitle);
    const stored = await readStoredContent(database.db);
    expect(applyOverrides(stored.offers, await readOverrides(database.db)).find(({ id }) => id === offerId)?.summary).toEqual(summary);
    expect(findConflicts(stored.offers, await readOverrides(database.db))).toEqual([
      { offerId, field: "title", staff: staffTitle, fileBefore: fileTitle, fileNow: newTitle },
    ]);
  });

  test.each([
    ["intents/greeting.yaml", (text: string) => `${text}\n  - [unclosed`, /^intents\/greeting\.yaml:\d+: /],
    [
      "knowledge/needs/kita-platz.yaml",
      (text: string) => text.replace(/^label:/m, "lable:"),
      /^knowledge\/needs\/kita-platz\.yaml:\d+: label/,
    ],
    ["knowledge/districts.yaml", () => "- number: none\n", /^knowledge\/districts\.yaml:1: 0\.number: /],
  ])("a broken %s names path, line and reason, and what was loaded stays", async (path, breakIt, expected) => {
    const hash = await storedHash(database.db);
    const title = await shownTitle();
    const whole = await readFile(join(root, path), "utf8");
    await writeFile(join(root, path), breakIt(whole));
    const fault = await readContent({ root, demo: false }).then(
      () => undefined,
      (error: unknown) => error,
    );
    await writeFile(join(root, path), whole);
    expect(z.object({ code: z.string(), message: z.string() }).parse(fault)).toMatchObject({
      code: "CONTENT_INVALID",
      message: expect.stringMatching(expected),
    });
    expect(await storedHash(database.db)).toBe(hash);
    expect(await shownTitle()).toEqual(title);
  });
});

test("a port that somebody else holds is a clear error, and nothing keeps running", slow, async () => {
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, "127.0.0.1", resolve));
  const { port } = z.object({ port: z.number() }).parse(holder.address());
  const refused = startProgram("node", ["--port", String(port)], { DATA_DIR: await makeDataDir() });
  expect(await refused.ended).toEqual({ code: 1, signal: null });
  expect(refused.logLines.at(-1)).toContain(`Port ${port} is taken. Choose another: npm start -- --port 0`);
  await new Promise((resolve) => holder.close(resolve));
});
