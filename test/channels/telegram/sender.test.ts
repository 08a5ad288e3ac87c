import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTelegramChannel } from "../../../src/channels/telegram/telegram.ts";
import type { Button, Reply } from "../../../src/core/answer.ts";
import { AppError } from "../../../src/core/errors.ts";
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
  return createTelegramChannel({ token, webhookSecret: "s", apiRoot, inbox, log, fetchTimeoutMs: 200 }).sender;
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

  it("sends the answer without a button that is too long, and logs that as a fault", async () => {
    await createSender().send(chatId, reply("Hallo", [more, { label: "x", value: "x".repeat(65) }]), 77);
    expect(botApi.calls.at(-1)?.body["reply_markup"]).toEqual({ inline_keyboard: [[{ text: "Mehr", callback_data: "more:2" }]] });
    expect(logged.at(-1)).toContain('"outboxId":77,"code":"CONTENT_INVALID"');
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
    [{ kind: "hang" }, "had no answer within 200 ms"],
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
