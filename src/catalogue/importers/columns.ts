import { CORE_SCHEMA, load, YAMLException } from "js-yaml";
import { z } from "zod";
import { languages } from "../../core/languages.ts";
import type { SourceAccess, SourceLocation } from "./importer.ts";
import { brokenSource, decodeUtf8, placeOf, readWhole } from "./source.ts";

const plainFields = [
  ...["id", "kind", "organization", "needs", "url", "bookingUrl", "phone", "email", "online", "languages", "wheelchair", "licence"],
  ...["address", "street", "postcode", "city", "lat", "lon", "district", "openingHours", "ageFrom", "ageTo", "cost", "free"],
  ...["start", "end", "startTime", "endTime", "deadline", "validUntil", "available", "maximum", "unit", "asOf"],
  ...["phase", "from", "to", "measureField", "measureStatus"],
];
const textFields = ["title", "summary", "forWhom", "papers", "skills", "words", "how"];
const fields = new Set([...plainFields, ...textFields, ...textFields.flatMap((field) => languages.map((lang) => `${field}.${lang}`))]);

/** A table's columns, from 0, by the field that each fills. */
export type Columns = ReadonlyMap<string, number>;

/** Headers that are known without a mapping, in small letters without spaces, dots and hyphens; they stand in docs/importers.md. */
export const knownHeaders: Readonly<Record<string, readonly string[]>> = {
  id: ["id", "nr", "nummer", "kennung", "angebotsnummer", "kursnummer", "externeid"],
  title: ["titel", "title", "name", "angebot", "bezeichnung", "veranstaltung", "kurs", "kurstitel", "angebotsname"],
  summary: ["beschreibung", "kurzbeschreibung", "inhalt", "text", "summary", "description"],
  organization: ["träger", "anbieter", "organisation", "einrichtung", "veranstalter", "verein", "institution", "organization"],
  kind: ["art", "typ", "kind"],
  needs: ["bedarf", "bedarfe", "needs"],
  url: ["link", "url", "webseite", "website", "homepage", "internet", "web"],
  bookingUrl: ["anmeldung", "anmeldelink", "buchung", "terminbuchung"],
  phone: ["telefon", "tel", "telefonnummer", "phone", "rufnummer"],
  email: ["email", "mail", "emailadresse"],
  address: ["adresse", "anschrift", "ort/adresse", "veranstaltungsort", "address"],
  street: ["straße", "strasse", "straßehausnummer", "straßeundhausnummer", "straßehausnr", "street"],
  postcode: ["plz", "postleitzahl", "postcode"],
  city: ["ort", "stadt", "gemeinde", "city"],
  lat: ["breite", "breitengrad", "latitude", "lat"],
  lon: ["länge", "längengrad", "longitude", "lon", "lng"],
  district: ["stadtbezirk", "bezirk", "district"],
  openingHours: ["öffnungszeitenosm", "openinghours"],
  forWhom: ["zielgruppe", "fürwen", "zielgruppen"],
  ageFrom: ["altervon", "mindestalter", "abalter"],
  ageTo: ["alterbis", "höchstalter", "bisalter"],
  cost: ["kosten", "preis", "gebühr", "entgelt", "eintritt", "cost"],
  free: ["kostenlos", "kostenfrei"],
  start: ["beginn", "start", "datum", "startdatum", "von", "termin"],
  end: ["ende", "end", "enddatum", "bis"],
  startTime: ["uhrzeit", "beginnuhrzeit", "uhrzeitvon", "startzeit"],
  endTime: ["endeuhrzeit", "uhrzeitbis", "endzeit"],
  deadline: ["frist", "bewerbungsfrist", "anmeldeschluss", "einsendeschluss"],
  validUntil: ["gültigbis", "ablaufdatum"],
  languages: ["sprachen", "sprache", "languages"],
  wheelchair: ["barrierefrei", "rollstuhlgerecht", "rollstuhl"],
  available: ["freieplätze", "freie", "frei", "available"],
  maximum: ["plätze", "plätzegesamt", "gesamtplätze", "maximum"],
  unit: ["platzart", "einheit"],
  asOf: ["stand", "standvom"],
  papers: ["unterlagen", "benötigteunterlagen", "dokumente"],
  skills: ["kenntnisse", "fähigkeiten"],
  words: ["stichworte", "stichwörter", "schlagworte", "schlagwörter", "keywords"],
  online: ["online"],
  licence: ["lizenz", "licence"],
};

const fieldOfHeader = new Map(
  Object.entries(knownHeaders).flatMap(([field, headers]) => headers.map((header) => [header, field] as const)),
);

function fold(header: string): string {
  return header
    .normalize("NFC")
    .toLowerCase()
    .replace(/[\s.:_*()-]+/g, "");
}

const Mapping = z.record(z.string().trim().min(1), z.string());

function parsePairs(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    text.split(/[;,]/).map((pair) => {
      const at = pair.lastIndexOf(":");
      return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    }),
  );
}

async function readMapping({ options }: SourceLocation, access: SourceAccess): Promise<Readonly<Record<string, string>> | undefined> {
  const [pairs, path] = [options["columns"], options["mapping"]];
  if (path === undefined) return pairs === undefined ? undefined : parsePairs(pairs);
  try {
    const parsed = Mapping.safeParse(load(decodeUtf8(await readWhole(path, access), path), { schema: CORE_SCHEMA }));
    if (parsed.success) return parsed.data;
    throw brokenSource(path, "a mapping has a line `column: field` for each column");
  } catch (error) {
    if (error instanceof YAMLException) throw brokenSource(`${path}:${(error.mark?.line ?? 0) + 1}`, error.reason, error);
    throw error;
  }
}

function guess(headers: readonly string[]): Columns {
  const columns = new Map<string, number>();
  for (const [index, header] of headers.entries()) {
    const field = fields.has(header) ? header : fieldOfHeader.get(fold(header));
    if (field !== undefined && !columns.has(field)) columns.set(field, index);
  }
  return columns;
}

function applyMapping(mapping: Readonly<Record<string, string>>, headers: readonly string[], place: string): Columns {
  const columns = new Map<string, number>();
  for (const [header, field] of Object.entries(mapping)) {
    const index = headers.findIndex((each) => fold(each) === fold(header));
    if (index < 0) throw brokenSource(place, `there is no column "${header}"; there are: ${headers.slice(0, 40).join(", ").slice(0, 400)}`);
    if (!fields.has(field))
      throw brokenSource(place, `"${field}" is no field; fields are: ${[...fields].filter((each) => !each.includes(".")).join(", ")}`);
    if (columns.has(field)) throw brokenSource(place, `two columns fill the field ${field}`);
    columns.set(field, index);
  }
  return columns;
}

/**
 * Which column fills which field: by the option `mapping` (a YAML or JSON file) or `columns` ("Kursname:title,Wo:address"), and
 * without either by `knownHeaders`. Throws SOURCE_INVALID where no column is a title.
 */
export async function findColumns(headers: readonly string[], location: SourceLocation, access: SourceAccess): Promise<Columns> {
  const place = placeOf(location);
  const mapping = await readMapping(location, access);
  const columns = mapping === undefined ? guess(headers) : applyMapping(mapping, headers, place);
  if (columns.has("title") || columns.has("title.de")) return columns;
  throw brokenSource(
    place,
    `no column is known as the title; the columns are: ${headers.slice(0, 40).join(", ").slice(0, 400)}. Name it with the option columns=<column>:title`,
  );
}
