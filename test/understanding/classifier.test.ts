import { describe, expect, it } from "vitest";
import { createConceptFinder } from "../../src/text/concepts.ts";
import {
  createClassifier,
  createRowIndex,
  decodeModel,
  encodeModel,
  type LinearModel,
  softmax,
  vectorize,
} from "../../src/understanding/classifier.ts";
import { createFeatureExtractor } from "../../src/understanding/features.ts";
import { type Example, trainModel } from "../../src/understanding/training.ts";

const topics: Readonly<Record<string, readonly string[]>> = {
  kita: [
    "Wo ist eine Kita?",
    "Ich suche einen Kindergarten",
    "Krippe für mein Kind",
    "Platz in der Kita",
    "Kindergarten in der Nähe",
    "Kita für meinen Sohn",
  ],
  hund: [
    "Hund anmelden",
    "Was kostet die Hundesteuer?",
    "Mein Hund ist neu",
    "Steuer für den Hund",
    "Ich habe einen Hund gekauft",
    "Hundemarke bestellen",
  ],
  muell: [
    "Sperrmüll abholen",
    "Wo ist der Wertstoffhof?",
    "Müll wegbringen",
    "Die Tonne ist voll",
    "Wohin mit altem Müll?",
    "Sperrmüll anmelden bitte",
  ],
};
const examples: readonly Example[] = Object.entries(topics).flatMap(([label, texts]) => texts.map((text) => ({ text, label })));
const model = trainModel(examples);

describe("training", () => {
  it("learns a small set and what is near it", () => {
    const classify = createClassifier(model);
    for (const { text, label } of examples) expect(classify(text)[0]?.id, text).toBe(label);
    for (const [text, label] of [
      ["eine kita in der naehe", "kita"],
      ["hundesteuer zahlen", "hund"],
      ["den sperrmuell abholen lassen", "muell"],
      ["Kindergarden für mein kind", "kita"],
    ])
      expect(classify(text ?? "")[0]?.id, text).toBe(label);
  });

  it("gives the same model for the same sentences", () => {
    expect(encodeModel(trainModel(examples))).toEqual(encodeModel(model));
  });

  it("weighs rare features no more than frequent ones where it is told so", () => {
    const spreadOf = ({ inverseFrequency }: LinearModel) => Math.max(...inverseFrequency) / Math.min(...inverseFrequency);
    const [whole, half, none] = [1, 0.5, 0].map((rarityPower) => spreadOf(trainModel(examples, { rarityPower })));
    expect(whole).toBe(spreadOf(model));
    expect(half).toBeCloseTo(Math.sqrt(whole ?? 0), 4);
    expect(none).toBe(1);
  });

  it("carries over what it learned to words that only the lexicon knows", () => {
    const findConcepts = createConceptFinder([
      { id: "hund", patterns: ["hund*", "köpek*", "собак*"] },
      { id: "kita", patterns: ["kita", "kindergarten", "kreş*", "садок*"] },
    ]);
    const extract = createFeatureExtractor({ findConcepts });
    const classify = createClassifier(decodeModel(encodeModel(trainModel(examples, { extract }))), extract);
    expect(classify("köpeklerimiz için")[0]?.id).toBe("hund");
    expect(classify("дитячий садок")[0]?.id).toBe("kita");
  });

  it("keeps a model to the size it may have, and what weighs most in it", () => {
    const whole = encodeModel(model).length;
    const smaller = trainModel(examples, { mostBytes: whole / 3 });
    expect(encodeModel(smaller).length).toBeLessThan(whole / 2);
    expect(smaller.hashes.length).toBeGreaterThan(0);
    expect(smaller.scales.every((scale) => scale >= Math.min(...model.scales))).toBe(true);
    expect(createClassifier(smaller)("Hund")[0]?.id).toBe("hund");
  });

  it("gives another model for other sentences", () => {
    expect(encodeModel(trainModel([...examples, { text: "Hund und Katze", label: "hund" }]))).not.toEqual(encodeModel(model));
  });

  it("tells how far it is, to the end", () => {
    const told: (readonly [number, number])[] = [];
    trainModel(examples, { epochs: 4, onEpoch: (done, all) => told.push([done, all]) });
    expect(told.map(([done]) => done)).toEqual([...told.keys()].map((index) => index + 1));
    expect(told.at(-1)?.[0]).toBe(told.at(-1)?.[1]);
  });

  it("knows its labels in order, each once", () => {
    expect(model.labels).toEqual(["hund", "kita", "muell"]);
  });
});

describe("a classifier", () => {
  const classify = createClassifier(model);

  it("ranks every label, best first, with probabilities that add up to 1", () => {
    for (const text of ["Wo ist eine Kita?", "xyzzy", ""]) {
      const ranking = classify(text);
      expect(ranking.map(({ id }) => id).toSorted()).toEqual(["hund", "kita", "muell"]);
      const scores = ranking.map(({ score }) => score);
      expect(scores).toEqual([...scores].sort((a, b) => b - a));
      expect(scores.reduce((sum, score) => sum + score, 0)).toBeCloseTo(1, 5);
    }
  });

  it("is surer of what it has seen than of what it has not", () => {
    expect(classify("Hund anmelden")[0]?.score ?? 0).toBeGreaterThan(0.8);
    expect(classify("xyzzy plugh")[0]?.score ?? 1).toBeLessThan(0.6);
  });

  it("gives the same ranking after it was stored and read again", () => {
    const again = createClassifier(decodeModel(encodeModel(model)));
    for (const text of ["Wo ist eine Kita?", "Sperrmüll", ""]) expect(again(text)).toEqual(classify(text));
  });

  it("scores by the sum of weights, scales and bias, and divides by the temperature", () => {
    const plain: LinearModel = {
      labels: ["a", "b"],
      hashes: new Uint32Array(),
      inverseFrequency: new Float32Array(),
      weights: new Int8Array(),
      scales: new Float32Array(),
      bias: Float32Array.of(0, Math.log(3)),
      temperature: 1,
    };
    expect(createClassifier(plain)("x")[0]).toMatchObject({ id: "b", score: expect.closeTo(0.75, 5) });
    expect(createClassifier({ ...plain, temperature: 2 })("x")[0]?.score).toBeCloseTo(Math.sqrt(3) / (1 + Math.sqrt(3)), 5);
  });
});

describe("a stored model", () => {
  const bytes = encodeModel(model);

  /** The same bytes with another digit in the header. */
  function withVersion(version: number): Uint8Array {
    const at = new TextDecoder("latin1").decode(bytes).indexOf('"version":2') + '"version":'.length;
    return bytes.map((byte, index) => (index === at ? String(version).charCodeAt(0) : byte));
  }

  it("comes back as it was", () => {
    expect(decodeModel(bytes)).toEqual(model);
  });

  it("comes back from a part of a larger buffer", () => {
    const larger = new Uint8Array(bytes.length + 7);
    larger.set(bytes, 3);
    expect(decodeModel(larger.subarray(3, 3 + bytes.length))).toEqual(model);
  });

  it.each<readonly [string, () => Uint8Array]>([
    ["nothing is there", () => new Uint8Array()],
    ["only its beginning is there", () => bytes.subarray(0, 3)],
    ["it is cut short by a byte", () => bytes.subarray(0, bytes.length - 1)],
    ["half of it is there", () => bytes.subarray(0, bytes.length / 2)],
    ["something stands behind it", () => Uint8Array.of(...bytes, 0)],
    ["it is something else", () => new TextEncoder().encode("<!doctype html><title>502</title>".repeat(20))],
    ["its header is broken", () => bytes.map((byte, index) => (index === 6 ? 0 : byte))],
    ["it is of another version", () => withVersion(1)],
  ])("is refused where %s", (_, damaged) => {
    expect(() => decodeModel(damaged())).toThrow(
      expect.objectContaining({ code: "MODEL_INVALID", message: expect.stringContaining("Delete it") }),
    );
  });
});

describe("the parts of it", () => {
  it("finds the row of each hash and no other, also of those that meet", () => {
    const hashes = Uint32Array.from({ length: 500 }, (_, index) => (index * 1024) >>> 0);
    const rowOf = createRowIndex(hashes);
    for (const [row, hash] of hashes.entries()) expect(rowOf(hash)).toBe(row);
    expect(rowOf(1)).toBe(-1);
    expect(createRowIndex(new Uint32Array())(5)).toBe(-1);
  });

  it("makes vectors of length 1 of what the model knows, each kind of features at its length", () => {
    const gram = 2 ** 20;
    const counts = { hashes: Uint32Array.of(5, 6, 7, gram), counts: Float32Array.of(1, Math.E, 1, 1) };
    const rows = new Map([
      [5, 0],
      [6, 1],
      [gram, 2],
    ]);
    const frequencies = Float32Array.of(3, 2, 9);
    const vector = vectorize(counts, (hash) => rows.get(hash) ?? -1, frequencies);
    expect([...vector.rows]).toEqual([0, 1, 2]);
    // Words: 1 · 3 and (1 + ln e) · 2, of length 5, at 1.4; the gram at 1.2; all by √(1.4² + 1.2²)
    const whole = Math.hypot(1.4, 1.2);
    expect(vector.values[0]).toBeCloseTo((3 / 5) * (1.4 / whole), 5);
    expect(vector.values[1]).toBeCloseTo((4 / 5) * (1.4 / whole), 5);
    expect(vector.values[2]).toBeCloseTo(1.2 / whole, 5);
    expect(vectorize(counts, () => -1, new Float32Array()).rows).toHaveLength(0);
  });

  it("makes probabilities even of huge scores", () => {
    expect([...softmax(Float32Array.of(1e30, 1e30), 1)]).toEqual([0.5, 0.5]);
    expect([...softmax(Float32Array.of(-1e30, 0), 1)]).toEqual([0, 1]);
  });
});
