import { createHash, randomBytes } from "node:crypto";

/** 128 bits of chance for a link that is used once, safe in URLs. */
export function newCode(): string {
  return randomBytes(16).toString("base64url");
}

/** 256 bits of chance for a session. */
export function newSession(): string {
  return randomBytes(32).toString("base64url");
}

/** What is stored of a secret; there is too much chance in it to be guessed, so that it needs no salt. */
export function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
