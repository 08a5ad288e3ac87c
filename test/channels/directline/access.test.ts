import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createDirectLineChannel } from "../../../src/channels/directline/channel.ts";
import { directlineTokens } from "../../../src/database/schema.ts";
import { openTestDatabase, type TestDatabase } from "../../support/databases.ts";
import { ActivitySet, createMessages, createReadableLog, ErrorBody, own, partner, TokenBody } from "./fixtures.ts";

const other = "https://other.example";
const deep = `${"[".repeat(30_000)}${"]".repeat(30_000)}`;
const megabyte = "a".repeat(1024 * 1024);
const secret = { Authorization: "Bearer server-secret" };

let database: TestDatabase;
let clock: number;
let messages: ReturnType<typeof createMessages>;
let app: ReturnType<typeof createDirectLineChannel>;

beforeAll(async () => {
  database = await openTestDatabase("embedded");
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.db.delete(directlineTokens);
  clock = Date.parse("2026-11-22T10:00:00Z");
  const now = () => new Date(clock);
  messages = createMessages(now);
  app = createDirectLineChannel({
    db: database.db,
    inbox: messages.inbox,
    transcript: messages.transcript,
    publicUrl: own,
    allowedOrigins: [partner, other],
    secret: "server-secret",
    now,
    log: createReadableLog().log,
  });
});

type Headers = Readonly<Record<string, string>>;
const call = (method: "GET" | "POST", path: string, headers: Headers, body?: BodyInit) =>
  app.request(`/v3/directline${path}`, { method, headers, ...(body === undefined ? {} : { body }) });

async function start(headers: Headers = { Origin: own }, body?: string) {
  const issued = TokenBody.parse(await (await call("POST", "/tokens/generate", headers, body)).json());
  return { ...issued, path: `/conversations/${issued.conversationId}`, authorization: { Authorization: `Bearer ${issued.token}` } };
}

async function expectRefusal(response: Response, status: number, code: string) {
  expect([response.status, ErrorBody.parse(await response.json()).error.code]).toEqual([status, code]);
}

describe("a token that a server fetches", () => {
  test("is for the sites that the server names, and for no other", async () => {
    const chat = await start(secret, JSON.stringify({ user: { id: "dl_mine" }, trustedOrigins: [`${partner}/page`, own] }));
    for (const site of [partner, own, "http://localhost:8787"])
      expect((await call("GET", `${chat.path}/activities`, { ...chat.authorization, Origin: site })).status).toBe(200);
    for (const site of [other, "https://evil.example"])
      await expectRefusal(await call("GET", `${chat.path}/activities`, { ...chat.authorization, Origin: site }), 403, "Forbidden");
    await expectRefusal(await call("POST", `${chat.path}/activities`, chat.authorization, "{}"), 403, "Forbidden");
    const fresh = TokenBody.parse(await (await call("POST", "/tokens/refresh", { ...chat.authorization, Origin: partner })).json());
    const refreshed = { Authorization: `Bearer ${fresh.token}`, Origin: other };
    await expectRefusal(await call("GET", `${chat.path}/activities`, refreshed), 403, "Forbidden");
  });

  test("is refused for sites that are not allowed here, and for what is no list of sites", async () => {
    const wishes = [
      ["https://evil.example"],
      [],
      ["partner"],
      [partner, "javascript:alert(1)"],
      "https://partner.example",
      Array(21).fill(partner),
    ];
    for (const trustedOrigins of wishes)
      await expectRefusal(await call("POST", "/tokens/generate", secret, JSON.stringify({ trustedOrigins })), 400, "BadArgument");
    expect(await database.db.select().from(directlineTokens)).toEqual([]);
  });

  test("cannot be widened by a page, whose token is for its own site", async () => {
    const chat = await start({ Origin: partner }, JSON.stringify({ trustedOrigins: [other] }));
    await expectRefusal(await call("GET", `${chat.path}/activities`, { ...chat.authorization, Origin: other }), 403, "Forbidden");
  });
});

describe("a person who comes back", () => {
  test("gets the conversation with its token, and the whole history from watermark 0", async () => {
    const chat = await start();
    messages.answer(chat.conversationId, messages.say(chat.conversationId, "Kita?"), "Hier.");
    const { token, conversationId, userId } = chat;
    const headers = { ...chat.authorization, Origin: own };
    for (const query of ["", "?watermark=", "?watermark=0", "?watermark=1"]) {
      const response = await call("GET", `${chat.path}${query}`, headers);
      expect(response.status).toBe(200);
      expect(await response.json()).toEqual({ conversationId, token, userId, expires_in: 1800 });
    }
    const page = ActivitySet.parse(await (await call("GET", `${chat.path}/activities?watermark=0`, headers)).json());
    expect(page.activities.map(({ text }) => text)).toEqual(["Kita?", "Hier."]);
    await expectRefusal(await call("GET", `${chat.path}?watermark=x`, headers), 400, "BadArgument");
  });

  test("gets a fresh token once the old one has lived for half its life, with the same conversation and user", async () => {
    const chat = await start();
    clock += 15 * 60_000;
    const headers = { ...chat.authorization, Origin: own };
    const fresh = TokenBody.parse(await (await call("GET", chat.path, headers)).json());
    expect(fresh).toMatchObject({ conversationId: chat.conversationId, userId: chat.userId, expires_in: 1800 });
    expect(fresh.token).not.toBe(chat.token);
    clock += 16 * 60_000;
    await expectRefusal(await call("GET", chat.path, headers), 403, "TokenExpired");
    expect((await call("GET", chat.path, { Authorization: `Bearer ${fresh.token}`, Origin: own })).status).toBe(200);
  });

  test("does not get somebody else's", async () => {
    const [mine, theirs] = [await start(), await start()];
    const headers = { ...mine.authorization, Origin: own };
    await expectRefusal(await call("GET", theirs.path, headers), 403, "Forbidden");
    await expectRefusal(await call("GET", "/conversations/unknown", headers), 403, "Forbidden");
    await expectRefusal(await call("GET", mine.path, { Origin: own }), 401, "Unauthorized");
  });
});

test("a token can be refreshed until it expires, again and again, and stays in its conversation", async () => {
  const chat = await start();
  let { token } = chat;
  for (let round = 0; round < 4; round += 1) {
    clock += 30 * 60_000 - 1;
    const response = await call("POST", "/tokens/refresh", { Authorization: `Bearer ${token}`, Origin: own });
    const fresh = TokenBody.parse(await response.json());
    expect(fresh).toMatchObject({ conversationId: chat.conversationId, userId: chat.userId, expires_in: 1800 });
    token = fresh.token;
  }
  await expectRefusal(await call("POST", "/tokens/refresh", { ...chat.authorization, Origin: own }), 403, "TokenExpired");
});

test("files are refused with a reason, however large, and store nothing", async () => {
  const chat = await start();
  const headers = { ...chat.authorization, Origin: own };
  const form = new FormData();
  form.append("activity", new Blob([JSON.stringify({ type: "message", text: "mein Ausweis" })]), "activity");
  form.append("file", new Blob([new Uint8Array(2 * 1024 * 1024)]), "ausweis.jpg");
  const refused = await call("POST", `${chat.path}/upload?userId=${chat.userId}`, headers, form);
  expect(refused.headers.get("Connection")).toBe("close");
  await expectRefusal(refused, 415, "NotSupported");
  await expectRefusal(await call("POST", "/conversations/other/upload", headers, form), 403, "Forbidden");
  await expectRefusal(await call("POST", `${chat.path}/upload`, { Origin: own }, form), 401, "Unauthorized");
  expect(messages.rows()).toBe(0);
});

describe("bodies that no client sends", () => {
  const posts = (chat: Awaited<ReturnType<typeof start>>): readonly (readonly [string, Headers])[] => [
    ["/tokens/generate", { Origin: own }],
    ["/tokens/generate", secret],
    ["/tokens/refresh", { ...chat.authorization, Origin: own }],
    ["/conversations", { ...chat.authorization, Origin: own }],
    [`${chat.path}/activities`, { ...chat.authorization, Origin: own }],
  ];

  test.each([
    ["30,000 levels deep", deep, 400, "BadArgument"],
    ["half a JSON", '{"type":', 400, "BadArgument"],
    ["binary", new Uint8Array([0xff, 0x00, 0x80]), 400, "BadArgument"],
    ["1 MB", `{"type":"message","text":"${megabyte}"}`, 413, "RequestTooLarge"],
  ] as const)("%s: refused in Direct Line's words by every address, and no row", async (_, body, status, code) => {
    const chat = await start();
    const before = await database.db.select().from(directlineTokens);
    for (const [path, headers] of posts(chat)) await expectRefusal(await call("POST", path, headers, body), status, code);
    expect(messages.rows()).toBe(0);
    expect(await database.db.select().from(directlineTokens)).toEqual(before);
  });
});

test("where the platform has no WebSocket no address of one is given, and the address says what to do", async () => {
  const chat = await start();
  const headers = { ...chat.authorization, Origin: own };
  expect(await (await call("POST", "/conversations", headers)).json()).not.toHaveProperty("streamUrl");
  await expectRefusal(await call("GET", `${chat.path}/stream?t=${chat.token}`, headers), 401, "Unauthorized");
});
