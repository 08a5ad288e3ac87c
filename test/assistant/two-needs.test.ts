import { describe, expect, it } from "vitest";
import { hearSecondNeed } from "../../src/assistant/two-needs.ts";
import { noNeed } from "../../src/core/intents.ts";
import type { Scored } from "../../src/core/understanding.ts";

const whole: readonly Scored[] = [
  { id: "wohngeld", score: 0.9 },
  { id: "kurs", score: 0.05 },
  { id: "deutschkurs", score: 0.04 },
];

/** What is heard in a part: the need whose word stands in it. */
const rankNeeds = (part: string): readonly Scored[] => {
  if (/Wohngeld/.test(part)) return [{ id: "wohngeld", score: 0.97 }];
  if (/Deutschkurs/.test(part)) return [{ id: "deutschkurs", score: 0.95 }];
  return [{ id: noNeed, score: 0.99 }];
};

describe("a second need in one message", () => {
  it.each([
    "Ich brauche Hilfe beim Wohngeld und einen Deutschkurs für meine Frau",
    "Wo beantrage ich Wohngeld? Außerdem suche ich einen Deutschkurs.",
  ])("is set behind the first: %s", (text) => {
    expect(hearSecondNeed(text, whole, rankNeeds).slice(0, 2)).toEqual([
      { id: "wohngeld", score: 0.9 },
      { id: "deutschkurs", score: 0.45 },
    ]);
  });

  it.each([
    ["a message with one wish", "Wo beantrage ich Wohngeld in Sendling?"],
    ["two parts with the same wish", "Ich brauche Wohngeld und das Wohngeld schnell"],
    ["a part that is too short", "Hilfe beim Wohngeld und Deutschkurs"],
    ["a part that wants nothing", "Ich brauche Wohngeld und mir geht es gut"],
    ["a long story", `Ich brauche Wohngeld und ${"es ist viel passiert ".repeat(15)} und ein Deutschkurs wäre gut`],
  ])("is not heard in %s", (_, text) => {
    expect(hearSecondNeed(text, whole, rankNeeds)).toBe(whole);
  });

  it("is not heard where the whole message holds nothing of it", () => {
    const text = "Ich brauche Hilfe beim Wohngeld und einen Deutschkurs für meine Frau";
    const [first = { id: "", score: 0 }] = whole;
    expect(hearSecondNeed(text, [first], rankNeeds)).toEqual([first]);
  });
});
