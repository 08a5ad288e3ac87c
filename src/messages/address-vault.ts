import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, randomBytes } from "node:crypto";
import { AppError } from "../core/errors.ts";

/** Keeps platform addresses (chat ids) so that the database alone tells nobody who wrote. */
export interface AddressVault {
  /** A keyed hash, equal for equal addresses of a channel. */
  hash(channel: string, address: string): string;
  encrypt(address: string): string;
  /** Throws CONFIG_INVALID if it was encrypted with another key. */
  decrypt(encrypted: string): string;
}

const nonceBytes = 12;
const tagBytes = 16;
const keyBytes = 32;

/** A vault over DATA_KEY (32 bytes): HMAC-SHA-256 to find, AES-256-GCM to keep, each with a key of its own by HKDF. */
export function createAddressVault(dataKey: Uint8Array): AddressVault {
  // Key objects: from bytes, Node makes such an object anew for each message, which takes longer than the work itself.
  const derive = (use: string) => createSecretKey(Buffer.from(hkdfSync("sha256", dataKey, "", use, keyBytes)));
  const hashKey = derive("stadtlotse address hash");
  const cipherKey = derive("stadtlotse address encryption");
  return {
    hash: (channel, address) => createHmac("sha256", hashKey).update(`${channel}\0${address}`).digest("base64url"),
    encrypt: (address) => {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv("aes-256-gcm", cipherKey, nonce);
      const body = Buffer.concat([cipher.update(address, "utf8"), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64");
    },
    decrypt: (encrypted) => {
      const bytes = Buffer.from(encrypted, "base64");
      try {
        const decipher = createDecipheriv("aes-256-gcm", cipherKey, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
        decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
        return Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]).toString("utf8");
      } catch (cause) {
        throw new AppError(
          "CONFIG_INVALID",
          "A stored chat address cannot be read with this DATA_KEY. Use the key that the database was written with.",
          { cause },
        );
      }
    },
  };
}
