import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTelegramSender } from "../../../src/channels/telegram/sender.ts";
import { createTelegramChannel } from "../../../src/channels/telegram/telegram.ts";
import type { Button, Reply } from "../../../src/core/answer.ts";
import { AppError, SendError } from "../../../src/core/errors.ts";
import { type FakeBotApi, startFakeBotApi, type Trouble } from "../../fixtures/fake-bot-api.ts";

const token = "123456:AAsecretTokenOfTheBot";
const chatId = "9988776655";
const more: Button = { label: "Mehr", value: "more:2" };
let botApi: FakeBotApi;
const logged: string[] = [];

beforeAll(async () => {
  botApi = await startFakeBotApi();
});
afterAll(async () => {
  await botApi.close();
});

function createSender(apiRoot = botApi.url) {
  const log = pino({ level: "trace" }, { write: (line) => void logged.push(line) });
  const inbox = { accept: () => Promise.reject(new Error("not used")) };
  const arrival = { kind: "webhook", secret: "s" } as const;
  return createTelegramChannel({ token, arrival, apiRoot, publicUrl: "https://lotse.example", inbox, log, fetchTimeoutMs: 1500 }).sender;
}

function reply(text: string, buttons: readonly Button[] = []): Reply {
  return { lang: "de", lead: [text], cards: [], closing: [], buttons };
}

async function failureOf(apiRoot?: string): Promise<AppError> {
  const error = await createSender(apiRoot)
    .send(chatId, reply("Geheimer Text"), 1)
    .then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
  if (!(error instanceof AppError)) throw new Error("No AppError was thrown.");
  return error;
}

describe("the Telegram sender", () => {
  it("sends plain text without markup and without previews, and gives the message's id back", async () => {
    const before = botApi.calls.length;
    const sent = await createSender().send(chatId, reply("<b>Hallo</b> _du_ https://stadt.example", [more]), 1);
    expect(sent).toEqual({ platformId: String(botApi.calls.length) });
    expect(botApi.calls.slice(before)).toEqual([
      {
        method: "sendMessage",
        at: expect.any(Number),
        body: {
          chat_id: chatId,
          text: "<b>Hallo</b> _du_ https://stadt.example",
          link_preview_options: { is_disabled: true },
          reply_markup: { inline_keyboard: [[{ text: "Mehr", callback_data: "more:2" }]] },
        },
      },
    ]);
  });

  it("sends a long reply in order, with the keyboard below the last part", async () => {
    const before = botApi.calls.length;
    const text = ["A", "B", "C"].map((letter) => letter.repeat(4000)).join("\n");
    const sent = await createSender().send(chatId, reply(text, [more]), 1);
    const bodies = botApi.calls.slice(before).map((call) => call.body);
    expect(bodies.map((body) => String(body["text"])[0])).toEqual(["A", "B", "C"]);
    expect(bodies.map((body) => "reply_markup" in body)).toEqual([false, false, true]);
    expect(sent.platformId?.split(",")).toHaveLength(3);
  });

  it.each([
    [1, false],
    [2, true],
  ])("says of a refusal of part %i whether something has arrived: %s", async (refused, partly) => {
    let calls = 0;
    const call = () => {
      calls += 1;
      return calls === refused
        ? Promise.reject(new SendError("throttled", "too much", { retryAfterSeconds: 3 }))
        : Promise.resolve({ message_id: calls });
    };
    const sender = createTelegramSender({ call, log: pino({ level: "silent" }), publicUrl: "https://lotse.example" });
    const text = ["A", "B", "C"].map((letter) => letter.repeat(4000)).join("\n");
    await expect(sender.send(chatId, reply(text), 1)).rejects.toMatchObject({ fault: "throttled", retryAfterSeconds: 3, partly });
    expect(calls).toBe(refused);
  });

  it("sends the answer without a button that is too long, and logs that as a fault", async () => {
    await createSender().send(chatId, reply("Hallo", [more, { label: "x", value: "x".repeat(65) }]), 77);
    expect(botApi.calls.at(-1)?.body["reply_markup"]).toEqual({ inline_keyboard: [[{ text: "Mehr", callback_data: "more:2" }]] });
    expect(logged.at(-1)).toContain('"outboxId":77,"code":"CONTENT_INVALID"');
  });

  it("puts an answer in the place of an earlier message, with its own keyboard", async () => {
    const sender = createSender();
    const { platformId = "" } = await sender.send(chatId, reply("Seite 1", [more]), 1);
    const before = botApi.calls.length;
    const sent = await sender.send(chatId, { ...reply("Seite 2", [more]), replaces: platformId }, 2);
    expect(sent).toEqual({ platformId });
    expect(botApi.calls.slice(before).map(({ method, body }) => [method, body])).toEqual([
      [
        "editMessageText",
        {
          chat_id: chatId,
          message_id: Number(platformId),
          text: "Seite 2",
          link_preview_options: { is_disabled: true },
          reply_markup: { inline_keyboard: [[{ text: "Mehr", callback_data: "more:2" }]] },
        },
      ],
    ]);
  });

  it("edits once more without harm when the same answer is sent again", async () => {
    const sender = createSender();
    const { platformId = "" } = await sender.send(chatId, reply("Seite 1"), 1);
    const page = { ...reply("Seite 2", [more]), replaces: platformId };
    expect([await sender.send(chatId, page, 2), await sender.send(chatId, page, 2)]).toEqual([{ platformId }, { platformId }]);
  });

  it.each(["900000", "no number", "99999999999999999999"])("sends anew what cannot take the place of message %s", async (replaces) => {
    const before = botApi.callsOf("sendMessage").length;
    const sent = await createSender().send(chatId, { ...reply("Seite 2"), replaces }, 1);
    expect(sent.platformId).toBe(String(botApi.calls.length));
    expect(botApi.callsOf("sendMessage")).toHaveLength(before + 1);
  });

  it("replaces by the first part and sends the others, with the keyboard below the last", async () => {
    const sender = createSender();
    const { platformId = "" } = await sender.send(chatId, reply("Seite 1", [more]), 1);
    const before = botApi.calls.length;
    const long = ["A", "B"].map((letter) => letter.repeat(4000)).join("\n");
    await sender.send(chatId, { ...reply(long, [more]), replaces: platformId }, 2);
    const calls = botApi.calls.slice(before);
    expect(calls.map(({ method, body }) => [method, String(body["text"])[0], "reply_markup" in body])).toEqual([
      ["editMessageText", "A", false],
      ["sendMessage", "B", true],
    ]);
  });

  it.each<readonly [Trouble, string]>([
    [{ kind: "too-many-requests", retryAfterSeconds: 3 }, "throttled"],
    [{ kind: "refuse", status: 403, description: "Forbidden: bot was blocked by the user" }, "gone"],
    [{ kind: "server-error" }, "unreachable"],
  ])("does not send anew what $kind kept from taking its place", async (trouble, fault) => {
    const sender = createSender();
    const { platformId = "" } = await sender.send(chatId, reply("Seite 1"), 1);
    const before = botApi.callsOf("sendMessage").length;
    botApi.trouble("editMessageText", trouble);
    await expect(sender.send(chatId, { ...reply("Seite 2"), replaces: platformId }, 2)).rejects.toMatchObject({ fault });
    expect(botApi.callsOf("sendMessage")).toHaveLength(before);
  });

  it("asks for the place in a message of its own, after the answer", async () => {
    const before = botApi.calls.length;
    const place: Button = { label: "Meinen Ort senden", value: "place", shares: "place" };
    const sent = await createSender().send(chatId, { ...reply("Angebote", [more, place]), closing: ["Wo sind Sie?"] }, 1);
    expect(botApi.calls.slice(before).map(({ method, body }) => [method, body["text"], body["reply_markup"]])).toEqual([
      ["sendMessage", "Angebote", { inline_keyboard: [[{ text: "Mehr", callback_data: "more:2" }]] }],
      [
        "sendMessage",
        "Wo sind Sie?",
        {
          keyboard: [[{ text: "Meinen Ort senden", request_location: true }]],
          one_time_keyboard: true,
          resize_keyboard: true,
        },
      ],
    ]);
    expect(sent.platformId?.split(",")).toHaveLength(2);
  });

  it("does not ask a group for its place by a button, which Telegram refuses", async () => {
    const place: Button = { label: "Meinen Ort senden", value: "place", shares: "place" };
    await createSender().send("-1001", { ...reply("Angebote", [place]), closing: ["Wo sind Sie?"] }, 1);
    expect(botApi.calls.at(-1)?.body).toMatchObject({ chat_id: "-1001", text: "Angebote\n\nWo sind Sie?" });
    expect(botApi.calls.at(-1)?.body).not.toHaveProperty("reply_markup");
  });

  it("shows that an answer is on its way", async () => {
    await createSender().showTyping?.(chatId);
    expect(botApi.calls.at(-1)).toMatchObject({ method: "sendChatAction", body: { chat_id: chatId, action: "typing" } });
  });

  it("names as data who carries the messages and where it goes without", () => {
    expect(createSender().capabilities.carrier).toEqual({ name: "Telegram", insteadUrl: "https://lotse.example" });
  });

  it.each<readonly [number, string, string]>([
    [429, "Too Many Requests: retry after 7", "throttled"],
    [403, "Forbidden: bot was blocked by the user", "gone"],
    [403, "Forbidden: bots can't send messages to bots", "gone"],
    [403, "Forbidden: bot was kicked from the group chat", "gone"],
    [400, "Bad Request: chat not found", "gone"],
    [400, "Bad Request: group chat was upgraded to a supergroup chat", "gone"],
    [400, "Bad Request: message text is empty", "refused"],
    [401, "Unauthorized", "unreachable"],
    [404, "Not Found", "unreachable"],
    [500, "Internal Server Error", "unreachable"],
    [502, "Bad Gateway", "unreachable"],
  ])("takes %i %s for %s", async (status, description, fault) => {
    botApi.trouble("sendMessage", { kind: "refuse", status, description });
    expect(await failureOf()).toMatchObject({ fault });
  });

  it("refuses an empty reply before it is sent", async () => {
    const before = botApi.calls.length;
    await expect(createSender().send(chatId, reply(" \n"), 1)).rejects.toMatchObject({ code: "SEND_FAILED" });
    expect(botApi.calls).toHaveLength(before);
  });

  it.each<readonly [Trouble, string]>([
    [{ kind: "too-many-requests", retryAfterSeconds: 7 }, "was refused with 429, retry after 7 s"],
    [{ kind: "server-error" }, "was refused with 500"],
    [{ kind: "refuse", status: 403, description: `Forbidden: ${chatId} blocked the bot` }, "was refused with 403"],
    [{ kind: "not-json" }, "unreadable (no code)"],
    [{ kind: "drop" }, "did not reach Telegram"],
    [{ kind: "hang" }, "had no answer within 1500 ms"],
  ])("turns $kind into SEND_FAILED that tells no secret", async (trouble, reason) => {
    botApi.trouble("sendMessage", trouble);
    const error = await failureOf();
    expect(error.code).toBe("SEND_FAILED");
    expect(error.message).toContain(reason);
    expect(error.cause).toBeUndefined();
    expect(`${error.message} ${error.stack}`).not.toMatch(/AAsecret|123456|9988776655|Geheimer/);
  });

  it("turns an unreachable Bot API into SEND_FAILED with the network's code", async () => {
    const gone = await startFakeBotApi();
    await gone.close();
    const error = await failureOf(gone.url);
    expect(error.message).toContain("ECONNREFUSED");
    expect(`${error.message} ${error.stack}`).not.toMatch(/AAsecret|123456|9988776655|Geheimer/);
  });

  it("has sent nothing of this to the log", () => {
    expect(logged.join("")).not.toMatch(/AAsecret|9988776655|Geheimer|Hallo/);
  });
});
