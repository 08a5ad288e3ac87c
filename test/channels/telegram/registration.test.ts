import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTelegramChannel, type TelegramChannel, type TelegramDependencies } from "../../../src/channels/telegram/telegram.ts";
import { languages } from "../../../src/core/languages.ts";
import type { IncomingMessage } from "../../../src/core/message.ts";
import { words } from "../../../src/words/words.ts";
import { type FakeBotApi, startFakeBotApi } from "../../fixtures/fake-bot-api.ts";

const token = "123456:AAsecretTokenOfTheBot";
const secret = "right_secret-of-16";
const webhook = { kind: "webhook", secret } as const;
const open: TelegramChannel[] = [];
const platforms: FakeBotApi[] = [];
let botApi: FakeBotApi;
let logged: string[];
let accepted: IncomingMessage[];

beforeEach(async () => {
  botApi = await startFakeBotApi();
  platforms.push(botApi);
  logged = [];
  accepted = [];
});
afterEach(async () => {
  for (const channel of open.splice(0)) await channel.stop();
});
afterAll(async () => {
  for (const platform of platforms) await platform.close();
});

function startChannel(change: Partial<TelegramDependencies> = {}) {
  const channel = createTelegramChannel({
    token,
    arrival: webhook,
    apiRoot: botApi.url,
    publicUrl: "https://lotse.example",
    inbox: {
      accept: async (message) => {
        accepted.push(message);
        return { kind: "accepted", id: accepted.length, conversationId: "c" };
      },
    },
    log: pino({ level: "debug" }, { write: (line) => void logged.push(line) }),
    ...change,
  });
  open.push(channel);
  channel.start();
  return channel;
}

const post = async (channel: TelegramChannel, fixture: string) =>
  channel.routes.request("/telegram/webhook", {
    method: "POST",
    headers: { "X-Telegram-Bot-Api-Secret-Token": secret },
    body: await readFile(join(import.meta.dirname, `../../fixtures/telegram/${fixture}.json`), "utf8"),
  });

describe("a bot that starts", () => {
  it("registers its webhook with secret, kinds of updates and connections, where PUBLIC_URL is https", async () => {
    startChannel();
    const [call] = await botApi.waitFor("setWebhook", 1);
    expect(call?.body).toEqual({
      url: "https://lotse.example/telegram/webhook",
      secret_token: secret,
      allowed_updates: ["message", "edited_message", "callback_query"],
      max_connections: 40,
    });
    await expect.poll(() => logged.join("")).toContain("telegram webhook registered");
    expect(logged.join("")).not.toMatch(/AAsecret|right_secret/);
    expect(botApi.callsOf("deleteWebhook")).toEqual([]);
    expect(botApi.callsOf("getUpdates")).toEqual([]);
  });

  it.each(["http://127.0.0.1:8787", "http://lotse.example"])("registers no webhook at %s and says why", async (publicUrl) => {
    startChannel({ publicUrl });
    await expect.poll(() => logged.join("")).toContain("PUBLIC_URL is not https");
    expect(botApi.calls.map(({ method }) => method).filter((method) => method !== "setMyCommands")).toEqual(["getMe"]);
  });

  it("sets its commands in every language, in English for all others, with the names that work there", async () => {
    startChannel();
    await botApi.waitFor("setWebhook", 1);
    const menus = new Map(botApi.callsOf("setMyCommands").map(({ body }) => [body["language_code"], body["commands"]]));
    expect([...menus.keys()]).toEqual([undefined, ...languages, "bs", "sr"]);
    expect(menus.get("de")).toEqual([
      { command: "hilfe", description: words.de.commands.help },
      { command: "einstellungen", description: words.de.commands.settings },
      { command: "einfach", description: words.de.commands.simple },
      { command: "mensch", description: words.de.commands.human },
      { command: "abos", description: words.de.commands.watches },
      { command: "meinedaten", description: words.de.commands["my-data"] },
      { command: "loeschen", description: words.de.commands.delete },
      { command: "datenschutz", description: words.de.commands.privacy },
    ]);
    expect(menus.get("tr")).toContainEqual({ command: "mydata", description: words.tr.commands["my-data"] });
    expect(menus.get("sr")).toEqual(menus.get("hr"));
    expect(menus.get(undefined)).toEqual(menus.get("en"));
  });

  it("learns its name, and from then on hears it in groups", async () => {
    const channel = startChannel();
    await expect.poll(async () => (await post(channel, "group-mention")).status).toBe(200);
    expect(accepted).toMatchObject([{ content: { kind: "text", text: "wo ist der Flohmarkt?" } }]);
  });

  it("takes messages while Telegram cannot be reached, and registers once it can", async () => {
    botApi.trouble("getMe", { kind: "server-error" });
    const channel = startChannel();
    expect((await post(channel, "message-text")).status).toBe(200);
    await expect.poll(() => logged.join("")).toContain("registering the telegram bot failed, will be tried again");
    await expect.poll(() => botApi.callsOf("setWebhook").length, { timeout: 5000 }).toBe(1);
  });

  it("tells the operator what Telegram refuses, without the token", async () => {
    botApi.trouble("getMe", { kind: "refuse", status: 401, description: "Unauthorized" });
    startChannel();
    await expect.poll(() => logged.join("")).toContain("getMe was refused with 401: Unauthorized");
    expect(logged.join("")).not.toContain("AAsecret");
  });

  it("refuses to speak for another bot", async () => {
    startChannel({ token: "999:AAsecretTokenOfTheBot" });
    await expect.poll(() => logged.join("")).toContain("belongs to another bot");
    expect(botApi.callsOf("setWebhook")).toEqual([]);
  });

  it("stops at once while it waits to try again", async () => {
    botApi.trouble("getMe", { kind: "too-many-requests", retryAfterSeconds: 3600 });
    const channel = startChannel();
    await expect.poll(() => logged.join("")).toContain('"nextInSeconds":3600');
    await channel.stop();
    expect(botApi.callsOf("getMe")).toHaveLength(1);
  });
});

describe("a bot that polls", () => {
  const polling = { arrival: { kind: "polling" } } as const;
  const update = (id: number, text: string) => ({ update_id: id, message: { message_id: id, chat: { id: 4711, type: "private" }, text } });
  const textsOf = () => accepted.map(({ content }) => (content.kind === "text" ? content.text : ""));

  it("has no webhook: it takes away the one at Telegram and serves none", async () => {
    const channel = startChannel(polling);
    await botApi.waitFor("getUpdates", 1);
    expect(botApi.callsOf("deleteWebhook")).toHaveLength(1);
    expect(botApi.callsOf("setWebhook")).toEqual([]);
    expect((await post(channel, "message-text")).status).toBe(404);
    expect(logged.join("")).toContain("the bot's webhook was removed");
  });

  it("takes updates in order and confirms them once they are stored", async () => {
    for (const [index, text] of ["eins", "zwei", "drei"].entries()) botApi.deliver(update(700 + index, text));
    startChannel(polling);
    await expect.poll(() => botApi.callsOf("getUpdates").length).toBeGreaterThanOrEqual(2);
    expect(textsOf()).toEqual(["eins", "zwei", "drei"]);
    const [first, second] = botApi.callsOf("getUpdates");
    expect(first?.body).toEqual({ offset: 0, timeout: 25, allowed_updates: ["message", "edited_message", "callback_query"] });
    expect(second?.body).toMatchObject({ offset: 703 });
  });

  it("asks again for an update that could not be stored, and passes over one that is none", async () => {
    let away = true;
    botApi.deliver(update(800, "eins"));
    const broken = { update_id: 801, message: "kaputt" };
    botApi.deliver(broken);
    botApi.deliver(update(802, "zwei"));
    startChannel({
      ...polling,
      inbox: {
        accept: async (message) => {
          if (away) throw new Error("the database is away");
          accepted.push(message);
          return { kind: "accepted", id: 1, conversationId: "c" };
        },
      },
    });
    await expect.poll(() => logged.join("")).toContain("telegram polling failed, will be tried again");
    away = false;
    await expect.poll(textsOf, { timeout: 8000 }).toEqual(["eins", "zwei"]);
    expect(logged.join("")).toContain("telegram update refused");
  });

  it("ends at once although Telegram holds the call open", async () => {
    botApi.trouble("getUpdates", { kind: "hang" });
    const channel = startChannel(polling);
    await botApi.waitFor("getUpdates", 1);
    await channel.stop();
    expect(logged.join("")).not.toContain("polling failed");
  });
});
