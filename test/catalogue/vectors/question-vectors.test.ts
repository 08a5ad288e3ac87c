import { describe, expect, it } from "vitest";
import { createQuestionVectors, type Missed } from "../../../src/catalogue/vectors/question-vectors.ts";
import { tableEmbedder, unitVector } from "../../support/vectors.ts";

const vector = unitVector(1, 0, 0);
const never = () => new Promise<Float32Array>(() => undefined);

function open(vectorOf: (text: string) => Float32Array | Promise<Float32Array>, limitMs: number) {
  const missed: Missed[] = [];
  return { missed, embed: createQuestionVectors(tableEmbedder(vectorOf), { limitMs, onMissed: (how) => missed.push(how) }) };
}

describe("a question's vector", () => {
  it("is given, and asked for once for the same text", async () => {
    let asked = 0;
    const { embed, missed } = open(() => {
      asked += 1;
      return vector;
    }, 10_000);
    expect(await embed("Kita")).toBe(vector);
    expect(await embed("Kita")).toBe(vector);
    await embed("Hund");
    expect(asked).toBe(2);
    expect(missed).toEqual([]);
  });

  it("is not waited for longer than the limit, which is counted; once it is there it is used", async () => {
    const slow = Promise.withResolvers<Float32Array>();
    const { embed, missed } = open(() => slow.promise, 5);
    expect(await embed("Kita")).toBeUndefined();
    expect(missed).toEqual([{ kind: "late" }]);
    slow.resolve(vector);
    expect(await embed("Kita")).toBe(vector);
    expect(missed).toHaveLength(1);
  });

  it("is not asked for while many wait already", async () => {
    const { embed, missed } = open(never, 20);
    const all = await Promise.all(Array.from({ length: 20 }, (_, index) => embed(`Frage ${index}`)));
    expect(all.every((each) => each === undefined)).toBe(true);
    expect(missed.filter(({ kind }) => kind === "busy")).toHaveLength(4);
    expect(missed.filter(({ kind }) => kind === "late")).toHaveLength(16);
  });

  it("that fails is told with its reason, and asked for again", async () => {
    let fails = true;
    const { embed, missed } = open(async () => {
      if (fails) throw new Error("broken");
      return vector;
    }, 10_000);
    expect(await embed("Kita")).toBeUndefined();
    expect(missed).toEqual([{ kind: "failed", error: new Error("broken") }]);
    fails = false;
    expect(await embed("Kita")).toBe(vector);
  });

  it("is kept for the last questions only", async () => {
    const asked: string[] = [];
    const { embed } = open((text) => {
      asked.push(text);
      return vector;
    }, 10_000);
    for (let index = 0; index <= 500; index += 1) await embed(`Frage ${index}`);
    await embed("Frage 500");
    await embed("Frage 0");
    expect(asked).toHaveLength(502);
    expect(asked.at(-1)).toBe("Frage 0");
  });
});
