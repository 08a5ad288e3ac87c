import { describe, expect, it } from "vitest";
import { createNearestWord } from "../../src/text/near-words.ts";

describe("the nearest word of a list", () => {
  const nearest = createNearestWord(["sendling", "schwabing", "trudering"]);

  it.each([
    ["sendlin", "sendling"],
    ["senndling", "sendling"],
    ["sendlimg", "sendling"],
    ["sendlnig", "sendling"],
    ["tudering", "trudering"],
  ])("is one letter away: %s → %s", (word, expected) => {
    expect(nearest(word)).toBe(expected);
  });

  it.each(["sendli", "endling", "wendling", "schabig", ""])("is none for %j", (word) => {
    expect(nearest(word)).toBeUndefined();
  });
});
