import type { Context } from "hono";
import { html } from "hono/html";
import type { Child } from "hono/jsx";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { AuditLog } from "../../core/audit.ts";
import type { Staff, StaffAccess, StaffLang } from "../../core/people.ts";
import { createCookies } from "../provider-guard.ts";
import { allowNonce } from "./guard.ts";
import { type Refusal, RefusedPage } from "./refused-page.tsx";
import { type ConsoleSection, mayUse } from "./routes.ts";

/** What the menu shows of a section. */
export interface MenuItem {
  readonly name: ConsoleSection["name"];
  readonly path: string;
  readonly count: number | undefined;
}

/** What every page needs to know. */
export interface Frame {
  readonly lang: StaffLang;
  /** The path that PUBLIC_URL lies below, without a slash at its end. */
  readonly base: string;
  /** The address of this page, or of one that can be opened instead. */
  readonly self: string;
  readonly nonce: string;
  readonly staff: Staff | undefined;
  readonly menu: readonly MenuItem[];
}

/** A request. */
export interface Arrival {
  readonly c: Context;
  readonly frame: Frame;
}

/** A request of somebody who is signed in and may do what was asked for. */
export interface Visit extends Arrival {
  readonly frame: Frame & { readonly staff: Staff };
  readonly staff: Staff;
  /** Who does it, as the audit log names them. */
  readonly by: string;
  /** Writes into the audit log, in a transaction of its own: for pages that show what people wrote. Actions record in their own transaction. */
  record(action: string, subject?: string): Promise<void>;
}

const statuses: { readonly [reason in Refusal]: ContentfulStatusCode } = {
  ...{ unknown: 404, used: 410, expired: 410, revoked: 410, goodbye: 200, "not-found": 404 },
  ...{ "wrong-role": 403, forbidden: 403, "no-role": 403, disabled: 403, "sign-in-failed": 400 },
  ...{ invalid: 400, "too-large": 413, fault: 500 },
};

/** Sends a page. */
export async function show({ c, frame }: Arrival, page: Child, status: ContentfulStatusCode = 200): Promise<Response> {
  c.header("Content-Language", frame.lang);
  return await c.html(html`<!doctype html>${page}`, status);
}

/** Says why something is not shown. */
export async function refuse(arrival: Arrival, reason: Refusal): Promise<Response> {
  return await show(arrival, <RefusedPage {...arrival.frame} reason={reason} />, statuses[reason]);
}

/** Where an action leads after it is done; `done` says so at the top of that page. */
export function goTo({ c, frame }: Arrival, path: `/console${string}`): Response {
  return c.redirect(`${frame.base}${path}`, 303);
}

/** The request of a page that looks by itself whether there is something new. */
function isQuiet(c: Context): boolean {
  return c.req.header("X-Quiet") === "1" || c.req.path.endsWith("/console/events");
}

export interface ReceptionParts {
  readonly access: StaffAccess;
  readonly log: Pick<AuditLog, "record">;
  readonly sections: readonly ConsoleSection[];
  readonly publicUrl: string;
}

export type Reception = ReturnType<typeof createReception>;

/** Receives requests: reads language and session. */
export function createReception({ access, log, sections, publicUrl }: ReceptionParts) {
  const cookies = createCookies(publicUrl, "console");
  const base = new URL(publicUrl).pathname.replace(/\/+$/, "");

  /** The address of a page that can be opened again, without what passes; after an action, of the part that it belongs to. */
  function selfOf(c: Context): string {
    const { pathname, searchParams } = new URL(c.req.url);
    if (c.req.method !== "GET") {
      const own = [...sections.map(({ path }) => path), "/console/account"].find(
        (path) => pathname === path || pathname.startsWith(`${path}/`),
      );
      return `${base}${own ?? "/console"}`;
    }
    for (const passing of ["lang", "done"]) searchParams.delete(passing);
    return `${base}${pathname}${searchParams.size === 0 ? "" : `?${searchParams}`}`;
  }

  const arrive = (c: Context): Arrival => ({
    c,
    frame: { lang: cookies.lang(c), base, self: selfOf(c), nonce: allowNonce(c), staff: undefined, menu: [] },
  });

  async function menuOf(staff: Staff): Promise<readonly MenuItem[]> {
    const own = sections.filter(({ roles }) => mayUse(roles, staff));
    return await Promise.all(own.map(async ({ name, path, count }) => ({ name, path, count: await count?.() })));
  }

  /** The page where somebody signs in, and from there comes back. Pages that fetch parts are told by a header to go there as a whole. */
  function toSignIn({ c, frame }: Arrival): Response {
    const next = c.req.method === "GET" ? `?next=${encodeURIComponent(frame.self)}` : "";
    const address = `${base}/console/sign-in${next}`;
    if (c.req.header("HX-Request") === undefined) return c.redirect(address, 303);
    c.header("HX-Redirect", address);
    return c.body(null, 401);
  }

  async function findSession(c: Context) {
    const session = cookies.session(c);
    return session === undefined ? undefined : await access.find(session, isQuiet(c));
  }

  return {
    base,
    cookies,
    arrive,
    /** Greets whoever it is: with the menu where somebody is signed in. */
    greet: async (c: Context): Promise<Arrival | Visit> => {
      const arrival = arrive(c);
      const found = await findSession(c);
      if (found?.kind !== "staff") return arrival;
      const { staff } = found;
      return { ...arrival, frame: { ...arrival.frame, staff, menu: await menuOf(staff) } };
    },
    /** Answers those who have one of these roles. */
    admit: (roles: readonly Staff["role"][], answer: (visit: Visit) => Promise<Response>) => async (c: Context) => {
      const arrival = arrive(c);
      const found = await findSession(c);
      if (found === undefined) return toSignIn(arrival);
      if (found.kind === "provider") return await refuse(arrival, "wrong-role");
      const { staff } = found;
      const frame = { ...arrival.frame, staff, menu: await menuOf(staff) };
      if (!mayUse(roles, staff)) return await refuse({ c, frame }, "wrong-role");
      const by = `account:${staff.account}`;
      return await answer({ c, frame, staff, by, record: (action, subject) => log.record({ by, action, subject }) });
    },
  };
}
