import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { cors } from "hono/cors";
import type { UpgradeWebSocket } from "hono/ws";
import type { Logger } from "pino";
import { AppError } from "../../core/errors.ts";
import { parseJson } from "../../core/json.ts";
import type { Inbox, Transcript } from "../../core/message.ts";
import type { Database } from "../../database/database.ts";
import { type DirectLineEnv, mayHaveToken, requireToken, wantedSites } from "./access.ts";
import { parseActivity } from "./incoming.ts";
import { createOrigins } from "./origins.ts";
import { activityId, renderActivities } from "./outgoing.ts";
import { refusalOf, refusals, refuse } from "./refusals.ts";
import type { Streams } from "./streams.ts";
import { createTokenStore, type Grant, randomName, tokenLifeSeconds } from "./tokens.ts";

const longestBodyBytes = 256 * 1024;
const deepestJson = 32;

/** Clients refresh a token when half its life is over; one that comes back later gets a fresh one. */
const freshForSeconds = tokenLifeSeconds.chat / 2;

/** The network address that a request came from; undefined where it cannot be told. */
export type ClientAddress = (c: Context) => string | undefined;

export interface DirectLineDeps {
  readonly db: Database;
  readonly inbox: Inbox;
  /** Keyed by the Direct Line conversation id, which is the address given to the inbox. */
  readonly transcript: Transcript;
  readonly publicUrl: string;
  readonly allowedOrigins: readonly string[];
  readonly secret: string | undefined;
  readonly clientAddress?: ClientAddress | undefined;
  readonly now?: () => Date;
  readonly log: Logger;
  /** WebSockets as this platform has them; without, clients are given no stream URL and poll. */
  readonly live?: { readonly streams: Streams; readonly upgrade: UpgradeWebSocket } | undefined;
}

function watermarkOf(given: string | undefined): number {
  if (given === undefined || given === "") return 0;
  if (!/^\d{1,15}$/.test(given)) throw new AppError("REQUEST_INVALID", "watermark is not one that this server gave out.");
  return Number(given);
}

/** The JSON of a body; undefined for none, which many requests have. */
async function bodyOf(c: Context): Promise<unknown> {
  const text = await c.req.text();
  return text === "" ? undefined : parseJson(text, deepestJson);
}

function describeToken(grant: Grant, token: string, expiresInSeconds: number) {
  return { conversationId: grant.conversationId, token, expires_in: expiresInSeconds, userId: grant.userId };
}

/** The web chat's server, Bot Framework Direct Line 3.0 by WebSocket and by polling; routes begin with /v3/directline. */
export function createDirectLineChannel(deps: DirectLineDeps): Hono<DirectLineEnv> {
  const { inbox, transcript, secret, live, log } = deps;
  const origins = createOrigins(deps.publicUrl, deps.allowedOrigins);
  const tokens = createTokenStore(deps.db, deps.now ?? (() => new Date()));
  const streamBase = `${deps.publicUrl.replace(/^http/, "ws").replace(/\/+$/, "")}/v3/directline/conversations`;
  const withToken = requireToken("chat", tokens, origins);
  const app = new Hono<DirectLineEnv>();

  async function describeConversation(grant: Grant, token: string, expiresInSeconds: number, watermark: number) {
    const described = describeToken(grant, token, expiresInSeconds);
    if (live === undefined) return described;
    const query = new URLSearchParams({ watermark: String(watermark), t: await tokens.issue("stream", grant) });
    return { ...described, streamUrl: `${streamBase}/${grant.conversationId}/stream?${query}` };
  }

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
  );

  // Before the limit of bodies: a large photo is refused for what it is, unread.
  app.post("/v3/directline/conversations/:conversationId/upload", withToken, (c) => refuse(c, refusals.noFiles));

  app.use("/v3/directline/*", bodyLimit({ maxSize: longestBodyBytes, onError: (c) => refuse(c, refusals.tooLarge) }));

  app.post("/v3/directline/tokens/generate", async (c) => {
    const allowed = mayHaveToken(c, origins, secret);
    if ("status" in allowed) return refuse(c, allowed);
    const body = await bodyOf(c);
    const sites = allowed.site === undefined ? wantedSites(body, origins) : [allowed.site];
    const grant = { conversationId: randomName(), userId: `dl_${randomName()}`, sites };
    return c.json(describeToken(grant, await tokens.issue("chat", grant), tokenLifeSeconds.chat));
  });

  app.post("/v3/directline/tokens/refresh", withToken, async (c) => {
    await bodyOf(c);
    const { grant } = c.get("token");
    return c.json(describeToken(grant, await tokens.issue("chat", grant), tokenLifeSeconds.chat));
  });

  app.post("/v3/directline/conversations", withToken, async (c) => {
    await bodyOf(c);
    const { grant, token, expiresInSeconds } = c.get("token");
    return c.json(await describeConversation(grant, token, expiresInSeconds, 0), 201);
  });

  app.get("/v3/directline/conversations/:conversationId", withToken, async (c) => {
    const { grant, token, expiresInSeconds } = c.get("token");
    const watermark = watermarkOf(c.req.query("watermark"));
    if (expiresInSeconds > freshForSeconds) return c.json(await describeConversation(grant, token, expiresInSeconds, watermark));
    return c.json(await describeConversation(grant, await tokens.issue("chat", grant), tokenLifeSeconds.chat, watermark));
  });

  app.get("/v3/directline/conversations/:conversationId/stream", requireToken("stream", tokens, origins), async (c) => {
    if (live === undefined) return refuse(c, refusals.noStream);
    if (c.req.header("Upgrade")?.toLowerCase() !== "websocket") return refuse(c, refusals.noWebSocket);
    const { grant } = c.get("token");
    const watermark = watermarkOf(c.req.query("watermark"));
    let closed: (() => void) | undefined;
    return await live.upgrade(c, {
      onOpen: (_, socket) => {
        closed = live.streams.open(socket, grant, watermark);
      },
      onClose: () => closed?.(),
    });
  });

  app.get("/v3/directline/conversations/:conversationId/activities", withToken, async (c) => {
    const { grant } = c.get("token");
    const watermark = watermarkOf(c.req.query("watermark"));
    return c.json(renderActivities(await transcript.after(grant.conversationId, watermark), grant, watermark));
  });

  app.post("/v3/directline/conversations/:conversationId/activities", withToken, async (c) => {
    const { conversationId } = c.get("token").grant;
    const activity = parseActivity(await bodyOf(c));
    if (activity.kind === "ignored") return c.json({ id: activityId(conversationId, randomName()) });
    const { content, interfaceLang, clientId } = activity;
    const externalId = `${conversationId}:${clientId ?? randomName()}`;
    const client = deps.clientAddress?.(c);
    const stored = await inbox.accept({
      channel: "directline",
      externalId,
      address: conversationId,
      content,
      client,
      interfaceLang,
      clientId,
    });
    live?.streams.posted(conversationId, stored.id);
    return c.json({ id: activityId(conversationId, stored.id) });
  });

  return app;
}
