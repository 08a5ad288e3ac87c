import { describe, expect, it } from "vitest";
import { createAddressVault } from "../../src/messages/address-vault.ts";

const key = (fill: number) => new Uint8Array(32).fill(fill);
const address = "987654321";

describe("the address vault", () => {
  const vault = createAddressVault(key(1));

  it("gives an address back, also one of other scripts and an empty one", () => {
    for (const each of [address, "чат-ü-😀", ""]) expect(vault.decrypt(vault.encrypt(each))).toBe(each);
  });

  it("opens what another process with the same key has locked", () => {
    expect(createAddressVault(key(1)).decrypt(vault.encrypt(address))).toBe(address);
  });

  it("locks the same address differently each time, and shows nothing of it", () => {
    const [first, second] = [vault.encrypt(address), vault.encrypt(address)];
    expect(first).not.toBe(second);
    expect(Buffer.from(first, "base64").toString("latin1")).not.toContain(address);
  });

  it("hashes equal addresses of a channel equally, and other channels, addresses or keys differently", () => {
    const hash = vault.hash("telegram", address);
    expect(createAddressVault(key(1)).hash("telegram", address)).toBe(hash);
    expect(vault.hash("directline", address)).not.toBe(hash);
    expect(vault.hash("telegram", "987654322")).not.toBe(hash);
    expect(createAddressVault(key(2)).hash("telegram", address)).not.toBe(hash);
    // Channel and address stay apart: "ab" + "c" is not "a" + "bc".
    expect(vault.hash("ab", "c")).not.toBe(vault.hash("a", "bc"));
  });

  it("says that the key is wrong, and shows nothing of what it tried to read", () => {
    const locked = vault.encrypt(address);
    expect(() => createAddressVault(key(2)).decrypt(locked)).toThrow(
      expect.objectContaining({ code: "CONFIG_INVALID", message: expect.stringContaining("DATA_KEY") }),
    );
    expect(() => createAddressVault(key(2)).decrypt(locked)).not.toThrow(locked);
  });

  it.each([
    ["one byte is changed", (bytes: Buffer) => bytes.fill((bytes.at(-1) ?? 0) ^ 1, bytes.length - 1)],
    ["it is cut short", (bytes: Buffer) => bytes.subarray(0, 20)],
    ["nothing is there", () => Buffer.alloc(0)],
  ])("refuses a stored address of which %s", (_, damage) => {
    const damaged = damage(Buffer.from(vault.encrypt(address), "base64")).toString("base64");
    expect(() => vault.decrypt(damaged)).toThrow(expect.objectContaining({ code: "CONFIG_INVALID" }));
  });
});
