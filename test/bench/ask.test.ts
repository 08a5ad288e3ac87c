import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { measureAsk, readQuestions } from "../../src/bench/ask.ts";
import type { AnswerSummary } from "../../src/core/answer.ts";
import { isRight } from "../../src/core/expectation.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "stadtlotse-bench-"));
});

afterAll(() => rm(folder, { recursive: true }));

const summary: AnswerSummary = {
  lang: "de",
  kind: "offers",
  intent: "find-offer",
  confidence: 1,
  needs: ["kita-platz", "tagesmutter"],
  slots: { district: "Sendling", age: 3 },
  offers: [],
};

test.each([
  [{ kind: "offers" }, true],
  [{ kind: "capacity" }, false],
  [{ kind: "offers", needs: ["kita-platz"] }, true],
  [{ kind: "offers", needs: ["hebamme", "kita-platz"] }, true],
  [{ kind: "offers", needs: ["tagesmutter"] }, false],
  [{ kind: "offers", slots: { district: "Sendling" } }, true],
  [{ kind: "offers", slots: { district: "Laim" } }, false],
  [{ kind: "offers", slots: { age: "3" } }, false],
  [{ kind: "offers", slots: { costFree: true } }, false],
])("%j is right: %s", (expected, right) => {
  expect(isRight(expected, summary)).toBe(right);
});

test("counts by language and kind, and lists what was wrong", async () => {
  const path = join(folder, "questions.jsonl");
  const lines = [
    { id: "a", text: "Kita", lang: "de", style: "bavarian", expect: { kind: "offers", needs: ["kita-platz"] } },
    { id: "b", text: "hi", lang: "en", expect: { kind: "smalltalk" } },
  ];
  await writeFile(path, `${lines.map((line) => JSON.stringify(line)).join("\n")}\n`);
  const report = await measureAsk(
    await readQuestions(path),
    async () => summary,
    () => undefined,
  );
  expect(report).toMatchObject({
    n: 2,
    right: 1,
    byLang: { de: { right: 1, n: 1 }, en: { right: 0, n: 1 } },
    byKind: { smalltalk: { right: 0, n: 1 } },
    byStyle: { bavarian: { right: 1, n: 1 } },
  });
  expect(report.wrong.map(({ id }) => id)).toEqual(["b"]);
});

test("a line that is no question is named, and so is a file that is not there", async () => {
  const path = join(folder, "broken.jsonl");
  await writeFile(path, `{"id":"a","text":"x","lang":"de","expect":{"kind":"offers"}}\n{"id":1}\n`);
  await expect(readQuestions(path)).rejects.toThrow(`${path}:2`);
  await expect(readQuestions(join(folder, "missing.jsonl"))).rejects.toThrow("missing.jsonl cannot be read");
});
