import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countTogether, type Mergeable, mergeContents } from "../../src/messages/merging.ts";

const text = (receivedAt: number, words = "Frage", attempts = 0): Mergeable => ({
  content: { kind: "text", text: words },
  receivedAt,
  attempts,
});
const by = (writer: string, receivedAt: number): Mergeable => ({
  content: { kind: "text", text: "Frage", by: writer },
  receivedAt,
  attempts: 0,
});
const button = (receivedAt: number): Mergeable => ({ content: { kind: "button", value: "more" }, receivedAt, attempts: 0 });

describe("what is understood together", () => {
  it.each<[string, readonly Mergeable[], number]>([
    ["nothing of nothing", [], 0],
    ["one message alone", [text(0)], 1],
    ["texts at most 1.5 s apart, each from the one before", [text(0), text(1.5), text(3), text(4.6)], 3],
    ["nothing before a longer gap", [text(0), text(1.6)], 1],
    ["no button with a text before it", [text(0), button(0.1), text(0.2)], 1],
    ["no text with a button before it", [button(0), text(0.1)], 1],
    ["no two buttons", [button(0), button(0.1)], 1],
    ["no corrected words", [text(0), { content: { kind: "text", text: "besser", edited: true }, receivedAt: 0.1, attempts: 0 }], 1],
    ["no command with a text before it", [text(0), text(0.1, "/loeschen")], 1],
    ["no text with a command before it", [text(0, " /loeschen"), text(0.1)], 1],
    ["no words of two people in one group", [by("a", 0), by("a", 0.1), by("b", 0.2), by("a", 0.3)], 2],
    ["a message that failed before: alone", [text(0, "a", 1), text(0.1)], 1],
    ["nothing together with one that failed before", [text(0), text(0.1, "b", 1)], 1],
    ["no more than an assistant reads sentence by sentence", [text(0, "a".repeat(1500)), text(0.1, "b".repeat(600))], 1],
    ["a long text, alone", [text(0, "a".repeat(5000)), text(0.1)], 1],
  ])("is %s", (_, waiting, count) => {
    expect(countTogether(waiting)).toBe(count);
  });

  it.each(["start", "attachment"] as const)("is never %s with a text", (kind) => {
    expect(countTogether([{ content: { kind }, receivedAt: 0, attempts: 0 }, text(0)])).toBe(1);
    expect(countTogether([text(0), { content: { kind }, receivedAt: 0, attempts: 0 }])).toBe(1);
  });

  it("is a place by itself", () => {
    const place: Mergeable = { content: { kind: "location", latitude: 48.1, longitude: 11.5 }, receivedAt: 0, attempts: 0 };
    expect(countTogether([text(0), place])).toBe(1);
    expect(countTogether([place, text(0)])).toBe(1);
  });

  it("is always a beginning, of at least one message, and of one kind where it is more", () => {
    const message = fc.record({
      kind: fc.constantFrom("text", "button"),
      gap: fc.double({ min: 0, max: 3, noNaN: true }),
      failed: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(message, { minLength: 1, maxLength: 20 }), (drawn) => {
        let at = 0;
        const waiting = drawn.map(({ kind, gap, failed }) => {
          at += gap;
          return kind === "text" ? text(at, "x", failed ? 1 : 0) : button(at);
        });
        const count = countTogether(waiting);
        expect(count).toBeGreaterThanOrEqual(1);
        expect(count).toBeLessThanOrEqual(waiting.length);
        if (count > 1)
          expect(waiting.slice(0, count).every(({ content, attempts }) => content.kind === "text" && attempts === 0)).toBe(true);
      }),
    );
  });
});

describe("the content of several messages", () => {
  it("is their texts, a line each", () => {
    expect(
      mergeContents([
        { kind: "text", text: "Hallo" },
        { kind: "text", text: "wo ist die Kita?" },
      ]),
    ).toEqual({
      kind: "text",
      text: "Hallo\nwo ist die Kita?",
    });
  });

  it("is the one message's own where there is one", () => {
    expect(mergeContents([{ kind: "button", value: "more" }])).toEqual({ kind: "button", value: "more" });
  });
});
