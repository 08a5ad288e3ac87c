import { createHash, timingSafeEqual } from "node:crypto";
import { type Context, Hono, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { cors } from "hono/cors";
import type { Logger } from "pino";
import { AppError } from "../../core/errors.ts";
import { parseJson } from "../../core/json.ts";
import type { Inbox, Transcript } from "../../core/message.ts";
import type { Database } from "../../database/database.ts";
import { parseActivity } from "./incoming.ts";
import { createOrigins, type Origins } from "./origins.ts";
import { activityId, renderActivities } from "./outgoing.ts";
import { type Refusal, refusalOf, refusals } from "./refusals.ts";
import { createTokenStore, type FoundToken, type Grant, randomName, tokenLifeSeconds } from "./tokens.ts";

const longestBodyBytes = 256 * 1024;
const deepestJson = 32;
const retryAfterSeconds = 5;

export interface DirectLineDeps {
  readonly db: Database;
  readonly inbox: Inbox;
  /** Keyed by the Direct Line conversation id, which is the address given to the inbox. */
  readonly transcript: Transcript;
  readonly publicUrl: string;
  readonly allowedOrigins: readonly string[];
  readonly secret: string | undefined;
  readonly now?: () => Date;
  readonly log: Logger;
}

type ValidToken = Extract<FoundToken, { kind: "valid" }> & { readonly token: string };
type DirectLineEnv = { Variables: { token: ValidToken } };

function refuse(c: Context, refusal: Refusal): Response {
  if (refusal.status === 503) c.header("Retry-After", String(retryAfterSeconds));
  // Node's server cuts a connection whose body nobody read half a second later, maybe in the middle of the next request.
  if (refusal.status === 413) c.header("Connection", "close");
  return c.json({ error: { code: refusal.code, message: refusal.message } }, refusal.status);
}

function bearerOf(c: Context): string | undefined {
  return /^Bearer ([\x21-\x7e]+)$/i.exec(c.req.header("Authorization") ?? "")?.[1];
}

function sameSecret(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

/** Who may have a new token: a page of an allowed site, or a server that knows the secret. */
function siteForNewToken(c: Context, origins: Origins, secret: string | undefined): { readonly site: string | undefined } | Refusal {
  const origin = c.req.header("Origin");
  if (origin !== undefined) {
    const site = origins.siteOf(origin);
    return site === undefined ? refusals.wrongOrigin : { site };
  }
  const given = bearerOf(c);
  if (given === undefined || secret === undefined) return refusals.noToken;
  return sameSecret(given, secret) ? { site: undefined } : refusals.wrongSecret;
}

function originFits(c: Context, grant: Grant, origins: Origins): boolean {
  const origin = c.req.header("Origin");
  if (origin !== undefined) {
    const site = origins.siteOf(origin);
    return site !== undefined && (grant.site === undefined || grant.site === site);
  }
  // Browsers send no Origin when a page reads from its own site.
  return grant.site === undefined || (c.req.method === "GET" && grant.site === origins.own);
}

function watermarkOf(given: string | undefined): number {
  if (given === undefined || given === "") return 0;
  if (!/^\d{1,15}$/.test(given)) throw new AppError("REQUEST_INVALID", "watermark is not one that this server gave out.");
  return Number(given);
}

function describeToken(grant: Grant, token: string, expiresInSeconds: number) {
  return { conversationId: grant.conversationId, token, expires_in: expiresInSeconds, userId: grant.userId };
}

/** The web chat's server, Bot Framework Direct Line 3.0 by polling; routes begin with /v3/directline. */
export function createDirectLineChannel(deps: DirectLineDeps): Hono<DirectLineEnv> {
  const { inbox, transcript, secret, log } = deps;
  const origins = createOrigins(deps.publicUrl, deps.allowedOrigins);
  const tokens = createTokenStore(deps.db, deps.now ?? (() => new Date()));
  const app = new Hono<DirectLineEnv>();

  const withToken: MiddlewareHandler<DirectLineEnv> = async (c, next) => {
    const origin = c.req.header("Origin");
    if (origin !== undefined && origins.siteOf(origin) === undefined) return refuse(c, refusals.wrongOrigin);
    const token = bearerOf(c);
    const found: FoundToken = token === undefined ? { kind: "unknown" } : await tokens.find(token);
    if (token === undefined || found.kind === "unknown") return refuse(c, refusals.noToken);
    if (found.kind === "expired") return refuse(c, refusals.expired);
    if (!originFits(c, found.grant, origins)) return refuse(c, refusals.wrongOrigin);
    const asked = c.req.param("conversationId");
    if (asked !== undefined && asked !== found.grant.conversationId) return refuse(c, refusals.otherConversation);
    c.set("token", { ...found, token });
    return await next();
  };

  app.onError((error, c) => {
    const refusal = refusalOf(error);
    if (refusal.status >= 500) log.error({ code: error instanceof AppError ? error.code : error.name }, "direct line request failed");
    return refuse(c, refusal);
  });

  app.use("/v3/directline/*", async (c, next) => {
    await next();
    c.header("Cache-Control", "no-store");
  });
  app.use(
    "/v3/directline/*",
    cors({
      origin: (origin) => (origins.siteOf(origin) === undefined ? undefined : origin),
      allowMethods: ["GET", "POST"],
      exposeHeaders: ["Retry-After"],
      maxAge: 7200,
    }),
    bodyLimit({ maxSize: longestBodyBytes, onError: (c) => refuse(c, refusals.tooLarge) }),
  );

  app.post("/v3/directline/tokens/generate", async (c) => {
    const allowed = siteForNewToken(c, origins, secret);
    if ("status" in allowed) return refuse(c, allowed);
    const grant = { conversationId: randomName(), userId: `dl_${randomName()}`, site: allowed.site };
    return c.json(describeToken(grant, await tokens.issue(grant), tokenLifeSeconds));
  });

  app.post("/v3/directline/tokens/refresh", withToken, async (c) => {
    const { grant } = c.get("token");
    return c.json(describeToken(grant, await tokens.issue(grant), tokenLifeSeconds));
  });

  app.post("/v3/directline/conversations", withToken, (c) => {
    const { grant, token, expiresInSeconds } = c.get("token");
    return c.json(describeToken(grant, token, expiresInSeconds), 201);
  });

  app.get("/v3/directline/conversations/:conversationId/activities", withToken, async (c) => {
    const { grant } = c.get("token");
    const watermark = watermarkOf(c.req.query("watermark"));
    return c.json(renderActivities(await transcript.after(grant.conversationId, watermark), grant, watermark));
  });

  app.post("/v3/directline/conversations/:conversationId/activities", withToken, async (c) => {
    const { conversationId } = c.get("token").grant;
    const activity = parseActivity(parseJson(await c.req.text(), deepestJson));
    if (activity.kind === "ignored") return c.json({ id: activityId(conversationId, randomName()) });
    const { content, interfaceLang, clientId } = activity;
    const externalId = `${conversationId}:${clientId ?? randomName()}`;
    const stored = await inbox.accept({ channel: "directline", externalId, address: conversationId, content, interfaceLang, clientId });
    return c.json({ id: activityId(conversationId, stored.id) });
  });

  return app;
}
