import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { trainedCache, trainingMs } from "../support/cache.ts";
import { cleanUp, makeFolder, type RunningServer, runProgram, startStadtlotse } from "../support/server.ts";
import { queryStored } from "../support/stored.ts";
import { writeTinyModel } from "../support/tiny-model.ts";
import { openWebChat } from "../support/web-chat.ts";

const slow = { timeout: 120_000 };
const Line = z.looseObject({ level: z.number(), msg: z.string() });
const told = ({ logLines }: RunningServer, part: string) =>
  logLines.flatMap((line) => (line.startsWith("{") ? [Line.parse(JSON.parse(line))] : [])).filter(({ msg }) => msg.includes(part));
const wait = (server: RunningServer, part: string) =>
  vi.waitFor(() => expect(told(server, part).length).toBeGreaterThan(0), { timeout: 60_000, interval: 50 });

beforeAll(() => trainedCache(), trainingMs);
afterAll(cleanUp);

describe("a server with an embedding model", () => {
  test("embeds the offers in the background, keeps the vectors, answers meanwhile, and ends cleanly", slow, async () => {
    const model = await writeTinyModel(join(await makeFolder(), "tiny"), { groups: [["sperrmüll", "gerümpel"], ["wohngeld"]] });
    const env = { EMBEDDING_MODEL: model, LOG_LEVEL: "debug" };
    const server = await startStadtlotse({ env });
    const chat = await openWebChat(server.url);
    await chat.ask("Hallo");
    expect(await chat.ask("Sperrmüll anmelden")).toContain("http");
    await wait(server, "search by vectors is ready");
    const [ready] = told(server, "search by vectors is ready");
    expect(ready).toMatchObject({ pgvector: "absent", made: expect.any(Number) });
    expect(Number(ready?.["made"])).toBeGreaterThan(300);
    expect(await chat.ask("Gerümpel abholen lassen")).toContain("http");
    expect(await server.stop()).toEqual({ code: 0, signal: null });
    const [stored] = await queryStored(
      server.dataDir,
      "select count(*)::int as count, min(dimensions) as dimensions, min(model) as model from vectors",
    );
    expect(stored).toEqual({ count: ready?.["made"], dimensions: 16, model: expect.stringMatching(/^tiny@[0-9a-f]{12} q8$/) });

    const again = await startStadtlotse({ env, dataDir: server.dataDir });
    await wait(again, "search by vectors is ready");
    expect(told(again, "search by vectors is ready")[0]).toMatchObject({ made: 0 });
    await again.stop();
  });

  test("answers by words where the hub cannot be reached, and says so once", slow, async () => {
    const server = await startStadtlotse({ env: { EMBEDDING_MODEL: "default", HF_ENDPOINT: "http://127.0.0.1:1" } });
    await wait(server, "no embedding model");
    const chat = await openWebChat(server.url);
    await chat.ask("Hallo");
    expect(await chat.ask("Sperrmüll anmelden")).toContain("http");
    expect(told(server, "no embedding model")).toEqual([
      expect.objectContaining({ level: 40, reason: expect.stringContaining("Xenova/multilingual-e5-small could not be loaded") }),
    ]);
    expect(await server.stop()).toEqual({ code: 0, signal: null });
  });
});

test("search is measured with a model, on either engine and by either fusion", slow, async () => {
  const folder = await makeFolder();
  const model = await writeTinyModel(join(folder, "tiny"), {
    groups: [
      ["hund", "zorblax"],
      ["kita", "krippe"],
    ],
  });
  const write = async (name: string, lines: readonly object[]) => {
    await writeFile(join(folder, name), lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
    return join(folder, name);
  };
  const docs = await write(
    "docs.jsonl",
    ["Hund", "Kita"].map((title) => ({ id: title, title, text: `${title}\n${title}`, lang: "de" })),
  );
  const questions = await write("questions.jsonl", [{ id: 1, lang: "de", question: "Zorblax", doc_id: "Hund" }]);
  const bench = async (...args: readonly string[]) =>
    await runProgram("cli", ["bench", "search", "--docs", docs, "--questions", questions, "--json", ...args], { DATA_DIR: folder });
  const Report = z.object({ hit1: z.number() });
  const hit1 = async (...args: readonly string[]) => Report.parse(JSON.parse((await bench(...args)).lines.at(-1) ?? "")).hit1;
  expect(await hit1()).toBe(0);
  expect(await hit1("--model", model)).toBe(1);
  expect(await hit1("--model", model, "--fusion", "reciprocal-rank", "--engine", "postgres")).toBe(1);
  expect(await hit1("--model", model, "--fusion", "weighted:0")).toBe(0);
  const refused = await bench("--model", join(folder, "none"));
  expect(refused.code).toBe(1);
  expect(refused.lines.join("\n")).toContain("there is no folder");
  expect((await bench("--model", model, "--fusion", "best")).code).toBe(2);
});
