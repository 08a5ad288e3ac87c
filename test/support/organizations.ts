import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Hono } from "hono";
import pino from "pino";
import { loadContent } from "../../src/catalogue/content-store.ts";
import { type LiveCatalogue, openLiveCatalogue, openMemorySearch } from "../../src/catalogue/live-catalogue.ts";
import type { District, Need, Offer } from "../../src/core/offer.ts";
import type { Database } from "../../src/database/database.ts";
import { contacts, demand, invitations, organizationLetters, overrides, proposals, sessions, turns } from "../../src/database/schema.ts";
import { makeInvitation } from "../../src/people/invitations.ts";
import { openOrganizations } from "../../src/wire-organizations.ts";
import { offerOf } from "../catalogue/fixtures.ts";

export const publicUrl = "http://127.0.0.1:8787";
export const heim = "Beispiel-Heim Nord";
export const verein = "Verein & Söhne <b>";
export const at = new Date("2026-11-22T12:00:00Z");

const district = (number: number, name: string, postcodes: readonly string[] = []): District => ({
  number,
  name,
  quarters: [],
  aliases: [],
  postcodes: [...postcodes],
});
const eight = Array.from({ length: 8 }, (_, index) => `wort ${index}`);
const inEach = <Value>(value: Value) => ({
  de: value,
  en: value,
  tr: value,
  uk: value,
  ru: value,
  ar: value,
  it: value,
  fr: value,
  hr: value,
});
const needOf = (id: string): Need => ({ id, group: "pflege", label: inEach(`Thema ${id}`), words: inEach(eight) });
const unit = { de: "Betten", en: "beds" };

export const offers: readonly Offer[] = [
  offerOf("heim-kurz", {
    organization: heim,
    title: { de: "Kurzzeit-Pflege Nord", en: "Short-term care North", tr: "Kuzey bakım" },
    needs: ["kurzzeitpflege"],
    district: "Sendling",
    status: "checked",
    checkedAt: "2026-10-01",
    capacity: { unit, available: 3, maximum: 5, asOf: "2026-11-20T09:00:00Z" },
  }),
  offerOf("heim-tag", {
    organization: heim,
    title: { de: "Tages-Pflege Nord", en: "Day care North" },
    needs: ["kurzzeitpflege"],
    district: "Sendling",
  }),
  offerOf("verein-kurz", {
    organization: verein,
    title: { de: "Kurzzeit-Pflege Verein", en: "Short-term care" },
    needs: ["kurzzeitpflege"],
    district: "Laim",
  }),
  offerOf("verein-nah", {
    organization: verein,
    title: { de: "Pflege nebenan", en: "Care next door" },
    needs: ["kurzzeitpflege"],
    district: "Sendling-Westpark",
  }),
  offerOf("kita", { organization: "Kita Süd", district: "Sendling" }),
];

/** Empties the history of offers, which by itself only grows. */
export async function emptyHistory(db: Database): Promise<void> {
  await db.execute(sql`alter table override_changes disable trigger user`);
  await db.execute(sql`delete from override_changes`);
  await db.execute(sql`alter table override_changes enable trigger user`);
}

export async function loadOrganizations(db: Database, given: readonly Offer[] = offers): Promise<void> {
  await loadContent(db, {
    ...{ hash: randomUUID(), intents: [], questions: [], concepts: [], crises: { sentences: [], concepts: [] }, offers: given },
    needs: [needOf("kurzzeitpflege"), needOf("kita-platz")],
    districts: [district(6, "Sendling"), district(7, "Sendling-Westpark"), district(25, "Laim", ["80687"])],
  });
}

export async function emptyOrganizations(db: Database): Promise<void> {
  for (const table of [invitations, sessions, proposals, organizationLetters, overrides, demand, turns, contacts]) await db.delete(table);
  await db.execute("delete from demand_weeks");
}

/** A process with the pages of organisations. */
export interface OrganizationSite {
  readonly app: Hono;
  readonly catalogue: LiveCatalogue;
}

export async function openSite(
  db: Database,
  options: { readonly publicUrl?: string; readonly now?: () => Date } = {},
): Promise<OrganizationSite> {
  const catalogue = await openLiveCatalogue(db, openMemorySearch);
  const { routes: app } = openOrganizations({
    ...{ db, catalogue, publicUrl, onChange: catalogue.refresh, now: () => at, log: pino({ level: "silent" }) },
    ...options,
  });
  return { app, catalogue };
}

/** A browser of one person at a site: keeps cookies, sends an Origin with forms. */
export interface Visitor {
  get(
    path: string,
    headers?: Readonly<Record<string, string>>,
  ): Promise<{ readonly status: number; readonly html: string; readonly response: Response }>;
  post(
    path: string,
    fields?: Readonly<Record<string, string>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<{ readonly status: number; readonly html: string; readonly response: Response }>;
}

export function openVisitor({ app }: Pick<OrganizationSite, "app">, origin = publicUrl): Visitor {
  const jar = new Map<string, string>();
  async function send(path: string, init: RequestInit & { readonly headers: Record<string, string> }) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await app.request(path, { ...init, headers: { ...init.headers, Cookie: cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      const [name = "", value = ""] = pair.split("=");
      if (/Max-Age=0/.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    return { status: response.status, html: await response.text(), response };
  }
  return {
    get: (path, headers = {}) => send(path, { headers: { ...headers } }),
    post: (path, fields = {}, headers = {}) =>
      send(path, { method: "POST", body: new URLSearchParams(fields), headers: { Origin: origin, ...headers } }),
  };
}

/** A visitor who is signed in for an organisation. */
export async function signIn(db: Database, site: OrganizationSite, organization: string, now: Date = at): Promise<Visitor> {
  const { code } = await makeInvitation(db, { organization, purpose: "join", madeBy: "staff" }, now);
  const visitor = openVisitor(site);
  const { status } = await visitor.post("/provider/join", { code });
  if (status !== 303) throw new Error(`Signing in gave ${status}.`);
  return visitor;
}
