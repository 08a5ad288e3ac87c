import { describe, expect, it } from "vitest";
import { localize, localizeTitle } from "../../src/core/languages.ts";

describe("a localized text", () => {
  it.each([
    ["tr", { de: "Hallo", en: "Hello", tr: "Merhaba" }, { text: "Merhaba", lang: "tr" }],
    ["tr", { de: "Hallo", en: "Hello" }, { text: "Hello", lang: "en" }],
    ["tr", { de: "Hallo" }, { text: "Hallo", lang: "de" }],
    ["en", { de: "Hallo" }, { text: "Hallo", lang: "de" }],
    ["de", { de: "Hallo", en: "Hello" }, { text: "Hallo", lang: "de" }],
  ] as const)("is read in %s", (lang, text, expected) => {
    expect(localize(text, lang)).toEqual(expected);
  });
});

describe("a title", () => {
  it.each([
    ["tr", { de: "Hallo", en: "Hello", tr: "Merhaba" }, { text: "Merhaba", lang: "tr" }],
    ["tr", { de: "Hallo", en: "Hello" }, { text: "Hallo", lang: "de" }],
    ["en", { de: "Hallo" }, { text: "Hallo", lang: "de" }],
  ] as const)("is read in %s, else in German", (lang, title, expected) => {
    expect(localizeTitle(title, lang)).toEqual(expected);
  });
});
