import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { upgradeWebSocket } from "@hono/node-server";
import { Hono } from "hono";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { createDirectLineChannel } from "../../../src/channels/directline/channel.ts";
import { createStreams, type Streams } from "../../../src/channels/directline/streams.ts";
import { directlineTokens } from "../../../src/database/schema.ts";
import { listen } from "../../../src/node-listen.ts";
import { openTestDatabase, type TestDatabase } from "../../support/databases.ts";
import { ActivitySet, ConversationBody, createMessages, createReadableLog, ErrorBody, partner, TokenBody } from "./fixtures.ts";

let database: TestDatabase;
let clock: number;
let messages: ReturnType<typeof createMessages>;
let streams: Streams;
let listening: Awaited<ReturnType<typeof listen>>;
const sockets: WebSocket[] = [];

beforeAll(async () => {
  database = await openTestDatabase("embedded");
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.db.delete(directlineTokens);
  clock = Date.parse("2026-11-22T10:00:00Z");
  const now = () => new Date(clock);
  messages = createMessages(now);
  const { log } = createReadableLog();
  const { inbox, transcript } = messages;
  streams = createStreams({ db: database.db, transcript, now, log, pollMs: 5 });
  listening = await listen({ host: "127.0.0.1", port: 0, publicUrl: undefined });
  const live = { streams, upgrade: upgradeWebSocket };
  const parts = {
    db: database.db,
    inbox,
    transcript,
    publicUrl: listening.url,
    allowedOrigins: [partner],
    secret: "server-secret",
    now,
    log,
    live,
  };
  listening.use(new Hono().route("/", createDirectLineChannel(parts)));
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate();
  await streams.close();
  await listening.close();
});

type Headers = Readonly<Record<string, string>>;

async function start(headers: Headers = { Origin: listening.url }) {
  const base = `${listening.url}/v3/directline`;
  const { token } = TokenBody.parse(await (await fetch(`${base}/tokens/generate`, { method: "POST", headers })).json());
  const origin = headers["Origin"] === undefined ? {} : { Origin: headers["Origin"] };
  const own = { ...origin, Authorization: `Bearer ${token}` };
  const conversation = ConversationBody.parse(await (await fetch(`${base}/conversations`, { method: "POST", headers: own })).json());
  const path = `${base}/conversations/${conversation.conversationId}`;
  const post = async (activity: object) =>
    await fetch(`${path}/activities`, { method: "POST", headers: own, body: JSON.stringify(activity) });
  return { ...conversation, origin, own, path, post };
}

/** Opens a WebSocket; gives what it heard, and the status if the server refused. */
function open(url: string, headers: Headers) {
  const socket = new WebSocket(url, { headers });
  sockets.push(socket);
  const heard: string[] = [];
  socket.on("message", (data) => heard.push(String(data)));
  const opened = new Promise<number>((resolve, reject) => {
    socket.once("open", () => resolve(101));
    socket.once("unexpected-response", (_, response) => resolve(response.statusCode ?? 0));
    socket.once("error", reject);
  });
  const closed = new Promise<{ readonly code: number; readonly reason: string }>((resolve) => {
    socket.once("close", (code, reason) => resolve({ code, reason: String(reason) }));
  });
  const words = () =>
    heard.filter((text) => text !== "").flatMap((text) => ActivitySet.parse(JSON.parse(text)).activities.map((activity) => activity.text));
  return { socket, heard, words, opened, closed };
}

describe("the address of the stream", () => {
  test("comes with a new conversation and with a reconnection, from the watermark that the client has", async () => {
    const chat = await start();
    const url = new URL(chat.streamUrl);
    expect(url.origin).toBe(listening.url.replace("http:", "ws:"));
    expect(url.searchParams.get("watermark")).toBe("0");
    const question = messages.say(chat.conversationId, "Kita?");
    messages.answer(chat.conversationId, question, "Hier.");
    const again = ConversationBody.parse(await (await fetch(`${chat.path}?watermark=${question}`, { headers: chat.own })).json());
    expect(again.conversationId).toBe(chat.conversationId);
    const [first, second] = [open(chat.streamUrl, chat.origin), open(again.streamUrl, chat.origin)];
    await expect.poll(first.words).toEqual(["Kita?", "Hier."]);
    await expect.poll(second.words).toEqual(["Hier."]);
  });

  test("holds no chat token, is good for a minute and then for nothing", async () => {
    const chat = await start();
    expect(chat.streamUrl).not.toContain(chat.token);
    const ticket = new URL(chat.streamUrl).searchParams.get("t") ?? "";
    const asToken = await fetch(`${chat.path}/activities`, { headers: { ...chat.origin, Authorization: `Bearer ${ticket}` } });
    expect([asToken.status, ErrorBody.parse(await asToken.json()).error.code]).toEqual([401, "Unauthorized"]);
    const rows = JSON.stringify(await database.db.select().from(directlineTokens));
    expect(rows).not.toContain(ticket);
    clock += 59_999;
    expect(await open(chat.streamUrl, chat.origin).opened).toBe(101);
    clock += 1;
    expect(await open(chat.streamUrl, chat.origin).opened).toBe(403);
  });

  test.each<readonly [string, (url: URL, other: URL) => void, number]>([
    ["without a ticket", (url) => url.searchParams.delete("t"), 401],
    ["with an unknown ticket", (url) => url.searchParams.set("t", "unknown"), 401],
    ["with the ticket of another conversation", (url, other) => url.searchParams.set("t", other.searchParams.get("t") ?? ""), 403],
    ["with a watermark that nobody gave out", (url) => url.searchParams.set("watermark", "-1"), 400],
  ])("%s is refused", async (_, change, status) => {
    const [chat, other] = [await start(), await start()];
    const url = new URL(chat.streamUrl);
    change(url, new URL(other.streamUrl));
    expect(await open(url.href, chat.origin).opened).toBe(status);
  });

  test("is bound to the sites of the token", async () => {
    const chat = await start();
    expect(await open(chat.streamUrl, { Origin: listening.url.replace("127.0.0.1", "localhost") }).opened).toBe(101);
    for (const origin of [{ Origin: "https://evil.example" }, { Origin: partner }, {}])
      expect(await open(chat.streamUrl, origin).opened).toBe(403);
    const server = await start({ Authorization: "Bearer server-secret" });
    for (const origin of [{}, { Origin: partner }]) expect(await open(server.streamUrl, origin).opened).toBe(101);
    expect(await open(server.streamUrl, { Origin: "https://evil.example" }).opened).toBe(403);
  });

  test("refuses what is no WebSocket, in Direct Line's words", async () => {
    const chat = await start();
    const response = await fetch(chat.streamUrl.replace("ws:", "http:"), { headers: chat.origin });
    expect([response.status, ErrorBody.parse(await response.json()).error.code]).toEqual([426, "UpgradeRequired"]);
  });
});

describe("an open WebSocket", () => {
  test("shows what is posted, what is answered and who typed it", async () => {
    const chat = await start();
    const stream = open(chat.streamUrl, chat.origin);
    await stream.opened;
    expect((await chat.post({ type: "message", text: "Kita?", channelData: { clientActivityID: "c1" } })).status).toBe(200);
    expect((await chat.post({ type: "message", text: "more", channelData: { clientActivityID: "c2", postBack: true } })).status).toBe(200);
    await expect.poll(stream.words).toEqual(["Kita?", "more"]);
    const echoes = stream.heard.flatMap((text) => ActivitySet.parse(JSON.parse(text)).activities);
    expect(echoes).toMatchObject([
      { from: { id: chat.userId, role: "user" }, channelData: { clientActivityID: "c1" } },
      { from: { id: chat.userId, role: "user" }, channelData: { clientActivityID: "c2", postBack: true } },
    ]);
    const page = await (await fetch(`${chat.path}/activities`, { headers: chat.own })).json();
    expect(ActivitySet.parse(page).activities).toEqual(echoes);
  });

  test("leaves polling possible beside it", async () => {
    const chat = await start();
    const stream = open(chat.streamUrl, chat.origin);
    await stream.opened;
    messages.say(chat.conversationId, "Kita?");
    await expect.poll(stream.words).toEqual(["Kita?"]);
    const page = ActivitySet.parse(await (await fetch(`${chat.path}/activities?watermark=0`, { headers: chat.own })).json());
    expect(page).toMatchObject({ activities: [{ text: "Kita?" }], watermark: "1" });
  });

  test("one message under one clientActivityID is shown once and answered under one id, however often it is posted", async () => {
    const chat = await start();
    const stream = open(chat.streamUrl, chat.origin);
    await stream.opened;
    const activity = { type: "message", text: "Kita?", channelData: { clientActivityID: "c1" } };
    const bodies = await Promise.all([1, 2, 3].map(async () => await (await chat.post(activity)).json()));
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
    expect(messages.rows()).toBe(1);
    await expect.poll(stream.words).toEqual(["Kita?"]);
    await sleep(100);
    expect(stream.words()).toEqual(["Kita?"]);
  });

  test("ignores the empty messages of clients and what else they say; a megabyte closes it, and the next one opens", async () => {
    const chat = await start();
    const stream = open(chat.streamUrl, chat.origin);
    await stream.opened;
    for (const text of ["", "{}", '{"type":"message","text":"so nicht"}', "[".repeat(4000)]) stream.socket.send(text);
    messages.say(chat.conversationId, "Kita?");
    await expect.poll(stream.words).toEqual(["Kita?"]);
    stream.socket.send("a".repeat(1024 * 1024));
    expect((await stream.closed).code).toBe(1009);
    expect(messages.rows()).toBe(0);
    const next = open(chat.streamUrl, chat.origin);
    await expect.poll(next.words).toEqual(["Kita?"]);
  });

  test("is closed when its token has ended", async () => {
    const chat = await start();
    const stream = open(chat.streamUrl, chat.origin);
    await stream.opened;
    clock += 30 * 60_000;
    expect(await stream.closed).toEqual({ code: 1008, reason: "TokenExpired" });
  });

  test("is closed when the server stops, even if its client does not answer", async () => {
    const chat = await start();
    const stream = open(chat.streamUrl, chat.origin);
    await stream.opened;
    const { hostname, port, pathname, search } = new URL(chat.streamUrl);
    const mute = connect(Number(port), hostname);
    mute.write(
      `GET ${pathname}${search} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nOrigin: ${listening.url}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
    );
    await new Promise((resolve) => mute.once("data", resolve));
    const cut = new Promise((resolve) => mute.once("close", resolve));
    await listening.close();
    expect(await stream.closed).toEqual({ code: 1001, reason: "ServerStopping" });
    await cut;
  });
});
