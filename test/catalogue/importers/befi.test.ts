import { expect } from "vitest";
import { befi } from "../../../src/catalogue/importers/befi.ts";
import type { Answer } from "../../support/feed-host.ts";
import { describeImporter } from "./suite.ts";

// All records are constructed after the form of the catalogue.
const base = "/service/rs/befi/services";
const text = (name: string, label: string, value: string | null) => ({ id: name, name, label, type: "TEXT", value });
const description = (id: number, more: object = {}) => ({
  id,
  name: `Leistung ${id}`,
  language: "de",
  description: `<p>So geht die <b>Leistung ${id}</b>.</p>`,
  fields: [],
  synonyms: [],
  categryPath: { name: "Bürgerservice", nextLevel: { name: "Verkehr", nextLevel: null } },
  publicUrl: `https://stadt.example.org/service/info/leistung/${id}/`,
  public: true,
  lastModification: "2026-06-08T07:41:01",
  ...more,
});
const shapes = [
  description(1001, { name: "Seilbahnlizenz", synonyms: ["Gondelschein", "Gondel fahren dürfen"] }),
  description(1002, {
    fields: [
      text("GEBUEHRENRAHMEN", "Gebühren", "<p>12 Euro</p>"),
      text("UNTERLAGEN", "Benötigte Unterlagen", "<ul><li>Ausweis</li></ul>"),
    ],
  }),
  description(1003, { fields: [text("GEBUEHRENRAHMEN", "Gebühren", "kostenfrei")] }),
  description(1004, {
    fields: [{ id: "f", name: "FORMULARE", label: "Formulare", type: "LINK", values: [{ uri: "https://example.org", label: "Antrag" }] }],
  }),
  description(1005, { fields: [{ id: "x", name: "KARTE", label: "Karte", type: "MAP", value: {} }] }),
  description(1006, { fields: null, synonyms: null, categryPath: null }),
  description(1007, { language: "de-DE" }),
  description(1008, { description: "", fields: [text("LEISTUNG", "Beschreibung", "<p>Steht im Feld.</p>")] }),
  description(1009, { id: "1009" }),
  description(1010, { categryPath: "falsch" }),
  description(1011, { public: null, language: null, lastModification: undefined }),
  ...Array.from({ length: 20 }, (_, index) => description(1020 + index)),
];
const gone: Answer = (_request, response) => response.writeHead(410).end();
const broken: readonly (readonly [id: number, answer: Answer, reason: string])[] = [
  [2001, "{", "is not JSON"],
  [2002, JSON.stringify(description(2002, { name: "" })), "name:"],
  [2003, JSON.stringify(description(2003, { publicUrl: "javascript:alert(1)" })), "publicUrl:"],
  [2004, JSON.stringify(description(2004, { public: false })), "not public"],
  [2005, JSON.stringify(description(2005, { language: "en" })), "German is needed"],
  [2006, JSON.stringify(description(2006, { description: "<p> </p>" })), "description: there is none"],
  [2007, JSON.stringify(description(9999)), "that of 9999"],
  [2008, gone, "status 410"],
  [2009, JSON.stringify(description(2009, { fields: "keine" })), "fields:"],
];
const list = (ids: readonly unknown[]) => JSON.stringify({ ids: ids.map((id) => ({ id })) });
const serves = (own: readonly { readonly id: number }[]): Record<string, Answer> => ({
  [`${base}/list`]: list([...own.map(({ id }) => id), ...broken.map(([id]) => id), 2010, null]),
  ...Object.fromEntries(own.map((each) => [`${base}/${each.id}/description/`, JSON.stringify(each)])),
  ...Object.fromEntries(broken.map(([id, answer]) => [`${base}/${id}/description/`, answer])),
});

describeImporter({
  importer: befi,
  from: "/",
  full: {
    serves: serves(shapes),
    records: shapes.length,
    broken: [
      ...broken.map(([id, , reason]) => ({ place: `${base}/${id}/description/`, reason })),
      { place: `${base}/2010/description/`, reason: "status 404" },
      { place: "/ids/41", reason: "id:" },
    ],
  },
  fewer: { serves: serves(shapes.slice(3)), records: shapes.length - 3, gone: ["befi-1001", "befi-1002", "befi-1003"] },
  ruined: [
    { serves: {}, reason: `${base}/list answered with status 404` },
    { serves: { [`${base}/list`]: '{"items":[]}' }, reason: "no list /ids" },
    { serves: { [`${base}/list`]: "<html>" }, reason: "list is not JSON" },
    {
      serves: { ...serves(shapes), [`${base}/1030/description/`]: (_request, response) => response.writeHead(500).end() },
      reason: "1030/description/ answered with status 500. Nothing was changed. The next run goes on",
    },
  ],
  ask: { text: "wo krieg ich den gondelschein", id: "befi-1001" },
  shows: (offers) => {
    expect(offers.get("befi-1001")).toMatchObject({
      title: { de: "Seilbahnlizenz" },
      summary: { de: "So geht die Leistung 1001." },
      words: { de: ["Gondelschein", "Gondel fahren dürfen", "Verkehr"] },
      url: "https://stadt.example.org/service/info/leistung/1001/",
    });
    expect(offers.get("befi-1002")).toMatchObject({ cost: { free: false, text: { de: "12 Euro" } }, papers: { de: "- Ausweis" } });
    expect(offers.get("befi-1003")).toMatchObject({ cost: { free: true } });
    expect(offers.get("befi-1008")?.summary.de).toBe("Steht im Feld.");
  },
});
