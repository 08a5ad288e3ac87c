import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJson } from "../../src/core/json.ts";

const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;

describe("parseJson", () => {
  it("reads what JSON.parse reads", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 8 }), (text) => {
        expect(parseJson(text, 64)).toEqual(JSON.parse(text));
      }),
    );
  });

  it("takes the greatest depth and refuses one more", () => {
    expect(parseJson(nested(64), 64)).toBeDefined();
    expect(() => parseJson(nested(65), 64)).toThrow(expect.objectContaining({ code: "REQUEST_INVALID" }));
  });

  it("refuses a million levels without recursion", () => {
    expect(() => parseJson(nested(1_000_000), 64)).toThrow(expect.objectContaining({ code: "REQUEST_INVALID" }));
    expect(() => parseJson('{"a":'.repeat(1_000_000), 64)).toThrow(expect.objectContaining({ code: "REQUEST_INVALID" }));
  });

  it("counts no brackets inside strings", () => {
    const text = JSON.stringify({ text: `\\"${"[{".repeat(100)}\\` });
    expect(parseJson(text, 2)).toEqual(JSON.parse(text));
  });

  it("quotes nothing of a malformed text", () => {
    let thrown: unknown;
    try {
      parseJson("Frau Geheim, 0170 1234567", 64);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ code: "REQUEST_INVALID" });
    expect(thrown).not.toHaveProperty("cause");
    expect(String(thrown)).not.toContain("Geheim");
  });
});
