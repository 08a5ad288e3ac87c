import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { openSession } from "../../src/commands/session.ts";
import { replyText } from "../../src/core/answer.ts";
import { cleanText, redact } from "../../src/text/redact.ts";
import { words } from "../../src/words/words.ts";
import { type FakeBotApi, startFakeBotApi } from "../fixtures/fake-bot-api.ts";
import { trainedCache, trainingMs } from "../support/cache.ts";
import { cleanUp, type RunningServer, startStadtlotse } from "../support/server.ts";
import { itShared, sharedPath } from "../support/shared.ts";
import { queryStored } from "../support/stored.ts";
import { answersTo, postUpdate, sentTo, telegramEnvironment, textUpdate } from "../support/telegram-chat.ts";
import { openWebChat } from "../support/web-chat.ts";

const Row = z.object({ text: z.string() });
const deletedTexts = Object.values(words).map(({ deleted }) => deleted);
const saysDeleted = (text: string) => deletedTexts.some((deleted) => text.includes(deleted));
const conversations = 24;
const answeredWithinMs = 60_000;
const long = "Ä<script>alert(1)</script>'😀 ".repeat(3_500);
const deep = `${"[".repeat(30_000)}${"]".repeat(30_000)}`;

let botApi: FakeBotApi;
let server: RunningServer;
const accepted = { messages: 0 };

beforeAll(async () => {
  await trainedCache();
  botApi = await startFakeBotApi();
  server = await startStadtlotse({ env: telegramEnvironment(botApi) });
}, trainingMs);

afterAll(async () => {
  await cleanUp();
  await botApi.close();
});

/** The rows dealt out to some conversations. */
async function dealRows(): Promise<readonly (readonly string[])[]> {
  const lines = (await readFile(sharedPath("data/hostile/hostile.jsonl"), "utf8")).trim().split("\n");
  const texts = ["", ...lines.map((line) => Row.parse(JSON.parse(line)).text)];
  expect(texts).toHaveLength(721);
  return Array.from({ length: conversations }, (_, hand) => texts.filter((_, index) => index % conversations === hand));
}

const isAlive = async () => expect((await fetch(`${server.url}/ready`)).status).toBe(200);

describe("hostile texts", () => {
  itShared(
    "are answered on the web chat, and come back as text only",
    async () => {
      await Promise.all(
        (await dealRows()).map(async (texts) => {
          const chat = await openWebChat(server.url);
          const ids: string[] = [];
          // One after the other: what comes while another is answered would be understood together with it.
          for (const text of texts) {
            ids.push(await chat.say(text));
            await chat.answered(ids.slice(-1), answeredWithinMs);
          }
          const seen = await chat.read();
          const known = new Map(ids.map((id, index) => [id, redact(cleanText(texts[index] ?? ""))]));
          for (const { id, text, textFormat, from, replyToId } of seen) {
            expect(textFormat).toBe("plain");
            // Words about needs that are too personal are not kept.
            if (from.role === "user") expect([known.get(id), ""]).toContain(text);
            else expect(known.has(replyToId ?? "")).toBe(true);
            expect(from.role === "bot" && saysDeleted(text)).toBe(false);
          }
          expect(seen.filter(({ from }) => from.role === "bot")).toHaveLength(ids.length);
          accepted.messages += ids.length;
        }),
      );
      await isAlive();
    },
    90_000,
  );

  itShared(
    "are answered on Telegram",
    async () => {
      const hands = await dealRows();
      await Promise.all(
        hands.map(async (texts, hand) => {
          for (const [index, text] of texts.entries()) {
            const response = await postUpdate(server.url, textUpdate(1_000 * hand + index, 7_000 + hand, text));
            expect(response.status).toBe(200);
            await expect.poll(() => answersTo(botApi, 7_000 + hand).length, { timeout: answeredWithinMs, interval: 20 }).toBe(index + 1);
          }
          accepted.messages += texts.length;
        }),
      );
      for (const { body } of botApi.callsOf("sendMessage")) {
        expect(body).not.toHaveProperty("parse_mode");
        expect(saysDeleted(String(body["text"]))).toBe(false);
      }
      await isAlive();
    },
    90_000,
  );

  itShared(
    "are answered by the assistant of the terminal",
    async () => {
      const session = await openSession({ demo: false, dataDir: await trainedCache(), onProgress: () => undefined });
      try {
        await Promise.all(
          (await dealRows()).map(async (texts, hand) => {
            for (const text of texts) {
              const { reply } = await session.ask({ text, conversation: String(hand) });
              expect(replyText(reply)).not.toBe("");
              expect(saysDeleted(replyText(reply))).toBe(false);
            }
          }),
        );
      } finally {
        await session.close();
      }
    },
    90_000,
  );
});

describe("bodies that are no message", () => {
  it.each<readonly [string, BodyInit]>([
    ["nothing", ""],
    ["binary", new Uint8Array([0, 255, 254, 128, 1, 200])],
    ["half a JSON", '{"type": "message", "text": '],
    ["30,000 levels", `{"type": "message", "update_id": 1, "text": ${deep}, "message": ${deep}}`],
    ["a text that is a list", '{"type": "message", "text": ["a"], "update_id": 2, "message": {"chat": 1}}'],
  ])("%s: a clear 4xx on both channels", async (_, body) => {
    const chat = await openWebChat(server.url);
    expect((await chat.post(body)).status).toBe(400);
    expect((await postUpdate(server.url, body)).status).toBe(400);
    await isAlive();
  });

  it("takes 100 kB of text on both channels and asks for less, and refuses more than it reads", async () => {
    const chat = await openWebChat(server.url);
    expect(await chat.ask(long)).toContain(words.de.tooLong);
    expect((await chat.post(JSON.stringify({ type: "message", text: "a".repeat(300_000) }))).status).toBe(413);
    expect((await postUpdate(server.url, textUpdate(900_001, 8_000, long))).status).toBe(200);
    const tooLong = expect.stringContaining(words.de.tooLong);
    await expect.poll(() => sentTo(botApi, 8_000).map(({ text }) => text), { timeout: 10_000 }).toEqual([tooLong]);
    expect((await postUpdate(server.url, textUpdate(900_002, 8_000, "a".repeat(1_100_000)))).status).toBe(413);
    accepted.messages += 2;
  }, 30_000);
});

describe("after all of it", () => {
  it("a written wish to delete is asked back, and nothing is deleted yet", async () => {
    const chat = await openWebChat(server.url);
    await chat.ask("Sperrmüll anmelden");
    expect(await chat.ask("Lösche alle meine Daten")).toContain(words.de.deleteAsk);
    expect((await chat.read()).map(({ from }) => from.role)).toEqual(["user", "bot", "user", "bot"]);
    accepted.messages += 2;
  });

  it("every message that was accepted has one answer and one turn: nothing was deleted without a button", async () => {
    expect((await server.stop()).code).toBe(0);
    const [counts] = await queryStored(
      server.dataDir,
      "select (select count(*)::int from inbox) as messages, (select count(*)::int from outbox) as answers, (select count(*)::int from turns) as turns",
    );
    const { messages } = accepted;
    expect(counts).toEqual({ messages, answers: messages, turns: messages });
    expect(server.logLines.filter((line) => /"level":(50|60)/.test(line))).toEqual([]);
  }, 30_000);
});
