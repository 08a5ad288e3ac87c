import { describe, expect, it } from "vitest";
import { newReceipt } from "../../src/catalogue/participation/receipts.ts";
import { readReceipt, receiptCode, withoutReceipt } from "../../src/text/receipt-code.ts";
import { redact } from "../../src/text/redact.ts";

describe("a receipt", () => {
  it("has eight letters and digits in two halves, without those that are misread", () => {
    for (let round = 0; round < 200; round += 1) expect(newReceipt()).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
  });

  it("leaves the words beside it, and other texts whole", () => {
    expect(withoutReceipt("77Q9-PPA7").trim()).toBe("");
    expect(withoutReceipt("geri al K7M2-9QXD").trim()).toBe("geri al");
    expect(withoutReceipt("Kita in 81371 München")).toBe("Kita in 81371 München");
  });

  it("is never a word or a number alone", () => {
    expect(receiptCode([10, 11, 12, 13, 14, 15, 16, 17])).toBeUndefined();
    expect(receiptCode([1, 2, 3, 4, 5, 6, 7, 8])).toBeUndefined();
    expect(receiptCode([1, 10, 31, 0, 9, 18, 22, 27])).toBe("1AZ0-9JPV");
  });

  it("comes back as it was given, since redaction takes none of its parts away", () => {
    for (let round = 0; round < 300; round += 1) {
      const code = newReceipt();
      for (const said of [code, code.toLowerCase(), `Beitrag zurückziehen ${code}`])
        expect(readReceipt(redact(said))?.code, said).toBe(code);
    }
  });

  it.each([
    ["K7M2-9QXD", { code: "K7M2-9QXD", takesBack: false, alone: true }],
    ["k7m29qxd", { code: "K7M2-9QXD", takesBack: false, alone: true }],
    ["KOM2-9IXD", { code: "K0M2-91XD", takesBack: false, alone: true }],
    ["Beitrag zurückziehen k7m2-9qxd", { code: "K7M2-9QXD", takesBack: true, alone: false }],
    ["Beitrag K7M2-9QXD bitte zurückziehen.", { code: "K7M2-9QXD", takesBack: true, alone: false }],
    ["Was ist mit K7M2-9QXD?", { code: "K7M2-9QXD", takesBack: false, alone: false }],
    ["withdraw K7M2-9QXD", { code: "K7M2-9QXD", takesBack: true, alone: false }],
    ["geri al K7M2-9QXD", { code: "K7M2-9QXD", takesBack: true, alone: false }],
    ["відкликати K7M2-9QXD", { code: "K7M2-9QXD", takesBack: true, alone: false }],
    ["отозвать K7M2-9QXD", { code: "K7M2-9QXD", takesBack: true, alone: false }],
    ["سحب K7M2-9QXD", { code: "K7M2-9QXD", takesBack: true, alone: false }],
    ["ritirare K7M2-9QXD", { code: "K7M2-9QXD", takesBack: true, alone: false }],
    ["retirer K7M2-9QXD", { code: "K7M2-9QXD", takesBack: true, alone: false }],
    ["povuci K7M2-9QXD", { code: "K7M2-9QXD", takesBack: true, alone: false }],
  ])("is read in %s", (text, said) => expect(readReceipt(text)).toEqual(said));

  it.each([
    "Menschen",
    "Wo ist eine Kita?",
    "12345678",
    "0891-2345",
    "Ich wohne seit 2020 in der A1B2-C3D4 Straße und suche eine Wohnung",
    "",
    "K7M2-9QXD-1",
  ])("is not read in %j", (text) => expect(readReceipt(text)).toBeUndefined());
});
