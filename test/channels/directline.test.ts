import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { createDirectLineChannel } from "../../src/channels/directline/channel.ts";
import type { Reply } from "../../src/core/answer.ts";
import { AppError } from "../../src/core/errors.ts";
import type { Activity, Inbox, IncomingMessage, Transcript } from "../../src/core/message.ts";
import { type EmbeddedDatabase, openEmbedded } from "../../src/database/embedded.ts";
import { migrate } from "../../src/database/migrate.ts";
import { directlineTokens } from "../../src/database/schema.ts";

const own = "http://127.0.0.1:8787";
const partner = "https://partner.example";
const hostileFile = "../shared/data/hostile/hostile.jsonl";

const TokenBody = z.object({ conversationId: z.string(), token: z.string(), expires_in: z.number(), userId: z.string().startsWith("dl_") });
const PostedBody = z.object({ id: z.string() });
const ErrorBody = z.object({ error: z.object({ code: z.string(), message: z.string() }) });
const PageBody = z.object({
  activities: z.array(z.looseObject({ text: z.string(), replyToId: z.string().optional() })),
  watermark: z.string(),
});

const reply: Reply = {
  lang: "de",
  lead: ["Das habe ich gefunden:"],
  cards: [{ id: "kita", title: "Kita-Finder+", lines: ["Kosten: kostenlos"], url: "https://example.org/kita", source: "Quelle: Stadt." }],
  closing: [],
  buttons: [{ label: "Mehr zeigen", value: "more" }],
};

/** A small honest inbox: unique by externalId, every text is answered at once. */
function createMemoryMessages() {
  const accepted: IncomingMessage[] = [];
  const shown = new Map<string, Activity[]>();
  const ids = new Map<string, number>();
  const state: { fault: AppError | undefined } = { fault: undefined };
  let last = 0;
  const inbox: Inbox = {
    accept: async (message) => {
      if (state.fault !== undefined) throw state.fault;
      const conversationId = `internal ${message.address}`;
      const known = ids.get(message.externalId);
      if (known !== undefined) return { kind: "repeated", id: known, conversationId };
      const id = ++last;
      ids.set(message.externalId, id);
      accepted.push(message);
      const text = message.content.kind === "text" ? message.content.text : "";
      const at = new Date("2026-11-22T10:00:00Z");
      const activities = shown.get(message.address) ?? [];
      activities.push(
        { kind: "message", id, at, text, clientId: message.clientId },
        { kind: "reply", id: ++last, at, reply, inReplyTo: id },
      );
      shown.set(message.address, activities);
      return { kind: "accepted", id, conversationId };
    },
  };
  const transcript: Transcript = {
    after: async (address, watermark) => (shown.get(address) ?? []).filter((activity) => activity.id > watermark),
  };
  return { accepted, inbox, transcript, state };
}

let database: EmbeddedDatabase;
let clock: Date;
let messages: ReturnType<typeof createMemoryMessages>;
let app: ReturnType<typeof createDirectLineChannel>;
let logged: string[];

beforeAll(async () => {
  database = await openEmbedded({});
  await migrate(database);
}, 60_000);
afterAll(() => database.close());
beforeEach(async () => {
  await database.db.delete(directlineTokens);
  clock = new Date("2026-11-22T10:00:00Z");
  messages = createMemoryMessages();
  logged = [];
  app = createApp();
});

function createApp(options: { readonly publicUrl?: string; readonly secret?: string | undefined } = {}) {
  return createDirectLineChannel({
    db: database.db,
    inbox: messages.inbox,
    transcript: messages.transcript,
    publicUrl: options.publicUrl ?? own,
    allowedOrigins: [partner],
    secret: "secret" in options ? options.secret : "server-secret",
    now: () => clock,
    log: pino({}, { write: (line: string) => logged.push(line) }),
  });
}

type Headers = Readonly<Record<string, string>>;
const post = (path: string, headers: Headers, body?: string | Uint8Array<ArrayBuffer>) =>
  app.request(`/v3/directline${path}`, { method: "POST", headers, ...(body === undefined ? {} : { body }) });
const get = (path: string, headers: Headers) => app.request(`/v3/directline${path}`, { headers });

async function start(origin: string = own) {
  const body = TokenBody.parse(await (await post("/tokens/generate", { Origin: origin })).json());
  const headers = { Origin: origin, Authorization: `Bearer ${body.token}` };
  const activities = `/conversations/${body.conversationId}/activities`;
  return { ...body, headers, activities, send: (activity: unknown) => post(activities, headers, JSON.stringify(activity)) };
}

async function expectRefusal(response: Response, status: number, code?: string) {
  expect(response.status).toBe(status);
  const body = ErrorBody.parse(await response.json());
  if (code !== undefined) expect(body.error.code).toBe(code);
  return body.error;
}

describe("tokens", () => {
  test("a page of this site or of an allowed one gets one; others do not", async () => {
    for (const origin of [own, "http://localhost:8787", partner])
      expect((await post("/tokens/generate", { Origin: origin })).status).toBe(200);
    for (const origin of ["https://evil.example", "null", "http://127.0.0.1:9999", "https://127.0.0.1:8787", `${partner}.evil.example`]) {
      await expectRefusal(await post("/tokens/generate", { Origin: origin }), 403);
      await expectRefusal(await post("/tokens/generate", { Origin: origin, Authorization: "Bearer server-secret" }), 403);
    }
  });

  test("localhost is this site only if PUBLIC_URL is this machine", async () => {
    app = createApp({ publicUrl: "https://chat.example" });
    await expectRefusal(await post("/tokens/generate", { Origin: "http://localhost:8787" }), 403);
    expect((await post("/tokens/generate", { Origin: "https://chat.example" })).status).toBe(200);
  });

  test("a server without Origin needs the secret", async () => {
    await expectRefusal(await post("/tokens/generate", {}), 401);
    await expectRefusal(await post("/tokens/generate", { Authorization: "Bearer wrong" }), 403);
    await expectRefusal(await post("/tokens/generate", { Authorization: "Basic server-secret" }), 401);
    expect((await post("/tokens/generate", { Authorization: "Bearer server-secret" })).status).toBe(200);
    app = createApp({ secret: undefined });
    await expectRefusal(await post("/tokens/generate", { Authorization: "Bearer undefined" }), 401);
  });

  test("a token that a server fetched works on an allowed page and on none else", async () => {
    const { token, conversationId } = TokenBody.parse(
      await (await post("/tokens/generate", { Authorization: "Bearer server-secret" })).json(),
    );
    const path = `/conversations/${conversationId}/activities`;
    expect((await get(path, { Authorization: `Bearer ${token}` })).status).toBe(200);
    expect((await get(path, { Authorization: `Bearer ${token}`, Origin: partner })).status).toBe(200);
    await expectRefusal(await get(path, { Authorization: `Bearer ${token}`, Origin: "https://evil.example" }), 403);
  });

  test("are random, live for 30 minutes and are stored only as hashes", async () => {
    const first = await start();
    const second = await start();
    expect(first.expires_in).toBe(1800);
    expect(Buffer.from(first.token, "base64url").length).toBeGreaterThanOrEqual(16);
    expect(new Set([first.token, second.token, first.conversationId, second.conversationId, first.userId, second.userId]).size).toBe(6);
    const rows = await database.db.select().from(directlineTokens);
    expect(rows.map((row) => row.tokenHash)).toContain(createHash("sha256").update(first.token).digest("hex"));
    expect(JSON.stringify(rows)).not.toContain(first.token);
  });

  test("the server chooses the user, whatever the client says", async () => {
    const response = await post("/tokens/generate", { Origin: own }, JSON.stringify({ user: { id: "dl_mine" } }));
    expect(TokenBody.parse(await response.json()).userId).not.toBe("dl_mine");
  });

  test("end: 403 TokenExpired, also for a refresh; long after it is unknown", async () => {
    const chat = await start();
    clock = new Date(clock.getTime() + 30 * 60_000 - 1);
    expect((await get(chat.activities, chat.headers)).status).toBe(200);
    clock = new Date(clock.getTime() + 1);
    await expectRefusal(await get(chat.activities, chat.headers), 403, "TokenExpired");
    await expectRefusal(await post("/tokens/refresh", chat.headers), 403, "TokenExpired");
    await expectRefusal(await chat.send({ type: "message", text: "Hallo" }), 403, "TokenExpired");
    expect(messages.accepted).toEqual([]);
    clock = new Date(clock.getTime() + 25 * 60 * 60_000);
    await start();
    await expectRefusal(await get(chat.activities, chat.headers), 401);
  });

  test("a refresh keeps the conversation and the user", async () => {
    const chat = await start();
    clock = new Date(clock.getTime() + 20 * 60_000);
    const fresh = TokenBody.parse(await (await post("/tokens/refresh", chat.headers)).json());
    expect(fresh).toMatchObject({ conversationId: chat.conversationId, userId: chat.userId, expires_in: 1800 });
    expect(fresh.token).not.toBe(chat.token);
    clock = new Date(clock.getTime() + 20 * 60_000);
    expect((await get(chat.activities, { Origin: own, Authorization: `Bearer ${fresh.token}` })).status).toBe(200);
  });

  test("are bound to the site they were given to", async () => {
    const chat = await start(partner);
    const authorization = { Authorization: `Bearer ${chat.token}` };
    await expectRefusal(await get(chat.activities, { ...authorization, Origin: own }), 403);
    await expectRefusal(await get(chat.activities, authorization), 403);
    await expectRefusal(await post("/tokens/refresh", { ...authorization, Origin: own }), 403);
    const home = await start();
    const homeAuthorization = { Authorization: `Bearer ${home.token}` };
    expect((await get(home.activities, homeAuthorization)).status).toBe(200);
    expect((await get(home.activities, { ...homeAuthorization, Origin: "http://localhost:8787" })).status).toBe(200);
    await expectRefusal(await post(home.activities, homeAuthorization, JSON.stringify({ type: "message", text: "x" })), 403);
  });
});

describe("conversations", () => {
  test("start with a token and tell what Direct Line tells", async () => {
    const chat = await start();
    clock = new Date(clock.getTime() + 60_000);
    const response = await post("/conversations", chat.headers);
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual({
      conversationId: chat.conversationId,
      token: chat.token,
      expires_in: 1740,
      userId: chat.userId,
    });
    await expectRefusal(await post("/conversations", { Origin: own }), 401);
    await expectRefusal(await post("/conversations", { Origin: own, Authorization: "Bearer unknown" }), 401);
  });

  test("cannot read or write each other", async () => {
    const mine = await start();
    const theirs = await start();
    await theirs.send({ type: "message", text: "geheim" });
    await expectRefusal(await get(theirs.activities, mine.headers), 403);
    await expectRefusal(await get("/conversations/unknown/activities", mine.headers), 403);
    await expectRefusal(await post(theirs.activities, mine.headers, JSON.stringify({ type: "message", text: "x" })), 403);
    expect(await (await get(mine.activities, mine.headers)).json()).toEqual({ activities: [], watermark: "0" });
    expect(messages.accepted).toHaveLength(1);
  });

  test("show the person's message and the answer, then only what is new", async () => {
    const chat = await start();
    const sent = PostedBody.parse(
      await (await chat.send({ type: "message", text: "Kita?", channelData: { clientActivityID: "c1" } })).json(),
    );
    const page = PageBody.parse(await (await get(chat.activities, chat.headers)).json());
    expect(page.activities).toMatchObject([
      {
        type: "message",
        id: sent.id,
        timestamp: "2026-11-22T10:00:00.000Z",
        from: { id: chat.userId, role: "user" },
        text: "Kita?",
        channelData: { clientActivityID: "c1" },
      },
      {
        type: "message",
        from: { id: "stadtlotse", role: "bot" },
        replyToId: sent.id,
        text: "Das habe ich gefunden:\n\nKita-Finder+\nKosten: kostenlos\nhttps://example.org/kita\nQuelle: Stadt.",
        textFormat: "plain",
        channelData: { stadtlotse: { lang: "de", lead: reply.lead, cards: reply.cards, closing: [] } },
        suggestedActions: { actions: [{ type: "postBack", title: "Mehr zeigen", value: "more" }] },
      },
    ]);
    const next = await get(`${chat.activities}?watermark=${page.watermark}`, chat.headers);
    expect(await next.json()).toEqual({ activities: [], watermark: page.watermark });
    for (const watermark of ["x", "-1", "1e9", "9".repeat(40), "%00"])
      await expectRefusal(await get(`${chat.activities}?watermark=${watermark}`, chat.headers), 400);
  });
});

describe("posted activities", () => {
  test("reach the inbox as what they are", async () => {
    const chat = await start();
    await chat.send({ type: "message", text: "Hallo", locale: "sr-RS", from: { id: "somebody else" } });
    await chat.send({ type: "message", value: "more", locale: "xx" });
    await chat.send({ type: "message", text: "more", channelData: { postBack: true } });
    await chat.send({ type: "message", attachments: [{ contentType: "image/png" }] });
    await chat.send({ type: "event", name: "webchat/join", value: { language: "de" } });
    await chat.send({ type: "message", text: null });
    await chat.send({ type: "message", text: "a\u0000b\ud800" });
    await chat.send({
      type: "message",
      entities: [{ type: "ClientCapabilities" }, { type: "GeoCoordinates", latitude: 48.1, longitude: 11.5 }],
    });
    await chat.send({ type: "message", entities: [{ type: "GeoCoordinates", latitude: 148.1, longitude: "11" }] });
    expect(messages.accepted.map(({ content, interfaceLang }) => [content, interfaceLang])).toEqual([
      [{ kind: "text", text: "Hallo" }, "hr"],
      [{ kind: "button", value: "more" }, undefined],
      [{ kind: "button", value: "more" }, undefined],
      [{ kind: "attachment" }, undefined],
      [{ kind: "start" }, undefined],
      [{ kind: "text", text: "" }, undefined],
      [{ kind: "text", text: "a\uFFFDb\uFFFD" }, undefined],
      [{ kind: "location", latitude: 48.1, longitude: 11.5 }, undefined],
      [{ kind: "text", text: "" }, undefined],
    ]);
    expect(messages.accepted.every(({ channel, address }) => channel === "directline" && address === chat.conversationId)).toBe(true);
  });

  test("that are no message are acknowledged and ignored", async () => {
    const chat = await start();
    for (const activity of [{ type: "typing" }, { type: "event", name: "other" }, { type: "endOfConversation" }]) {
      const response = await chat.send(activity);
      expect(response.status).toBe(200);
      PostedBody.parse(await response.json());
    }
    expect(messages.accepted).toEqual([]);
  });

  test("with the same clientActivityID are one message of that conversation", async () => {
    const chat = await start();
    const activity = { type: "message", text: "Hallo", channelData: { clientActivityID: "c1" } };
    const ids = await Promise.all([1, 2, 3].map(async () => PostedBody.parse(await (await chat.send(activity)).json()).id));
    expect(new Set(ids).size).toBe(1);
    expect(messages.accepted.map(({ externalId, clientId }) => [externalId, clientId])).toEqual([[`${chat.conversationId}:c1`, "c1"]]);
    await (await start()).send(activity);
    await chat.send({ type: "message", text: "Hallo" });
    await chat.send({ type: "message", text: "Hallo" });
    expect(new Set(messages.accepted.map(({ externalId }) => externalId)).size).toBe(4);
  });

  test("that are broken are refused and the next one works", async () => {
    const chat = await start();
    const bad: readonly (string | Uint8Array<ArrayBuffer>)[] = [
      "",
      "null",
      "[]",
      "{",
      '"message"',
      "{}",
      JSON.stringify({ type: 1, text: "x" }),
      JSON.stringify({ type: "message", text: { a: 1 } }),
      JSON.stringify({ type: "message", text: "x", channelData: { clientActivityID: "a b" } }),
      JSON.stringify({ type: "message", text: "x", channelData: { clientActivityID: "\u0000" } }),
      JSON.stringify({ type: "message", value: "ä".repeat(31) }),
      `{"type":"message","text":"x","a":${"[".repeat(30_000)}${"]".repeat(30_000)}}`,
      new Uint8Array([0xff, 0xfe, 0x00, 0x80]),
    ];
    for (const body of bad) await expectRefusal(await post(chat.activities, chat.headers, body), 400, "BadArgument");
    expect(messages.accepted).toEqual([]);
    expect((await chat.send({ type: "message", text: "Hallo" })).status).toBe(200);
  });

  test("may be 100 kB long; beyond 256 kB they are refused with 413", async () => {
    const chat = await start();
    expect((await chat.send({ type: "message", text: "a".repeat(100_000) })).status).toBe(200);
    await expectRefusal(await chat.send({ type: "message", text: "a".repeat(256 * 1024) }), 413);
    const stream = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(64 * 1024).fill(97)),
    });
    const init = { method: "POST", headers: chat.headers, body: stream, duplex: "half" };
    await expectRefusal(await app.request(`/v3/directline${chat.activities}`, init), 413);
  });

  test("are answered 503 with Retry-After while the database is away, and nothing of them is logged", async () => {
    const chat = await start();
    for (const code of ["DATABASE_UNAVAILABLE", "DATABASE_FAILED"] as const) {
      messages.state.fault = new AppError(code, "geheim 089 123456");
      const response = await chat.send({ type: "message", text: "geheim 089 123456" });
      expect(response.headers.get("Retry-After")).toBe("5");
      expect(response.headers.get("Access-Control-Allow-Origin")).toBe(own);
      expect((await expectRefusal(response, 503)).message).not.toContain("geheim");
    }
    expect(logged).toHaveLength(2);
    for (const secret of ["geheim", chat.token, chat.conversationId]) expect(logged.join()).not.toContain(secret);
    messages.state.fault = undefined;
    expect((await chat.send({ type: "message", text: "wieder da" })).status).toBe(200);
  });

  test.skipIf(!existsSync(hostileFile))("of the hostile collection come back only as they were", async () => {
    const chat = await start();
    const texts = readFileSync(hostileFile, "utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => z.object({ text: z.string() }).parse(JSON.parse(line)).text);
    for (const text of texts) expect((await chat.send({ type: "message", text, name: text, locale: text })).status).toBe(200);
    const page = PageBody.parse(await (await get(chat.activities, chat.headers)).json());
    const echoed = page.activities.flatMap((activity) => (activity.replyToId === undefined ? [activity.text] : []));
    expect(echoed).toEqual(texts.map((text) => text.toWellFormed().replaceAll("\u0000", "\uFFFD")));
  });
});

describe("other sites", () => {
  test("an allowed one may ask beforehand and read the answer; others may not", async () => {
    const ask = (origin: string) =>
      app.request("/v3/directline/conversations", {
        method: "OPTIONS",
        headers: {
          Origin: origin,
          "Access-Control-Request-Method": "POST",
          "Access-Control-Request-Headers": "authorization,x-ms-bot-agent",
        },
      });
    const allowed = await ask(partner);
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get("Access-Control-Allow-Origin")).toBe(partner);
    expect(allowed.headers.get("Access-Control-Allow-Headers")).toContain("x-ms-bot-agent");
    expect((await ask("https://evil.example")).headers.get("Access-Control-Allow-Origin")).toBeNull();
    const chat = await start(partner);
    const response = await get(chat.activities, chat.headers);
    expect(response.headers.get("Access-Control-Allow-Origin")).toBe(partner);
    expect(response.headers.get("Cache-Control")).toBe("no-store");
    const refused = await post("/tokens/generate", { Origin: "https://evil.example" });
    expect(refused.headers.get("Access-Control-Allow-Origin")).toBeNull();
  });
});
