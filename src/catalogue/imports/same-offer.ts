import type { Offer } from "../../core/offer.ts";
import type { Override } from "../overrides.ts";

/** What says which offers are the same. */
type Addresses = Pick<Offer, "id" | "url" | "bookingUrl">;

/** Fields that a source knows better than a file: what changes from day to day. The file's plain texts stay. */
const livingFields = [
  "address",
  "geo",
  "district",
  "locations",
  "phone",
  "email",
  "openingHours",
  "dates",
  "capacity",
  "deadline",
  "checkedAt",
  "validUntil",
  "languages",
  "wheelchair",
  "bookingUrl",
] as const satisfies readonly (keyof Offer)[];

const cityHost = /^https?:\/\/(?:www\.|stadt\.|www48\.)?muenchen\.de\//;
const serviceIds = [/\/service\/info\/(?:[^/?#]+\/)*(\d{6,9})(?:[/?#]|$)/, /#\/services\/(\d+)/, /[?&]ct=(\d{6,9})(?:&|$)/];

/** The number of a service in the city's own addresses: of its page, or of its booking page. */
export function serviceIdIn(url: string): string | undefined {
  if (!cityHost.test(url)) return undefined;
  return serviceIds.flatMap((pattern) => pattern.exec(url)?.[1] ?? [])[0];
}

/** A page's address without what does not change the page; undefined for a start page, which is nobody's own. */
function pageOf(url: string): string | undefined {
  const page = url
    .replace(/^https?:\/\/(?:www\.)?/, "")
    .replace(/\/$/, "")
    .toLowerCase();
  return page.includes("/") ? page : undefined;
}

function keysOf({ url, bookingUrl }: Addresses): readonly string[] {
  const ids = [url, bookingUrl].flatMap((each) => (each === undefined ? [] : (serviceIdIn(each) ?? [])));
  if (ids.length > 0) return [...new Set(ids)].map((id) => `service ${id}`);
  const page = pageOf(url);
  return page === undefined ? [] : [`page ${page}`];
}

function countKeys(files: readonly Addresses[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const key of files.flatMap(keysOf)) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** Tells records that have an address of some file's offer: only these can be the same as one. */
export function createAddressFilter(files: readonly Addresses[]): (record: Addresses) => boolean {
  const counts = countKeys(files);
  return (record) => keysOf(record).some((key) => counts.has(key));
}

/** Pairs of a file's offer and the record of one source that is the same: they show the same number of a service, or the same page that no other offer of either has. */
export function pairWithFiles<Record extends Addresses>(
  files: readonly Addresses[],
  records: readonly Record[],
): ReadonlyMap<string, Record> {
  const filesPerKey = countKeys(files);
  const own = new Map<string, Record[]>();
  for (const record of records)
    for (const key of keysOf(record)) {
      if (!filesPerKey.has(key)) continue;
      const list = own.get(key);
      if (list === undefined) own.set(key, [record]);
      else list.push(record);
    }
  return new Map(
    files.flatMap((file) => {
      const matches = keysOf(file).flatMap((key) => {
        const found = own.get(key) ?? [];
        const clear = found.length === 1 && (key.startsWith("service ") || filesPerKey.get(key) === 1);
        return clear ? found : [];
      });
      const [first] = matches;
      return first === undefined ? [] : [[file.id, first] as const];
    }),
  );
}

/** The layer `import` over one file's offer: the living fields that the record has. */
export function layerOf(file: Offer, record: Offer): readonly Override[] {
  return livingFields.flatMap((field) => {
    const value = record[field];
    return value === undefined ? [] : [{ offerId: file.id, field, layer: "import" as const, value, base: file[field] ?? null }];
  });
}
