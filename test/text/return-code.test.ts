import { describe, expect, it } from "vitest";
import { codeLength } from "../../src/core/watches.ts";
import { codeWords } from "../../src/text/code-words.ts";
import { redact } from "../../src/text/redact.ts";
import { readCode, wordCode } from "../../src/text/return-code.ts";

const code = wordCode(Array.from({ length: codeLength }, (_, index) => index * 70));

describe("return codes", () => {
  it("have 128 bits or more behind them", () => {
    expect(new Set(codeWords).size).toBe(1024);
    expect(codeLength * Math.log2(codeWords.length)).toBeGreaterThanOrEqual(128);
    expect(codeWords.every((word) => /^[a-z]{3,10}$/.test(word))).toBe(true);
  });

  it("survive redaction, whatever words stand beside each other", () => {
    for (let from = 0; from < 1024; from += 1) {
      const words = wordCode(Array.from({ length: codeLength }, (_, index) => (from * 7 + index * 389) % 1024));
      expect(redact(words)).toBe(words);
    }
  });

  it.each([
    ["as it was shown", code],
    ["in capitals", code.toUpperCase()],
    ["with commas and lines", code.replaceAll(" ", ",\n")],
    [
      "with numbers",
      code
        .split(" ")
        .map((word, index) => `${index + 1}. ${word}`)
        .join(" "),
    ],
  ])("are read %s", (_name, text) => {
    expect(readCode(text)).toBe(code);
  });

  it.each([
    ["with a wrong word", code.replace(/\S+$/, "zzzzz")],
    ["with a word too few", code.split(" ").slice(1).join(" ")],
    ["with a word too many", `${code} apfel`],
  ])("are taken for codes %s, but for no right one", (_name, text) => {
    expect(readCode(text)).toBeDefined();
    expect(readCode(text)).not.toBe(code);
  });

  it.each([
    "",
    "apfel birne",
    "Ich suche für meine Mutter einen Platz in der Kurzzeitpflege ab nächster Woche bitte",
    "Wo kann ich mit meinem Hund und meiner Katze in den Park gehen heute",
  ])("are not seen in what people write: %s", (text) => {
    expect(readCode(text)).toBeUndefined();
  });
});
