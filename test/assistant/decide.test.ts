import { describe, expect, it } from "vitest";
import { decide, turnsAway } from "../../src/assistant/decide.ts";
import { noNeed } from "../../src/core/intents.ts";
import type { Scored } from "../../src/core/understanding.ts";

const ranked = (scores: Readonly<Record<string, number>>): readonly Scored[] =>
  Object.entries(scores)
    .map(([id, score]) => ({ id, score }))
    .sort((a, b) => b.score - a.score);

const decideOn = (intents: Readonly<Record<string, number>>, needs: Readonly<Record<string, number>>) =>
  decide({ intents: ranked(intents), needs: ranked(needs), crises: [], slots: {} });

describe("needs as a second witness", () => {
  it("turn a doubtful search into talk where no need is heard", () => {
    const intents = { "find-offer": 0.5, "out-of-scope": 0.4 };
    expect(decideOn(intents, { [noNeed]: 0.95, hund: 0.02 })).toEqual({ kind: "out-of-scope" });
    expect(decideOn(intents, { hund: 0.9, [noNeed]: 0.02 })).toMatchObject({ kind: "search", needs: [{ id: "hund" }] });
  });

  it("overrule a no that goes on with what was meant", () => {
    expect(decideOn({ no: 0.7, "find-offer": 0.2 }, { ausweis: 0.95, [noNeed]: 0.02 })).toMatchObject({ kind: "search" });
    expect(decideOn({ no: 0.7, "find-offer": 0.2 }, { [noNeed]: 0.99 })).toEqual({ kind: "talk", intent: "no" });
  });

  it("do not take away a detail of what was spoken of before", () => {
    expect(decideOn({ "opening-hours": 0.6, "out-of-scope": 0.2 }, { [noNeed]: 0.97 })).toMatchObject({
      kind: "search",
      intent: "opening-hours",
    });
  });
});

describe("what the words name in the catalogue", () => {
  const needs = { [noNeed]: 0.6, ausweis: 0.2 };
  const decideWith = (intents: Readonly<Record<string, number>>, evidence: number) =>
    decide({ intents: ranked(intents), needs: ranked(needs), crises: [], slots: {} }, evidence);

  it.each(["out-of-scope", "who-are-you", "what-can-you-do", "privacy", "greeting"])("speaks against %s, the more the rarer", (intent) => {
    const intents = { [intent]: 0.97, "find-offer": 0.02 };
    expect(turnsAway(decideWith(intents, 0))).toBe(true);
    expect(turnsAway(decideWith(intents, 2))).toBe(true);
    expect(decideWith(intents, 6)).toMatchObject({ kind: "search", needs: [{ id: "ausweis" }] });
  });

  it.each(["thanks", "delete-data", "human", "stop-watch", "rate-wrong"])("says nothing of %s, which does something", (intent) => {
    expect(decideWith({ [intent]: 0.97, "find-offer": 0.02 }, 6)).toEqual({ kind: "talk", intent });
  });

  it("does not let other talk take the place of what it speaks against", () => {
    const intents = { "what-can-you-do": 0.87, "rate-right": 0.11 };
    expect(decide({ intents: ranked(intents), needs: ranked({ [noNeed]: 0.99 }), crises: [], slots: {} }, 9)).toEqual({
      kind: "talk",
      intent: "what-can-you-do",
    });
  });

  it("speaks against asking back where it is enough", () => {
    const guess = (evidence: number) =>
      decide({ intents: ranked({ costs: 0.9 }), needs: ranked({ hund: 0.1 }), crises: [], slots: {} }, evidence);
    expect(guess(0)).toMatchObject({ kind: "search", unsure: [{ id: "hund" }] });
    expect(guess(2)).toMatchObject({ kind: "search", unsure: [{ id: "hund" }] });
    expect(guess(4)).not.toHaveProperty("unsure");
  });

  it("does not undo a crisis", () => {
    expect(decide({ intents: ranked({ "crisis-medical": 0.9 }), needs: ranked({ notruf: 0.5 }), crises: [], slots: {} }, 9)).toMatchObject({
      kind: "crisis",
    });
  });
});

describe("a crisis", () => {
  it("needs both witnesses", () => {
    expect(decideOn({ "crisis-medical": 0.7, "out-of-scope": 0.3 }, { [noNeed]: 0.97, notruf: 0.02 })).toEqual({ kind: "out-of-scope" });
    expect(decideOn({ "crisis-medical": 0.05, "find-offer": 0.9 }, { notruf: 0.98 })).toMatchObject({ kind: "search" });
    expect(decideOn({ "crisis-medical": 0.5, "find-offer": 0.5 }, { notruf: 0.6 })).toEqual({ kind: "crisis", about: "medical" });
  });

  it("needs one that is sure where no other need speaks against it", () => {
    const medical = { "crisis-medical": 0.9, "out-of-scope": 0.1 };
    expect(decideOn(medical, { [noNeed]: 0.97, notruf: 0.02 })).toEqual({ kind: "crisis", about: "medical" });
    expect(decideOn(medical, { pflegedienst: 0.4, [noNeed]: 0.3 })).toMatchObject({ kind: "crisis" });
    expect(decideOn({ "crisis-child": 0.98, "find-offer": 0.02 }, { alleinerziehend: 0.9, kinderschutz: 0.08 })).toMatchObject({
      kind: "search",
      needs: [{ id: "alleinerziehend" }],
    });
  });

  it("is of the kind that both speak for", () => {
    const needs = { gewalt: 0.8, kinderschutz: 0.1 };
    expect(decideOn({ "crisis-child": 0.6, "crisis-violence": 0.3 }, needs)).toEqual({ kind: "crisis", about: "violence" });
  });
});

describe("the intent of a search", () => {
  it("is the one of its need", () => {
    expect(decideOn({ "find-offer": 0.9, volunteer: 0.05 }, { ehrenamt: 0.9 })).toMatchObject({ intent: "volunteer" });
    expect(decideOn({ "find-offer": 0.9, volunteer: 0.05 }, { hund: 0.9 })).toMatchObject({ intent: "find-offer" });
  });

  it("is a detail where that outweighs the topics", () => {
    expect(decideOn({ papers: 0.5, "find-offer": 0.5 }, { ausweis: 0.9 })).toMatchObject({ intent: "papers", needs: [{ id: "ausweis" }] });
  });

  it("brings its own need in, first where that is heard as well", () => {
    expect(decideOn({ "book-appointment": 0.9 }, {})).toMatchObject({ needs: [{ id: "amt-termin" }] });
    const needs = { aufenthalt: 0.7, "amt-termin": 0.2 };
    expect(decideOn({ "book-appointment": 0.9 }, needs)).toMatchObject({ needs: [{ id: "amt-termin" }, { id: "aufenthalt" }] });
    expect(decideOn({ "book-appointment": 0.9 }, { fuehrerschein: 0.9 })).toMatchObject({ needs: [{ id: "fuehrerschein" }] });
  });

  it("is free places where these are asked for", () => {
    expect(decideOn({ "free-places": 0.6, "find-offer": 0.4 }, { "kita-platz": 0.9 })).toMatchObject({
      intent: "free-places",
      capacity: true,
    });
  });
});

it("offers the likeliest needs to choose from where a detail names no topic", () => {
  const needs = { hund: 0.02, auto: 0.01, abfall: 0.008, kurs: 0.005, [noNeed]: 0.95 };
  expect(decideOn({ costs: 0.9 }, needs)).toMatchObject({ unsure: [{ id: "hund" }, { id: "auto" }, { id: "abfall" }] });
});
