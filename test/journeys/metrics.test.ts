import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { projectRoot } from "../../src/node-content.ts";
import { type FakeBotApi, startFakeBotApi } from "../fixtures/fake-bot-api.ts";
import { trainedCache, trainingMs } from "../support/cache.ts";
import { cleanUp, type RunningServer, startStadtlotse } from "../support/server.ts";
import { openTelegramChat, telegramEnvironment } from "../support/telegram-chat.ts";
import { openWebChat } from "../support/web-chat.ts";

const token = "a token of at least 16";
let botApi: FakeBotApi;
let server: RunningServer;

beforeAll(async () => {
  await trainedCache();
  botApi = await startFakeBotApi();
  server = await startStadtlotse({ env: { ...telegramEnvironment(botApi), METRICS_TOKEN: token } });
}, trainingMs);

afterAll(async () => {
  await cleanUp();
  await botApi.close();
});

const read = (bearer?: string) =>
  fetch(`${server.url}/metrics`, { headers: bearer === undefined ? {} : { Authorization: `Bearer ${bearer}` } });

/** The value of a line, by its name and labels. */
function figureOf(text: string, name: string): number | undefined {
  const line = text.split("\n").find((each) => each.startsWith(`${name} `));
  return line === undefined ? undefined : Number(line.slice(name.length));
}

test("metrics are for those who know the token", async () => {
  for (const bearer of [undefined, "", "another", `${token}x`]) expect((await read(bearer)).status).toBe(401);
  const response = await read(token);
  expect([response.status, response.headers.get("Content-Type")]).toEqual([200, expect.stringContaining("text/plain")]);
});

test("metrics count answers and sends, and hold nothing of anybody", async () => {
  const chat = openTelegramChat(botApi, server.url, 95_001);
  await chat.say("Wo finde ich einen Kita-Platz in Sendling?");
  const web = await openWebChat(server.url);
  await web.ask("Sperrmüll anmelden");
  const counted = async () => await (await read(token)).text();
  await expect
    .poll(async () => figureOf(await counted(), 'stadtlotse_send_seconds_count{channel="telegram",outcome="sent"}'), { timeout: 10_000 })
    .toBe(1);
  const text = await counted();
  expect(figureOf(text, 'stadtlotse_answer_seconds_count{channel="telegram",kind="offers",lang="de"}')).toBe(1);
  expect(figureOf(text, 'stadtlotse_answer_seconds_count{channel="directline",kind="offers",lang="de"}')).toBe(1);
  expect(figureOf(text, 'stadtlotse_dead_letters{kind="unanswered"}')).toBe(0);
  expect(figureOf(text, "stadtlotse_process_resident_memory_bytes")).toBeGreaterThan(0);
  expect(text).not.toMatch(/Sendling|Sperrmüll|95001/);
});

test("the dashboard and the rules ask for nothing that is not there", async () => {
  const text = await (await read(token)).text();
  const folder = join(projectRoot, "docs/monitoring");
  const Rules = z.object({
    groups: z.array(
      z.object({ rules: z.array(z.object({ expr: z.string(), annotations: z.object({ description: z.string().min(20) }) })) }),
    ),
  });
  const { groups } = Rules.parse(parse(await readFile(join(folder, "alerts.yaml"), "utf8")));
  const asked = [
    await readFile(join(folder, "grafana-dashboard.json"), "utf8"),
    ...groups.flatMap(({ rules }) => rules.map(({ expr }) => expr)),
  ].join(" ");
  const names = new Set(asked.match(/stadtlotse_[a-z_]+/g));
  expect(names.size).toBeGreaterThan(10);
  const known = new Set([...text.matchAll(/^# TYPE (?<name>\S+) (?<type>\S+)$/gm)].map(({ groups: found }) => found?.["name"]));
  const base = (name: string) => (known.has(name) ? name : name.replace(/_(?:count|bucket|sum)$/, ""));
  expect([...names].filter((name) => !known.has(base(name)))).toEqual([]);
});
