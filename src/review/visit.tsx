import type { Context } from "hono";
import { html } from "hono/html";
import type { Child } from "hono/jsx";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Localized } from "../core/languages.ts";
import { providerRole } from "../core/people.ts";
import type { OrganizationLetters, ProviderAccess, ProviderOffers } from "../core/provider.ts";
import { type Refusal, RefusedPage } from "./arrival-pages.tsx";
import { isUnread } from "./letters-page.tsx";
import { createCookies } from "./provider-guard.ts";
import type { PageLang } from "./words.ts";

/** What the pages for organisations stand on. */
export interface ProviderPagesParts {
  readonly access: ProviderAccess;
  readonly offers: ProviderOffers;
  readonly letters: OrganizationLetters;
  /** What can be counted; forms name a unit by its place. */
  readonly units: readonly Localized[];
  readonly needLabel: (need: string, lang: PageLang) => string | undefined;
  readonly publicUrl: string;
}

/** A request with what every page needs to know. */
export interface Arrival {
  readonly c: Context;
  readonly frame: { readonly lang: PageLang; readonly base: string; readonly self: string };
}

/** A request of somebody who is signed in. */
export interface Visit extends Arrival {
  readonly frame: Arrival["frame"] & { readonly organization: string; readonly unread: number };
}

const statuses: { readonly [reason in Refusal]: ContentfulStatusCode } = {
  unknown: 404,
  used: 410,
  expired: 410,
  revoked: 410,
  "signed-out": 401,
  goodbye: 200,
  "not-found": 404,
  forbidden: 403,
  "wrong-role": 403,
  invalid: 400,
  "too-large": 413,
  fault: 500,
};

/** Sends a page. */
export async function show({ c, frame }: Arrival, page: Child, status: ContentfulStatusCode = 200): Promise<Response> {
  c.header("Content-Language", frame.lang);
  return await c.html(html`<!doctype html>${page}`, status);
}

/** Says why something is not shown; the page tells nothing of whether it exists. */
export async function refuse(arrival: Arrival, reason: Refusal): Promise<Response> {
  return await show(arrival, <RefusedPage {...arrival.frame} reason={reason} />, statuses[reason]);
}

export type Reception = ReturnType<typeof createReception>;

/** Receives requests: reads language and session. */
export function createReception({ access, letters, publicUrl }: ProviderPagesParts) {
  const cookies = createCookies(publicUrl, "provider");
  const base = new URL(publicUrl).pathname.replace(/\/+$/, "");

  /** The address of a page that can be opened again, without the language. */
  function selfOf(c: Context): string {
    const { pathname, searchParams } = new URL(c.req.url);
    if (c.req.method !== "GET") return `${base}/provider`;
    for (const passing of ["lang", "done", "offer"]) searchParams.delete(passing);
    return `${base}${pathname}${searchParams.size === 0 ? "" : `?${searchParams}`}`;
  }

  const arrive = (c: Context): Arrival => ({ c, frame: { lang: cookies.lang(c), base, self: selfOf(c) } });

  return {
    base,
    cookies,
    arrive,
    /** Answers an organisation that is signed in; all others are told that they are not, or that theirs is another role. */
    signedIn: (answer: (visit: Visit) => Promise<Response>) => async (c: Context) => {
      const arrival = arrive(c);
      const session = cookies.session(c);
      const found = session === undefined ? undefined : await access.find(session);
      if (found === undefined) return await refuse(arrival, "signed-out");
      if (found.role !== providerRole) return await refuse(arrival, "wrong-role");
      const { organization } = found;
      const unread = (await letters.list(organization)).filter((letter) => isUnread(letter, organization)).length;
      return await answer({ c, frame: { ...arrival.frame, organization, unread } });
    },
  };
}
