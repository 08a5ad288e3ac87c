import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTelegramChannel } from "../../src/channels/telegram/telegram.ts";
import { AppError } from "../../src/core/errors.ts";
import type { Inbox, IncomingMessage } from "../../src/core/message.ts";
import { type FakeBotApi, startFakeBotApi } from "../fixtures/fake-bot-api.ts";

const token = "123456:AAsecretTokenOfTheBot";
const secret = "right_secret-1";
const fixtures = join(import.meta.dirname, "../fixtures/telegram");
let botApi: FakeBotApi;

beforeAll(async () => {
  botApi = await startFakeBotApi();
});
afterAll(async () => {
  await botApi.close();
});

interface Setup {
  readonly accept?: Inbox["accept"];
  readonly acceptTimeoutMs?: number;
}

function setUp({ accept, acceptTimeoutMs }: Setup = {}) {
  const accepted: IncomingMessage[] = [];
  const logged: string[] = [];
  const remember: Inbox["accept"] = async (message) => {
    accepted.push(message);
    return { kind: "accepted", id: accepted.length, conversationId: "c" };
  };
  const { routes } = createTelegramChannel({
    token,
    arrival: { kind: "webhook", secret },
    apiRoot: botApi.url,
    publicUrl: "https://lotse.example",
    inbox: { accept: accept ?? remember },
    log: pino({ level: "debug" }, { write: (line) => void logged.push(line) }),
    fetchTimeoutMs: 1500,
    acceptTimeoutMs,
  });
  const app = new Hono().route("/", routes).onError((_, c) => c.text("outer", 500));
  const post = (body: BodyInit) =>
    app.request("/telegram/webhook", { method: "POST", body, headers: { "X-Telegram-Bot-Api-Secret-Token": secret } });
  return { accepted, logged, post, app };
}

const fixture = (name: string) => readFile(join(fixtures, `${name}.json`), "utf8");
const textUpdate = (text: string) => JSON.stringify({ update_id: 5, message: { chat: { id: 4711, type: "private" }, text } });

describe("the webhook's secret", () => {
  it.each([
    ["missing", {}],
    ["empty", { "X-Telegram-Bot-Api-Secret-Token": "" }],
    ["wrong", { "X-Telegram-Bot-Api-Secret-Token": "right_secret-2" }],
    ["the start of the right one", { "X-Telegram-Bot-Api-Secret-Token": "right_secret" }],
  ])("answers 401 when it is %s, the body unread", async (_, headers) => {
    const { app, accepted } = setUp();
    const request = new Request("http://localhost/telegram/webhook", { method: "POST", body: await fixture("message-text"), headers });
    const response = await app.request(request);
    expect(response.status).toBe(401);
    expect(request.bodyUsed).toBe(false);
    expect(accepted).toEqual([]);
  });

  it.each([
    { token, secret: "" },
    { token, secret: "with space" },
    { token: "no-token", secret },
  ])("refuses a configuration that cannot be right", ({ secret: given, ...config }) => {
    const inbox = { accept: () => Promise.reject(new Error("not used")) };
    const rest = { arrival: { kind: "webhook", secret: given }, apiRoot: botApi.url, publicUrl: "https://lotse.example" } as const;
    const create = () => createTelegramChannel({ ...config, ...rest, inbox, log: pino({ level: "silent" }) });
    expect(create).toThrow(expect.objectContaining({ code: "CONFIG_INVALID" }));
  });
});

describe("the webhook", () => {
  it("puts a message into the inbox and answers 200 without asking Telegram anything", async () => {
    const { post, accepted } = setUp();
    const before = botApi.calls.length;
    const response = await post(await fixture("message-text"));
    expect([response.status, await response.json()]).toEqual([200, {}]);
    expect(accepted).toEqual([
      {
        channel: "telegram",
        externalId: "123456:900001",
        address: "4711",
        content: { kind: "text", text: "Wo finde ich einen Kita-Platz in Sendling?" },
        interfaceLang: "de",
      },
    ]);
    expect(botApi.calls).toHaveLength(before);
  });

  it("takes changed words for a message of its own, with its own id", async () => {
    const { post, accepted } = setUp();
    const update = await fixture("edited-message");
    expect([(await post(update)).status, (await post(update)).status]).toEqual([200, 200]);
    // Twice the same id: the inbox stores it once.
    expect(accepted.map(({ externalId }) => externalId)).toEqual(["123456:900013", "123456:900013"]);
    expect(accepted[0]?.content).toMatchObject({ edited: true });
  });

  it("asks for a group's message again as long as it does not know its name", async () => {
    const { post, accepted } = setUp();
    const response = await post(await fixture("group-mention"));
    expect([response.status, response.headers.get("Retry-After")]).toEqual([503, "1"]);
    expect(accepted).toEqual([]);
  });

  it("answers only after the inbox has committed", async () => {
    let commit: () => void = () => undefined;
    const committed = new Promise<void>((resolve) => {
      commit = resolve;
    });
    const { post } = setUp({ accept: () => committed.then(() => ({ kind: "accepted", id: 1, conversationId: "c" })) });
    let answered = false;
    const response = Promise.resolve(post(textUpdate("Hallo"))).then((result) => {
      answered = true;
      return result;
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(answered).toBe(false);
    commit();
    expect((await response).status).toBe(200);
  });

  it("acknowledges a button once it is in the inbox", async () => {
    const { post, accepted } = setUp();
    const before = botApi.callsOf("answerCallbackQuery").length;
    expect((await post(await fixture("callback-query"))).status).toBe(200);
    const calls = await botApi.waitFor("answerCallbackQuery", before + 1);
    expect(calls.at(-1)?.body).toEqual({ callback_query_id: "20235519873465" });
    expect(accepted).toMatchObject([{ content: { kind: "button", value: "more:kita-platz:2" }, interfaceLang: "hr" }]);
  });

  it("does not wait for the acknowledgement, and logs its failure without secrets", async () => {
    const { post, logged } = setUp();
    botApi.trouble("answerCallbackQuery", { kind: "hang" });
    expect((await post(await fixture("callback-query"))).status).toBe(200);
    expect(logged.join("")).not.toContain("had no answer");
    await expect.poll(() => logged.join(""), { timeout: 5000 }).toContain("had no answer within 1500 ms");
    expect(logged.join("")).not.toMatch(/AAsecret|4711|kita/);
  });

  it.each(["edited-location", "private-bot", "channel-post", "my-chat-member", "future-type", "group-talk"])(
    "answers 200 to %s, stores nothing and logs its type only",
    async (name) => {
      const { post, accepted, logged } = setUp();
      expect((await post(await fixture(name))).status).toBe(200);
      expect(accepted).toEqual([]);
      expect(logged).toEqual([expect.stringContaining('"msg":"telegram update ignored"')]);
      expect(logged.join("")).not.toMatch(/4711|-100|Kita|Flohmarkt|Rathaus|Beispiel|opened/);
    },
  );

  it.each([
    ["nothing", ""],
    ["words", "Frau Geheim sagt hallo"],
    ["half a JSON", '{"update_id": 1, "message": {'],
    ["binary", new Uint8Array([0, 255, 254, 128, 1, 200])],
    ["null", "null"],
    ["no update", '{"hello": "Geheim"}'],
    ["a message of another shape", '{"update_id": 1, "message": "Geheim"}'],
    ["30,000 levels", `{"update_id": 1, "message": ${"[".repeat(30_000)}${"]".repeat(30_000)}}`],
  ])("answers 400 to %s", async (_, body) => {
    const { post, accepted, logged } = setUp();
    const response = await post(body);
    expect([response.status, await response.json()]).toEqual([400, { error: "REQUEST_INVALID" }]);
    expect(accepted).toEqual([]);
    expect(logged.join("")).not.toContain("Geheim");
    expect((await post(textUpdate("Und weiter geht es"))).status).toBe(200);
  });

  it.each([
    [63, 200],
    [64, 400],
  ])("answers to an update that holds %i levels of lists with %i", async (levels, status) => {
    const { post } = setUp();
    expect((await post(`{"update_id": 1, "future": ${"[".repeat(levels)}${"]".repeat(levels)}}`)).status).toBe(status);
  });

  it("takes 100 kB of text and hands every character on", async () => {
    const { post, accepted } = setUp();
    const text = "Ä\u0000<script>'😀".repeat(8_000);
    expect((await post(textUpdate(text))).status).toBe(200);
    expect(accepted).toMatchObject([{ content: { kind: "text", text } }]);
  });

  it.each(["with its length", "in chunks"])("answers 413 to 2 MB over the wire, sent %s", async (how) => {
    const { app, accepted } = setUp();
    const { server, port } = await new Promise<{ server: ReturnType<typeof serve>; port: number }>((resolve) => {
      const server = serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 }, (info) => resolve({ server, port: info.port }));
    });
    const text = textUpdate("a".repeat(2 * 1024 * 1024));
    const init = { method: "POST", headers: { "X-Telegram-Bot-Api-Secret-Token": secret }, duplex: "half" };
    const response = await fetch(`http://127.0.0.1:${port}/telegram/webhook`, {
      ...init,
      body: how === "in chunks" ? new Blob([text]).stream() : text,
    });
    expect([response.status, await response.json()]).toEqual([413, { error: "TOO_LARGE" }]);
    expect(accepted).toEqual([]);
    await new Promise((resolve) => server.close(resolve));
  });

  it.each(["DATABASE_UNAVAILABLE", "DATABASE_FAILED"] as const)("answers 503 with Retry-After on %s", async (code) => {
    const { post } = setUp({ accept: () => Promise.reject(new AppError(code, "The inbox is away.")) });
    const response = await post(textUpdate("Hallo"));
    expect([response.status, response.headers.get("Retry-After")]).toEqual([503, "1"]);
    expect(process.exitCode).toBeUndefined();
  });

  it("answers 503 when the inbox does not answer in time", async () => {
    const { post } = setUp({ accept: () => new Promise(() => undefined), acceptTimeoutMs: 50 });
    expect((await post(textUpdate("Hallo"))).status).toBe(503);
  });

  it("leaves unknown faults to the app", async () => {
    const { post } = setUp({ accept: () => Promise.reject(new TypeError("a fault")) });
    expect(await (await post(textUpdate("Hallo"))).text()).toBe("outer");
  });
});
