import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { type PageLang, pageLanguages } from "../words.ts";

const languageCookie = "console_lang";
const sessionCookie = "console_session";
const signInCookie = "console_sign_in";
const sessionSeconds = 12 * 60 * 60;
const signInSeconds = 10 * 60;

function isPageLang(text: string | undefined): text is PageLang {
  return pageLanguages.some((lang) => lang === text);
}

/** Cookies of the console: only here, never for scripts. Lax, since the city's sign-in comes back by a link from its own address. */
export function createConsoleCookies(publicUrl: string) {
  const url = new URL(publicUrl);
  const path = `${url.pathname.replace(/\/+$/, "")}/console`;
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
    session: (c: Context) => getCookie(c, sessionCookie),
    setSession: (c: Context, session: string) => setCookie(c, sessionCookie, session, { ...options, maxAge: sessionSeconds }),
    dropSession: (c: Context) => setCookie(c, sessionCookie, "", { ...options, maxAge: 0 }),
    /** What a sign-in that is under way must come back with. */
    signIn: (c: Context) => getCookie(c, signInCookie),
    setSignIn: (c: Context, state: string) => setCookie(c, signInCookie, state, { ...options, maxAge: signInSeconds }),
    dropSignIn: (c: Context) => setCookie(c, signInCookie, "", { ...options, maxAge: 0 }),
  };
}

export type ConsoleCookies = ReturnType<typeof createConsoleCookies>;
