import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTelegramChannel } from "../../../src/channels/telegram/telegram.ts";
import type { Reply } from "../../../src/core/answer.ts";
import { type FakeBotApi, startFakeBotApi } from "../../fixtures/fake-bot-api.ts";

let botApi: FakeBotApi;
let chat = 5000;
const logged: string[] = [];
/** What the sender waited between two edits, in milliseconds. */
let waited: number[] = [];

beforeAll(async () => {
  botApi = await startFakeBotApi();
});
afterAll(async () => {
  await botApi.close();
});
beforeEach(() => {
  chat += 1;
  waited = [];
});

/** With `wait`, the time between two edits is that of the test. */
function createSender(wait?: (ms: number) => Promise<void>) {
  const sender = createTelegramChannel({
    token: "123456:AAsecretTokenOfTheBot",
    arrival: { kind: "webhook", secret: "s" },
    apiRoot: botApi.url,
    publicUrl: "https://lotse.example",
    inbox: { accept: () => Promise.reject(new Error("not used")) },
    log: pino({ level: "trace" }, { write: (line) => void logged.push(line) }),
    wait,
  }).sender;
  if (sender.stream === undefined) throw new Error("The sender streams no text.");
  return { ...sender, stream: sender.stream };
}

const calls = (address = String(chat)) =>
  botApi.calls.filter(({ body }) => String(body["chat_id"]) === address).map(({ method, body }) => ({ method, text: body["text"] }));

/** A source whose texts come when the test says so. */
function createSource() {
  const queue: string[] = [];
  let ring = Promise.withResolvers<void>();
  let ended = false;
  async function* texts() {
    for (;;) {
      for (const text of queue.splice(0)) yield text;
      if (ended) return;
      await ring.promise;
      ring = Promise.withResolvers();
    }
  }
  return {
    texts: texts(),
    push: (...more: readonly string[]) => {
      queue.push(...more);
      ring.resolve();
    },
    end: () => {
      ended = true;
      ring.resolve();
    },
  };
}

async function* grow(...texts: readonly string[]) {
  for (const text of texts) yield text;
}

describe("a text that grows", () => {
  it("is sent once and then edited, always to its newest state, and ends whole", async () => {
    const source = createSource();
    const sender = createSender(async (ms) => {
      waited.push(ms);
      if (waited.length === 1) source.push("Das habe", "Das habe ich");
      else if (waited.length === 2) {
        source.push("Das habe ich gefunden.");
        source.end();
      }
      // The source is read before the next edit is decided.
      await new Promise((resolve) => setImmediate(resolve));
    });
    source.push("Das");
    const sent = await sender.stream(String(chat), source.texts);
    expect(calls()).toEqual([
      { method: "sendMessage", text: "Das" },
      { method: "editMessageText", text: "Das habe ich" },
      { method: "editMessageText", text: "Das habe ich gefunden." },
    ]);
    expect(sent).toEqual({ platformId: expect.stringMatching(/^\d+$/) });
  });

  it("is edited at most once a second, in groups every three", async () => {
    const sender = createSender(async (ms) => {
      waited.push(ms);
    });
    await sender.stream(String(chat), grow("a"));
    await sender.stream(String(-chat), grow("a"));
    expect(waited).toEqual([1000, 3000]);
  });

  it("is edited at most once a second on the real clock", async () => {
    async function* fast() {
      for (let length = 1; length <= 110; length += 1) {
        yield "a".repeat(length);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
    await createSender().stream(String(chat), fast());
    const at = botApi.calls.filter(({ body }) => body["chat_id"] === String(chat)).map((call) => call.at);
    expect(at.length).toBeGreaterThanOrEqual(3);
    // A timer may be a millisecond early.
    for (const [index, moment] of at.entries()) if (index > 0) expect(moment - (at[index - 1] ?? 0)).toBeGreaterThanOrEqual(995);
    expect(calls().at(-1)?.text).toBe("a".repeat(110));
  });

  it("makes no call for what changes nothing, and none at all for no text", async () => {
    const sender = createSender(async () => undefined);
    expect(await sender.stream(String(chat), grow("", " ", "\n"))).toBeUndefined();
    expect(calls()).toEqual([]);
    await sender.stream(String(chat), grow("a", "a ", "a\n"));
    expect(calls()).toEqual([{ method: "sendMessage", text: "a" }]);
  });

  it("shows the first message of what is too long, whole characters only", async () => {
    const sender = createSender(async () => undefined);
    await sender.stream(String(chat), grow(`a${"😀".repeat(3000)}`));
    const [shown] = calls();
    expect(String(shown?.text).length).toBeLessThanOrEqual(4096);
    expect(String(shown?.text).isWellFormed()).toBe(true);
  });

  it("gives way to the finished reply, which takes the message's place with its buttons", async () => {
    const sender = createSender(async () => undefined);
    const streamed = await sender.stream(String(chat), grow("Das habe"));
    const reply: Reply = {
      lang: "de",
      lead: ["Das habe ich gefunden."],
      cards: [],
      closing: [],
      buttons: [{ label: "Mehr", value: "more" }],
      replaces: streamed?.platformId ?? "",
    };
    expect(await sender.send(String(chat), reply, 1)).toEqual(streamed);
    expect(calls().at(-1)).toEqual({ method: "editMessageText", text: "Das habe ich gefunden." });
  });
});

describe("trouble on the way", () => {
  it("an edit that is refused ends the edits and not the text's reading; the id is given all the same", async () => {
    const source = createSource();
    botApi.trouble("editMessageText", { kind: "too-many-requests", retryAfterSeconds: 9 });
    const sender = createSender(async (ms) => {
      waited.push(ms);
      source.push("ab");
      source.push("abc");
      source.end();
      await new Promise((resolve) => setImmediate(resolve));
    });
    source.push("a");
    expect(await sender.stream(String(chat), source.texts)).toEqual({ platformId: expect.any(String) });
    expect(calls().map(({ method }) => method)).toEqual(["sendMessage", "editMessageText"]);
    expect(logged.at(-1)).toContain("retry after 9 s");
    expect(logged.join("")).not.toContain("abc");
  });

  it("a source that fails ends the text; the finished reply can still take its place", async () => {
    async function* failing() {
      yield "Das habe";
      throw new Error("the model is away");
    }
    expect(await createSender(async () => undefined).stream(String(chat), failing())).toEqual({ platformId: expect.any(String) });
    expect(logged.at(-1)).toContain("the model is away");
  });

  it("a first message that is not taken fails as any sending does", async () => {
    botApi.trouble("sendMessage", { kind: "refuse", status: 403, description: "Forbidden: bot was blocked by the user" });
    await expect(createSender(async () => undefined).stream(String(chat), grow("a"))).rejects.toMatchObject({ fault: "gone" });
  });
});
