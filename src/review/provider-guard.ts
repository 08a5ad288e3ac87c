import type { Context, MiddlewareHandler } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { type PageLang, pageLanguages } from "./words.ts";

const policy = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Headers of every page: no scripts at all, no framing, kept nowhere. Not `no-referrer`: browsers would then send forms without their origin. */
export const providerHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  c.header("Content-Security-Policy", policy);
  c.header("X-Content-Type-Options", "nosniff");
  c.header("Referrer-Policy", "same-origin");
  c.header("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
  c.header("Cache-Control", "no-store");
  c.header("X-Robots-Tag", "noindex");
};

const loopbackNames = ["127.0.0.1", "localhost"];

/** The origins that pages of this address are opened by; both names of this machine are one. */
export function ownOrigins(publicUrl: string): ReadonlySet<string> {
  const url = new URL(publicUrl);
  const port = url.port === "" ? "" : `:${url.port}`;
  const twins =
    url.protocol === "http:" && loopbackNames.includes(url.hostname) ? loopbackNames.map((name) => `http://${name}${port}`) : [];
  return new Set([url.origin, ...twins]);
}

/** True unless something would be changed on behalf of a page of somebody else. Browsers send an Origin with every form. */
export function comesFromHere(c: Context, origins: ReadonlySet<string>): boolean {
  const safe = c.req.method === "GET" || c.req.method === "HEAD";
  return safe || origins.has(c.req.header("Origin") ?? "");
}

const sessionSeconds = 12 * 60 * 60;

function isPageLang(text: string | undefined): text is PageLang {
  return pageLanguages.some((lang) => lang === text);
}

/** Cookies of the pages below /provider or /console: only there, never for scripts. */
export function createCookies(publicUrl: string, area: "provider" | "console") {
  const url = new URL(publicUrl);
  const path = `${url.pathname.replace(/\/+$/, "")}/${area}`;
  const languageCookie = `${area}_lang`;
  const sessionCookie = `${area}_session`;
  const options = { path, httpOnly: true, sameSite: "Lax", secure: url.protocol === "https:" } as const;
  return {
    /** The language that was chosen last, else the browser's. */
    lang: (c: Context): PageLang => {
      const chosen = c.req.query("lang");
      if (isPageLang(chosen)) {
        setCookie(c, languageCookie, chosen, options);
        return chosen;
      }
      const before = getCookie(c, languageCookie);
      if (isPageLang(before)) return before;
      return /^en\b/i.test(c.req.header("Accept-Language") ?? "") ? "en" : "de";
    },
    setLang: (c: Context, lang: PageLang) => setCookie(c, languageCookie, lang, options),
    session: (c: Context) => getCookie(c, sessionCookie),
    setSession: (c: Context, session: string) => setCookie(c, sessionCookie, session, { ...options, maxAge: sessionSeconds }),
    dropSession: (c: Context) => setCookie(c, sessionCookie, "", { ...options, maxAge: 0 }),
  };
}
