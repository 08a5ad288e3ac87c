import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { words } from "../../src/words/words.ts";
import { type FakeBotApi, startFakeBotApi } from "../fixtures/fake-bot-api.ts";
import { trainedCache, trainingMs } from "../support/cache.ts";
import { cleanUp, type RunningServer, runProgram, startStadtlotse } from "../support/server.ts";
import { queryStored } from "../support/stored.ts";
import { openTelegramChat, telegramEnvironment } from "../support/telegram-chat.ts";
import { openWebChat } from "../support/web-chat.ts";

const { de } = words;
const within = { timeout: 20_000, interval: 50 };
const answeredWithinMs = 20_000;
const Listed = z.array(z.object({ id: z.number(), state: z.string() }));
const Shown = z.array(z.object({ writer: z.string(), text: z.string().nullable(), crisis: z.boolean() }));

let botApi: FakeBotApi;
let server: RunningServer;
let lastChat = 81_000;

beforeAll(async () => {
  await trainedCache();
  botApi = await startFakeBotApi();
  server = await startStadtlotse({ env: { ...telegramEnvironment(botApi), STAFF_HOURS: "Mo-Fr 08:00-16:00" } });
}, trainingMs);

afterAll(async () => {
  await cleanUp();
  await botApi.close();
});

async function staff(...args: readonly string[]): Promise<unknown> {
  const { code, lines } = await runProgram("cli", ["staff", "handovers", ...args, "--json"], { DATA_DIR: server.dataDir });
  expect(code, lines.join("\n")).toBe(0);
  return JSON.parse(lines.at(-1) ?? "");
}

const newest = async () => String(Listed.parse(await staff("list")).at(-1)?.id);
const settle = () => new Promise((resolve) => setTimeout(resolve, 1_500));

describe("somebody who wants to talk to a person", () => {
  test("over Telegram: asks, is written to, writes back, is helped in a crisis, and comes back to the assistant", async () => {
    const chat = openTelegramChat(botApi, server.url, ++lastChat);
    await chat.say("Wo finde ich einen Kita-Platz in Sendling?");
    const asked = await chat.say("/mensch");
    expect(asked.text).toContain(de.handover.waiting);
    expect(asked.text).toContain("Montag bis Freitag: 8 bis 16 Uhr");
    expect(asked.values).toEqual(["assistant"]);

    const id = await newest();
    await staff("take", id);
    expect((await chat.next()).text).toBe(de.handover.taken);
    await staff("say", id, "Guten Tag! Wie alt ist Ihr Kind?");
    expect((await chat.next()).text).toBe(`${de.handover.writes}\n\nGuten Tag! Wie alt ist Ihr Kind?`);

    await chat.post("Drei. Ich heiße Maria Huber, meine Nummer ist 0151 23456789");
    await expect.poll(async () => Shown.parse(await staff("show", id)).length, within).toBe(3);
    await settle();
    expect(chat.unseen()).toBe(0);
    expect((await chat.say("Ich will nicht mehr leben")).text).toContain(de.crisis.suicide);
    const shown = Shown.parse(await staff("show", id));
    expect(shown.map(({ writer, crisis }) => [writer, crisis])).toEqual([
      ["before", false],
      ["human", false],
      ["person", false],
      ["person", true],
    ]);
    expect(JSON.stringify(shown)).toContain("Drei.");
    expect(JSON.stringify(shown)).not.toMatch(/Huber|0151|leben/);

    await staff("close", id);
    expect((await chat.next()).text).toBe(de.handover.ended.staff);
    expect((await chat.say("Wo finde ich einen Kita-Platz in Sendling?")).text).toContain(de.foundFor("Kita-Platz"));
  }, 120_000);

  test("in the web chat: is offered a person after two wrong answers, reads what is written there, and ends it", async () => {
    const web = await openWebChat(server.url);
    const press = async (value: string) => {
      const pressed = await web.press(value);
      return (await web.answered([pressed], answeredWithinMs)).find(({ replyToId }) => replyToId === pressed)?.text ?? "";
    };
    await web.ask("Wo finde ich einen Kita-Platz in Sendling?");
    expect(await press("wrong")).toContain(de.feedback.why);
    await web.ask("Meine Mutter braucht Pflege");
    expect(await press("wrong")).toContain(de.handover.offer);
    expect(await press("human")).toContain(de.handover.waiting);

    const id = await newest();
    await staff("say", id, "Guten Tag! Wie kann ich helfen?");
    await expect.poll(async () => (await web.read()).at(-1)?.text, within).toBe(`${de.handover.writes}\n\nGuten Tag! Wie kann ich helfen?`);
    const written = await web.say("Ich suche einen Platz für meine Tochter");
    const passedOn = (await web.answered([written], answeredWithinMs)).at(-1);
    expect(passedOn).toMatchObject({ type: "event", text: "", replyToId: written });
    expect(await press("assistant")).toContain(de.handover.returned);
    expect(await web.ask("Wo finde ich einen Kita-Platz in Sendling?")).toContain(de.foundFor("Kita-Platz"));
    expect(Listed.parse(await staff("list", "--all")).at(-1)).toMatchObject({ id: Number(id), state: "closed" });
  }, 120_000);

  test("leaves nothing of what was written in the logs, and each rating once", async () => {
    expect((await server.stop()).code).toBe(0);
    expect(server.logLines.join("\n")).not.toMatch(/Drei\.|Huber|Tochter|Wie alt|Wie kann ich/);
    const twice = await queryStored(server.dataDir, "select turn_id from feedback group by turn_id having count(*) > 1");
    expect(twice).toEqual([]);
    const rejected = await queryStored(server.dataDir, "select gap from turns join feedback on turn_id = turns.id");
    expect(rejected).toEqual([{ gap: "rejected" }, { gap: "rejected" }]);
  });
});
