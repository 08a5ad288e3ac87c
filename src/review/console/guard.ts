import { randomBytes } from "node:crypto";
import type { Context, MiddlewareHandler } from "hono";

function policyOf(nonce: string | undefined): string {
  const own = nonce === undefined ? "'none'" : `'nonce-${nonce}'`;
  return [
    "default-src 'none'",
    `script-src ${own}`,
    `style-src 'self'${nonce === undefined ? "" : ` ${own}`}`,
    "img-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** The word of chance that scripts and styles of one page carry; the page's policy lets no others in. */
export function allowNonce(c: Context): string {
  const nonce = randomBytes(16).toString("base64");
  c.header("Content-Security-Policy", policyOf(nonce));
  return nonce;
}

/** Headers of every page of the console: no framing, kept nowhere. Not `no-referrer`: browsers would then send forms without their origin. */
export const consoleHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  if (!c.res.headers.has("Content-Security-Policy")) c.header("Content-Security-Policy", policyOf(undefined));
  c.header("X-Content-Type-Options", "nosniff");
  c.header("Referrer-Policy", "same-origin");
  c.header("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
  c.header("Cross-Origin-Opener-Policy", "same-origin");
  c.header("Cache-Control", "no-store");
  c.header("X-Robots-Tag", "noindex");
};
