import { readdir } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { Hono } from "hono";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createBotFrameworkChannel } from "../../../src/channels/botframework/channel.ts";
import { AppError } from "../../../src/core/errors.ts";
import type { Inbox, IncomingMessage, SentAnswers } from "../../../src/core/message.ts";
import { type FakeConnector, type SignedBy, startFakeConnector } from "../../fixtures/fake-connector.ts";
import { bearer, botConfig, fixture, type TeamsActivity } from "../../support/bot-framework.ts";

let connector: FakeConnector;
beforeAll(async () => {
  connector = await startFakeConnector();
});
afterAll(() => connector.close());

interface Setup {
  readonly accept?: Inbox["accept"];
  readonly sentAnswers?: Partial<SentAnswers>;
  readonly config?: Partial<ReturnType<typeof botConfig>>;
  readonly fetchTimeoutMs?: number;
}

function setUp({ accept, sentAnswers, config, fetchTimeoutMs }: Setup = {}) {
  const accepted: IncomingMessage[] = [];
  const logged: string[] = [];
  const remember: Inbox["accept"] = async (message) => {
    accepted.push(message);
    return { kind: "accepted", id: accepted.length, conversationId: "c" };
  };
  const { routes } = createBotFrameworkChannel({
    ...botConfig(connector),
    ...config,
    publicUrl: "https://lotse.example",
    inbox: { accept: accept ?? remember },
    sentAnswers: { questionOf: async () => undefined, buttonOf: async () => undefined, ...sentAnswers },
    hash: (text) => `hash of ${text}`,
    log: pino({ level: "debug" }, { write: (line) => void logged.push(line) }),
    fetchTimeoutMs,
  });
  const app = new Hono().route("/", routes).onError((_, c) => c.text("outer", 500));
  const send = (body: BodyInit, authorization: string | undefined) =>
    app.request("/api/messages", { method: "POST", body, headers: authorization === undefined ? {} : { Authorization: authorization } });
  const post = async (activity: TeamsActivity, claims: Readonly<Record<string, unknown>> = {}, by?: SignedBy) =>
    await send(JSON.stringify(activity), await bearer(connector, claims, by));
  const postFixture = async (name: string, change: TeamsActivity = {}) => await post(await fixture(name, connector, change));
  return { accepted, logged, app, send, post, postFixture };
}

const nowSeconds = () => Math.floor(Date.now() / 1000);
const personal = "msteams\na:1beispielGespraech-Person_und_Bot";

describe("the token of a request", () => {
  it("lets an activity in that it was issued for", async () => {
    const { postFixture, accepted } = setUp();
    const response = await postFixture("message-personal");
    expect([response.status, await response.text()]).toEqual([200, ""]);
    expect(accepted).toHaveLength(1);
  });

  const day = 24 * 60 * 60;
  it.each<readonly [string, Readonly<Record<string, unknown>>, SignedBy | undefined]>([
    ["of another issuer", { iss: "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/" }, undefined],
    ["of no issuer", { iss: undefined }, undefined],
    ["for another bot", { aud: "99999999-2222-4333-8444-555555555555" }, undefined],
    ["for nobody", { aud: undefined }, undefined],
    ["that has expired", { exp: nowSeconds() - 400 }, undefined],
    ["that never expires", { exp: undefined }, undefined],
    ["that is not valid yet", { nbf: nowSeconds() + day }, undefined],
    ["for another serviceUrl", { serviceurl: "https://smba.trafficmanager.net/amer/" }, undefined],
    ["without a serviceUrl", { serviceurl: undefined }, undefined],
    ["of a key that the issuer does not know", {}, "stranger"],
    ["of a key that is endorsed for another channel", {}, "slack"],
    ["of a key without endorsements, which only the web channels have", {}, "web"],
    [
      "of another bot that claims to be a skill",
      { ver: "1.0", appid: "99999999-2222-4333-8444-555555555555", iss: "https://sts.windows.net/x/" },
      undefined,
    ],
  ])("is refused with 401 and no body when it is one %s", async (_, claims, by) => {
    const { post, accepted, logged } = setUp();
    const before = connector.calls.length + connector.logins.length;
    const response = await post(await fixture("message-personal", connector), claims, by);
    expect([response.status, await response.text()]).toEqual([401, ""]);
    expect(accepted).toEqual([]);
    expect(connector.calls.length + connector.logins.length).toBe(before);
    expect(logged.join("")).toContain('"code":"UNAUTHORIZED"');
    expect(logged.join("")).not.toMatch(/Kita|Beispiel|eyJ/);
  });

  const unsigned = `${btoa('{"alg":"none"}')}.${btoa('{"iss":"https://api.botframework.com"}')}.`.replaceAll("=", "");
  it.each<readonly [string, string | undefined]>([
    ["missing", undefined],
    ["empty", ""],
    ["of another scheme", "Basic Ym90OnNlY3JldA=="],
    ["no token", "Bearer geheim"],
    ["three dots", "Bearer ..."],
    ["unsigned", `Bearer ${unsigned}`],
    ["endless", `Bearer ${"a".repeat(100_000)}`],
  ])("is refused with 401 and no body when it is %s, the body unread", async (_, authorization) => {
    const { app, accepted } = setUp();
    const body = JSON.stringify(await fixture("message-personal", connector));
    const headers = authorization === undefined ? {} : { Authorization: authorization };
    const request = new Request("http://localhost/api/messages", { method: "POST", body, headers });
    const response = await app.request(request);
    expect([response.status, await response.text(), request.bodyUsed]).toEqual([401, "", false]);
    expect(accepted).toEqual([]);
  });

  it("is refused when its payload or its signature was changed", async () => {
    const { send, accepted } = setUp();
    const body = JSON.stringify(await fixture("message-personal", connector));
    const [head = "", , signature = ""] = (await bearer(connector)).split(".");
    const [, otherPayload = ""] = (await bearer(connector, { serviceurl: "https://other.example/" })).split(".");
    expect((await send(body, `${head}.${otherPayload}.${signature}`)).status).toBe(401);
    expect((await send(body, `${head}.${(await bearer(connector)).split(".")[1]}.${"A".repeat(signature.length)}`)).status).toBe(401);
    expect(accepted).toEqual([]);
  });

  it("of the web channels may have a key without endorsements, since Microsoft's have none", async () => {
    const { post, accepted } = setUp();
    const response = await post(await fixture("webchat-message", connector), {}, "web");
    expect(response.status).toBe(200);
    expect(accepted).toMatchObject([{ content: { kind: "text", text: "Kako se prijaviti?" }, interfaceLang: "hr" }]);
  });

  it("lets nobody in while the issuer's keys cannot be had, tells the operator, and goes on when they can", async () => {
    const issuer = await startFakeConnector();
    try {
      const { send, accepted, logged } = setUp({ config: botConfig(issuer) });
      const body = JSON.stringify(await fixture("message-personal", issuer));
      // The metadata, then the keys, then both are there.
      issuer.issuerTrouble(500, 200, 500);
      for (const _ of ["metadata", "keys"]) {
        const response = await send(body, await bearer(issuer));
        expect([response.status, await response.text()]).toEqual([401, ""]);
      }
      expect(logged.filter((line) => /"level":50.*SERVER_UNREACHABLE/.test(line))).toHaveLength(2);
      expect(accepted).toEqual([]);
      expect((await send(body, await bearer(issuer))).status).toBe(200);
    } finally {
      await issuer.close();
    }
  });

  it("never fetches keys for a stranger more than once in a while", async () => {
    const { post, postFixture } = setUp();
    await postFixture("message-personal");
    const before = connector.keyRequests();
    const forged = await fixture("message-personal", connector);
    for (let round = 0; round < 5; round += 1) expect((await post(forged, {}, "stranger")).status).toBe(401);
    expect(connector.keyRequests() - before).toBeLessThanOrEqual(1);
  });
});

describe("the serviceUrl", () => {
  it.each([
    "https://attacker.example/",
    "http://smba.trafficmanager.net/emea/",
    "https://smba.trafficmanager.net.attacker.example/",
    "https://evil.trafficmanager.net/",
    "https://evilbotframework.com/",
    "https://botframework.com.attacker.example/",
    "https://user:pass@smba.trafficmanager.net/",
    "https://smba.trafficmanager.net:8443/",
    "http://169.254.169.254/latest/meta-data/",
    "file:///etc/passwd",
    "nonsense",
  ])("%s is refused with 403 although the token names it: no row, no call", async (serviceUrl) => {
    const { post, accepted } = setUp({ config: { serviceHosts: ["smba.trafficmanager.net", "*.botframework.com"] } });
    const before = connector.calls.length + connector.logins.length;
    const response = await post(await fixture("message-personal", { serviceUrl }), { serviceurl: serviceUrl });
    expect([response.status, await response.json()]).toEqual([403, { error: "FORBIDDEN" }]);
    expect(accepted).toEqual([]);
    expect(connector.calls.length + connector.logins.length).toBe(before);
  });

  it.each(["https://smba.trafficmanager.net/emea/", "https://webchat.botframework.com/", "https://europe.directline.botframework.com/"])(
    "%s is one of Microsoft's",
    async (serviceUrl) => {
      const { post, accepted } = setUp({ config: { serviceHosts: ["smba.trafficmanager.net", "*.botframework.com"] } });
      expect((await post(await fixture("message-personal", { serviceUrl }), { serviceurl: serviceUrl })).status).toBe(200);
      expect(accepted).toHaveLength(1);
    },
  );
});

describe("a body", () => {
  it.each([
    ["nothing", ""],
    ["words", "Frau Geheim sagt hallo"],
    ["half a JSON", '{"type": "message", "text": "Geheim'],
    ["binary", new Uint8Array([0, 255, 254, 128, 1, 200])],
    ["null", "null"],
    ["a list", "[]"],
    ["no activity", '{"hello": "Geheim"}'],
    [
      "a text that is a list",
      '{"type":"message","id":"1","channelId":"msteams","serviceUrl":"x","conversation":{"id":"1"},"recipient":{"id":"2"},"text":["Geheim"]}',
    ],
    ["30,000 levels", `{"type": "message", "value": ${"[".repeat(30_000)}${"]".repeat(30_000)}}`],
  ])("that is %s is answered with 400, nothing of it in the log", async (_, body) => {
    const { send, accepted, logged } = setUp();
    const response = await send(body, await bearer(connector));
    expect([response.status, await response.json()]).toEqual([400, { error: "REQUEST_INVALID" }]);
    expect(accepted).toEqual([]);
    expect(logged.join("")).not.toContain("Geheim");
  });

  it("of 1 MB is answered with 413", async () => {
    const { postFixture, accepted } = setUp();
    expect((await postFixture("message-personal", { text: "a".repeat(1_000_000) })).status).toBe(413);
    expect(accepted).toEqual([]);
  });

  it("of 100 kB is taken whole", async () => {
    const { postFixture, accepted } = setUp();
    expect((await postFixture("message-personal", { text: "ä".repeat(50_000) })).status).toBe(200);
    expect(accepted).toMatchObject([{ content: { text: "ä".repeat(50_000) } }]);
  });

  it.each([
    ["an id", { id: undefined }],
    ["a conversation", { conversation: undefined }],
    ["a channel", { channelId: "" }],
    ["a bot", { recipient: undefined }],
  ])("without %s is answered with 400", async (_, change) => {
    const { postFixture, accepted } = setUp();
    expect((await postFixture("message-personal", change)).status).toBe(400);
    expect(accepted).toEqual([]);
  });

  it("of any shape is taken or refused, and is never a fault of ours", async () => {
    const { send, logged } = setUp();
    const authorization = await bearer(connector);
    const names = ["message-group-mention", "message-edited", "card-submit", "reaction-like", "members-added-group", "message-file"];
    const activities = await Promise.all(names.map((name) => fixture(name, connector)));
    const changed = fc.tuple(
      fc.constantFrom(...activities),
      fc.constantFrom(...Object.keys(activities[0] ?? {}), "value", "membersAdded"),
      fc.jsonValue(),
    );
    await fc.assert(
      fc.asyncProperty(changed, async ([activity, field, value]) => {
        const { status } = await send(JSON.stringify({ ...activity, [field]: value }), authorization);
        expect([200, 400, 401, 403]).toContain(status);
      }),
      { numRuns: 300 },
    );
    expect(logged.filter((line) => line.includes('"level":50'))).toEqual([]);
  });

  it("of another method or place is not ours", async () => {
    const { app } = setUp();
    expect((await app.request("/api/messages")).status).toBe(404);
  });
});

describe("the inbox", () => {
  it("gets the message with the reference by which the conversation goes on, names left out", async () => {
    const { postFixture, accepted } = setUp();
    await postFixture("message-personal");
    expect(accepted).toEqual([
      {
        channel: "botframework",
        externalId: `hash of ${personal}\n1795341607437`,
        address: JSON.stringify({
          channelId: "msteams",
          serviceUrl: connector.serviceUrl,
          conversation: { id: "a:1beispielGespraech-Person_und_Bot", conversationType: "personal" },
          bot: { id: "28:11111111-2222-4333-8444-555555555555" },
          user: { id: "29:1beispielPersonBeispielPersonBeispielPerson" },
        }),
        addressKey: personal,
        content: { kind: "text", text: "Wo finde ich einen Kita-Platz in Sendling?" },
        interfaceLang: "de",
      },
    ]);
  });

  it("is the only thing that a request waits for: nothing is asked of the connector or the login", async () => {
    const { postFixture } = setUp();
    const before = connector.calls.length + connector.logins.length;
    await postFixture("message-personal");
    expect(connector.calls.length + connector.logins.length).toBe(before);
  });

  it("has committed before the request is answered", async () => {
    let commit: () => void = () => undefined;
    const committed = new Promise<void>((resolve) => {
      commit = resolve;
    });
    const { postFixture } = setUp({ accept: () => committed.then(() => ({ kind: "accepted", id: 1, conversationId: "c" })) });
    let answered = false;
    const response = postFixture("message-personal").then((result) => {
      answered = true;
      return result;
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(answered).toBe(false);
    commit();
    expect((await response).status).toBe(200);
  });

  it("that is away makes the platform come again: 503", async () => {
    const { postFixture, logged } = setUp({ accept: () => Promise.reject(new AppError("DATABASE_UNAVAILABLE", "The database is away.")) });
    const response = await postFixture("message-personal");
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "1"]);
    expect(logged.join("")).not.toMatch(/Kita|Beispiel/);
  });

  it("gets the same id for a replayed request, and another one in another conversation", async () => {
    const { postFixture, accepted } = setUp();
    await postFixture("message-personal");
    await postFixture("message-personal");
    await postFixture("message-personal", { conversation: { id: "a:1andere", conversationType: "personal" } });
    const ids = accepted.map(({ externalId }) => externalId);
    expect(ids[0]).toBe(ids[1]);
    expect(ids[2]).not.toBe(ids[0]);
  });
});

describe("groups and channels", () => {
  it.each([
    ["message-group-mention", "Wo finde ich einen Kita-Platz? Danke,  !"],
    ["message-channel-mention", "Sperrmüll anmelden"],
  ])("%s is read without our name", async (name, text) => {
    const { postFixture, accepted } = setUp();
    await postFixture(name);
    expect(accepted).toMatchObject([{ content: { kind: "text", text }, writer: expect.stringMatching(/^29:1/) }]);
    expect(accepted[0]?.address).not.toContain("29:1");
  });

  it.each(["message-group-talk", "message-group-other-mention"])("%s is not ours to read", async (name) => {
    const { postFixture, accepted, logged } = setUp();
    expect((await postFixture(name)).status).toBe(200);
    expect(accepted).toEqual([]);
    expect(logged.join("")).not.toContain("Flohmarkt");
  });

  it("a channel's thread is a conversation of its own", async () => {
    const { postFixture, accepted } = setUp();
    await postFixture("message-channel-mention");
    expect(accepted[0]?.addressKey).toBe("msteams\n19:beispielkanal@thread.tacv2;messageid=1795341600000");
  });
});

describe("edits", () => {
  it("an edited message is a new question, once", async () => {
    const { postFixture, accepted } = setUp();
    await postFixture("message-personal");
    await postFixture("message-edited");
    await postFixture("message-edited");
    await postFixture("message-edited-again");
    const question = (district: string) => ({ kind: "text", text: `Wo finde ich einen Kita-Platz in ${district}?` });
    expect(accepted.map(({ content }) => content)).toEqual([
      question("Sendling"),
      { ...question("Giesing"), edited: true },
      { ...question("Giesing"), edited: true },
      { ...question("Pasing"), edited: true },
    ]);
    expect(new Set(accepted.map(({ externalId }) => externalId)).size).toBe(3);
  });

  it("in a group it is a question only where it calls us", async () => {
    const { postFixture, accepted } = setUp();
    await postFixture("message-group-talk", { type: "messageUpdate" });
    await postFixture("message-group-mention", { type: "messageUpdate" });
    expect(accepted).toMatchObject([{ content: { kind: "text", text: "Wo finde ich einen Kita-Platz? Danke,  !", edited: true } }]);
  });

  it.each(["message-undeleted", "message-deleted"])("%s asks nothing", async (name) => {
    const { postFixture, accepted } = setUp();
    expect((await postFixture(name)).status).toBe(200);
    expect(accepted).toEqual([]);
  });
});

describe("buttons and reactions", () => {
  it("a card's button comes back as its value, with the message that it hung on", async () => {
    const { postFixture, accepted } = setUp();
    await postFixture("card-submit");
    expect(accepted).toMatchObject([{ content: { kind: "button", value: "more", on: "1795341609001" } }]);
  });

  it("a rating by a card's button or a thumb belongs to the answer it was given to", async () => {
    const asked: string[] = [];
    const questionOf: SentAnswers["questionOf"] = async (addressKey, platformId) => {
      asked.push(`${addressKey} ${platformId}`);
      return 4711;
    };
    const { postFixture, accepted } = setUp({ sentAnswers: { questionOf } });
    for (const name of ["card-submit-rating", "reaction-like", "reaction-thumbs-down"]) await postFixture(name);
    expect(accepted.map(({ content }) => content)).toEqual(
      ["wrong:4711", "right:4711", "wrong:4711"].map((value) => ({ kind: "button", value })),
    );
    expect(new Set(asked)).toEqual(new Set([`${personal} 1795341609001`]));
  });

  it("a thumb on what is no answer of ours rates nothing; a button always rates", async () => {
    const { postFixture, accepted } = setUp();
    await postFixture("reaction-like");
    expect(accepted).toEqual([]);
    await postFixture("card-submit-rating");
    expect(accepted).toMatchObject([{ content: { kind: "button", value: "wrong" } }]);
  });

  it.each(["reaction-heart", "reaction-removed"])("%s rates nothing", async (name) => {
    const { postFixture, accepted } = setUp({ sentAnswers: { questionOf: async () => 1 } });
    await postFixture(name);
    expect(accepted).toEqual([]);
  });

  it("a suggested action of Teams, which gives back its words only, is the button of the last answer that they stand on", async () => {
    const buttonOf: SentAnswers["buttonOf"] = async (key, label) =>
      key === personal && label === "Ja, alles löschen" ? "delete" : undefined;
    const { postFixture, accepted } = setUp({ sentAnswers: { buttonOf } });
    await postFixture("suggested-action");
    await postFixture("message-personal");
    expect(accepted.map(({ content }) => content)).toMatchObject([{ kind: "button", value: "delete" }, { kind: "text" }]);
  });

  it("a button that is longer than ours is refused, one of a card that is not ours is ignored", async () => {
    const { postFixture, accepted } = setUp();
    expect((await postFixture("card-submit", { value: { stadtlotse: "x".repeat(61) } })).status).toBe(400);
    expect((await postFixture("card-submit-foreign")).status).toBe(200);
    expect(accepted).toEqual([]);
  });
});

describe("the welcome", () => {
  it.each(["members-added-personal", "members-added-person", "members-added-group"])("is due when %s", async (name) => {
    const { postFixture, accepted } = setUp();
    await postFixture(name);
    expect(accepted).toMatchObject([{ content: { kind: "start" } }]);
  });

  it("is due once in a conversation, however often somebody is added", async () => {
    const { postFixture, accepted } = setUp();
    for (const name of ["members-added-personal", "members-added-person", "members-added-personal"]) await postFixture(name);
    expect(new Set(accepted.map(({ externalId }) => externalId)).size).toBe(1);
  });

  it.each(["members-added-group-person", "members-removed", "channel-renamed", "installation-update"])(
    "is not due when %s",
    async (name) => {
      const { postFixture, accepted } = setUp();
      expect((await postFixture(name)).status).toBe(200);
      expect(accepted).toEqual([]);
    },
  );
});

describe("everything else", () => {
  it("a file without words is answered kindly, no words at all too", async () => {
    const { postFixture, accepted } = setUp();
    await postFixture("message-file");
    await postFixture("message-empty");
    expect(accepted.map(({ content }) => content)).toEqual([{ kind: "attachment" }, { kind: "text", text: "" }]);
  });

  it.each(["message-from-bot", "typing", "event", "future-type"])(
    "%s is acknowledged and ignored, its type alone in the log",
    async (name) => {
      const { postFixture, accepted, logged } = setUp();
      expect((await postFixture(name)).status).toBe(200);
      expect(accepted).toEqual([]);
      expect(logged).toEqual([expect.stringContaining('"msg":"bot framework activity ignored"')]);
      expect(logged.join("")).not.toMatch(/Beispiel|beispiel|29:|28:|auch ein Bot/);
    },
  );

  it("an invoke that nobody here implements is answered with 501, as Bot Framework wants it", async () => {
    expect((await setUp().postFixture("invoke")).status).toBe(501);
  });

  it("every payload of the fixtures is answered with 2xx or 501", async () => {
    const { post } = setUp();
    const names = (await readdir(join(import.meta.dirname, "../../fixtures/botframework"))).filter((name) => name.endsWith(".json"));
    for (const name of names) {
      const activity = await fixture(name.replace(".json", ""), connector);
      const { status } = await post(activity, {}, activity["channelId"] === "webchat" ? "web" : "teams");
      expect([name, status]).toEqual([name, name === "invoke.json" ? 501 : 200]);
    }
    expect(names.length).toBeGreaterThan(30);
  });
});
