import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SearchDocument } from "../../../src/catalogue/search/search-document.ts";
import { collectPassages, passagesOf } from "../../../src/catalogue/vectors/passages.ts";

const page = (title: string, body: string, change: Partial<SearchDocument> = {}): SearchDocument => ({
  ...{ id: title, title: [{ lang: "de", text: title }], keywords: [{ lang: "de", text: "Stichwort" }], body: [{ lang: "de", text: body }] },
  ...change,
});

describe("passages", () => {
  it("are a document's title with its body, in each of its languages, without its keywords", () => {
    const both = page("Kita", "Ein Platz\nfür Ihr Kind", {
      title: [
        { lang: "de", text: "Kita" },
        { lang: "en", text: "Nursery" },
      ],
      body: [
        { lang: "de", text: "Ein Platz\n\n  für Ihr Kind " },
        { lang: "de", text: "Für Familien" },
        { lang: "en", text: "A place" },
      ],
    });
    expect(passagesOf(both)).toEqual(["Kita\nEin Platz\nfür Ihr Kind\nFür Familien", "Nursery\nA place"]);
    expect(passagesOf(page("Kita", ""))).toEqual(["Kita"]);
    expect(passagesOf(page("", "Text"))).toEqual(["Text"]);
    expect(passagesOf(page("", " \n"))).toEqual([]);
  });

  it("cut a long body between its lines, each piece with the title, and lose no line of the first pieces", () => {
    const lines = Array.from({ length: 60 }, (_, index) => `${index} ${"wort ".repeat(15)}`.trim());
    const pieces = passagesOf(page("Titel", lines.join("\n")));
    expect(pieces.length).toBeGreaterThan(3);
    expect(pieces.flatMap((piece) => piece.split("\n").slice(1))).toEqual(lines);
    expect(pieces.every((piece) => piece.startsWith("Titel\n"))).toBe(true);
  });

  it("are bounded in length and number for any text", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), fc.array(fc.string({ maxLength: 4000 }), { maxLength: 12 }), (title, lines) => {
        const pieces = passagesOf(page(title, lines.join("\n")));
        expect(pieces.length).toBeLessThanOrEqual(8);
        for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(1200 + title.length + 1);
      }),
    );
  });

  it("that are the same in several documents are one", () => {
    const passages = collectPassages([page("Kita", "Text"), page("Hund", ""), page("Kita", "Text")]);
    expect([...passages.values()]).toEqual([
      { text: "Kita\nText", places: [0, 2] },
      { text: "Hund", places: [1] },
    ]);
  });
});
