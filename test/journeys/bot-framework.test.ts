import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { words } from "../../src/words/words.ts";
import { type FakeConnector, startFakeConnector } from "../fixtures/fake-connector.ts";
import { bearer, botEnvironment, fixture, type TeamsActivity } from "../support/bot-framework.ts";
import { trainedCache, trainingMs } from "../support/cache.ts";
import { cleanUp, type RunningServer, startStadtlotse } from "../support/server.ts";
import { filesWith, queryStored } from "../support/stored.ts";

let connector: FakeConnector;
let server: RunningServer;

beforeAll(async () => {
  await trainedCache();
  connector = await startFakeConnector();
  server = await startStadtlotse({ env: botEnvironment(connector) });
}, trainingMs);

afterAll(async () => {
  await cleanUp();
  await connector.close();
});

const personalId = "a:1beispielGespraech-Person_und_Bot";
const Ids = z.looseObject({ text: z.string().optional(), attachments: z.unknown().optional() });

async function post(activity: TeamsActivity, claims: Readonly<Record<string, unknown>> = {}): Promise<number> {
  const headers = { "Content-Type": "application/json", Authorization: await bearer(connector, claims) };
  return (await fetch(`${server.url}/api/messages`, { method: "POST", headers, body: JSON.stringify(activity) })).status;
}

const postFixture = async (name: string, change: TeamsActivity = {}) => await post(await fixture(name, connector, change));

function sentTo(conversationId: string) {
  const path = `/v3/conversations/${encodeURIComponent(conversationId)}/activities`;
  return connector.calls.filter((call) => call.path === path && call.body["type"] === "message").map(({ body }) => Ids.parse(body));
}

/** What was put in the place of that activity. */
function putInto(conversationId: string, activityId: string) {
  const path = `/v3/conversations/${encodeURIComponent(conversationId)}/activities/${activityId}`;
  return connector.calls.filter((call) => call.method === "PUT" && call.path === path).map(({ body }) => Ids.parse(body));
}

const firstWords = (attachments: unknown) => /"TextRun","text":"(?<text>[^"]*)"/.exec(JSON.stringify(attachments))?.groups?.["text"];

/** The value of the button that turns to a page. */
function pageIn(attachments: unknown, start = "more:"): string {
  const value = new RegExp(`"stadtlotse":"(?<value>${start}[^"]*)"`).exec(JSON.stringify(attachments))?.groups?.["value"];
  if (value === undefined) throw new Error("The card has no button that turns a page.");
  return value;
}

async function waitForSent(conversationId: string, count: number) {
  await expect.poll(() => sentTo(conversationId).length, { timeout: 10_000, interval: 20 }).toBeGreaterThanOrEqual(count);
  return sentTo(conversationId);
}

/** The id that the connector gave to the last activity. */
const lastId = () => String(1_795_341_609_000 + connector.calls.length);
/** Long enough for a second, wrong answer to arrive. */
const settle = () => sleep(1_500);

describe("a person in Teams", () => {
  const answers: { kita: string; card: unknown } = { kita: "", card: undefined };

  test("is greeted once when the talk begins, and told who carries the messages", async () => {
    expect(await postFixture("members-added-personal")).toBe(200);
    expect(await postFixture("members-added-person")).toBe(200);
    expect(await waitForSent(personalId, 1)).toMatchObject([
      { text: `${words.de.welcome}\n\n${words.de.carrier("Microsoft", server.url)}`, locale: "de" },
    ]);
    await settle();
    expect(sentTo(personalId)).toHaveLength(1);
  });

  test("asks and gets offers as one card with a link each, for a request that came three times", async () => {
    for (let round = 0; round < 3; round += 1) expect(await postFixture("message-personal")).toBe(200);
    const [, answer] = await waitForSent(personalId, 2);
    answers.kita = lastId();
    answers.card = answer?.attachments;
    const card = JSON.stringify(answers.card);
    expect(card).not.toContain("EU");
    expect(card).toContain("Kita");
    expect(card.match(/Action\.OpenUrl/g)?.length).toBeGreaterThanOrEqual(3);
    expect(card).toMatch(/"stadtlotse":"wrong:\d+"/);
    await settle();
    expect(sentTo(personalId)).toHaveLength(2);
  });

  test("puts a thumb down on the first answer, and that one counts as wrong", async () => {
    expect(await postFixture("reaction-thumbs-down", { replyToId: answers.kita })).toBe(200);
    const sent = await waitForSent(personalId, 3);
    expect(JSON.stringify(sent.at(-1))).toContain(words.de.rateWrong);
  });

  test("turns the pages of the list in its place, forth and back", async () => {
    const turn = async (name: "Mehr zeigen" | "Zurück", value: string, count: number) => {
      expect(await postFixture("card-submit", { id: `f:${name}`, value: { stadtlotse: value }, replyToId: answers.kita })).toBe(200);
      await expect.poll(() => putInto(personalId, answers.kita).length, { timeout: 10_000, interval: 20 }).toBe(count);
      return putInto(personalId, answers.kita).at(-1)?.attachments;
    };
    const [first, second] = [answers.card, await turn("Mehr zeigen", pageIn(answers.card), 1)];
    expect(JSON.stringify(second)).toContain("Action.OpenUrl");
    expect(second).not.toEqual(first);
    // The rating buttons name the press that the page answers.
    const shown = (card: unknown) => JSON.stringify(card).replace(/\b(right|wrong):\d+/g, "$1");
    expect(shown(await turn("Zurück", pageIn(second, "more:0:"), 2))).toBe(shown(first));
    await settle();
    expect(sentTo(personalId)).toHaveLength(3);
  });

  test("edits the question and gets another answer that says so, once", async () => {
    expect(await postFixture("message-edited")).toBe(200);
    expect(await postFixture("message-edited")).toBe(200);
    const sent = await waitForSent(personalId, 4);
    expect(firstWords(sent.at(-1)?.attachments)).toBe(words.de.edited);
    await settle();
    expect(sentTo(personalId)).toHaveLength(4);
  });

  test("deletes the talk by the words of a suggested action, which Teams sends as text", async () => {
    const conversation = { id: "a:1vergessen", conversationType: "personal" };
    expect(await postFixture("message-personal", { id: "1", conversation, text: "Lösche alle meine Daten" })).toBe(200);
    expect(await waitForSent(conversation.id, 1)).toMatchObject([
      {
        text: expect.stringContaining(words.de.deleteAsk),
        suggestedActions: { actions: [{ type: "imBack", title: words.de.deleteButton, value: words.de.deleteButton }] },
      },
    ]);
    expect(await postFixture("suggested-action", { conversation })).toBe(200);
    expect((await waitForSent(conversation.id, 2)).at(-1)?.text).toBe(words.de.deleted);
  });
});

describe("a group in Teams", () => {
  test("is answered when it calls us, in the thread, and never otherwise", async () => {
    const thread = "19:beispielkanal@thread.tacv2;messageid=1795341600000";
    expect(await postFixture("message-group-talk")).toBe(200);
    expect(await postFixture("message-channel-mention")).toBe(200);
    await waitForSent(thread, 1);
    await settle();
    expect(sentTo("19:beispielgruppe@thread.v2")).toEqual([]);
  });
});

describe("a stranger", () => {
  test("gets nothing: forged, expired and foreign requests, and an attacker's serviceUrl", async () => {
    const before = connector.calls.length;
    const secret = { text: "Wort-des-Fremden", conversation: { id: "a:1fremd", conversationType: "personal" } };
    const activity = await fixture("message-personal", connector, secret);
    const past = Math.floor(Date.now() / 1000) - 4000;
    expect(await post(activity, { exp: past })).toBe(401);
    expect(await post(activity, { aud: "99999999-2222-4333-8444-555555555555" })).toBe(401);
    expect(await post({ ...activity, serviceUrl: "https://attacker.example/" })).toBe(401);
    expect(await post({ ...activity, serviceUrl: "https://attacker.example/" }, { serviceurl: "https://attacker.example/" })).toBe(403);
    expect(await post({ ...activity, text: "a".repeat(1_000_000) })).toBe(413);
    const headers = { Authorization: await bearer(connector) };
    const deep = `{"type":"message","value":${"[".repeat(30_000)}${"]".repeat(30_000)}}`;
    expect((await fetch(`${server.url}/api/messages`, { method: "POST", headers, body: deep })).status).toBe(400);
    await settle();
    expect(connector.calls).toHaveLength(before);
  });
});

describe("what is kept", () => {
  test("one row for each message, the rating on the turn it was given to, and neither ids nor names in the clear", async () => {
    expect((await server.stop()).code).toBe(0);
    expect(server.logLines.filter((line) => /"level":(50|60)/.test(line))).toEqual([]);
    expect(server.logLines.join("")).not.toMatch(/Beispiel Person|29:1|a:1beispiel|connector-token|secretOf|Kita-Platz in/);
    const messages = await queryStored(server.dataDir, "select channel, state, count(*)::int as messages from inbox group by 1, 2");
    expect(messages).toEqual([{ channel: "botframework", state: "answered", messages: 9 }]);
    const ratings = await queryStored(server.dataDir, "select question, rating from feedback join turns on turns.id = turn_id");
    expect(ratings).toEqual([{ question: expect.stringContaining("Sendling"), rating: "wrong" }]);
    expect(await filesWith(server.dataDir, ["29:1beispielPerson", "a:1beispielGespraech", "Beispiel Person", "Wort-des-Fremden"])).toEqual(
      [],
    );
  }, 30_000);
});
