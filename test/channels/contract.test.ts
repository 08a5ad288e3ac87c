import { randomUUID } from "node:crypto";
import { pino } from "pino";
import { z } from "zod";
import { directLineCapabilities } from "../../src/channels/directline/capabilities.ts";
import { createDirectLineChannel } from "../../src/channels/directline/channel.ts";
import { createTelegramChannel } from "../../src/channels/telegram/telegram.ts";
import type { SendFault } from "../../src/core/errors.ts";
import { outbox } from "../../src/database/schema.ts";
import { createAddressVault } from "../../src/messages/address-vault.ts";
import { createTranscript } from "../../src/messages/transcript.ts";
import { startFakeBotApi, type Trouble } from "../fixtures/fake-bot-api.ts";
import { type ChannelUnderTest, type ContractSetting, describeChannel, type Said } from "./contract.ts";
import { openTeams } from "./teams.ts";

const log = pino({ level: "silent" });
const secret = "right_secret-of-16";
const site = "https://lotse.example";

function telegramMessage(said: Exclude<Said, { kind: "button" }>) {
  if (said.kind === "text") return { text: said.text };
  return said.kind === "start" ? { text: "/start" } : { photo: [{ file_id: "AgACAgI", file_unique_id: "AQAD", width: 90, height: 67 }] };
}

const TelegramCall = z.object({
  text: z.string(),
  reply_markup: z.object({ inline_keyboard: z.array(z.array(z.object({ text: z.string(), callback_data: z.string() }))) }).optional(),
});

const troubles: Readonly<Record<SendFault, Trouble>> = {
  unreachable: { kind: "server-error" },
  throttled: { kind: "too-many-requests", retryAfterSeconds: 3 },
  refused: { kind: "refuse", status: 400, description: "Bad Request: message text is empty" },
  gone: { kind: "refuse", status: 403, description: "Forbidden: bot was blocked by the user" },
  uncertain: { kind: "hang" },
};

async function openTelegram({ inbox }: ContractSetting): Promise<ChannelUnderTest> {
  const botApi = await startFakeBotApi();
  const arrival = { kind: "webhook", secret } as const;
  const { routes, sender } = createTelegramChannel({ token: "123456:AAtoken", arrival, apiRoot: botApi.url, publicUrl: site, inbox, log });
  const address = "990047110099";
  const chat = { id: Number(address), type: "private" };

  const request = (body: BodyInit, headers: Readonly<Record<string, string>>) =>
    new Request(`${site}/telegram/webhook`, { method: "POST", body, headers });
  const requestWith = (body: BodyInit) => request(body, { "X-Telegram-Bot-Api-Secret-Token": secret });

  function updateOf(said: Said, id: number) {
    const from = { id: chat.id, is_bot: false, language_code: said.lang };
    if (said.kind === "button")
      return { update_id: id, callback_query: { id: String(id), from, message: { message_id: 55, chat }, data: said.value } };
    return { update_id: id, message: { message_id: id, from, chat, date: 0, ...telegramMessage(said) } };
  }

  return {
    channel: "telegram",
    capabilities: sender.capabilities,
    routes,
    sender,
    address,
    requestOf: (said, id) => requestWith(JSON.stringify(updateOf(said, id))),
    requestWith,
    forgeries: () => {
      const body = JSON.stringify(updateOf({ kind: "text", text: "Hallo" }, 1));
      return [
        ["without a secret", request(body, {})],
        ["with a wrong secret", request(body, { "X-Telegram-Bot-Api-Secret-Token": "wrong_secret-of-16" })],
        ["with the start of the secret", request(body, { "X-Telegram-Bot-Api-Secret-Token": secret.slice(0, -1) })],
      ];
    },
    noMessages: [
      { update_id: 1, managed_assistant_session: {} },
      { update_id: 2, message: { chat: { id: -1, type: "group" }, text: "Bis morgen" } },
      { update_id: 3, message: { chat, from: { id: 9, is_bot: true }, text: "Hallo" } },
      { update_id: 4, my_chat_member: { chat } },
      { update_id: 5, message: { chat, pinned_message: {} } },
    ],
    show: async (reply) => {
      const before = botApi.callsOf("sendMessage").length;
      await sender.send(address, reply, 1);
      const sent = botApi
        .callsOf("sendMessage")
        .slice(before)
        .map(({ body }) => TelegramCall.parse(body));
      const buttons = sent.flatMap(({ reply_markup }) => reply_markup?.inline_keyboard.flat() ?? []);
      return { texts: sent.map(({ text }) => text), buttons: buttons.map((each) => ({ label: each.text, value: each.callback_data })) };
    },
    limits: { text: 4096, value: 64 },
    outgoing: () => botApi.calls.length,
    failNext: (fault) => botApi.trouble("sendMessage", troubles[fault]),
    close: () => botApi.close(),
  };
}

const Token = z.object({ token: z.string(), conversationId: z.string() });
const Page = z.object({
  watermark: z.string(),
  activities: z.array(
    z.object({
      text: z.string(),
      textFormat: z.literal("plain"),
      suggestedActions: z.object({ actions: z.array(z.object({ title: z.string(), value: z.string() })) }).optional(),
    }),
  ),
});

async function openDirectLine({ database, inbox }: ContractSetting): Promise<ChannelUnderTest> {
  const vault = createAddressVault(new Uint8Array(32));
  const transcript = createTranscript(database.db, vault, "directline");
  const routes = createDirectLineChannel({
    db: database.db,
    inbox,
    transcript,
    publicUrl: site,
    allowedOrigins: [],
    secret: undefined,
    log,
  });
  const issue = async () =>
    Token.parse(await (await routes.request("/v3/directline/tokens/generate", { method: "POST", headers: { Origin: site } })).json());
  const [own, other] = [await issue(), await issue()];
  const url = `${site}/v3/directline/conversations/${own.conversationId}/activities`;
  const request = (body: BodyInit, headers: Readonly<Record<string, string>>) => new Request(url, { method: "POST", body, headers });
  const authorised = { Origin: site, Authorization: `Bearer ${own.token}` };

  function activityOf(said: Said) {
    if (said.kind === "start") return { type: "event", name: "webchat/join" };
    if (said.kind === "button") return { type: "message", value: said.value };
    return said.kind === "text" ? { type: "message", text: said.text } : { type: "message", attachments: [{ contentType: "image/png" }] };
  }
  const bodyOf = (said: Said, id: number) =>
    JSON.stringify({ ...activityOf(said), locale: said.lang, channelData: { clientActivityID: `c${id}` } });

  return {
    channel: "directline",
    capabilities: directLineCapabilities,
    routes,
    address: own.conversationId,
    requestOf: (said, id) => request(bodyOf(said, id), authorised),
    requestWith: (body) => request(body, authorised),
    forgeries: () => {
      const body = bodyOf({ kind: "text", text: "Hallo" }, 1);
      return [
        ["without a token", request(body, { Origin: site })],
        ["with an unknown token", request(body, { Origin: site, Authorization: "Bearer unknown" })],
        ["with another conversation's token", request(body, { Origin: site, Authorization: `Bearer ${other.token}` })],
        ["from a foreign site", request(body, { ...authorised, Origin: "https://evil.example" })],
      ];
    },
    noMessages: [{ type: "typing" }, { type: "event", name: "something/else" }, { type: "endOfConversation" }],
    show: async (reply) => {
      await routes.request(request(bodyOf({ kind: "text", text: "Hallo" }, 0), authorised));
      const known = await inbox.accept({
        channel: "directline",
        externalId: randomUUID(),
        address: own.conversationId,
        content: { kind: "start" },
      });
      await database.db
        .insert(outbox)
        .values({ conversationId: known.conversationId, channel: "directline", inReplyTo: known.id, reply, state: "sent" });
      const page = Page.parse(await (await routes.request(`${url}?watermark=${known.id}`, { headers: authorised })).json());
      return {
        texts: page.activities.map(({ text }) => text),
        buttons: page.activities
          .flatMap(({ suggestedActions }) => suggestedActions?.actions ?? [])
          .map(({ title, value }) => ({ label: title, value })),
      };
    },
    limits: { text: Number.POSITIVE_INFINITY, value: 60 },
    outgoing: () => 0,
    close: async () => undefined,
  };
}

describeChannel("telegram", openTelegram);
describeChannel("directline", openDirectLine);
describeChannel("botframework", openTeams);
