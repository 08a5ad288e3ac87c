import { z } from "zod";
import { AppError } from "../../core/errors.ts";
import { isLang, type Lang } from "../../core/languages.ts";
import { plainLine } from "./clean.ts";
import type { Importer, SourceAccess, SourceItem, SourceLocation } from "./importer.ts";
import {
  eventToOffer,
  IntegreatEvent,
  IntegreatLocation,
  IntegreatPage,
  locationToOffer,
  pageToOffer,
  type Surroundings,
  type Translation,
  textOf,
} from "./integreat-records.ts";
import { createItemMaker, isOver, type OfferDraft, rejectedBy } from "./record.ts";
import { below, brokenSource, fetchJson, pathOf, requireUrl } from "./source.ts";

const Region = z.object({
  name: z.string(),
  path: z.string(),
  live: z.boolean(),
  languages: z.array(z.object({ code: z.string() })).catch([]),
});
type Region = z.infer<typeof Region>;

/** What the project calls Croatian, Integreat has in three languages of one kind. */
const langOfCode: Readonly<Record<string, Lang>> = { hr: "hr", bs: "hr", sr: "hr" };

/** A list of the API: where it is, and how one of its records becomes an offer. */
interface List {
  readonly name: string;
  readonly path: string;
  readonly schema: z.ZodType<z.infer<typeof IntegreatPage>>;
  toOffer(record: unknown, around: Surroundings): OfferDraft;
  /** False for what is no offer: a heading without a text. */
  keeps(record: z.infer<typeof IntegreatPage>): boolean;
}

const lists: readonly List[] = [
  {
    name: "page",
    path: "pages/",
    schema: IntegreatPage,
    toOffer: (record, around) => pageToOffer(IntegreatPage.parse(record), around),
    keeps: (record) => textOf(record) !== undefined,
  },
  {
    name: "event",
    path: "events/?combine_recurring=True",
    schema: IntegreatEvent,
    toOffer: (record, around) => eventToOffer(IntegreatEvent.parse(record), around),
    keeps: () => true,
  },
  {
    name: "location",
    path: "locations/?on_map=1",
    schema: IntegreatLocation,
    toOffer: (record, around) => locationToOffer(IntegreatLocation.parse(record), around),
    keeps: () => true,
  },
];

const Cursor = z.object({ list: z.number().int().min(0).max(lists.length) });

async function findRegion(base: string, wanted: string | undefined, access: SourceAccess): Promise<Region> {
  const url = below(base, "api/v3/regions/");
  const parsed = z.array(Region).safeParse(await fetchJson(url, access));
  if (!parsed.success) throw brokenSource(url, "this is no list of Integreat's regions");
  const live = parsed.data.filter((region) => region.live);
  const found = live.find(({ name, path }) => path === wanted || name.toLowerCase() === wanted?.toLowerCase());
  if (found !== undefined) return found;
  const known = live
    .map(({ path }) => path)
    .slice(0, 30)
    .join(", ");
  throw new AppError(
    "USAGE",
    `${wanted === undefined ? "Name the region with the option region=…" : `There is no region ${wanted}`}. Regions: ${known}`,
  );
}

function langOf(code: string): Lang | undefined {
  return isLang(code) ? code : langOfCode[code];
}

async function fetchList(
  base: string,
  region: Region,
  code: string,
  { path }: List,
  access: SourceAccess,
): Promise<{ readonly url: string; readonly records: readonly unknown[] }> {
  const url = below(base, `api/v3/${encodeURIComponent(region.path)}/${encodeURIComponent(code)}/${path}`);
  const parsed = z.array(z.unknown()).safeParse(await fetchJson(url, access));
  if (!parsed.success) throw brokenSource(url, "this is no list");
  return { url, records: parsed.data };
}

/** The texts of a list in the other languages, by the path that the German record names. */
async function readTranslations(
  base: string,
  region: Region,
  list: List,
  codes: readonly string[],
  access: SourceAccess,
): Promise<ReadonlyMap<string, Translation>> {
  const found = new Map<string, Translation>();
  for (const code of codes) {
    const lang = langOf(code);
    if (lang === undefined) continue;
    const { records } = await fetchList(base, region, code, list, access);
    for (const record of records) {
      const parsed = IntegreatPage.safeParse(record);
      if (parsed.success) found.set(parsed.data.path, { lang, title: parsed.data.title, text: textOf(parsed.data) });
    }
  }
  return found;
}

function codesOf(region: Region, wanted: string | undefined): readonly string[] {
  const codes = wanted?.split(",").map((code) => code.trim()) ?? region.languages.map(({ code }) => code);
  const known = codes.filter((code) => code !== "de" && langOf(code) !== undefined);
  // The first of languages that are one for the project: Croatian before Bosnian and Serbian.
  return known.filter((code, index) => known.findIndex((each) => langOf(each) === langOf(code)) === index);
}

function toIdentity(list: List, record: z.infer<typeof IntegreatPage>): string {
  return `${list.name}-${record.id}`;
}

async function* readList(
  base: string,
  region: Region,
  list: List,
  location: SourceLocation,
  access: SourceAccess,
): AsyncGenerator<SourceItem> {
  const { url, records } = await fetchList(base, region, "de", list, access);
  const translations = await readTranslations(base, region, list, codesOf(region, location.options["languages"]), access);
  const [toItem, publisher] = [createItemMaker(), plainLine(location.options["organization"] ?? region.name) ?? region.path];
  for (const [index, record] of records.entries()) {
    access.onProgress(index + 1, records.length);
    const place = `${pathOf(url)}#/${index}`;
    const parsed = list.schema.safeParse(record);
    if (!parsed.success) {
      yield rejectedBy(parsed.error, place);
      continue;
    }
    if (!list.keeps(parsed.data)) continue;
    const own = Object.values(parsed.data.available_languages).flatMap(({ path }) => translations.get(path ?? "") ?? []);
    const item = toItem(place, toIdentity(list, parsed.data), () =>
      list.toOffer(record, { publisher, translations: own, now: access.now }),
    );
    if (!isOver(item)) yield item;
  }
}

async function* read(location: SourceLocation, access: SourceAccess): AsyncGenerator<SourceItem> {
  const base = requireUrl(location, "integreat");
  const region = await findRegion(base, location.options["region"], access);
  const from = Cursor.safeParse(access.cursor).data?.list ?? 0;
  for (const [index, list] of lists.entries()) {
    if (index < from) continue;
    yield* readList(base, region, list, location, access);
    yield { kind: "checkpoint", cursor: { list: index + 1 } };
  }
}

/** Pages, events and places of one region of Integreat, German with the translations there are. */
export const integreat: Importer = {
  id: "integreat",
  description: "Integreat CMS, one region: --option region=… (https://cms.integreat-app.de)",
  read,
};
