import { z } from "zod";
import { HsdsService, HsdsServiceAtLocation, serviceToOffer } from "./hsds-service.ts";
import type { Importer, SourceAccess, SourceItem, SourceLocation } from "./importer.ts";
import { createItemMaker, rejectedBy } from "./record.ts";
import { below, brokenSource, fetchJson, pathOf, requireUrl } from "./source.ts";

/** More pages than any city's directory has: a server that never ends is broken. */
const mostPages = 2000;

const Page = z.object({
  contents: z.array(z.unknown()),
  total_pages: z.number().int().min(0).optional(),
  total_items: z.number().int().optional(),
  last_page: z.boolean().optional(),
});
type Page = z.infer<typeof Page>;

const Cursor = z.object({ page: z.number().int().min(1) });

async function fetchPage(base: string, list: string, page: number, access: SourceAccess): Promise<Page> {
  const url = below(base, `${list}?page=${page}&per_page=100&full=true`);
  const parsed = Page.safeParse(await fetchJson(url, access));
  if (!parsed.success) throw brokenSource(url, "this is no page of HSDS: `contents` is missing");
  return parsed.data;
}

function isLast(page: Page, number: number): boolean {
  return page.contents.length === 0 || (page.last_page ?? (page.total_pages === undefined ? false : number >= page.total_pages));
}

async function* pagesOf(
  base: string,
  list: string,
  from: number,
  access: SourceAccess,
): AsyncGenerator<{ readonly number: number; readonly page: Page }> {
  for (let number = from; ; number += 1) {
    if (number > mostPages) throw brokenSource(below(base, list), `the list has more than ${mostPages} pages`);
    const page = await fetchPage(base, list, number, access);
    yield { number, page };
    if (isLast(page, number)) return;
  }
}

/** Places by service, of the list of its own: an API may leave them out of its services. */
async function readPlaces(base: string, access: SourceAccess): Promise<ReadonlyMap<string, readonly HsdsServiceAtLocation[]>> {
  const places = new Map<string, HsdsServiceAtLocation[]>();
  for await (const { page } of pagesOf(base, "service_at_locations", 1, access))
    for (const content of page.contents) {
      const parsed = HsdsServiceAtLocation.safeParse(content);
      const id = parsed.data?.service_id ?? parsed.data?.service?.id;
      if (parsed.success && typeof id === "string") places.set(id, [...(places.get(id) ?? []), parsed.data]);
    }
  return places;
}

function holdsPlaces(page: Page): boolean {
  return page.contents.some((content) => typeof content === "object" && content !== null && "service_at_locations" in content);
}

async function* read(location: SourceLocation, access: SourceAccess): AsyncGenerator<SourceItem> {
  const base = requireUrl(location, "hsds");
  const from = Cursor.safeParse(access.cursor).data?.page ?? 1;
  const toItem = createItemMaker();
  let places: ReadonlyMap<string, readonly HsdsServiceAtLocation[]> | undefined;
  let done = 0;
  for await (const { number, page } of pagesOf(base, "services", from, access)) {
    if (places === undefined) places = page.contents.length === 0 || holdsPlaces(page) ? new Map() : await readPlaces(base, access);
    for (const [index, content] of page.contents.entries()) {
      done += 1;
      yield* readService(content, `${pathOf(below(base, `services?page=${number}`))}#/contents/${index}`, places, toItem, location.options);
    }
    access.onProgress(done, page.total_items);
    if (!isLast(page, number)) yield { kind: "checkpoint", cursor: { page: number + 1 } };
  }
}

function* readService(
  content: unknown,
  place: string,
  places: ReadonlyMap<string, readonly HsdsServiceAtLocation[]>,
  toItem: ReturnType<typeof createItemMaker>,
  options: SourceLocation["options"],
): Generator<SourceItem> {
  const parsed = HsdsService.safeParse(content);
  if (!parsed.success) {
    yield rejectedBy(parsed.error, place);
    return;
  }
  // Closed and given up services are not offered: where they were before, the import takes them away.
  if (parsed.data.status !== "active") return;
  const service = parsed.data.service_at_locations
    ? parsed.data
    : { ...parsed.data, service_at_locations: [...(places.get(parsed.data.id) ?? [])] };
  yield toItem(place, service.id, () => serviceToOffer(service, options));
}

/** An API of Open Referral's HSDS 3.x, page by page. */
export const hsds: Importer = {
  id: "hsds",
  description: "Open Referral HSDS 3 API (https://…/hsds/v3)",
  read,
};
