import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type FakeBotApi, startFakeBotApi } from "../fixtures/fake-bot-api.ts";
import { trainedCache, trainingMs } from "../support/cache.ts";
import { cleanUp, type RunningServer, startStadtlotse } from "../support/server.ts";
import { dumpTables, filesWith } from "../support/stored.ts";
import { postUpdate, sentTo, telegramEnvironment, telegramSecrets, textUpdate } from "../support/telegram-chat.ts";
import { openWebChat } from "../support/web-chat.ts";

const chat = 987_650_123_456;
const person = { first_name: "Balthasar", last_name: "Quendelhuber", username: "balthasar_q77" };
const accountOf = { phone: "0176 55501987", mail: "kuni.zwirnsdorf@beispiel-post.de", iban: "DE89 3704 0044 0532 0130 00" };

const said: readonly string[] = [
  `Wo finde ich einen Kita-Platz in Sendling? Rufen Sie mich an: ${accountOf.phone}`,
  `Schreiben Sie an ${accountOf.mail}, ich brauche einen Sprachkurs`,
  `Mein Konto ist ${accountOf.iban}, wann kommt das Wohngeld?`,
  "Ich heiße Kunigunde Zwirnsdorferin und suche einen Platz im Pflegeheim",
  `ich heiße Kunigunde Zwirnsdorferin, ${accountOf.phone}, ${accountOf.mail}, ich will nicht mehr leben`,
  `${accountOf.mail} ${accountOf.phone} ${accountOf.iban}`,
  "Mein Auto M-QX 4711 wurde abgeschleppt",
];

/** Whatever would tell who wrote, in the spellings it could be kept in. */
const planted: readonly string[] = [
  ...["0176 55501987", "017655501987", "55501987"],
  ...["kuni.zwirnsdorf", "beispiel-post.de"],
  ...["DE89 3704", "DE893704", "0532 0130", "05320130"],
  ...["Kunigunde", "Zwirnsdorferin", "M-QX 4711", "QX 4711"],
  ...["Balthasar", "Quendelhuber", "balthasar_q77"],
  ...[String(chat), ...telegramSecrets],
];

let botApi: FakeBotApi;
let server: RunningServer;
let tables: ReadonlyMap<string, readonly string[]>;

beforeAll(async () => {
  await trainedCache();
  botApi = await startFakeBotApi();
  server = await startStadtlotse({ env: { ...telegramEnvironment(botApi), LOG_LEVEL: "trace" } });
  const web = await openWebChat(server.url);
  for (const text of said) await web.ask(text);
  await web.answered([await web.press("wrong")], 10_000);
  const forgotten = await openWebChat(server.url);
  await forgotten.ask("Wo gibt es eine Schuldnerberatung für Spielautomaten-Spieler?");
  await forgotten.ask("Lösche alle meine Daten");
  await forgotten.answered([await forgotten.press("delete")], 10_000);
  botApi.trouble("sendMessage", { kind: "refuse", status: 400, description: `Bad Request: ${accountOf.phone}` });
  // One after the other: what comes in one breath is one question. The refused answer is a dead letter; the talk goes on.
  for (const [index, text] of said.entries()) {
    expect((await postUpdate(server.url, textUpdate(index + 1, chat, text, person))).status).toBe(200);
    await vi.waitFor(() => expect(sentTo(botApi, chat)).toHaveLength(index + 1), { timeout: 20_000 });
  }
  await postUpdate(server.url, textUpdate(99, chat, said.join(" "), person), "not-the-secret-1");
  await postUpdate(server.url, `{"update_id": 100, "message": "${said.join(" ").replaceAll('"', "")}"}`);
  await web.post(`{"type": "message", "text": ["${accountOf.mail}"]}`);
  await server.stop();
  tables = await dumpTables(server.dataDir);
}, trainingMs);

afterAll(async () => {
  await cleanUp();
  await botApi.close();
});

const rowsOf = (name: string) => tables.get(`public.${name}`) ?? [];

test("the journey is in the database: its conversations, their questions with marks, their answers", () => {
  expect(rowsOf("contacts")).toHaveLength(3);
  expect(rowsOf("inbox")).toHaveLength(2 * said.length + 1 + 3);
  expect(rowsOf("outbox")).toHaveLength(2 * said.length + 1 + 1);
  expect(rowsOf("turns").join("\n")).toContain("Kita-Platz in Sendling? Rufen Sie mich an: [Telefon]");
  for (const mark of ["[Telefon]", "[E-Mail]", "[IBAN]", "[Name]", "[Kennzeichen]"]) expect(rowsOf("inbox").join("\n")).toContain(mark);
});

test("no table holds what tells who wrote", () => {
  const found = [...tables].flatMap(([name, rows]) =>
    planted.filter((text) => rows.some((row) => row.toLowerCase().includes(text.toLowerCase()))).map((text) => `${name}: ${text}`),
  );
  expect(found).toEqual([]);
});

test("no file of the database holds it, the write-ahead log included", async () => {
  expect(await filesWith(server.dataDir, ["kita-platz"])).not.toEqual([]);
  expect(await filesWith(server.dataDir, planted)).toEqual([]);
});

test("the log holds neither that nor what people said", () => {
  const log = server.logLines.join("\n");
  expect(log).toContain('"msg":"answered"');
  expect(log).toContain('"msg":"not sent"');
  expect([...planted, ...said, "abgeschleppt", "Rufen Sie mich an"].filter((text) => log.includes(text))).toEqual([]);
});

test("what a person had deleted is gone", () => {
  const kept = ["inbox", "outbox", "turns", "conversations"].flatMap(rowsOf);
  expect(kept.filter((row) => /Spielautomaten|Lösche alle/i.test(row))).toEqual([]);
});

test("a crisis and what is said about it are erased once answered", () => {
  const kept = ["inbox", "outbox", "turns", "conversations"].flatMap(rowsOf);
  expect(kept.filter((row) => row.includes("crisis-suicide"))).not.toEqual([]);
  expect(kept.filter((row) => row.includes("nicht mehr leben"))).toEqual([]);
});
