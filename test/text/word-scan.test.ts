import { describe, expect, it } from "vitest";
import { foldWord, readableText, scanWords } from "../../src/text/word-scan.ts";

describe("a text as a reader sees it", () => {
  it.each([
    ["Sen\u200bd\u2060ling", "Sendling"],
    ["\u202eabc\u202c", "abc"],
    ["عمره ٤ سنوات", "عمره 4 سنوات"],
    ["۱۸ سال", "18 سال"],
    ["مَجّانًا", "مجانا"],
    ["مجـــانا", "مجانا"],
    ["Ｌａｉｍ", "Laim"],
    ["Труде́ринг", "Трудеринг"],
  ])("%j → %j", (text, expected) => {
    expect(readableText(text)).toBe(expected);
  });
});

describe("words", () => {
  it("fold accents, look-alikes and apostrophes", () => {
    expect(["Fünf", "п'ять", "yaşındayım", "أربعة", "I'm", "ДЇ", "Straße", "međutim"].map(foldWord)).toEqual([
      "funf",
      "пять",
      "yasindayim",
      "اربعه",
      "im",
      "ді",
      "strasse",
      "medutim",
    ]);
  });

  it("stand with their places, digits apart from letters", () => {
    expect(scanWords("Mein 3jähriger, um 9:30!")).toEqual([
      { key: "mein", start: 0, end: 4 },
      { key: "3", start: 5, end: 6 },
      { key: "jahriger", start: 6, end: 14 },
      { key: "um", start: 16, end: 18 },
      { key: "9:30", start: 19, end: 23 },
    ]);
  });
});
