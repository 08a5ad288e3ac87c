import { createHash } from "node:crypto";
import { createApp } from "../../../src/app.ts";
import { readContent } from "../../../src/catalogue/content-files.ts";
import { loadContent } from "../../../src/catalogue/content-store.ts";
import { createHsdsRoutes } from "../../../src/catalogue/hsds/routes.ts";
import { openLiveCatalogue, openMemorySearch } from "../../../src/catalogue/live-catalogue.ts";
import type { Content } from "../../../src/core/content.ts";
import type { Offer } from "../../../src/core/offer.ts";
import type { Database } from "../../../src/database/database.ts";
import { projectRoot } from "../../../src/node-content.ts";
import { offerOf } from "../fixtures.ts";

/** The moment at which the tests look at the catalogue. */
export const now = new Date("2026-11-22T12:00:00Z");

const marienplatz = { street: "Marienplatz 8", postcode: "80331", city: "München" };

/** Constructed offers with everything that a record can say. */
export const constructed: readonly Offer[] = [
  offerOf("voll", {
    organization: "=Beispiel & Söhne",
    title: { de: "Ganz volles Angebot", en: "Full offer", tr: "Tam teklif" },
    forWhom: { de: "Für alle ab 3", en: "For all from 3" },
    age: { from: 3, to: 99 },
    cost: { free: false, text: { de: "5 € im Monat", en: "5 € a month" } },
    address: marienplatz,
    geo: { lat: 48.1374, lon: 11.5755 },
    district: "Altstadt-Lehel",
    openingHours: "Mo-Fr 08:00-12:00, 14:00-18:00; We off; Sa 09:00-13:00; PH off",
    papers: { de: "Ausweis", en: "Identity card" },
    skills: { de: "Zuhören", en: "Listening" },
    bookingUrl: "https://example.org/termin",
    phone: "+49 89 233-0",
    email: "info@example.org",
    online: true,
    languages: ["de", "tr", "Gebärdensprache"],
    wheelchair: true,
    status: "checked",
    checkedAt: "2026-11-01",
    validUntil: "2026-12-31",
    licence: "dl-de/by-2-0",
    capacity: { unit: { de: "Plätze", en: "places" }, available: 3, maximum: 10, asOf: "2026-11-21T09:00:00Z" },
  }),
  offerOf("zwei-orte", {
    needs: ["pflegeplatz"],
    cost: { free: true },
    locations: [
      {
        name: "Haus A",
        address: { ...marienplatz, postcode: "81371" },
        geo: { lat: 48.12, lon: 11.55 },
        phone: "1",
        email: "a@example.org",
        openingHours: "24/7",
      },
      { name: "Haus B", geo: { lat: 48.2, lon: 11.5 }, openingHours: "Apr-Oct Mo 10:00-12:00", wheelchair: false },
      { name: "Haus B", geo: { lat: 48.2, lon: 11.5 } },
    ],
  }),
  offerOf("fest", {
    kind: "event",
    needs: [],
    wheelchair: true,
    openingHours: "Su 10:00-12:00",
    dates: [
      { start: "2026-12-05T18:00:00+01:00", end: "2026-12-05T20:30:00+01:00" },
      { start: "2026-12-24", end: "2026-12-27" },
      { start: "2027-01-06" },
    ],
  }),
  offerOf("abgelaufen", { validUntil: "2026-11-20" }),
  offerOf("aufruf", { kind: "open-call", deadline: "2026-11-22" }),
  offerOf("aufruf-vorbei", { kind: "open-call", deadline: "2026-11-21" }),
  offerOf("projekt", {
    kind: "participation",
    participation: { phase: "open", from: "2026-11-01", to: "2026-12-01", how: { de: "Schreiben Sie uns.", en: "Write to us." } },
  }),
  offerOf("projekt-zu", { kind: "participation", participation: { phase: "closed" } }),
  offerOf("massnahme", { kind: "measure", measure: { field: "verwaltung", status: "running" } }),
  offerOf("auswaerts", { address: { street: "Am Ring 1", postcode: "01067", city: "Dresden" } }),
  offerOf("erfunden", { demo: true, title: { de: "Zaubertrank gratis", en: "Magic potion" } }),
];

let shipped: Promise<Content> | undefined;

/** What ships, with made-up and constructed offers. */
export async function readWorld(more: readonly Offer[] = constructed): Promise<Content> {
  shipped ??= readContent({ root: projectRoot, demo: true });
  const content = await shipped;
  const hash = createHash("sha256").update(JSON.stringify(more)).digest("hex").slice(0, 24);
  return { ...content, hash, offers: [...content.offers, ...more] };
}

/** The API over a database, asked as a program elsewhere does. */
export async function openApi(db: Database, publicUrl = "http://127.0.0.1:8787") {
  const catalogue = await openLiveCatalogue(db, openMemorySearch);
  const log = { error: () => undefined, warn: () => undefined };
  const clock = { now };
  const app = createApp({ routes: [createHsdsRoutes({ catalogue, publicUrl, now: () => clock.now })], log });
  const request = async (path: string, init?: RequestInit) => await app.request(`/hsds/v3${path}`, init);
  const json = async (path: string): Promise<unknown> => (await request(path)).json();
  return { app, catalogue, clock, request, json };
}

export { loadContent };
