import { createHash } from "node:crypto";
import { languages } from "../../core/languages.ts";
import { offerKinds } from "../../core/offer.ts";
import { addressOf, geoPoint, splitAddress } from "./address.ts";
import { costOf, emailAddress, httpUrl, longest, phoneNumber, plainLine, plainText } from "./clean.ts";
import type { Columns } from "./columns.ts";
import { addDays, joinTime, parseDay, parseMoment, upcoming } from "./dates.ts";
import { type OfferDraft, RowError } from "./record.ts";

/** The text of a cell by the field that its column fills; undefined where it is empty or there is no such column. */
export type Cells = (field: string) => string | undefined;

const kindWords: Readonly<Record<string, string>> = {
  angebot: "service",
  beratung: "service",
  veranstaltung: "event",
  kurs: "course",
  beteiligung: "participation",
  maßnahme: "measure",
  ausschreibung: "open-call",
  wettbewerb: "open-call",
  labor: "lab",
};

/** The cells of a row, by field. */
export function cellsOf(columns: Columns, row: readonly string[]): Cells {
  return (field) => plainText(row[columns.get(field) ?? -1], longest.summary);
}

function yesNo(field: string, text: string | undefined): boolean | undefined {
  if (text === undefined) return undefined;
  if (/^(?:ja|j|x|1|true|wahr|yes)$/i.test(text)) return true;
  if (/^(?:nein|n|0|false|falsch|no|-)$/i.test(text)) return false;
  throw new RowError(`${field}: "${text.slice(0, 40)}" is neither ja nor nein`);
}

function count(field: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,6}$/.test(text)) throw new RowError(`${field}: "${text.slice(0, 40)}" is not a whole number`);
  return Number(text);
}

function day(field: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const read = parseDay(text);
  if (read === undefined) throw new RowError(`${field}: "${text.slice(0, 40)}" is not a date`);
  return read;
}

function moment(field: string, text: string | undefined, time: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const read = time === undefined ? parseMoment(text) : joinTime(text, time);
  if (read === undefined)
    throw new RowError(
      `${field}: "${[text, time]
        .filter((each) => each !== undefined)
        .join(" ")
        .slice(0, 40)}" is not a date`,
    );
  return read;
}

/** A text in the languages it has columns for; the column without a language is German. */
function localized(cells: Cells, field: string, maxLength: number): { readonly de: string } | undefined {
  const texts = languages.map((lang) => [lang, cells(`${field}.${lang}`) ?? (lang === "de" ? cells(field) : undefined)] as const);
  const de = texts.find(([lang]) => lang === "de")?.[1];
  if (de === undefined) return undefined;
  const clean = (text: string) => (field === "summary" ? plainText(text, maxLength) : plainLine(text, maxLength));
  return {
    ...Object.fromEntries(texts.filter(([, text]) => text !== undefined).map(([lang, text]) => [lang, clean(text ?? "")])),
    de: clean(de) ?? de,
  };
}

function kindOf(text: string | undefined, fallback: string | undefined): OfferDraft["kind"] {
  const word = (text ?? fallback ?? "service").toLowerCase();
  const kind = offerKinds.find((each) => each === (kindWords[word] ?? word));
  if (kind === undefined) throw new RowError(`kind: "${word.slice(0, 40)}" is none of ${offerKinds.join(", ")}`);
  return kind;
}

function datesOf(cells: Cells): OfferDraft["dates"] {
  const start = moment("start", cells("start"), cells("startTime"));
  if (start === undefined) return undefined;
  const lastDay = cells("end") ?? (cells("endTime") === undefined ? undefined : cells("start"));
  const end = moment("end", lastDay, cells("endTime"));
  if (end === undefined) return [{ start }];
  if (Date.parse(end) < Date.parse(start)) throw new RowError(`end: ${end} is before ${start}`);
  if (start.length === 10) return [{ start, end: end.length === 10 ? addDays(end, 1) : end }];
  // A last day without a time says nothing about when the last date ends.
  return end.length === 10 ? [{ start }] : [{ start, end }];
}

function capacityOf(cells: Cells): OfferDraft["capacity"] {
  const available = count("available", cells("available"));
  if (available === undefined) return undefined;
  const asOf = moment("asOf", cells("asOf"), undefined);
  if (asOf === undefined) throw new RowError("asOf: a number of free places needs the moment it was counted");
  return {
    unit: { de: plainLine(cells("unit")) ?? "Plätze" },
    available,
    maximum: count("maximum", cells("maximum")),
    asOf: new Date(asOf).toISOString(),
  };
}

function listOf(text: string | undefined): readonly string[] | undefined {
  const items = text?.split(/\s*[,;|\n]\s*/).filter((item) => item !== "");
  return items === undefined || items.length === 0 ? undefined : items.slice(0, 50);
}

function costOfRow(cells: Cells): OfferDraft["cost"] {
  const [free, cost] = [yesNo("free", cells("free")), costOf(cells("cost"))];
  return free === undefined ? cost : { ...cost, free };
}

function participationOf(cells: Cells): OfferDraft["participation"] {
  const phase = cells("phase");
  if (phase === undefined) return undefined;
  const from = day("from", cells("from"));
  return { phase: phase as "open", from, to: day("to", cells("to")), how: localized(cells, "how", longest.line) };
}

function measureOf(cells: Cells): OfferDraft["measure"] {
  const [field, status] = [cells("measureField"), cells("measureStatus")];
  return field === undefined && status === undefined ? undefined : { field: field as "verwaltung", status: status as "planned" };
}

/** The id of a row: that of its column, else one made of what tells rows apart, so that the same row keeps it. */
export function rowId(cells: Cells): string | undefined {
  const id = plainLine(cells("id"));
  if (id !== undefined) return id;
  const told = ["title", "title.de", "organization", "address", "street", "start", "startTime"].map((field) => cells(field) ?? "");
  return told.every((text) => text === "") ? undefined : createHash("sha256").update(told.join("\0")).digest("hex").slice(0, 16);
}

/** A row as an offer; `defaults` are the options organization, url and kind, for tables that have no such column. */
export function rowToOffer(cells: Cells, defaults: Readonly<Record<string, string>>, now: Date): OfferDraft {
  const dates = datesOf(cells);
  const title = localized(cells, "title", longest.title);
  const ages = { from: count("ageFrom", cells("ageFrom")), to: count("ageTo", cells("ageTo")) };
  const email = cells("email");
  const words = listOf(cells("words"));
  return {
    kind: kindOf(cells("kind"), defaults["kind"]),
    organization: plainLine(cells("organization") ?? defaults["organization"]),
    title,
    summary: localized(cells, "summary", longest.summary) ?? title,
    needs: listOf(cells("needs")),
    words: words && { de: words },
    forWhom: localized(cells, "forWhom", longest.line),
    age: ages.from === undefined && ages.to === undefined ? undefined : ages,
    cost: costOfRow(cells),
    address: addressOf({ street: cells("street"), postcode: cells("postcode"), city: cells("city") }) ?? splitAddress(cells("address")),
    geo: geoPoint(cells("lat"), cells("lon")),
    district: plainLine(cells("district")),
    openingHours: plainLine(cells("openingHours")),
    dates: dates && upcoming(dates, now),
    deadline: day("deadline", cells("deadline")),
    validUntil: day("validUntil", cells("validUntil")),
    participation: participationOf(cells),
    measure: measureOf(cells),
    papers: localized(cells, "papers", longest.line),
    skills: localized(cells, "skills", longest.line),
    bookingUrl: httpUrl(cells("bookingUrl")),
    phone: phoneNumber(cells("phone")),
    email: emailAddress(email) ?? email,
    online: yesNo("online", cells("online")),
    languages: listOf(cells("languages")),
    wheelchair: yesNo("wheelchair", cells("wheelchair")),
    url: httpUrl(cells("url") ?? defaults["url"]),
    licence: plainLine(cells("licence")),
    capacity: capacityOf(cells),
  };
}

/** The rows' own link, else the option `url`, else the source itself where it is an address. */
export function defaultsOf(
  options: Readonly<Record<string, string>>,
  from: { readonly url: string } | { readonly file: string },
): Readonly<Record<string, string>> {
  return "url" in from ? { url: from.url, ...options } : options;
}
