import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { trainedCache, trainingMs } from "../support/cache.ts";
import { type ModelServer, startModelServer } from "../support/model-server.ts";
import { cleanUp, startStadtlotse } from "../support/server.ts";
import { queryStored } from "../support/stored.ts";
import { openWebChat } from "../support/web-chat.ts";

const slow = { timeout: 120_000 };
let model: ModelServer;

beforeAll(() => trainedCache(), trainingMs);
afterAll(cleanUp);
beforeEach(async () => {
  model = await startModelServer();
});
afterEach(() => model.close());

const start = () => startStadtlotse({ env: { LLM_BASE_URL: model.url, LLM_MODEL: "stub", LOG_LEVEL: "info" } });

describe("a server with a language model", () => {
  test("has it choose from what was found; its log and its tables keep no words", slow, async () => {
    model.behave(({ offers }) => {
      const sentences = offers.map(({ id, texts: [text = ""] }) => {
        const quote = text.split(/(?<=[.!])\s/u).at(-1) ?? "";
        return { text: quote, offerId: id, quote };
      });
      return { kind: "says", content: { sentences }, tokens: { input: 500, output: 100 } };
    });
    const server = await start();
    const chat = await openWebChat(server.url);
    expect(await chat.ask("Wo kann ich Sperrmüll anmelden? zitronenfalter")).toContain("http");
    expect(model.asked[0]?.offers.length).toBeGreaterThan(0);
    const lines = server.logLines.join("\n");
    expect(lines).toContain("asked the language model");
    expect(lines).not.toContain("zitronenfalter");
    await server.stop();
    const used = "select input_tokens::int as input, output_tokens::int as output from model_usage";
    expect(await queryStored(server.dataDir, used)).toEqual([{ input: 500, output: 100 }]);
  });

  test("answers within 8 seconds where it hangs, and the next ones at once", slow, async () => {
    model.behave(() => ({ kind: "hangs" }));
    const server = await start();
    const chat = await openWebChat(server.url);
    const times: number[] = [];
    for (const question of ["Wo kann ich Sperrmüll anmelden?", "Wo finde ich eine Kita?", "Wohngeld beantragen"]) {
      const from = performance.now();
      expect(await chat.ask(question)).toContain("http");
      times.push(Math.round(performance.now() - from));
    }
    process.stdout.write(`server with a hanging model: answers after ${times.join(", ")} ms\n`);
    expect(times[0]).toBeLessThan(8000);
    expect(Math.max(...times.slice(1))).toBeLessThan(2000);
    expect(model.asked).toHaveLength(1);
    expect(await server.stop()).toEqual({ code: 0, signal: null });
  });
});
