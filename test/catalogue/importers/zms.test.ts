import { describe, expect, it } from "vitest";
import type { SourceAccess, SourceItem } from "../../../src/catalogue/importers/importer.ts";
import { zms } from "../../../src/catalogue/importers/zms.ts";
import { describeImporter } from "./suite.ts";

// All records are constructed after the form of the feed; nothing is copied from it.
const office = (id: string, name: string, more: object = {}) => ({
  id,
  name: `${name} (X-1)`,
  displayName: name,
  organization: "Landeshauptstadt München",
  organizationUnit: "Kreisverwaltungsreferat",
  address: { house_number: "1", city: "München", postal_code: "81371", street: "Probestraße" },
  geo: { lat: 48.1227, lon: 11.5488 },
  contact: { email: "probe@example.org", fax: "089 1", phone: "089 2" },
  services: [],
  ...more,
});
const offices = [
  office("501", "Bürgerbüro Probe"),
  office("502", "Bürgerbüro Muster", {
    address: { house_number: "", city: "München", postal_code: "80331", street: "Musterplatz" },
    geo: null,
    contact: {},
  }),
  office("503", "Textilmanagement"),
  office("504", "Amt ohne Adresse", { address: null, contact: { email: "none" }, organization: null, organizationUnit: null }),
  office("505", "Amt mit Text", { geo: { lat: "48.14", lon: "11.58" } }),
  office("506", "Amt im Haus", { public: false }),
];
const service = (number: number, more: object = {}) => ({
  id: String(7_000_000 + number),
  name: `Probedienst ${number}`,
  description: `<p>Hier bekommen Sie den Probedienst ${number}.</p><ul><li>Erstens &amp; zweitens</li></ul>`,
  fees: `<p>${10 + number} Euro</p>`,
  duration: 10,
  links: [],
  officeIds: ["501"],
  ...more,
});
const shapes = [
  service(1, { name: "Parkausweis für Lastenräder", keywords: ["Lastenrad abstellen", "Cargobike"], officeIds: ["501", "502"] }),
  service(2, { fees: "kostenfrei" }),
  service(3, { fees: "" }),
  service(4, { description: "", officeIds: ["501", "502"] }),
  service(5, { description: null, fees: null }),
  service(6, { keywords: "Wort eins, Wort zwei" }),
  service(7, { meta: { keywords: "aus dem Kopf; noch eins", url: "https://example.org" } }),
  service(8, { officeIds: ["504"] }),
  service(9, { officeIds: ["505"] }),
  service(10, { officeIds: [] }),
  service(11, { id: 7_000_011 }),
  service(12, { officeIds: ["501", "506", "999"] }),
  service(13, { description: "Ohne Auszeichnung." }),
  service(14, { description: `<p>${"Ein langer Satz über die Probe. ".repeat(80)}</p>` }),
  service(15, { fees: "<p>Siehe Übersicht</p>" }),
  service(16, { public: true }),
  ...Array.from({ length: 16 }, (_, index) => service(20 + index)),
];
const broken = [
  { entry: "{ not json", reason: "the line is not JSON" },
  { entry: service(80, { name: "" }), reason: "name:" },
  { entry: service(81, { id: undefined }), reason: "id:" },
  { entry: service(82, { description: "", officeIds: [] }), reason: "neither a text nor an office" },
  { entry: service(83, { officeIds: ["503"] }), reason: "own staff only: Textilmanagement" },
  { entry: service(84, { public: false }), reason: "not public" },
  { entry: service(85, { description: { text: "x" } }), reason: "description:" },
  { entry: service(86, { keywords: 5 }), reason: "keywords:" },
  { entry: [], reason: "the entry:" },
];
const brokenOffice = { id: "509", name: "  " };
const lines = (entries: readonly unknown[]) =>
  entries.map((entry) => (typeof entry === "string" ? entry : JSON.stringify(entry))).join("\n");
const feed = (services: readonly unknown[]) => ({
  "/feed/services.jsonl": lines(services),
  "/feed/offices.jsonl": lines([...offices, brokenOffice]),
});
const full = [...shapes, ...broken.map(({ entry }) => entry)];

describeImporter({
  importer: zms,
  from: "/feed/services.jsonl",
  full: {
    serves: feed([...full, service(1, { name: "Noch einmal" })]),
    records: shapes.length,
    broken: [
      ...broken.map(({ reason }, index) => ({ place: `services.jsonl:${shapes.length + index + 1}`, reason })),
      { place: "offices.jsonl:7", reason: "name:" },
      { place: "record 7000001", reason: "twice" },
    ],
  },
  fewer: { serves: feed(full.slice(3)), records: shapes.length - 3, gone: ["zms-7000001", "zms-7000002", "zms-7000003"] },
  ruined: [
    { serves: { ...feed(full), "/feed/services.jsonl": "<html>Wartung</html>" }, reason: "services.jsonl is not JSON" },
    { serves: { ...feed(full), "/feed/services.jsonl": "a\nb" }, reason: "no line of it" },
    { serves: { "/feed/services.jsonl": lines(full) }, reason: "/feed/offices.jsonl answered with status 404" },
    { serves: { ...feed(full), "/feed/services.jsonl": '{"meta":{}}' }, reason: 'no list "data"' },
  ],
  ask: { text: "ich brauche einen parkausweis für mein cargobike", id: "zms-7000001" },
  shows: (offers) => {
    expect(offers.get("zms-7000001")).toMatchObject({
      words: { de: ["Lastenrad abstellen", "Cargobike"] },
      summary: { de: "Hier bekommen Sie den Probedienst 1.\n- Erstens & zweitens" },
      cost: { free: false, text: { de: "11 Euro" } },
      locations: [
        {
          name: "Bürgerbüro Probe",
          address: { street: "Probestraße 1", postcode: "81371", city: "München" },
          district: "Sendling",
          phone: "089 2",
        },
        { name: "Bürgerbüro Muster", address: { street: "Musterplatz", postcode: "80331", city: "München" } },
      ],
      bookingUrl: "https://stadt.muenchen.de/buergerservice/terminvereinbarung.html#/services/7000001",
      organization: "Landeshauptstadt München, Kreisverwaltungsreferat",
    });
    expect(offers.get("zms-7000002")).toMatchObject({ cost: { free: true }, address: { street: "Probestraße 1" }, district: "Sendling" });
    expect(offers.get("zms-7000003")?.cost).toBeUndefined();
    expect(offers.get("zms-7000004")?.summary.de).toBe("Einen Termin dafür gibt es an 2 Orten. Einer davon ist: Bürgerbüro Probe.");
    expect(offers.get("zms-7000006")?.words?.de).toEqual(["Wort eins", "Wort zwei"]);
    expect(offers.get("zms-7000007")?.words?.de).toEqual(["aus dem Kopf", "noch eins"]);
    expect(offers.get("zms-7000008")).toMatchObject({ organization: "Landeshauptstadt München" });
    expect(offers.get("zms-7000008")).not.toHaveProperty("address");
    expect(offers.get("zms-7000010")).not.toHaveProperty("bookingUrl");
    expect(offers.get("zms-7000014")?.summary.de.length).toBeLessThanOrEqual(600);
    expect(offers.get("zms-7000015")?.cost).toBeUndefined();
  },
});

describe("the live form of the feed", () => {
  it("has data in one document a file, services under the offices, and words in `meta`", async () => {
    const files: Record<string, string> = {
      "/services_de.json": JSON.stringify({
        data: [
          { ...service(1), officeIds: undefined, meta: { keywords: "Perso, Ausweis" } },
          service(2, { officeIds: undefined }),
          { id: 3 },
        ],
        meta: { datacount: 3 },
      }),
      "/locations_de.json": JSON.stringify({
        data: [office("501", "Bürgerbüro Probe", { services: [{ service: 7_000_001 }, { service: "7000002", public: false }] })],
      }),
    };
    const access: SourceAccess = {
      fetch: async (url) => ({ status: 200, headers: {}, body: new TextEncoder().encode(files[new URL(url).pathname]), url }),
      readFile: () => expect.unreachable(),
      cursor: undefined,
      now: new Date(),
      onProgress: () => undefined,
    };
    const items: SourceItem[] = [];
    for await (const item of zms.read({ from: { url: "https://example.org/services_de.json" }, options: {} }, access)) items.push(item);
    expect(items).toMatchObject([
      { externalId: "7000001", offer: { words: { de: ["Perso", "Ausweis"] }, address: { postcode: "81371" } } },
      { externalId: "7000002", offer: { kind: "service" } },
      { kind: "rejected", place: "services_de.json/data/2", reason: expect.stringContaining("name") },
    ]);
    expect(items[1]).not.toHaveProperty("offer.address");
  });
});
