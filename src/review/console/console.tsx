import { type Context, Hono, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { HTTPException } from "hono/http-exception";
import { streamSSE } from "hono/streaming";
import type { Logger } from "pino";
import { ZodError } from "zod";
import { AppError, httpStatusOf, messageOf } from "../../core/errors.ts";
import { comesFromHere, ownOrigins } from "../provider-guard.ts";
import { accountRoutes } from "./accounts.tsx";
import { type ArticleParts, articleRoutes } from "./articles.tsx";
import { auditRoutes } from "./audit.tsx";
import { createConsoleCookies } from "./cookies.ts";
import { decisionRoutes } from "./decisions.tsx";
import { type NumbersParts, numbersRoutes } from "./numbers.tsx";
import type { Area } from "./page.tsx";
import { arrivalRoutes } from "./sign-in.tsx";
import { talkRoutes } from "./talks.tsx";
import { type Arrival, type ConsoleParts, type ConsoleRoute, may, refuse, type StaffVisit } from "./visit.tsx";
import { consoleWords } from "./words.ts";

const largestFormBytes = 256 * 1024;
/** Proxies end streams on which nothing is said for a minute. */
const heartbeatMs = 25_000;

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Own scripts and styles only and nothing within the page, no framing, kept nowhere. */
const consoleHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  c.header("Content-Security-Policy", policy);
  c.header("X-Content-Type-Options", "nosniff");
  c.header("Referrer-Policy", "same-origin");
  c.header("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
  c.header("Cache-Control", "no-store");
  c.header("X-Robots-Tag", "noindex");
};

/** Everything that the console is made of. */
export interface ConsoleSite extends ConsoleParts {
  readonly numbers: NumbersParts;
  readonly articles: ArticleParts;
  readonly hasCitySignIn: boolean;
  /** Calls back when something may look different now; returns its end. */
  readonly subscribe: (heard: () => void) => () => void;
  readonly log: Pick<Logger, "error">;
}

const areas: readonly (Area & { readonly roles: readonly string[] })[] = [
  { name: "talks", path: "/console/talks", roles: may.read },
  { name: "articles", path: "/console/articles", roles: may.read },
  { name: "rejected", path: "/console/ratings", roles: may.read },
  { name: "decisions", path: "/console/catalogue", roles: may.read },
  { name: "numbers", path: "/console/numbers", roles: may.read },
  { name: "accounts", path: "/console/accounts", roles: may.manage },
  { name: "audit", path: "/console/audit", roles: may.manage },
];

/** All addresses of the console with who may go there. */
export function consoleTable(site: ConsoleSite): readonly ConsoleRoute[] {
  const cookies = createConsoleCookies(site.publicUrl);
  return [
    ...arrivalRoutes(site, cookies),
    ...accountRoutes(site),
    ...talkRoutes(site),
    ...articleRoutes(site),
    ...decisionRoutes(site),
    ...numbersRoutes(site.numbers),
    ...auditRoutes(site),
    { method: "get", path: "/console/events", roles: may.read, answer: async (visit) => streamChanges(visit.c, site.subscribe) },
    {
      method: "get",
      path: "/console",
      roles: may.read,
      answer: async ({ c, frame }) => c.redirect(`${frame.base}/console/talks`, 303),
    },
  ];
}

/** Tells a page that something changed, never what: the page asks anew, as who it is. */
function streamChanges(c: Context, subscribe: ConsoleSite["subscribe"]): Response {
  return streamSSE(c, async (stream) => {
    const end = subscribe(() => void stream.writeSSE({ event: "changed", data: "" }));
    stream.onAbort(end);
    while (!stream.aborted) {
      await stream.writeSSE({ event: "here", data: "" });
      await stream.sleep(heartbeatMs);
    }
  });
}

/** The staff console: server-rendered, works without scripts, in German and English. */
export function createConsole(site: ConsoleSite): Hono {
  const { access, publicUrl, log } = site;
  const app = new Hono();
  const cookies = createConsoleCookies(publicUrl);
  const origins = ownOrigins(publicUrl);
  const base = new URL(publicUrl).pathname.replace(/\/+$/, "");

  /** The address of a page that can be opened again, without what passes. */
  function selfOf(c: Context): string {
    const { pathname, searchParams } = new URL(c.req.url);
    if (c.req.method !== "GET") return `${base}/console`;
    for (const passing of ["lang", "done"]) searchParams.delete(passing);
    return `${base}${pathname}${searchParams.size === 0 ? "" : `?${searchParams}`}`;
  }

  function arrive(c: Context): Arrival {
    const lang = cookies.lang(c);
    const frame = { lang, base, self: selfOf(c), areas: [], done: c.req.query("done") };
    return { c, frame, words: consoleWords[lang], lang };
  }

  async function visitOf(c: Context): Promise<StaffVisit | undefined> {
    const session = cookies.session(c);
    const member = session === undefined ? undefined : await access.find(session);
    if (member === undefined) return undefined;
    const arrival = arrive(c);
    const own = areas.filter(({ roles }) => roles.includes(member.role));
    return { ...arrival, member, frame: { ...arrival.frame, member, areas: own } };
  }

  async function answer(route: ConsoleRoute, c: Context): Promise<Response> {
    if (route.roles === "guests") return await route.answer(arrive(c));
    const visit = await visitOf(c);
    if (visit === undefined) return c.redirect(`${base}/console/sign-in`, 303);
    if (!route.roles.includes(visit.member.role)) return await refuse(visit, "role");
    return await route.answer(visit);
  }

  for (const path of ["/console", "/console/*"]) {
    app.use(path, consoleHeaders);
    app.use(path, async (c, next) => (comesFromHere(c, origins) ? await next() : await refuse(arrive(c), "foreign")));
    app.use(path, bodyLimit({ maxSize: largestFormBytes, onError: async (c) => await refuse(arrive(c), "too-large") }));
  }
  for (const route of consoleTable(site)) app.on(route.method.toUpperCase(), [route.path], (c) => answer(route, c));
  app.all("/console/*", async (c) => {
    const visit = await visitOf(c);
    return visit === undefined ? c.redirect(`${base}/console/sign-in`, 303) : await refuse(visit, "not-found");
  });

  app.onError(async (error, c) => {
    const arrival = (await visitOf(c).catch(() => undefined)) ?? arrive(c);
    if (error instanceof HTTPException || error instanceof ZodError) return await refuse(arrival, "invalid");
    const status = httpStatusOf(error) ?? 500;
    if (error instanceof AppError && error.code === "NOT_FOUND") return await refuse(arrival, "not-found");
    if (error instanceof AppError && (error.code === "USAGE" || status < 500)) return await refuse(arrival, "conflict", messageOf(error));
    log.error({ code: error instanceof AppError ? error.code : "INTERNAL", path: c.req.path, reason: error.name }, "request failed");
    return await refuse(arrival, "fault");
  });
  return app;
}
