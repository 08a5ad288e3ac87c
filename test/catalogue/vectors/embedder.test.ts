import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { startEmbedder } from "../../../src/catalogue/vectors/embedder-thread.ts";
import type { Embedder } from "../../../src/core/embedder.ts";
import { startFakeHub } from "../../support/fake-hub.ts";
import { type TinyModel, tinyModelFiles, writeTinyModel } from "../../support/tiny-model.ts";

const groups = [["hund", "dackel"], ["kita", "krippe"], ["query"], ["passage"]];
let folder: string;
const open: Embedder[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "stadtlotse-embedder-"));
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(() => Promise.all(open.splice(0).map((embedder) => embedder.close())));

const quiet = { onPercent: () => undefined };

async function load(model: string, hub?: string, cacheDir = join(folder, "cache")): Promise<Embedder> {
  const embedder = await startEmbedder({ model, cacheDir, hub }, quiet);
  open.push(embedder);
  return embedder;
}

const write = async (name: string, change: Partial<TinyModel> = {}) => await writeTinyModel(join(folder, name), { groups, ...change });

const cosine = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);

async function one(embedder: Embedder, text: string): Promise<Float32Array> {
  const [vector] = await embedder.embedPassages([text]);
  return vector ?? new Float32Array();
}

describe("a model in a folder", () => {
  it("gives vectors of length 1 that are near where the words mean the same", async () => {
    const embedder = await load(await write("tiny"));
    expect(embedder.dimensions).toBe(16);
    const [dog, dachshund, nursery, both] = await embedder.embedPassages(["Hund", "Dackel", "Kita", "Kita und Hund"]);
    if (dog === undefined || dachshund === undefined || nursery === undefined || both === undefined) throw new Error("a vector is missing");
    for (const vector of [dog, dachshund, nursery, both]) expect(cosine(vector, vector)).toBeCloseTo(1, 5);
    expect(cosine(dog, dachshund)).toBeCloseTo(1, 5);
    expect(cosine(dog, nursery)).toBeCloseTo(0, 5);
    expect(cosine(dog, both)).toBeCloseTo(Math.SQRT1_2, 1);
    expect(await embedder.embedQuery("Hund")).toEqual(dog);
  });

  it("gives a short text the same vector beside a long one as alone", async () => {
    const embedder = await load(await write("tiny"));
    const [beside] = await embedder.embedPassages(["Kita", "Hund und Kita und Hund und Kita"]);
    expect(cosine(beside ?? new Float32Array(), await one(embedder, "Kita"))).toBeCloseTo(1, 5);
  });

  it.each(["", " ", "😀", "\u0000", "x".repeat(100_000), "wort ".repeat(50_000)])("takes any text", async (text) => {
    const embedder = await load(await write("tiny"));
    const vector = await embedder.embedQuery(text);
    expect(vector).toHaveLength(16);
    expect(vector.every(Number.isFinite)).toBe(true);
  });

  it("is told by an E5 model's prefixes what asks and what is searched, and by no others", async () => {
    const plain = await load(await write("tiny"));
    expect(await plain.embedQuery("Hund")).toEqual(await one(plain, "Hund"));
    for (const name of ["multilingual-e5-small", "model"]) {
      const e5 = await load(await write(name, { madeFrom: "intfloat/multilingual-e5-small" }));
      const [query, passage] = [await e5.embedQuery("Hund"), await one(e5, "Hund")];
      const { plainQuery, plainPassage } = { plainQuery: await one(plain, "query: Hund"), plainPassage: await one(plain, "passage: Hund") };
      expect(cosine(query, plainQuery)).toBeCloseTo(1, 5);
      expect(cosine(passage, plainPassage)).toBeCloseTo(1, 5);
      expect(cosine(query, passage)).toBeLessThan(0.9);
      expect(e5.key).toContain("prefixed");
    }
    const instructed = await load(await write("multilingual-e5-large-instruct"));
    expect(await instructed.embedQuery("Hund")).toEqual(await one(instructed, "Hund"));
  });

  it("has a key of its own for each content of its weights", async () => {
    const first = (await load(await write("same"))).key;
    expect((await load(await write("same"))).key).toBe(first);
    expect((await load(await write("same", { dimensions: 24 }))).key).not.toBe(first);
  });

  it("is taken in full precision where that is all there is, and is refused without weights", async () => {
    expect((await load(await write("full", { quantized: false }))).key).toContain("fp32");
    await rm(join(folder, "full/onnx"), { recursive: true });
    await expect(load(join(folder, "full"))).rejects.toMatchObject({
      code: "MODEL_INVALID",
      message: expect.stringContaining("holds no onnx/"),
    });
    await expect(load(join(folder, "missing"))).rejects.toThrow(/there is no folder/);
  });

  it("answers in order while it is asked much at once, and rejects what waits when it is closed", async () => {
    const embedder = await load(await write("tiny"));
    const texts = ["Hund", "Kita", "Krippe", "Dackel"];
    const many = await Promise.all(texts.map((text) => embedder.embedQuery(text)));
    for (const [index, text] of texts.entries()) expect(many[index]).toEqual(await embedder.embedQuery(text));
    const late = embedder.embedPassages(Array.from({ length: 500 }, () => "Hund ".repeat(400)));
    const refused = expect(late).rejects.toMatchObject({ code: "MODEL_INVALID" });
    await embedder.close();
    await refused;
    await expect(embedder.embedQuery("Hund")).rejects.toThrow(/is gone/);
  });
});

describe("a model of a hub", () => {
  const id = "stadt/tiny";
  const files = tinyModelFiles({ groups });

  it("is fetched once with its progress told, kept in the cache, and loaded from there when the hub is away", async () => {
    const hub = await startFakeHub(id, files);
    const cacheDir = join(folder, "hub-cache");
    const percents: number[] = [];
    const first = await startEmbedder({ model: id, cacheDir, hub: hub.url }, { onPercent: (percent) => percents.push(percent) });
    open.push(first);
    expect(first.key).toBe(`${id} q8`);
    expect(percents.at(-1)).toBe(100);
    expect(hub.asked).toContain("onnx/model_quantized.onnx");
    await hub.close();
    const again = await load(id, hub.url, cacheDir);
    expect(await again.embedQuery("Hund")).toEqual(await first.embedQuery("Dackel"));
  });

  it("is taken in full precision where the hub has no other", async () => {
    const hub = await startFakeHub(id, tinyModelFiles({ groups, quantized: false }));
    expect((await load(id, hub.url, join(folder, "full-cache"))).key).toBe(`${id} fp32`);
    await hub.close();
  });

  it("is refused in one sentence where the hub cannot be reached or has no such model", async () => {
    const hub = await startFakeHub("other/model", files);
    await expect(load(id, hub.url, join(folder, "no-cache"))).rejects.toMatchObject({
      code: "MODEL_INVALID",
      message: expect.stringContaining(`The model ${id} could not be loaded`),
    });
    await hub.close();
    await expect(load(id, hub.url, join(folder, "no-cache"))).rejects.toMatchObject({ code: "MODEL_INVALID" });
  });

  it("is given up when that is asked for", async () => {
    const giveUp = new AbortController();
    const loading = startEmbedder(
      { model: id, cacheDir: join(folder, "x"), hub: "http://127.0.0.1:1" },
      { ...quiet, signal: giveUp.signal },
    );
    giveUp.abort();
    await expect(loading).rejects.toThrow(/given up/);
  });
});
