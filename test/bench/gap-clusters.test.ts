import { expect, it } from "vitest";
import { measureAgreement, measureClusters } from "../../src/bench/gap-clusters.ts";
import { kMeans, tfIdf } from "../../src/bench/k-means.ts";

it("gives the V-measure of Rosenberg and Hirschberg", () => {
  // Values of scikit-learn's homogeneity_completeness_v_measure.
  expect(measureAgreement(["a", "a", "b", "b"], [0, 0, 1, 1])).toEqual({ homogeneity: 1, completeness: 1, vMeasure: 1 });
  const split = measureAgreement(["a", "a", "b", "b"], [0, 0, 1, 2]);
  expect(split.homogeneity).toBeCloseTo(1, 9);
  expect(split.completeness).toBeCloseTo(2 / 3, 9);
  expect(split.vMeasure).toBeCloseTo(0.8, 9);
  expect(measureAgreement(["a", "b"], [0, 0]).vMeasure).toBe(0);
});

it("finds k groups of texts that share words", () => {
  const found = kMeans(tfIdf(["red apple", "red apple pie", "blue car", "blue car wash"]), 2);
  expect(found[0]).toBe(found[1]);
  expect(found[2]).toBe(found[3]);
  expect(found[0]).not.toBe(found[2]);
});

it("tells how many sentences and how much noise are in clusters", () => {
  const report = measureClusters([
    { text: "how do i change the oil of my car", intent: "oil" },
    { text: "what must i do to change my car's oil", intent: "oil" },
    { text: "change the oil in the car", intent: "oil" },
    { text: "set an alarm for seven", intent: "alarm" },
    { text: "set my alarm for seven tomorrow", intent: "alarm" },
    { text: "who painted the sistine chapel", intent: "oos" },
  ]);
  expect(report).toMatchObject({ sentences: 6, intents: 2, noise: 1, vMeasure: 1, purity: 1, clusters: 2 });
  expect(report).toMatchObject({ noiseInClusters: 0, sentencesInClusters: 1 });
});
