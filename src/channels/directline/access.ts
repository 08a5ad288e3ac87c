import { createHash, timingSafeEqual } from "node:crypto";
import type { Context, MiddlewareHandler } from "hono";
import { z } from "zod";
import { AppError } from "../../core/errors.ts";
import type { Origins } from "./origins.ts";
import { type Refusal, refusals, refuse } from "./refusals.ts";
import type { FoundToken, Grant, TokenStore } from "./tokens.ts";

export type ValidToken = Extract<FoundToken, { kind: "valid" }> & { readonly token: string };
export type DirectLineEnv = { Variables: { token: ValidToken } };

/** What a server may ask for; who the user is, this server decides. */
const TokenWish = z.object({
  trustedOrigins: z
    .array(z.url({ protocol: /^https?$/ }))
    .min(1)
    .max(20)
    .nullish(),
});

function bearerOf(c: Context): string | undefined {
  return /^Bearer ([\x21-\x7e]+)$/i.exec(c.req.header("Authorization") ?? "")?.[1];
}

function sameSecret(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

/** Who may have a new token: a page of an allowed site, for that site, or a server that knows the secret, for the sites it names among the allowed ones. */
export function mayHaveToken(c: Context, origins: Origins, secret: string | undefined): { readonly site: string | undefined } | Refusal {
  const origin = c.req.header("Origin");
  if (origin !== undefined) {
    const site = origins.siteOf(origin);
    return site === undefined ? refusals.wrongOrigin : { site };
  }
  const given = bearerOf(c);
  if (given === undefined || secret === undefined) return refusals.noToken;
  return sameSecret(given, secret) ? { site: undefined } : refusals.wrongSecret;
}

/** The sites that a server wants its token for; undefined if it leaves that open. Throws REQUEST_INVALID for a site that is not allowed here. */
export function wantedSites(body: unknown, origins: Origins): readonly string[] | undefined {
  const wish = TokenWish.safeParse(body ?? {});
  if (!wish.success)
    throw new AppError("REQUEST_INVALID", "trustedOrigins must be a list of 1 to 20 origins like https://chat.example.org.");
  return wish.data.trustedOrigins?.map((origin) => {
    const site = origins.siteOf(new URL(origin).origin);
    if (site === undefined) throw new AppError("REQUEST_INVALID", "trustedOrigins names a site that is not in ALLOWED_ORIGINS.");
    return site;
  });
}

/** Browsers send no Origin when a page reads from its own site, but always with a WebSocket. */
function originFits(c: Context, { sites }: Grant, origins: Origins): boolean {
  const origin = c.req.header("Origin");
  if (origin === undefined) {
    const reads = c.req.method === "GET" && c.req.header("Upgrade") === undefined;
    return sites === undefined || (reads && sites.includes(origins.own));
  }
  const site = origins.siteOf(origin);
  return site !== undefined && (sites === undefined || sites.includes(site));
}

/** Why a token does not open what it is sent to; undefined if it does. */
function refusalFor(c: Context, found: FoundToken, origins: Origins): Refusal | undefined {
  if (found.kind === "unknown") return refusals.noToken;
  if (found.kind === "expired") return refusals.expired;
  if (!originFits(c, found.grant, origins)) return refusals.wrongOrigin;
  const asked = c.req.param("conversationId");
  return asked === undefined || asked === found.grant.conversationId ? undefined : refusals.otherConversation;
}

/** Lets only those pass that hold a living token for this conversation and come from a site it is for: in the header, or for a WebSocket in `t`. */
export function requireToken(purpose: "chat" | "stream", tokens: TokenStore, origins: Origins): MiddlewareHandler<DirectLineEnv> {
  return async (c, next) => {
    const origin = c.req.header("Origin");
    if (origin !== undefined && origins.siteOf(origin) === undefined) return refuse(c, refusals.wrongOrigin);
    const token = purpose === "chat" ? bearerOf(c) : c.req.query("t");
    if (token === undefined) return refuse(c, refusals.noToken);
    const found = await tokens.find(purpose, token);
    const refusal = refusalFor(c, found, origins);
    if (refusal !== undefined || found.kind !== "valid") return refuse(c, refusal ?? refusals.noToken);
    c.set("token", { ...found, token });
    return await next();
  };
}
