import type { Address, OfferDate } from "../../core/offer.ts";
import { addressOf, geoPoint, splitAddress } from "./address.ts";
import { emailAddress, german, httpUrl, longest, phoneNumber, plainLine, plainText } from "./clean.ts";
import { addDays, parseMoment, upcoming } from "./dates.ts";
import type { Importer, SourceAccess, SourceItem, SourceLocation } from "./importer.ts";
import { type Graph, isNode, listOf, type Node, readGraph, typesOf } from "./json-ld-nodes.ts";
import { createItemMaker, isOver, type OfferDraft, RowError } from "./record.ts";
import { readDocument } from "./source.ts";

const types = /^(?:text\/html|application\/xhtml\+xml|(?:application|text)\/(?:[\w.+-]*\+)?json)$/;

/** Types of schema.org that are offers here; its events all end so. */
function kindOf(node: Node): OfferDraft["kind"] | undefined {
  for (const type of typesOf(node)) {
    if (type === "CourseInstance") return undefined;
    if (type === "Course") return "course";
    if (type === "GovernmentService" || type === "Service") return "service";
    if (/Event$/.test(type) || type === "Festival" || type === "Hackathon") return "event";
  }
  return undefined;
}

/** Text of a value: a string, an object of a language, a number; of several the German one, else the first. */
function text(value: unknown): string | undefined {
  const values = listOf(value);
  const german = values.find((each) => isNode(each) && typeof each["@language"] === "string" && each["@language"].startsWith("de"));
  const one = german ?? values[0];
  if (isNode(one)) return text(one["@value"]);
  return typeof one === "string" ? one : typeof one === "number" ? String(one) : undefined;
}

function day(field: string, value: unknown): string | undefined {
  const written = text(value);
  if (written === undefined || written.trim() === "") return undefined;
  const read = parseMoment(written.replace(/(T\d{2}:\d{2}:\d{2})\.\d+/, "$1"));
  if (read === undefined) throw new RowError(`${field}: "${written.slice(0, 40)}" is not a date`);
  return read;
}

function dateOf(node: Node, prefix = ""): OfferDate | undefined {
  const start = day(`${prefix}startDate`, node["startDate"]);
  const end = day(`${prefix}endDate`, node["endDate"]);
  if (start === undefined) return undefined;
  if (end === undefined) return { start };
  if (Date.parse(end) < Date.parse(start)) throw new RowError(`${prefix}endDate: ${end} is before ${start}`);
  if (end.length > 10) return { start, end };
  // schema.org's last day is part of it; a day says nothing about when the last time ends.
  return start.length === 10 ? { start, end: addDays(end, 1) } : { start };
}

/** A course that is repeated without an end may still run: the day it began says nothing about that. */
function scheduleDate(schedule: Node, now: Date): OfferDate | undefined {
  const date = dateOf(schedule, "courseSchedule.");
  const open = schedule["repeatFrequency"] !== undefined && date?.end === undefined;
  return date !== undefined && open && Date.parse(date.start) < now.getTime() ? undefined : date;
}

function datesOf(node: Node, { resolveAll }: Graph, now: Date): readonly OfferDate[] | undefined {
  const instances = resolveAll(node["hasCourseInstance"]);
  const schedules = instances.flatMap((each) => resolveAll(each["courseSchedule"]));
  const found = [
    dateOf(node),
    ...instances.map((each) => dateOf(each, "hasCourseInstance.")),
    ...schedules.map((each) => scheduleDate(each, now)),
  ];
  const dates = found.filter((date) => date !== undefined);
  return dates.length === 0 ? undefined : upcoming(dates, now);
}

function addressIn(value: unknown, { resolve }: Graph): Address | undefined {
  const written = listOf(value)[0];
  if (typeof written === "string") return splitAddress(written);
  const node = resolve(value);
  if (node === undefined) return undefined;
  const parts = { street: text(node["streetAddress"]), postcode: text(node["postalCode"]), city: text(node["addressLocality"]) };
  return addressOf(parts);
}

function placeOf(node: Node, graph: Graph): Pick<OfferDraft, "address" | "geo" | "online"> {
  const instance = graph.resolve(node["hasCourseInstance"]);
  const channel = graph.resolve(node["availableChannel"]);
  const written = node["location"] ?? instance?.["location"] ?? channel?.["serviceLocation"];
  const online = listOf(node["eventAttendanceMode"]).some((mode) => /OnlineEventAttendanceMode$/.test(String(mode))) || undefined;
  if (typeof listOf(written)[0] === "string") return { address: splitAddress(text(written)), online };
  const places = graph.resolveAll(written);
  const place = places.find((each) => !typesOf(each).includes("VirtualLocation"));
  if (place === undefined) return { online: online ?? (places.length > 0 ? true : undefined) };
  const geo = graph.resolve(place["geo"]);
  return { address: addressIn(place["address"], graph), geo: geo && geoPoint(text(geo["latitude"]), text(geo["longitude"])), online };
}

function costIn(node: Node, { resolveAll }: Graph): OfferDraft["cost"] {
  const offers = resolveAll(node["offers"]);
  const prices = offers.flatMap((each) => text(each["price"] ?? each["lowPrice"]) ?? []);
  if (node["isAccessibleForFree"] === true || (prices.length > 0 && prices.every((price) => Number(price.replace(",", ".")) === 0)))
    return { free: true };
  if (prices.length > 0)
    return {
      free: false,
      text: { de: plainLine(prices.map((price) => `${price} ${text(offers[0]?.["priceCurrency"]) ?? "EUR"}`).join(", ")) ?? "" },
    };
  return node["isAccessibleForFree"] === false ? { free: false } : undefined;
}

function organizationOf(node: Node, { resolve }: Graph): string | undefined {
  for (const key of ["organizer", "provider", "serviceOperator", "publisher"]) {
    const value = node[key];
    const name = typeof listOf(value)[0] === "string" ? text(value) : text(resolve(value)?.["name"]);
    if (plainLine(name) !== undefined) return plainLine(name);
  }
  return undefined;
}

function linksOf(node: Node, { resolve }: Graph, base: string | undefined): Pick<OfferDraft, "url" | "bookingUrl"> {
  const booking = listOf(node["offers"]).flatMap((each) => text(resolve(each)?.["url"]) ?? [])[0];
  const channel = text(resolve(node["availableChannel"])?.["serviceUrl"]);
  const page = text(node["url"]) ?? (typeof node["@id"] === "string" && /^https?:/.test(node["@id"]) ? node["@id"] : undefined);
  return { url: httpUrl(page, base) ?? base, bookingUrl: httpUrl(booking ?? channel, base) };
}

function contactOf(node: Node, { resolve }: Graph): Pick<OfferDraft, "phone" | "email"> {
  const channel = resolve(node["availableChannel"]);
  const points = [node, resolve(node["contactPoint"]), resolve(channel?.["servicePhone"]), resolve(node["organizer"] ?? node["provider"])];
  const first = (key: string) => points.flatMap((each) => text(each?.[key]) ?? [])[0];
  return { phone: phoneNumber(first("telephone")), email: emailAddress(first("email")) };
}

function wordsOf(node: Node): OfferDraft["words"] {
  const words = listOf(node["keywords"]).flatMap((each) =>
    typeof each === "string" ? each.split(",") : [text(isNode(each) ? each["name"] : each)],
  );
  const clean = words.flatMap((each) => plainLine(each, 60) ?? []).slice(0, 30);
  return clean.length === 0 ? undefined : { de: clean };
}

function languagesOf(node: Node): readonly string[] | undefined {
  const found = listOf(node["inLanguage"] ?? node["availableLanguage"]).flatMap(
    (each) => plainLine(text(isNode(each) ? (each["alternateName"] ?? each["name"]) : each), 40) ?? [],
  );
  return found.length === 0 ? undefined : found;
}

function audienceOf(node: Node, { resolve }: Graph): Pick<OfferDraft, "forWhom" | "age"> {
  const audience = resolve(node["audience"]);
  const range = text(node["typicalAgeRange"])?.match(/^(\d{1,3})\s*[-–]\s*(\d{1,3})?$/);
  const [from, to] = [range?.[1] ?? text(audience?.["suggestedMinAge"]), range?.[2] ?? text(audience?.["suggestedMaxAge"])];
  const age =
    from === undefined && to === undefined
      ? undefined
      : { from: from === undefined ? undefined : Number(from), to: to === undefined ? undefined : Number(to) };
  return { forWhom: german(plainLine(text(audience?.["audienceType"] ?? audience?.["name"]))), age };
}

function toOffer(
  node: Node,
  kind: OfferDraft["kind"],
  graph: Graph,
  base: string | undefined,
  { options }: SourceLocation,
  now: Date,
): OfferDraft {
  const title = plainLine(text(node["name"]), longest.title);
  return {
    kind,
    organization: organizationOf(node, graph) ?? plainLine(options["organization"]),
    title: german(title),
    summary: german(plainText(text(node["description"])) ?? title),
    words: wordsOf(node),
    ...audienceOf(node, graph),
    cost: costIn(node, graph),
    ...placeOf(node, graph),
    dates: kind === "service" ? undefined : datesOf(node, graph, now),
    ...linksOf(node, graph, base ?? options["url"]),
    ...contactOf(node, graph),
    languages: languagesOf(node),
  };
}

/** An id that stays when the text is changed: the object's own, else its link with its first day. */
function idOf(node: Node, base: string | undefined): string | undefined {
  const own = [node["@id"], node["identifier"]].flatMap((value) => (typeof value === "string" && value !== "" ? [value] : []))[0];
  const link = text(node["url"]);
  const made = link === undefined ? [text(node["name"]), text(node["startDate"])] : [httpUrl(link, base), text(node["startDate"])];
  return plainLine(own ?? made.filter((part) => part !== undefined).join(" "), longest.id);
}

function isGone(node: Node): boolean {
  return listOf(node["eventStatus"]).some((status) => /EventCancelled$/.test(String(status)));
}

async function* read(location: SourceLocation, access: SourceAccess): AsyncGenerator<SourceItem> {
  const document = await readDocument(location, access, types, "application/ld+json, text/html");
  const base = "url" in location.from ? document.place : undefined;
  const graph = readGraph(document);
  for (const { place, reason } of graph.broken) yield { kind: "rejected", place, reason };
  const toItem = createItemMaker();
  for (const { place, node } of graph.nodes) {
    const kind = kindOf(node);
    // An object that only names another is that other's place in a list.
    if (kind === undefined || isGone(node) || (Object.keys(node).length <= 2 && node["@id"] !== undefined)) continue;
    const item = toItem(place, idOf(node, base), () => toOffer(node, kind, graph, base, location, access.now));
    if (!isOver(item)) yield item;
  }
}

/** Events, courses and services that a page tells search engines about. */
export const jsonLd: Importer = {
  id: "json-ld",
  description: "schema.org JSON-LD of a page or file: Event, Course, GovernmentService (https://…/veranstaltungen, daten.jsonld)",
  read,
};
