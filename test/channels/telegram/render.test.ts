import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderReply } from "../../../src/channels/telegram/render.ts";
import { type Reply, replyText } from "../../../src/core/answer.ts";

const empty: Reply = { lang: "de", lead: [], cards: [], closing: [], buttons: [] };
const withLead = (...lead: readonly string[]): Reply => ({ ...empty, lead });
const wordsOf = (text: string) => text.split(/\s+/).filter((word) => word !== "");
const sentence = (words: number) => `${"Wort ".repeat(words).trim()}.`;

/** Texts of up to some 20,000 units out of pieces that people and platforms trip over. */
const longText = fc
  .array(
    fc.tuple(
      fc.oneof(fc.string({ unit: "grapheme", maxLength: 40 }), fc.constantFrom("Kita", "z. B.", "👩‍👩‍👧", "مرحبا؟", "<b>", "_*[", "Satz.")),
      fc.constantFrom(" ", "\n", "\n\n", "\n \n", ". ", "  ", "\t"),
      fc.integer({ min: 1, max: 60 }),
    ),
    { maxLength: 40 },
  )
  .map((pieces) => pieces.map(([word, gap, times]) => `${word}${gap}`.repeat(times)).join(""));

describe("renderReply", () => {
  it("keeps every word, in order, in parts that Telegram takes", () => {
    fc.assert(
      fc.property(longText, (text) => {
        const reply = withLead(text);
        const { parts } = renderReply(reply);
        expect(parts.flatMap(wordsOf)).toEqual(wordsOf(replyText(reply).toWellFormed()));
        for (const part of parts) {
          expect(part.length).toBeLessThanOrEqual(4096);
          expect(part.trim()).toBe(part);
          expect(part).not.toBe("");
        }
      }),
    );
  });

  it("cuts a word without end only between characters", () => {
    const text = `a${"😀".repeat(5000)}`;
    const { parts } = renderReply(withLead(text));
    expect(parts.join("")).toBe(text);
    expect(parts.every((part) => part.isWellFormed() && part.length <= 4096)).toBe(true);
  });

  it("replaces half characters, which are no UTF-8", () => {
    expect(renderReply(withLead("a\uD83Db")).parts).toEqual(["a\uFFFDb"]);
  });

  it.each([4095, 4096])("keeps %i units together", (length) => {
    expect(renderReply(withLead("a".repeat(length))).parts).toHaveLength(1);
  });

  it("sends 4096 units whole where a break follows them", () => {
    const full = `a ${"b".repeat(4094)}`;
    expect(renderReply(withLead(`${full} c`)).parts).toEqual([full, "c"]);
  });

  it("prefers a paragraph's end, then a line's, then a sentence's", () => {
    const first = sentence(400);
    const second = sentence(410);
    expect(renderReply(withLead(first, `${first}\n${second}`)).parts).toEqual([first, `${first}\n${second}`]);
    expect(renderReply(withLead(`${first} ${first}\n${second}`)).parts).toEqual([`${first} ${first}`, second]);
    expect(renderReply(withLead(`${first} ${first} ${second}`)).parts).toEqual([`${first} ${first}`, second]);
  });

  it("shows lead, offers and closing as plain text", () => {
    const card = { id: "x", title: "Kita <b>Süd</b>", lines: ["Für: Kinder"], url: "https://stadt.example/a_b", source: "Quelle: Stadt" };
    expect(renderReply({ ...withLead("Das habe ich gefunden:"), cards: [card], closing: ["Passt das?"] }).parts).toEqual([
      "Das habe ich gefunden:\n\nKita <b>Süd</b>\nFür: Kinder\nhttps://stadt.example/a_b\nQuelle: Stadt\n\nPasst das?",
    ]);
  });

  it("puts one button in a row", () => {
    const buttons = [
      { label: "Mehr", value: "more:2" },
      { label: "Passt nicht", value: "rate:wrong" },
    ];
    expect(renderReply({ ...empty, buttons }).keyboard).toEqual({
      inline_keyboard: [[{ text: "Mehr", callback_data: "more:2" }], [{ text: "Passt nicht", callback_data: "rate:wrong" }]],
    });
    expect(renderReply(empty).keyboard).toBeUndefined();
  });

  it("puts more than four buttons two in a row", () => {
    const buttons = ["a", "b", "c", "d", "e"].map((value) => ({ label: value, value }));
    expect(renderReply({ ...empty, buttons }).keyboard?.inline_keyboard.map((row) => row.length)).toEqual([2, 2, 1]);
  });

  it("keeps within the limits of buttons whatever is asked for: 100 of them, 1 to 64 bytes of data, a label, whole characters; what is left out is told", () => {
    const half = fc.constantFrom("\uD83D", "\uDE00x");
    const label = fc.oneof(fc.string({ unit: "binary", maxLength: 12 }), half);
    const value = fc.oneof(fc.string({ unit: "binary", maxLength: 40 }), half);
    fc.assert(
      fc.property(fc.array(fc.record({ label, value }), { maxLength: 130 }), (buttons) => {
        const { keyboard, faults } = renderReply({ ...withLead("Hallo"), buttons });
        const shown = keyboard?.inline_keyboard.flat() ?? [];
        expect(shown.length).toBeLessThanOrEqual(100);
        expect(shown.length + faults.length).toBe(buttons.length);
        for (const button of shown) {
          expect(button.text.trim()).not.toBe("");
          expect(button.text.isWellFormed()).toBe(true);
          const data = "callback_data" in button ? button.callback_data : "";
          const bytes = Buffer.byteLength(data);
          expect(data.isWellFormed()).toBe(true);
          expect(bytes).toBeGreaterThanOrEqual(1);
          expect(bytes).toBeLessThanOrEqual(64);
        }
      }),
    );
  });

  it("shows 100 buttons and leaves out the hundred and first", () => {
    const buttons = Array.from({ length: 101 }, (_, index) => ({ label: `${index}`, value: `${index}` }));
    const { keyboard, faults } = renderReply({ ...withLead("Hallo"), buttons });
    expect(keyboard?.inline_keyboard.flat()).toHaveLength(100);
    expect(faults.map(({ message }) => message)).toEqual([expect.stringContaining("100 buttons")]);
  });

  it("asks for the place below the answer, by a button of its own, and only in private chats", () => {
    const buttons = [
      { label: "Mehr", value: "more" },
      { label: "Meinen Ort senden", value: "place", shares: "place" as const, says: "Wo sind Sie? Senden Sie mir Ihren Ort." },
    ];
    const reply = { ...withLead("Das habe ich gefunden:"), closing: ["Nur auf Englisch.", "Wo sind Sie?"], buttons };
    const inPrivate = renderReply(reply);
    expect(inPrivate.parts).toEqual(["Das habe ich gefunden:"]);
    expect(inPrivate.keyboard).toEqual({ inline_keyboard: [[{ text: "Mehr", callback_data: "more" }]] });
    expect(inPrivate.place).toEqual({
      text: "Nur auf Englisch.\n\nWo sind Sie? Senden Sie mir Ihren Ort.",
      keyboard: {
        keyboard: [[{ text: "Meinen Ort senden", request_location: true }]],
        one_time_keyboard: true,
        resize_keyboard: true,
      },
    });
    const inGroup = renderReply(reply, false);
    expect(inGroup.parts).toEqual(["Das habe ich gefunden:\n\nNur auf Englisch.\n\nWo sind Sie?"]);
    expect(inGroup.place).toBeUndefined();
  });

  it("leaves out a button whose value Telegram refuses, and says so", () => {
    const buttons = [
      { label: "Passt", value: "ü".repeat(32) },
      { label: "Zu lang", value: `${"ü".repeat(32)}x` },
      { label: "Leer", value: "" },
    ];
    const { keyboard, faults } = renderReply({ ...empty, buttons });
    expect(keyboard?.inline_keyboard).toEqual([[{ text: "Passt", callback_data: "ü".repeat(32) }]]);
    expect(faults.map((fault) => fault.message)).toEqual([expect.stringContaining("65 bytes"), expect.stringContaining("0 bytes")]);
  });
});
