import { pino } from "pino";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createBotFrameworkChannel } from "../../../src/channels/botframework/channel.ts";
import { type Reference, renderAddress } from "../../../src/channels/botframework/reference.ts";
import type { Button, Reply } from "../../../src/core/answer.ts";
import { SendError } from "../../../src/core/errors.ts";
import { type ConnectorTrouble, type FakeConnector, fakeAppPassword, startFakeConnector } from "../../fixtures/fake-connector.ts";
import { appId, botConfig } from "../../support/bot-framework.ts";

let connector: FakeConnector;
const logged: string[] = [];

beforeAll(async () => {
  connector = await startFakeConnector();
});
afterAll(() => connector.close());
afterEach(() => {
  expect(logged.join("")).not.toMatch(/secretOf|connector-token|29:1|a:1|Geheim|Kita/);
});

const conversationId = "a:1beispiel-_gespraech";

function createSender(config: Partial<ReturnType<typeof botConfig>> = {}) {
  const { sender } = createBotFrameworkChannel({
    ...botConfig(connector),
    ...config,
    publicUrl: "https://lotse.example",
    inbox: { accept: () => Promise.reject(new Error("not used")) },
    sentAnswers: { questionOf: async () => undefined, buttonOf: async () => undefined },
    hash: (text) => text,
    log: pino({ level: "trace" }, { write: (line) => void logged.push(line) }),
    fetchTimeoutMs: 300,
  });
  return sender;
}

function addressOf(change: Partial<Reference> = {}): string {
  return renderAddress({
    channelId: "msteams",
    serviceUrl: connector.serviceUrl,
    conversation: { id: conversationId, conversationType: "personal" },
    bot: { id: `28:${appId}` },
    user: { id: "29:1beispiel" },
    ...change,
  });
}

const helpful: Button = { label: "Das hilft mir", value: "right" };
const reply = (text: string, buttons: readonly Button[] = []): Reply => ({ lang: "de", lead: [text], cards: [], closing: [], buttons });
const offers: Reply = {
  lang: "de",
  lead: ["Das habe ich gefunden:"],
  cards: [
    {
      id: "kita",
      title: "Kita_Finder*",
      lines: ["Einen Platz suchen.", "Wo: für ganz München"],
      url: "https://stadt.example/kita",
      source: "Quelle: Stadt",
    },
  ],
  closing: ["Noch ein Satz."],
  buttons: [{ label: "Mehr zeigen", value: "more" }, helpful],
};

const bodies = (since: number) => connector.calls.slice(since).map(({ body }) => body);

async function failureOf(send: Promise<unknown>): Promise<SendError> {
  const error = await send.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof SendError)) throw new Error(`No SendError was thrown but ${error}.`);
  return error;
}

describe("an answer", () => {
  it("continues the stored conversation with our own token: the exact call for plain words", async () => {
    const before = connector.calls.length;
    const sender = createSender();
    const sent = await sender.send(addressOf(), reply("<b>Hallo</b> _du_", [helpful]), 42);
    expect(sent).toEqual({ platformId: String(1_795_341_609_000 + connector.calls.length) });
    expect(connector.calls.slice(before)).toEqual([
      {
        method: "POST",
        path: `/v3/conversations/${encodeURIComponent(conversationId)}/activities`,
        authorization: `Bearer connector-token-${connector.logins.length}`,
        body: {
          type: "message",
          locale: "de",
          text: "<b>Hallo</b> _du_",
          textFormat: "plain",
          suggestedActions: { to: [], actions: [{ type: "imBack", title: "Das hilft mir", value: "Das hilft mir" }] },
          channelData: { stadtlotse: { answer: 42, part: 0 } },
          channelId: "msteams",
          serviceUrl: connector.serviceUrl,
          conversation: { id: conversationId, conversationType: "personal" },
          from: { id: `28:${appId}` },
          recipient: { id: "29:1beispiel" },
        },
      },
    ]);
  });

  it("with offers is one Adaptive Card with the same words for clients that show none: the exact card", async () => {
    const before = connector.calls.length;
    await createSender().send(addressOf(), offers, 43);
    const [body] = bodies(before);
    const line = (text: string, look: object = {}) => ({ type: "RichTextBlock", inlines: [{ type: "TextRun", text, ...look }] });
    const submit = (title: string, value: string) => ({
      type: "Action.Submit",
      title,
      data: { stadtlotse: value, msteams: { type: "messageBack", displayText: title, text: title } },
    });
    expect(connector.calls.length - before).toBe(1);
    expect(body).not.toHaveProperty("text");
    expect(body).not.toHaveProperty("suggestedActions");
    expect(body?.["attachments"]).toEqual([
      {
        contentType: "application/vnd.microsoft.card.adaptive",
        content: {
          type: "AdaptiveCard",
          version: "1.4",
          lang: "de",
          body: [
            line("Das habe ich gefunden:"),
            {
              type: "Container",
              separator: true,
              items: [
                line("Kita_Finder*", { weight: "Bolder", size: "Medium" }),
                line("Einen Platz suchen."),
                line("Wo: für ganz München"),
                { type: "ActionSet", actions: [{ type: "Action.OpenUrl", title: "Zur Seite", url: "https://stadt.example/kita" }] },
              ],
            },
            { type: "Container", items: [line("Quelle: Stadt", { isSubtle: true, size: "Small" })] },
            line("Noch ein Satz."),
            { type: "ActionSet", actions: [submit("Mehr zeigen", "more"), submit("Das hilft mir", "right")] },
          ],
          fallbackText:
            "Das habe ich gefunden:\n\nKita_Finder*\nEinen Platz suchen.\nWo: für ganz München\nhttps://stadt.example/kita\nQuelle: Stadt\n\nNoch ein Satz.",
        },
      },
    ]);
  });

  it("goes into a channel's thread without naming anybody", async () => {
    const before = connector.calls.length;
    const conversation = { id: "19:kanal@thread.tacv2;messageid=17", conversationType: "channel", isGroup: true };
    const { user: _, ...group } = JSON.parse(addressOf({ conversation })) as Reference;
    await createSender().send(renderAddress(group), reply("Hallo"), 44);
    const [call] = connector.calls.slice(before);
    expect(call?.path).toBe(`/v3/conversations/${encodeURIComponent(conversation.id)}/activities`);
    expect(call?.body).not.toHaveProperty("recipient");
  });

  it("that is too long for one message leaves in order, suggested actions below the last, all ids kept", async () => {
    const before = connector.calls.length;
    const text = ["A", "B", "C"].map((letter) => letter.repeat(2500)).join("\n");
    const sent = await createSender().send(addressOf(), reply(text, [helpful]), 45);
    expect(bodies(before).map((body) => String(body["text"])[0])).toEqual(["A", "B", "C"]);
    expect(bodies(before).map((body) => "suggestedActions" in body)).toEqual([false, false, true]);
    expect(sent.platformId?.split(",")).toHaveLength(3);
  });

  it("whose card is refused is sent as words: nobody goes without an answer", async () => {
    const before = connector.calls.length;
    connector.trouble({ kind: "refuse", status: 413 });
    const sent = await createSender().send(addressOf(), offers, 46);
    const [card, words] = bodies(before);
    expect([card, words].map((body) => Object.keys(body ?? {}).includes("attachments"))).toEqual([true, false]);
    expect(words?.["text"]).toContain("Kita_Finder*\nEinen Platz suchen.");
    expect(sent.platformId).toBeDefined();
  });

  it("without any text is refused before it is sent, and a button that cannot come back is left out with a fault in the log", async () => {
    const before = connector.calls.length;
    expect((await failureOf(createSender().send(addressOf(), reply(" \n"), 47))).fault).toBe("refused");
    expect(connector.calls).toHaveLength(before);
    await createSender().send(addressOf(), reply("Hallo", [helpful, { label: "x", value: "x".repeat(61) }]), 77);
    expect(bodies(before)[0]?.["suggestedActions"]).toMatchObject({ actions: [{ title: "Das hilft mir" }] });
    expect(logged.at(-1)).toContain('"outboxId":77,"code":"CONTENT_INVALID"');
  });

  it("takes the place of an earlier message: the exact call", async () => {
    const sender = createSender();
    const { platformId = "" } = await sender.send(addressOf(), offers, 48);
    const before = connector.calls.length;
    expect(await sender.send(addressOf(), { ...reply("Seite 2"), replaces: platformId }, 49)).toEqual({ platformId });
    expect(connector.calls.slice(before)).toMatchObject([
      {
        method: "PUT",
        path: `/v3/conversations/${encodeURIComponent(conversationId)}/activities/${platformId}`,
        body: {
          type: "message",
          id: platformId,
          text: "Seite 2",
          channelData: { stadtlotse: { answer: 49, part: 0 } },
          conversation: { id: conversationId },
          from: { id: `28:${appId}` },
          recipient: { id: "29:1beispiel" },
        },
      },
    ]);
    expect(bodies(before)[0]).not.toHaveProperty("replyToId");
  });

  it("that takes the place of one and is longer goes on below", async () => {
    const sender = createSender();
    const { platformId = "" } = await sender.send(addressOf(), offers, 50);
    const before = connector.calls.length;
    const text = ["A", "B"].map((letter) => letter.repeat(2500)).join("\n");
    const sent = await sender.send(addressOf(), { ...reply(text, [helpful]), replaces: platformId }, 51);
    expect(connector.calls.slice(before).map(({ method, body }) => [method, String(body["text"])[0], "suggestedActions" in body])).toEqual([
      ["PUT", "A", false],
      ["POST", "B", true],
    ]);
    expect(sent.platformId).toMatch(new RegExp(`^${platformId},\\d+$`));
  });

  it.each<readonly [string, ConnectorTrouble]>([
    ["is gone", { kind: "refuse", status: 404 }],
    ["may not be changed", { kind: "refuse", status: 403 }],
    ["is refused", { kind: "refuse", status: 400 }],
    ["cannot be changed on that platform", { kind: "refuse", status: 405 }],
  ])("is sent anew where the message whose place it would take %s", async (_, trouble) => {
    const before = connector.calls.length;
    connector.trouble(trouble);
    await createSender().send(addressOf(), { ...reply("Seite 2"), replaces: "1795341609001" }, 52);
    expect(connector.calls.slice(before).map(({ method }) => method)).toEqual(["PUT", "POST"]);
  });

  it("waits where it cannot be known whether the message was changed", async () => {
    const before = connector.calls.length;
    connector.trouble({ kind: "refuse", status: 429, retryAfter: "7" });
    const failure = await failureOf(createSender().send(addressOf(), { ...reply("Seite 2"), replaces: "1795341609001" }, 53));
    expect(failure).toMatchObject({ fault: "throttled", retryAfterSeconds: 7 });
    expect(connector.calls.slice(before).map(({ method }) => method)).toEqual(["PUT"]);
  });

  it.each(["webchat", "slack"])("is sent anew at once on %s, where a sent message stays as it is", async (channelId) => {
    const before = connector.calls.length;
    await createSender().send(addressOf({ channelId }), { ...reply("Seite 2"), replaces: "1795341609001" }, 54);
    expect(connector.calls.slice(before).map(({ method }) => method)).toEqual(["POST"]);
  });

  it("says as data who carries it, that its pages turn in place, and that no button shares a place", () => {
    const { capabilities } = createSender();
    expect(capabilities).toMatchObject({ replaces: true, carrier: { name: "Microsoft", insteadUrl: "https://lotse.example" } });
    expect(capabilities.sharesPlace).toBeUndefined();
  });

  it("shows before that it is being written", async () => {
    const before = connector.calls.length;
    await createSender().showTyping?.(addressOf());
    expect(bodies(before)).toMatchObject([{ type: "typing", conversation: { id: conversationId } }]);
  });
});

describe("our token", () => {
  it("is asked for by the client's secret, once for many answers", async () => {
    const before = connector.logins.length;
    const sender = createSender({ tenantId: "contoso.example" });
    await Promise.all([1, 2, 3].map((id) => sender.send(addressOf(), reply("Hallo"), id)));
    expect(connector.logins.slice(before)).toEqual([
      {
        tenant: "contoso.example",
        client_id: appId,
        client_secret: fakeAppPassword,
        grant_type: "client_credentials",
        scope: "https://api.botframework.com/.default",
      },
    ]);
  });

  it("is asked for anew when the connector takes it no longer", async () => {
    const sender = createSender();
    await sender.send(addressOf(), reply("Hallo"), 1);
    const before = connector.logins.length;
    connector.trouble({ kind: "refuse", status: 401 });
    expect((await failureOf(sender.send(addressOf(), reply("Hallo"), 2))).fault).toBe("unreachable");
    await sender.send(addressOf(), reply("Hallo"), 2);
    expect(connector.logins.length - before).toBe(1);
  });

  it("that cannot be had leaves the answer for later; the reason names no secret", async () => {
    const before = connector.calls.length;
    const wrong = await failureOf(createSender({ appPassword: "secretOfNobody" }).send(addressOf(), reply("Hallo"), 1));
    connector.loginTrouble(500);
    const sender = createSender();
    const away = await failureOf(sender.send(addressOf(), reply("Hallo"), 1));
    expect([wrong.fault, away.fault]).toEqual(["unreachable", "unreachable"]);
    expect(`${wrong.message}${wrong.stack}${away.message}`).not.toMatch(/secretOf/);
    expect(connector.calls).toHaveLength(before);
    await sender.send(addressOf(), reply("Hallo"), 1);
    expect(connector.calls).toHaveLength(before + 1);
  });
});

describe("a connector that does not take an answer", () => {
  it.each<readonly [string, ConnectorTrouble, Partial<SendError>]>([
    ["429 with seconds", { kind: "refuse", status: 429, retryAfter: "7" }, { fault: "throttled", retryAfterSeconds: 7 }],
    ["429 without", { kind: "refuse", status: 429 }, { fault: "throttled", retryAfterSeconds: undefined }],
    ["403, blocked", { kind: "refuse", status: 403 }, { fault: "gone" }],
    ["404, deleted", { kind: "refuse", status: 404 }, { fault: "gone" }],
    ["400", { kind: "refuse", status: 400 }, { fault: "refused" }],
    ["412, others write at the same time", { kind: "refuse", status: 412 }, { fault: "unreachable" }],
    ["500", { kind: "refuse", status: 500 }, { fault: "unreachable" }],
    ["503 with seconds", { kind: "refuse", status: 503, retryAfter: "3" }, { fault: "unreachable", retryAfterSeconds: 3 }],
    ["504", { kind: "refuse", status: 504 }, { fault: "uncertain" }],
    ["a broken connection", { kind: "drop" }, { fault: "uncertain" }],
    ["silence", { kind: "hang" }, { fault: "uncertain" }],
    ["a redirect", { kind: "redirect", to: "/teams/elsewhere" }, { fault: "refused" }],
  ])("%s: told as it is, after one call, with no secret", async (_, trouble, expected) => {
    const before = connector.calls.length;
    connector.trouble(trouble);
    const error = await failureOf(createSender().send(addressOf(), reply("Geheimer Text"), 1));
    expect(error).toMatchObject({ code: "SEND_FAILED", ...expected });
    expect(connector.calls.length - before).toBe(1);
    expect(`${error.message}${error.stack}`).not.toMatch(/connector-token|29:1|a:1|Geheimer|beispiel/);
    expect(error.cause).toBeUndefined();
  });

  it("429 with a date: waits until then", async () => {
    connector.trouble({ kind: "refuse", status: 429, retryAfter: new Date(Date.now() + 60_000).toUTCString() });
    const { retryAfterSeconds = 0 } = await failureOf(createSender().send(addressOf(), reply("Hallo"), 1));
    expect(Math.abs(retryAfterSeconds - 60)).toBeLessThan(10);
  });

  it("is not reached at all: nothing has arrived", async () => {
    const gone = await startFakeConnector();
    await gone.close();
    const error = await failureOf(
      createSender({ serviceHosts: [gone.url] }).send(addressOf({ serviceUrl: gone.serviceUrl }), reply("Hallo"), 1),
    );
    expect(error).toMatchObject({ fault: "unreachable", message: expect.stringContaining("ECONNREFUSED") });
  });

  it("answers with something unreadable: the answer is sent, without an id", async () => {
    connector.trouble({ kind: "not-json" });
    expect(await createSender().send(addressOf(), reply("Hallo"), 1)).toEqual({});
  });

  it("is not one of ours any more: nothing leaves", async () => {
    const before = connector.calls.length;
    const sender = createSender({ serviceHosts: ["smba.trafficmanager.net"] });
    expect((await failureOf(sender.send(addressOf(), reply("Hallo"), 1))).fault).toBe("refused");
    expect(connector.calls).toHaveLength(before);
  });

  it.each(["", "4711", "{}", '{"channelId":"msteams"}'])("is not named by the stored address %j", async (address) => {
    expect((await failureOf(createSender().send(address, reply("Hallo"), 1))).fault).toBe("refused");
  });
});
