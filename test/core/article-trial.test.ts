import { describe, expect, it } from "vitest";
import { judge, type TrialAnswer, type TrialQuestion } from "../../src/core/article-trial.ts";

const offers: TrialAnswer = { kind: "offers", first: "kita-a", needs: ["kita-platz"], slots: {} };
const other: TrialAnswer = { ...offers, first: "kita-b" };
const article: TrialAnswer = { ...offers, kind: "article", first: "article:1" };
const nothing: TrialAnswer = { kind: "no-answer", first: undefined, needs: [], slots: {} };
const known: TrialQuestion = { source: "known", id: "q1", text: "x", expected: { kind: "offers", needs: ["kita-platz"] } };
const wantsArticle: TrialQuestion = { ...known, expected: { kind: "article" } };
const turn: TrialQuestion = { source: "turn", id: "t1", text: "x", gap: undefined, rating: undefined };

describe("another answer to a question", () => {
  it.each([
    ["is worse where the right one was known and given", known, offers, article, "worse"],
    ["is better where it is the right one", wantsArticle, offers, article, "better"],
    ["is not known where it is as right as before", known, offers, other, "unknown"],
    ["is worse where people found the one before helpful", { ...turn, rating: "right" }, offers, other, "worse"],
    ["is better where there was none", { ...turn, gap: "not-understood" }, nothing, article, "better"],
    ["is not known where people called the one before wrong", { ...turn, gap: "rejected", rating: "wrong" }, offers, article, "unknown"],
    ["is not known where nobody said anything", turn, offers, article, "unknown"],
    ["is none if nothing changes", { ...turn, rating: "right" }, offers, offers, undefined],
  ] as const)("%s", (_name, question, before, after, verdict) => {
    expect(judge(question, before, after)).toBe(verdict);
  });
});
