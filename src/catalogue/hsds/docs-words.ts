import type { ParameterName } from "./parameters.ts";

/** The languages of the page for developers. */
export const docsLanguages = ["de", "en"] as const;

export type DocsLang = (typeof docsLanguages)[number];

type Text = { readonly [lang in DocsLang]: string };

/** What each parameter asks for. */
export const parameterTexts: { readonly [name in ParameterName]: Text } = {
  search: {
    de: "Text, der gesucht wird. Die besten 500 Treffer, die besten zuerst.",
    en: "Text to look for. The best 500 hits, best first.",
  },
  page: { de: "Nummer der Seite, ab 1.", en: "Number of the page, from 1 on." },
  per_page: {
    de: "Einträge auf einer Seite: höchstens 100, ohne Angabe 50. Mit minimal höchstens 10.000, ohne Angabe 10.000.",
    en: "Entries on a page: at most 100, 50 without a wish. With minimal at most 10,000, 10,000 without a wish.",
  },
  format: { de: "Nur json.", en: "Only json." },
  modified_after: {
    de: "Nur was an oder nach diesem Tag oder Moment (ISO 8601) geändert wurde. Ohne Zeitzone gilt UTC.",
    en: "Only what changed on or after this day or moment (ISO 8601). Without an offset it is UTC.",
  },
  taxonomy_term_id: { de: "Nur Angebote für diesen Bedarf oder diese Gruppe.", en: "Only services for this need or this group." },
  taxonomy_id: { de: "Nur was einen Begriff aus dieser Taxonomie hat.", en: "Only what has a term of this taxonomy." },
  organization_id: { de: "Nur Angebote dieser Organisation.", en: "Only services of this organisation." },
  postcode: {
    de: "Postleitzahl der Adresse; mit proximity der Mittelpunkt der Stadtbezirke mit dieser Postleitzahl.",
    en: "Postcode of the address; with proximity the middle of the city districts with this postcode.",
  },
  proximity: {
    de: "Umkreis in Metern um postcode oder um lat und lon, die nächsten zuerst. Nur Orte mit Koordinaten.",
    en: "Distance in metres around postcode, or around lat and lon, the nearest first. Only places with coordinates.",
  },
  lat: {
    de: "Geografische Breite in Grad, zusammen mit lon und proximity. Nicht in HSDS.",
    en: "Latitude in degrees, with lon and proximity. Not in HSDS.",
  },
  lon: {
    de: "Geografische Länge in Grad, zusammen mit lat und proximity. Nicht in HSDS.",
    en: "Longitude in degrees, with lat and proximity. Not in HSDS.",
  },
  minimal: {
    de: "Nur id, name, status und last_modified: so sieht man, was sich geändert hat und was es nicht mehr gibt.",
    en: "Only id, name, status and last_modified: they tell what changed and what is gone.",
  },
  full: {
    de: "Einträge mit allem, was zu ihnen gehört; Organisationen mit id, name, status und last_modified ihrer Angebote.",
    en: "Entries with all that belongs to them; organisations with id, name, status and last_modified of their services.",
  },
  full_service: {
    de: "Organisationen mit ganzen Angeboten, höchstens 1.000 auf einer Seite.",
    en: "Organisations with whole services, at most 1,000 on a page.",
  },
  top_only: { de: "Nur Gruppen: Begriffe ohne Oberbegriff.", en: "Only groups: terms without a parent." },
  parent_id: { de: "Nur Begriffe unter diesem.", en: "Only terms below this one." },
};

/** What each route gives. */
export const routeTexts = {
  root: { de: "Angaben über diese Schnittstelle.", en: "What this API is." },
  services: { de: "Angebote.", en: "Services." },
  service: { de: "Ein Angebot mit allem, was dazu gehört.", en: "A service with all that belongs to it." },
  service_at_locations: { de: "Angebote an ihren Orten.", en: "Services at their locations." },
  service_at_location: { de: "Ein Angebot an einem Ort.", en: "A service at a location." },
  organizations: { de: "Organisationen.", en: "Organisations." },
  organization: { de: "Eine Organisation mit ihren Angeboten.", en: "An organisation with its services." },
  taxonomies: { de: "Taxonomien; es gibt eine.", en: "Taxonomies; there is one." },
  taxonomy: { de: "Eine Taxonomie.", en: "A taxonomy." },
  taxonomy_terms: { de: "Bedarfe und ihre Gruppen.", en: "Needs and their groups." },
  taxonomy_term: { de: "Ein Bedarf oder eine Gruppe.", en: "A need or a group." },
} as const satisfies { readonly [route: string]: Text };

/** The page's own sentences. */
export const pageTexts = {
  title: { de: "Offene Daten: HSDS 3.1", en: "Open data: HSDS 3.1" },
  lead: {
    de: "Der Katalog von Stadtlotse als Schnittstelle nach dem offenen Standard HSDS 3.1 (Open Referral). Sie liest nur, braucht keinen Schlüssel und darf von jeder Seite genutzt werden.",
    en: "The catalogue of Stadtlotse as an API of the open standard HSDS 3.1 (Open Referral). It only reads, needs no key, and any site may use it.",
  },
  otherLanguage: { de: "English", en: "Deutsch" },
  openapi: { de: "Beschreibung für Programme (OpenAPI)", en: "Description for programs (OpenAPI)" },
  rulesTitle: { de: "Was man wissen muss", en: "What to know" },
  rules: {
    de: [
      "Texte sind deutsch. Andere Sprachen stehen in den Attributen der Art translation.",
      "Was nicht bekannt ist, fehlt. Freie Plätze tragen den Moment, in dem sie gezählt wurden.",
      "Wessen letzter Tag vorbei ist, hat den Status inactive. Was zurückgezogen wurde, fehlt ganz: Die Liste mit minimal zeigt, was es noch gibt.",
      "Die Quelle und die Lizenz jedes Angebots stehen in seinen Attributen (source, licence). Ohne Lizenz fragen Sie die Quelle.",
      "Ein Parameter, den es nicht gibt oder der nicht passt, gibt 400 mit dem Grund. Filter gelten zusammen.",
      "Fragen Sie mit If-None-Match, kostet eine unveränderte Antwort nichts. Beim Abgleich mit modified_after gehen Sie eine Minute vor die letzte Abfrage zurück.",
    ],
    en: [
      "Texts are German. Other languages stand in the attributes of the type translation.",
      "What is not known is absent. Free places carry the moment of their count.",
      "What has passed its last day has the status inactive. What was withdrawn is absent: the list with minimal tells what there still is.",
      "The source and the licence of each service stand in its attributes (source, licence). Without a licence, ask the source.",
      "A parameter that does not exist or does not fit gives 400 with the reason. Filters count together.",
      "Ask with If-None-Match, and an unchanged answer costs nothing. When you follow changes by modified_after, go back to a minute before your last request.",
    ],
  },
  routesTitle: { de: "Adressen", en: "Routes" },
  parametersOf: { de: "Parameter", en: "Parameters" },
  noParameters: { de: "Keine Parameter.", en: "No parameters." },
  example: { de: "Beispiel", en: "Example" },
} as const;
