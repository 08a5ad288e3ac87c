import { pino } from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { createDirectLineChannel } from "../../src/channels/directline/channel.ts";
import type { Reply } from "../../src/core/answer.ts";
import type { Activity, Inbox, Transcript } from "../../src/core/message.ts";
import { type EmbeddedDatabase, openEmbedded } from "../../src/database/embedded.ts";
import { migrate } from "../../src/database/migrate.ts";
import { type ChatDeps, type ChatView, createChat } from "../../src/widget/chat.ts";
import { createDirectLineClient, type Session } from "../../src/widget/direct-line.ts";
import type { LiveEvents } from "../../src/widget/live.ts";
import { createMemory } from "../../src/widget/memory.ts";
import { createPending } from "../../src/widget/pending.ts";
import { pollDelayMs } from "../../src/widget/poll-delay.ts";

const own = "http://127.0.0.1:8787";

let database: EmbeddedDatabase;
beforeAll(async () => {
  database = await openEmbedded({});
  await migrate(database);
}, 60_000);
afterAll(() => database.close());

/** The real channel over an inbox that answers each message once, or when told to. */
function createServer() {
  const shown = new Map<string, Activity[]>();
  const ids = new Map<string, number>();
  const accepted: string[] = [];
  const calls: string[] = [];
  const state: { answers: boolean; silent?: true; network: "up" | "down" | "loses answers"; clock: number } = {
    answers: true,
    network: "up",
    clock: Date.now(),
  };
  let last = 0;
  const at = new Date();
  const reply = (text: string): Reply => ({
    lang: "de",
    lead: [`Antwort auf ${text}`],
    cards: [],
    closing: [],
    buttons: [{ label: "Mehr zeigen", value: "more" }],
  });
  const inbox: Inbox = {
    accept: async ({ externalId, address, content, clientId }) => {
      const known = ids.get(externalId);
      if (known !== undefined) return { kind: "repeated", id: known, conversationId: "c" };
      const id = ++last;
      ids.set(externalId, id);
      const text = content.kind === "text" ? content.text : content.kind === "button" ? content.value : "";
      accepted.push(text);
      const activities = shown.get(address) ?? [];
      shown.set(address, activities);
      activities.push(
        content.kind === "button" ? { kind: "press", id, at, value: text, clientId } : { kind: "message", id, at, text, clientId },
      );
      if (state.answers)
        activities.push({
          kind: "reply",
          id: ++last,
          at,
          reply: { ...reply(text), ...(state.silent === undefined ? {} : { silent: true }) },
          inReplyTo: id,
        });
      return { kind: "accepted", id, conversationId: "c" };
    },
  };
  const transcript: Transcript = {
    after: async (address, watermark) => (shown.get(address) ?? []).filter((activity) => activity.id > watermark),
  };
  const app = createDirectLineChannel({
    db: database.db,
    inbox,
    transcript,
    publicUrl: own,
    allowedOrigins: [],
    secret: undefined,
    now: () => new Date(state.clock),
    log: pino({ level: "silent" }),
  });
  const fetch = async (url: string, init: RequestInit) => {
    calls.push(`${init.method ?? "GET"} ${url.replace(/\/conversations\/[^/]+/, "/conversations/…").replace(/\?.*/, "")}`);
    if (state.network === "down") throw new TypeError("no network");
    const headers = new Headers(init.headers);
    if (init.method === "POST") headers.set("Origin", own);
    const response = await app.request(url, { ...init, headers });
    if (state.network === "loses answers" && url.endsWith("/activities")) throw new TypeError("connection reset");
    return response;
  };
  /** A letter into the one talk there is. */
  const write = (text: string, inReplyTo?: number, more: Partial<Reply> = {}) => {
    for (const activities of shown.values())
      activities.push({ kind: "reply", id: ++last, at, reply: { ...reply(text), ...more }, inReplyTo });
  };
  /** The server's id of the last message, in the one talk there is. */
  const lastId = () => `${[...shown.keys()][0]}|${last}`;
  return { accepted, calls, state, fetch, write, lastId };
}

/** What a tab would show, as lines. */
function createTab(server: ReturnType<typeof createServer>, stored: Map<string, string>, openLive?: ChatDeps["openLive"]) {
  const lines: string[] = [];
  const announced: string[] = [];
  const shown = { waiting: false, offline: false, human: false };
  const failed = new Set<string>();
  const view: ChatView = {
    showOwn: ({ label }) => lines.push(`own ${label}`),
    setFailed: (id, isFailed) => {
      if (isFailed !== failed.has(id)) lines.push(`${isFailed ? "failed" : "not failed"} ${id}`);
      if (isFailed) failed.add(id);
      else failed.delete(id);
    },
    showInterim: (interim) => lines.push(`interim ${interim.text}`),
    showReply: ({ lead }) => lines.push(`reply ${lead.join()}`),
    setWaiting: (waiting) => {
      shown.waiting = waiting;
    },
    setOffline: (offline) => {
      shown.offline = offline;
    },
    ended: () => lines.push("ended"),
    setHuman: (human) => {
      shown.human = human;
    },
    announce: (replies) => announced.push(...replies.map(({ lead }) => lead.join())),
  };
  const now = () => server.state.clock;
  const client = createDirectLineClient({ endpoint: "/v3/directline", lang: "de", fetch: server.fetch, now });
  const memory = createMemory(() => ({
    getItem: (key) => stored.get(key) ?? null,
    setItem: (key, value) => void stored.set(key, value),
    removeItem: (key) => void stored.delete(key),
  }));
  return { lines, announced, shown, memory, chat: createChat({ client, memory, view, now, isHidden: () => false, openLive }) };
}

describe("a talk in a tab", () => {
  let server: ReturnType<typeof createServer>;
  let stored: Map<string, string>;
  beforeEach(() => {
    // Only the moment of polling is taken out of the clock's hands; database and channel are real.
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    server = createServer();
    stored = new Map();
  });
  afterEach(() => vi.useRealTimers());

  test("shows nothing and waits no longer where a person of the city answers, and shows what that person writes", async () => {
    const tab = createTab(server, stored);
    server.state.silent = true;
    await tab.chat.send({ id: "m1", label: "Danke!" });
    await tab.chat.look();
    expect([tab.lines, tab.announced, tab.shown]).toEqual([["own Danke!"], [], { waiting: false, offline: false, human: true }]);
    server.write("Gern.", undefined, { writer: "human" });
    await tab.chat.look();
    expect(tab.lines.at(-1)).toBe("reply Antwort auf Gern.");
    expect(tab.shown.human).toBe(true);
    server.write("Ende.");
    await tab.chat.look();
    expect(tab.shown.human).toBe(false);
  });

  test("shows an answer under way until it is there, tells nobody of it, and never one that comes too late", async () => {
    const events: LiveEvents[] = [];
    const listening: string[] = [];
    const live = { listen: (_: Session, watermark: string) => listening.push(watermark), close: () => listening.push("closed") };
    const tab = createTab(server, stored, (each) => {
      events.push(each);
      return live;
    });
    server.state.answers = false;
    await tab.chat.send({ id: "m1", label: "Kita?" });
    await tab.chat.look();
    const inReplyTo = server.lastId();
    const tell = (text: string) => events[0]?.interim({ inReplyTo, lang: "de", text });
    tell("Hier");
    tell("Hier ist");
    server.write("Kita?", Number(inReplyTo.split("|")[1]));
    events[0]?.news();
    await expect.poll(() => tab.lines.at(-1)).toBe("reply Antwort auf Kita?");
    tell("Hier ist sie");
    expect(tab.lines).toEqual(["own Kita?", "interim Hier", "interim Hier ist", "reply Antwort auf Kita?"]);
    expect(tab.announced).toEqual(["Antwort auf Kita?"]);
    // Each look offers to listen from there on, should the socket have been lost.
    expect(listening).toEqual(["0", "1", "2"]);
  });

  test("starts the conversation with the first message and not before", async () => {
    const tab = createTab(server, stored);
    await tab.chat.resume();
    await tab.chat.look();
    expect(server.calls).toEqual([]);
    const sent = tab.chat.send({ id: "m1", label: "Kita?" });
    expect(tab.lines).toEqual(["own Kita?"]);
    expect(tab.shown.waiting).toBe(true);
    await sent;
    expect(tab.shown.waiting).toBe(true);
    await tab.chat.look();
    expect(server.calls).toEqual([
      "POST /v3/directline/tokens/generate",
      "POST /v3/directline/conversations",
      "POST /v3/directline/conversations/…/activities",
      "GET /v3/directline/conversations/…/activities",
    ]);
    expect(tab.lines.at(-1)).toBe("reply Antwort auf Kita?");
    expect(tab.shown.waiting).toBe(false);
    expect(tab.announced).toEqual(["Antwort auf Kita?"]);
  });

  test("looks again by itself", async () => {
    const tab = createTab(server, stored);
    await tab.chat.send({ id: "m1", label: "Kita?" });
    await vi.waitFor(() => expect(tab.lines.at(-1)).toBe("reply Antwort auf Kita?"));
  });

  test("keeps the order of quick messages", async () => {
    const tab = createTab(server, stored);
    await Promise.all([
      tab.chat.send({ id: "m1", label: "eins" }),
      tab.chat.send({ id: "m2", label: "zwei" }),
      tab.chat.send({ id: "m3", label: "drei" }),
    ]);
    expect(server.accepted).toEqual(["eins", "zwei", "drei"]);
    expect(server.calls.filter((call) => call.endsWith("/tokens/generate"))).toHaveLength(1);
  });

  test("a message that failed stays, and is sent again under its id", async () => {
    const tab = createTab(server, stored);
    server.state.network = "down";
    await tab.chat.send({ id: "m1", label: "Kita?" });
    expect(tab.lines).toEqual(["own Kita?", "failed m1"]);
    expect(tab.shown.waiting).toBe(false);
    server.state.network = "loses answers";
    await tab.chat.send({ id: "m1", label: "Kita?" });
    expect(tab.lines.slice(2)).toEqual(["not failed m1", "failed m1"]);
    server.state.network = "up";
    await tab.chat.send({ id: "m1", label: "Kita?" });
    await tab.chat.look();
    expect(server.accepted).toEqual(["Kita?"]);
    expect(tab.lines.filter((line) => line.startsWith("own"))).toHaveLength(1);
    expect(tab.lines.at(-1)).toBe("reply Antwort auf Kita?");
    expect(tab.memory.load().unsent).toEqual([]);
  });

  test("a message whose receipt got lost is found in the talk", async () => {
    const tab = createTab(server, stored);
    server.state.network = "loses answers";
    await tab.chat.send({ id: "m1", label: "Kita?" });
    server.state.network = "up";
    await tab.chat.look();
    expect(tab.lines).toEqual(["own Kita?", "failed m1", "not failed m1", "reply Antwort auf Kita?"]);
    expect(tab.memory.load().unsent).toEqual([]);
  });

  test("comes back after a reload, silently, with the words of pressed buttons and what was not sent", async () => {
    const before = createTab(server, stored);
    await before.chat.send({ id: "m1", label: "Kita?" });
    await before.chat.look();
    await before.chat.send({ id: "m2", label: "Mehr zeigen", value: "more" });
    server.state.network = "down";
    await before.chat.send({ id: "m3", label: "noch da?" });
    server.state.network = "up";
    const after = createTab(server, stored);
    await after.chat.resume();
    expect(after.lines).toEqual([
      "own Kita?",
      "reply Antwort auf Kita?",
      "own Mehr zeigen",
      "reply Antwort auf more",
      "own noch da?",
      "failed m3",
    ]);
    expect(after.announced).toEqual([]);
    expect(after.shown.waiting).toBe(false);
    await after.chat.send({ id: "m3", label: "noch da?" });
    await after.chat.look();
    expect(after.announced).toEqual(["Antwort auf noch da?"]);
  });

  test("gets a new token in time", async () => {
    const tab = createTab(server, stored);
    await tab.chat.send({ id: "m1", label: "Kita?" });
    const first = tab.memory.load().session;
    server.state.clock += 21 * 60_000;
    await tab.chat.look();
    server.state.clock += 21 * 60_000;
    await tab.chat.send({ id: "m2", label: "Und?" });
    const second = tab.memory.load().session;
    expect(second?.conversationId).toBe(first?.conversationId);
    expect(second?.token).not.toBe(first?.token);
    expect(server.accepted).toEqual(["Kita?", "Und?"]);
  });

  test("a message whose receipt is lost while its answer is shown has not failed", async () => {
    const tab = createTab(server, stored);
    await tab.chat.send({ id: "m0", label: "Hallo" });
    server.state.network = "loses answers";
    const sending = tab.chat.send({ id: "m1", label: "Kita?" });
    server.state.network = "up";
    await tab.chat.look();
    await sending;
    await tab.chat.look();
    expect(tab.lines.filter((line) => line.startsWith("failed"))).toEqual([]);
    expect(tab.memory.load().unsent).toEqual([]);
  });

  test("writes nothing down any more once it was stopped, whatever was under way", async () => {
    const tab = createTab(server, stored);
    await tab.chat.send({ id: "m1", label: "Kita?" });
    server.state.clock += 21 * 60_000;
    const looking = tab.chat.look();
    const sending = tab.chat.send({ id: "m2", label: "Und?" });
    tab.chat.stop();
    tab.memory.clear();
    await Promise.all([looking, sending]);
    expect([...stored.entries()]).toEqual([]);
    vi.advanceTimersByTime(10 * 60_000);
    expect([...stored.entries()]).toEqual([]);
  });

  test("says that the server cannot be reached after two looks, until one succeeds, and sends what failed when the network is back", async () => {
    const tab = createTab(server, stored);
    await tab.chat.send({ id: "m1", label: "Kita?" });
    server.state.network = "down";
    await tab.chat.look();
    expect(tab.shown.offline).toBe(false);
    await tab.chat.look();
    expect(tab.shown.offline).toBe(true);
    await tab.chat.send({ id: "m2", label: "Und?" });
    expect(tab.lines).toContain("failed m2");
    server.state.network = "up";
    await Promise.all([tab.chat.reconnect(), tab.chat.reconnect()]);
    expect(tab.shown.offline).toBe(false);
    expect(server.accepted).toEqual(["Kita?", "Und?"]);
    expect(tab.lines).toContain("not failed m2");
  });

  test("goes on in a new conversation when the old one has ended", async () => {
    const tab = createTab(server, stored);
    await tab.chat.send({ id: "m1", label: "Kita?" });
    await tab.chat.look();
    const first = tab.memory.load().session;
    server.state.clock += 31 * 60_000;
    await tab.chat.send({ id: "m2", label: "Und?" });
    await tab.chat.look();
    expect(tab.memory.load().session?.conversationId).not.toBe(first?.conversationId);
    expect(tab.lines).toEqual(["own Kita?", "reply Antwort auf Kita?", "own Und?", "ended", "reply Antwort auf Und?"]);
  });

  test("offers to send again what the ended conversation never answered", async () => {
    const tab = createTab(server, stored);
    server.state.answers = false;
    await tab.chat.send({ id: "m1", label: "Kita?" });
    server.state.clock += 31 * 60_000;
    await tab.chat.look();
    expect(tab.lines).toEqual(["own Kita?", "ended", "failed m1"]);
    expect(tab.shown.waiting).toBe(false);
    expect(tab.memory.load().unsent).toMatchObject([{ id: "m1" }]);
  });

  test("works where storage is forbidden or broken", async () => {
    const forbidden = createMemory(() => {
      throw new Error("SecurityError");
    });
    forbidden.save({ draft: "Ent" });
    expect(forbidden.load().draft).toBe("Ent");
    for (const broken of ["{", "null", '{"unsent":1}']) {
      expect(createMemory(() => ({ getItem: () => broken, setItem: () => undefined, removeItem: () => undefined })).load()).toEqual({
        unsent: [],
        draft: "",
      });
    }
  });
});

describe("what is not answered yet", () => {
  test("is settled by an answer, by a later one, and by one that came before the receipt", () => {
    const pending = createPending();
    pending.posted("1", { id: "a", label: "a" });
    pending.posted("2", { id: "b", label: "b" });
    pending.answered("1");
    expect(pending.isEmpty()).toBe(false);
    pending.answered("2");
    expect(pending.isEmpty()).toBe(true);
    pending.posted("3", { id: "c", label: "c" });
    pending.answered("4");
    pending.posted("4", { id: "d", label: "d" });
    expect(pending.isEmpty()).toBe(true);
    pending.echoed("5");
    expect(pending.isEmpty()).toBe(false);
    expect(pending.takeAll()).toEqual([]);
  });
});

test("looks are quick while an answer is due and rare otherwise", () => {
  const rest = { waiting: false, hidden: false, quiet: 0, failures: 0 };
  expect(pollDelayMs({ ...rest, waiting: true })).toBe(250);
  expect(pollDelayMs({ ...rest, waiting: true, quiet: 50 })).toBe(2_000);
  expect(pollDelayMs({ ...rest, quiet: 50 })).toBe(30_000);
  expect(pollDelayMs({ ...rest, hidden: true })).toBeLessThan(10 * 60_000);
  expect(pollDelayMs({ ...rest, waiting: true, failures: 50 })).toBe(30_000);
  expect(pollDelayMs({ ...rest, waiting: true, failures: 1 })).toBeGreaterThanOrEqual(1_000);
});
