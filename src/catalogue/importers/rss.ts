import { XMLParser, XMLValidator } from "fast-xml-parser";
import { z } from "zod";
import { offerKinds } from "../../core/offer.ts";
import { geoPoint } from "./address.ts";
import { httpUrl, longest, plainLine, plainText } from "./clean.ts";
import { parseFeedDate, upcoming } from "./dates.ts";
import type { Importer, SourceAccess, SourceItem, SourceLocation } from "./importer.ts";
import { createItemMaker, isOver, type OfferDraft, RowError } from "./record.ts";
import { brokenSource, type Document, decodeUtf8, readDocument } from "./source.ts";

const types = /^(?:application|text)\/(?:[\w.+-]*\+)?xml$/;
const parser = new XMLParser({
  ignoreAttributes: false,
  parseTagValue: false,
  parseAttributeValue: false,
  removeNSPrefix: false,
  maxNestedTags: 60,
});

/** The text of an element, whether it has attributes or not; a type of XHTML is not read. */
const Text = z
  .union([z.string(), z.object({ "#text": z.string() }).transform((node) => node["#text"])])
  .optional()
  .catch(undefined);
const many = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .union([z.array(schema), schema.transform((one) => [one])])
    .optional()
    .catch(undefined);

const RssItem = z.object({
  title: Text,
  link: Text,
  guid: z.union([z.string(), z.object({ "#text": z.string(), "@_isPermaLink": z.string().optional() })]).optional(),
  description: Text,
  "content:encoded": Text,
  category: many(Text),
  "ev:startdate": Text,
  "ev:enddate": Text,
  "georss:point": Text,
});

const AtomLink = z.object({ "@_href": z.string(), "@_rel": z.string().default("alternate") });
const AtomEntry = z.object({
  id: Text,
  title: Text,
  summary: Text,
  content: Text,
  link: many(AtomLink),
  category: many(z.object({ "@_term": z.string(), "@_label": z.string().optional() })),
  "georss:point": Text,
});

/** What both formats say of one piece of news. */
interface News {
  readonly id: string | undefined;
  readonly title: string | undefined;
  readonly text: string | undefined;
  readonly link: string | undefined;
  readonly categories: readonly (string | undefined)[];
  readonly point: string | undefined;
  readonly start?: string | undefined;
  readonly end?: string | undefined;
}

interface Feed {
  readonly title: string | undefined;
  readonly items: readonly { readonly place: string; readonly news: News | undefined }[];
}

function encodingOf(bytes: Uint8Array): string {
  return (
    Buffer.from(bytes.subarray(0, 200))
      .toString("latin1")
      .match(/^[^<]*<\?xml[^>]*encoding=["']([\w-]+)["']/)?.[1]
      ?.toLowerCase() ?? "utf-8"
  );
}

function textOf({ bytes, place }: Document): string {
  const encoding = encodingOf(bytes);
  if (encoding === "utf-8") return decodeUtf8(bytes, place);
  if (/^(?:iso-8859-1|iso-8859-15|windows-1252|us-ascii)$/.test(encoding)) return new TextDecoder(encoding).decode(bytes);
  throw brokenSource(place, `the encoding ${encoding.slice(0, 30)} is not read`);
}

function parseXml(document: Document): unknown {
  const text = textOf(document);
  // Entities that a feed declares itself are of use to attacks only.
  if (/<!(?:DOCTYPE[^>]*\[|ENTITY)/i.test(text))
    throw brokenSource(document.place, "the feed declares entities of its own, which are not read");
  const valid = XMLValidator.validate(text);
  if (valid !== true) throw brokenSource(`${document.place}:${valid.err.line}`, valid.err.msg.replace(/\.$/, ""));
  try {
    return parser.parse(text);
  } catch (cause) {
    throw brokenSource(document.place, "the XML cannot be read: it is nested too deep or malformed", cause);
  }
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === "") return [];
  return Array.isArray(value) ? value : [value];
}

function readRssItem(value: unknown): News | undefined {
  const parsed = RssItem.safeParse(value);
  if (!parsed.success) return undefined;
  const { title, link, guid, description, category, ...rest } = parsed.data;
  const id = typeof guid === "string" ? guid : guid?.["#text"];
  const permanent = typeof guid === "object" && guid["@_isPermaLink"] === "true" ? id : undefined;
  const text = description ?? rest["content:encoded"];
  return {
    id: id ?? link,
    title,
    text,
    link: link ?? permanent,
    categories: category ?? [],
    point: rest["georss:point"],
    start: rest["ev:startdate"],
    end: rest["ev:enddate"],
  };
}

function readAtomEntry(value: unknown): News | undefined {
  const parsed = AtomEntry.safeParse(value);
  if (!parsed.success) return undefined;
  const { id, title, summary, content, link = [], category = [] } = parsed.data;
  const page = link.find((each) => each["@_rel"] === "alternate")?.["@_href"];
  return {
    id: id ?? page,
    title,
    text: summary ?? content,
    link: page,
    categories: category.map((each) => each["@_label"] ?? each["@_term"]),
    point: parsed.data["georss:point"],
  };
}

const Rss = z.object({ rss: z.object({ channel: z.object({ title: Text, item: z.unknown() }) }) });
const Atom = z.object({ feed: z.object({ title: Text, entry: z.unknown() }) });

function readFeed(document: Document): Feed {
  const xml = parseXml(document);
  const rss = Rss.safeParse(xml);
  if (rss.success) {
    const { title, item } = rss.data.rss.channel;
    return { title, items: listOf(item).map((each, index) => ({ place: `/rss/channel/item[${index + 1}]`, news: readRssItem(each) })) };
  }
  const atom = Atom.safeParse(xml);
  if (!atom.success) throw brokenSource(document.place, "this is neither RSS 2.0 nor Atom");
  const { title, entry } = atom.data.feed;
  return { title, items: listOf(entry).map((each, index) => ({ place: `/feed/entry[${index + 1}]`, news: readAtomEntry(each) })) };
}

function dateOf(field: string, text: string | undefined): string | undefined {
  const read = text === undefined ? undefined : parseFeedDate(text.trim());
  if (text !== undefined && read === undefined) throw new RowError(`${field}: "${text.slice(0, 40)}" is not a date`);
  return read;
}

function toOffer(
  news: News,
  feed: Feed,
  { options, base }: { readonly options: SourceLocation["options"]; readonly base: string | undefined },
  now: Date,
): OfferDraft {
  const title = plainLine(news.title, longest.title);
  const summary = plainText(news.text) ?? title;
  const start = dateOf("ev:startdate", news.start);
  const end = dateOf("ev:enddate", news.end);
  const [lat, lon] = news.point?.trim().split(/\s+/) ?? [];
  const words = news.categories.flatMap((each) => plainLine(each, 60) ?? []).slice(0, 30);
  const kind = options["kind"] ?? (start === undefined ? "service" : "event");
  return {
    kind: offerKinds.find((each) => each === kind),
    organization: plainLine(options["organization"] ?? feed.title),
    title: title === undefined ? undefined : { de: title },
    summary: summary === undefined ? undefined : { de: summary },
    words: words.length === 0 ? undefined : { de: words },
    dates: start === undefined ? undefined : upcoming([{ start, end }], now),
    geo: geoPoint(lat, lon),
    url: httpUrl(news.link, base),
  };
}

async function* read(location: SourceLocation, access: SourceAccess): AsyncGenerator<SourceItem> {
  const document = await readDocument(location, access, types, "application/rss+xml, application/atom+xml, application/xml");
  const feed = readFeed(document);
  const settings = { options: location.options, base: "url" in location.from ? document.place : undefined };
  const toItem = createItemMaker();
  for (const [index, { place, news }] of feed.items.entries()) {
    if (news === undefined) yield { kind: "rejected", place, reason: "this is no entry of a feed" };
    else {
      const item = toItem(place, plainLine(news.id, longest.id), () => toOffer(news, feed, settings, access.now));
      if (!isOver(item)) yield item;
    }
    access.onProgress(index + 1, feed.items.length);
  }
}

/** News of offers in a feed; the organisation is the feed's title or the option `organization`. */
export const rss: Importer = {
  id: "rss",
  description: "RSS 2.0 or Atom feed with news of offers (https://…/feed.xml)",
  read,
};
