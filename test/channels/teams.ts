import { randomUUID } from "node:crypto";
import { pino } from "pino";
import { z } from "zod";
import { createBotFrameworkChannel } from "../../src/channels/botframework/channel.ts";
import { readActivity, referenceOf } from "../../src/channels/botframework/parse.ts";
import { addressKeyOf, renderAddress } from "../../src/channels/botframework/reference.ts";
import type { Reply } from "../../src/core/answer.ts";
import type { SendFault } from "../../src/core/errors.ts";
import { outbox } from "../../src/database/schema.ts";
import { createAddressVault } from "../../src/messages/address-vault.ts";
import { createSentAnswers } from "../../src/messages/sent-answers.ts";
import { type ConnectorTrouble, startFakeConnector } from "../fixtures/fake-connector.ts";
import { bearer, botConfig, fixture } from "../support/bot-framework.ts";
import type { ChannelUnderTest, ContractSetting, Said, Shown } from "./contract.ts";

const site = "https://lotse.example";
const attacker = "https://attacker.example/";
const expiredAt = 1_700_000_000;
const fixtures = { text: "message-personal", button: "card-submit", start: "members-added-personal", attachment: "message-file" } as const;
const withoutMessage = ["typing", "event", "members-removed", "message-from-bot", "message-group-talk", "reaction-heart", "future-type"];

const troubles: Readonly<Record<SendFault, ConnectorTrouble>> = {
  unreachable: { kind: "refuse", status: 502 },
  throttled: { kind: "refuse", status: 429, retryAfter: "3" },
  refused: { kind: "refuse", status: 400 },
  gone: { kind: "refuse", status: 403 },
  uncertain: { kind: "hang" },
};

const Message = z.object({
  text: z.string().optional(),
  attachments: z.array(z.unknown()).optional(),
  suggestedActions: z
    .object({ actions: z.array(z.object({ type: z.literal("imBack"), title: z.string(), value: z.string() })) })
    .optional(),
});
const Seen = z.discriminatedUnion("type", [
  z.object({ type: z.literal("TextRun"), text: z.string() }),
  z.object({ type: z.literal("Action.OpenUrl"), url: z.string() }),
  z.object({ type: z.literal("Action.Submit"), title: z.string(), data: z.object({ stadtlotse: z.string() }) }),
]);

function joined(parts: readonly Shown[]): Shown {
  return { texts: parts.flatMap(({ texts }) => texts), buttons: parts.flatMap(({ buttons }) => buttons) };
}

/** What a person sees of any part of an Adaptive Card, from top to bottom. */
function seenIn(part: unknown): Shown {
  const seen = Seen.safeParse(part).data;
  switch (seen?.type) {
    case "TextRun":
      return { texts: [seen.text], buttons: [] };
    case "Action.OpenUrl":
      return { texts: [seen.url], buttons: [] };
    case "Action.Submit":
      return { texts: [], buttons: [{ label: seen.title, value: seen.data.stadtlotse }] };
    case undefined:
      return joined(typeof part === "object" && part !== null ? Object.values(part).map(seenIn) : []);
    default:
      return seen satisfies never;
  }
}

/** Bot Framework as Teams speaks it, in a talk of two, with Microsoft's side on loopback. */
export async function openTeams({ database, inbox }: ContractSetting): Promise<ChannelUnderTest> {
  const connector = await startFakeConnector();
  const vault = createAddressVault(new Uint8Array(32));
  const sentAnswers = createSentAnswers(database.db, vault, "botframework");
  const { routes, sender } = createBotFrameworkChannel({
    ...botConfig(connector),
    publicUrl: site,
    inbox,
    sentAnswers,
    hash: (text) => vault.hash("botframework", text),
    log: pino({ level: "silent" }),
  });
  const load = (name: string) => fixture(name, connector);
  const activities = {
    text: await load(fixtures.text),
    button: await load(fixtures.button),
    start: await load(fixtures.start),
    attachment: await load(fixtures.attachment),
  };
  const noMessages = await Promise.all(withoutMessage.map(load));
  const reference = referenceOf(readActivity(activities.text));
  const [address, addressKey] = [renderAddress(reference), addressKeyOf(reference)];
  const valid = await bearer(connector);
  const expired = await bearer(connector, { nbf: expiredAt - 60, exp: expiredAt });
  const ofAnotherBot = await bearer(connector, { aud: "99999999-2222-4333-8444-555555555555" });
  const ofAStranger = await bearer(connector, {}, "stranger");
  const ofAnotherService = await bearer(connector, { serviceurl: attacker });
  // The login is asked for our token once, before the calls that are counted.
  await sender.showTyping?.(address);

  const request = (body: BodyInit, authorization?: string) =>
    new Request(`${site}/api/messages`, { method: "POST", body, headers: authorization === undefined ? {} : { authorization } });

  function contentOf(said: Said): object {
    if (said.kind === "text") return { text: said.text };
    return said.kind === "button" ? { value: { stadtlotse: said.value } } : {};
  }
  const bodyOf = (said: Said, id: number, change: object = {}) =>
    JSON.stringify({ ...activities[said.kind], id: String(id), locale: said.lang, ...contentOf(said), ...change });

  /** The value that the words of a suggested action come back as, once the answer that it hung on was sent. */
  async function valueBehind(label: string, reply: Reply): Promise<string> {
    const known = await inbox.accept({
      channel: "botframework",
      externalId: randomUUID(),
      address,
      addressKey,
      content: { kind: "start" },
    });
    await database.db
      .insert(outbox)
      .values({ conversationId: known.conversationId, channel: "botframework", inReplyTo: known.id, reply, state: "sent" });
    return (await sentAnswers.buttonOf(addressKey, label)) ?? `"${label}" names no button`;
  }

  async function showMessage(body: unknown, reply: Reply): Promise<Shown> {
    const { text, attachments = [], suggestedActions } = Message.parse(body);
    const card = seenIn(attachments);
    const suggested = (suggestedActions?.actions ?? []).map(async ({ title, value }) => ({
      label: title,
      value: await valueBehind(value, reply),
    }));
    return joined([{ texts: text === undefined ? [] : [text], buttons: await Promise.all(suggested) }, card]);
  }

  return {
    channel: "botframework",
    capabilities: sender.capabilities,
    routes,
    sender,
    address,
    requestOf: (said, id) => request(bodyOf(said, id), valid),
    requestWith: (body) => request(body, valid),
    forgeries: () => {
      const hello = { kind: "text", text: "Hallo" } as const;
      const body = bodyOf(hello, 1);
      return [
        ["without a token", request(body)],
        ["with an expired token", request(body, expired)],
        ["with a token for another bot", request(body, ofAnotherBot)],
        ["with a token that the issuer has not signed", request(body, ofAStranger)],
        ["with a token of another service", request(body, ofAnotherService)],
        ["from a service that is not Microsoft's", request(bodyOf(hello, 1, { serviceUrl: attacker }), ofAnotherService)],
      ];
    },
    noMessages,
    show: async (reply) => {
      const before = connector.calls.length;
      await sender.send(address, reply, 1);
      return joined(await Promise.all(connector.calls.slice(before).map(({ body }) => showMessage(body, reply))));
    },
    limits: { text: 3000, value: 60 },
    outgoing: () => connector.calls.length + connector.logins.length,
    failNext: (fault) => connector.trouble(troubles[fault]),
    close: () => connector.close(),
  };
}
