import nodeIcal, { type CalendarResponse, type VEvent } from "node-ical";
import { messageOf } from "../../core/errors.ts";
import type { OfferDate } from "../../core/offer.ts";
import { splitAddress } from "./address.ts";
import { httpUrl, longest, plainLine, plainText } from "./clean.ts";
import { expandRule, momentOf, parseMoment, upcoming } from "./dates.ts";
import type { Importer, SourceAccess, SourceItem, SourceLocation } from "./importer.ts";
import { createItemMaker, isOver, type OfferDraft, RowError } from "./record.ts";
import { brokenSource, type Document, decodeUtf8, readDocument } from "./source.ts";

const types = /^text\/(?:calendar|plain)$/;

/** An event with the lines of its VEVENT blocks: that of the series and those of single dates that differ. */
interface EventBlocks {
  readonly line: number;
  readonly uid: string | undefined;
  readonly texts: readonly string[];
}

interface Calendar {
  readonly name: string | undefined;
  readonly zones: readonly string[];
  /** In which times without a zone are meant. */
  readonly zone: string | undefined;
  readonly events: readonly EventBlocks[];
}

interface Line {
  readonly number: number;
  readonly text: string;
}

/** Content lines as RFC 5545 folds them, with the number of the line that each begins at. */
function unfold(text: string): readonly Line[] {
  const lines: Line[] = [];
  for (const [index, line] of text.split(/\r\n|\n|\r/).entries()) {
    const last = lines.at(-1);
    if (/^[ \t]/.test(line) && last !== undefined) lines[lines.length - 1] = { ...last, text: last.text + line.slice(1) };
    else if (line !== "") lines.push({ number: index + 1, text: line });
  }
  return lines;
}

interface Block {
  readonly name: string;
  readonly line: number;
  readonly lines: readonly string[];
}

/** The components right in the calendar, each with the components that it holds. */
function collect(lines: readonly Line[], place: string): readonly Block[] {
  const blocks: Block[] = [];
  let open: { readonly name: string; readonly line: number; readonly lines: string[] } | undefined;
  for (const { number, text } of lines.slice(1, -1)) {
    const begins = text.match(/^BEGIN:(\w+)/i)?.[1]?.toUpperCase();
    if (open === undefined) {
      if (begins !== undefined) open = { name: begins, line: number, lines: [text] };
      continue;
    }
    if (begins === open.name) throw brokenSource(`${place}:${number}`, `BEGIN:${begins} stands before the one of line ${open.line} ends`);
    open.lines.push(text);
    if (text.toUpperCase() !== `END:${open.name}`) continue;
    blocks.push(open);
    open = undefined;
  }
  if (open !== undefined) throw brokenSource(`${place}:${open.line}`, `BEGIN:${open.name} has no end`);
  return blocks;
}

function readCalendar({ bytes, place }: Document): Calendar {
  const lines = unfold(decodeUtf8(bytes, place));
  if (lines[0]?.text.toUpperCase() !== "BEGIN:VCALENDAR")
    throw brokenSource(place, "this is no iCalendar file: it does not begin with BEGIN:VCALENDAR");
  if (lines.at(-1)?.text.trim().toUpperCase() !== "END:VCALENDAR")
    throw brokenSource(place, "the calendar is cut off: END:VCALENDAR is missing");
  const blocks = collect(lines, place);
  const events = blocks.filter(({ name }) => name === "VEVENT");
  const byUid = Map.groupBy(events, ({ lines: own, line }) => own.find((text) => /^UID[:;]/i.test(text)) ?? line);
  return {
    name: lines.find(({ text }) => /^X-WR-CALNAME[:;]/i.test(text))?.text.replace(/^[^:]*:/, ""),
    zones: blocks.filter(({ name }) => name === "VTIMEZONE").map((block) => block.lines.join("\r\n")),
    zone: lines
      .find(({ text }) => /^X-WR-TIMEZONE[:;]/i.test(text))
      ?.text.replace(/^[^:]*:/, "")
      .trim(),
    events: [...byUid]
      .flatMap(([uid, group]) => groupEvents(typeof uid === "string" ? uid.replace(/^[^:]*:/, "") : undefined, group))
      .sort((a, b) => a.line - b.line),
  };
}

/** Blocks of one UID are one event, as long as all but the first say which date of the series they replace. */
function groupEvents(uid: string | undefined, group: readonly Block[]): readonly EventBlocks[] {
  const isException = (lines: readonly string[]) => lines.some((text) => /^RECURRENCE-ID[:;]/i.test(text));
  const exceptions = group.filter(({ lines }) => isException(lines));
  const series = group.filter(({ lines }) => !isException(lines));
  const toText = ({ lines }: Block) => lines.join("\r\n");
  if (series.length === 0) return exceptions.map((each) => ({ line: each.line, uid: `${uid}-${each.line}`, texts: [toText(each)] }));
  return series.map((each, index) => ({ line: each.line, uid, texts: [toText(each), ...(index === 0 ? exceptions.map(toText) : [])] }));
}

/** Times without a zone are those of the calendar, never those of the machine that reads it. */
function withZone(text: string, zone: string | undefined): string {
  const known = zone !== undefined && isKnownZone(zone) ? zone : "Europe/Berlin";
  return text
    .replace(/TZID="?\/[^:;"\r\n]*\/(\w+\/\w+)"?(?=[:;])/g, "TZID=$1")
    .replace(/^(DTSTART|DTEND|RECURRENCE-ID|EXDATE|RDATE)(?=:\d{8}T\d{6}(?:,|\r?$))/gim, `$1;TZID=${known}`);
}

function isKnownZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).format() !== "";
  } catch {
    return false;
  }
}

function parseEvent({ texts }: EventBlocks, { zones, zone }: Calendar): VEvent {
  // Without the names of people who organise or take part: they are never read.
  const own = texts.map((text) => withZone(text.replace(/^(?:ATTENDEE|ORGANIZER)[:;].*\r\n/gim, ""), zone));
  let calendar: CalendarResponse;
  try {
    calendar = nodeIcal.sync.parseICS(["BEGIN:VCALENDAR", "VERSION:2.0", ...zones, ...own, "END:VCALENDAR", ""].join("\r\n"));
  } catch (error) {
    throw new RowError(messageOf(error).slice(0, 200));
  }
  const event = Object.values(calendar).find((each): each is VEvent => each?.type === "VEVENT");
  if (event === undefined) throw new RowError("the event cannot be read");
  return event;
}

function property(texts: readonly string[], name: string): string | undefined {
  return texts[0]?.match(new RegExp(`^${name}(?:;[^:\\r\\n]*)?:(.*)$`, "im"))?.[1];
}

/** A local midnight stands for a whole day, in the zone of this process. */
function localDay(date: Date): string {
  return [date.getFullYear(), String(date.getMonth() + 1).padStart(2, "0"), String(date.getDate()).padStart(2, "0")].join("-");
}

function toDate(start: Date, end: Date | undefined, whole: boolean): OfferDate {
  const show = whole ? localDay : momentOf;
  if (end === undefined || end.getTime() <= start.getTime()) return { start: show(start) };
  return { start: show(start), end: show(end) };
}

/** The reader takes the 41st of month 13 for a day of the next year. */
function checkWritten(name: string, written: string): void {
  const [, year, month, day, time, hour, minute] = written.trim().match(/^(\d{4})(\d{2})(\d{2})(T(\d{2})(\d{2})\d{2}Z?)?$/) ?? [];
  const iso = time === undefined ? `${year}-${month}-${day}` : `${year}-${month}-${day}T${hour}:${minute}`;
  if (parseMoment(iso) === undefined) throw new RowError(`${name}: "${written.slice(0, 40)}" is not a date`);
}

function checkDates(event: VEvent, blocks: EventBlocks, { zones }: Calendar): void {
  const written = property(blocks.texts, "DTSTART");
  if (written === undefined) throw new RowError("DTSTART is missing");
  checkWritten("DTSTART", written);
  const end = property(blocks.texts, "DTEND");
  if (end !== undefined) checkWritten("DTEND", end);
  const { tz } = event.start;
  if (tz !== undefined && !isKnownZone(tz) && !zones.some((zone) => zone.includes(`TZID:${tz}`)))
    throw new RowError(`DTSTART: the time zone ${tz.slice(0, 40)} is not known`);
  if (event.end !== undefined && event.end.getTime() < event.start.getTime()) throw new RowError("DTEND is before DTSTART");
  const rule = property(blocks.texts, "RRULE");
  if (rule !== undefined && (!/^(?:[A-Z-]+=[^;]+;?)+$/.test(rule.trim()) || /FREQ=(?:SECONDLY|MINUTELY|HOURLY)/.test(rule)))
    throw new RowError(`RRULE: "${rule.slice(0, 60)}" cannot be used`);
  if (rule !== undefined && event.rrule === undefined) throw new RowError(`RRULE: "${rule.slice(0, 60)}" cannot be used`);
}

function datesOf(event: VEvent, blocks: EventBlocks, calendar: Calendar, now: Date): readonly OfferDate[] {
  checkDates(event, blocks, calendar);
  const whole = event.datetype === "date";
  if (event.rrule === undefined) return upcoming([toDate(event.start, event.end, whole)], now);
  try {
    // Refuses a rule that never happens; the reader's own expansion searches for its dates without a bound.
    expandRule(property(blocks.texts, "RRULE") ?? "", toDate(event.start, event.end, whole), now);
    const length = (event.end?.getTime() ?? event.start.getTime()) - event.start.getTime();
    const found = nodeIcal.expandRecurringEvent(event, {
      from: new Date(now.getTime() - length - 86_400_000),
      to: new Date(now.getTime() + 366 * 86_400_000),
    });
    const kept = found.filter((each) => each.event.status !== "CANCELLED");
    return upcoming(
      kept.map((each) => toDate(each.start, each.end, each.isFullDay)),
      now,
    );
  } catch (error) {
    throw new RowError(`RRULE: ${messageOf(error).slice(0, 200)}`);
  }
}

type Value = VEvent["summary"] | undefined;

function plainValue(value: Value): string | undefined {
  return typeof value === "object" ? String(value.val) : value;
}

function toOffer(event: VEvent, calendar: Calendar, dates: readonly OfferDate[], options: SourceLocation["options"]): OfferDraft {
  const title = plainLine(plainValue(event.summary), longest.title);
  const place = plainLine(plainValue(event.location));
  const text = plainText(plainValue(event.description)) ?? title;
  const geo: unknown = event.geo;
  const point =
    typeof geo === "object" && geo !== null && "lat" in geo && "lon" in geo ? { lat: Number(geo.lat), lon: Number(geo.lon) } : undefined;
  const address = splitAddress(place);
  const words = event.categories?.flatMap((each) => plainLine(String(each), 60) ?? []);
  return {
    kind: options["kind"] === "course" ? "course" : "event",
    organization: plainLine(options["organization"] ?? calendar.name),
    title: title === undefined ? undefined : { de: title },
    // A place that is no postal address still tells people where to go.
    summary: text === undefined ? undefined : { de: place === undefined || address !== undefined ? text : `${text}\nOrt: ${place}` },
    words: words === undefined || words.length === 0 ? undefined : { de: words },
    address,
    geo: point,
    dates,
    url: httpUrl(event.url) ?? httpUrl(options["url"]),
  };
}

async function* read(location: SourceLocation, access: SourceAccess): AsyncGenerator<SourceItem> {
  const document = await readDocument(location, access, types, "text/calendar");
  const calendar = readCalendar(document);
  const options = "url" in location.from ? { url: location.from.url, ...location.options } : location.options;
  const toItem = createItemMaker();
  for (const [index, blocks] of calendar.events.entries()) {
    access.onProgress(index + 1, calendar.events.length);
    const item = toItem(`line ${blocks.line}`, plainLine(blocks.uid, longest.id), () => {
      const event = parseEvent(blocks, calendar);
      return toOffer(event, calendar, event.status === "CANCELLED" ? [] : datesOf(event, blocks, calendar, access.now), options);
    });
    if (!isOver(item)) yield item;
  }
}

/** A calendar; repeated events with their dates of the next year. The organisation is the calendar's name or the option `organization`. */
export const ical: Importer = {
  id: "ical",
  description: "iCalendar file with events, also repeated ones (termine.ics, https://…/termine.ics)",
  read,
};
