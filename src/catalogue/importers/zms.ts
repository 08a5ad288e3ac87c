import { z } from "zod";
import { AppError } from "../../core/errors.ts";
import type { Importer, SourceItem, SourceLocation } from "./importer.ts";
import { parseDocument, readSourceText, type SourceText } from "./json-source.ts";
import { addressOf, Geo, Id, serviceItem, staffOffices, type ZmsOffice, type ZmsService } from "./zms-records.ts";

const Text = z
  .string()
  .nullish()
  .transform((text) => text?.trim() || undefined);
/** A list, or one text with commas. */
const Keywords = z
  .union([z.array(z.string()), z.string().transform((text) => text.split(/[,;]/))])
  .nullish()
  .transform((list) => (list ?? []).flatMap((word) => word.trim() || []));

/** One federal key, or several with commas; what is no key is left out. */
const Leika = z
  .string()
  .nullish()
  .catch(undefined)
  .transform((text) => text?.match(/\b99\d{12}\b/g) ?? []);

const Service = z.object({
  id: Id,
  name: z.string().trim().min(1),
  description: Text,
  fees: Text,
  keywords: Keywords,
  leika: Leika,
  meta: z.object({ keywords: Keywords }).optional(),
  public: z.boolean().optional(),
  officeIds: z.array(Id).optional(),
});

const Office = z.object({
  id: Id,
  name: z.string().trim().min(1),
  displayName: Text,
  organization: Text,
  organizationUnit: Text,
  public: z.boolean().optional(),
  address: z.object({ street: Text, house_number: Text, postal_code: Text, city: Text }).nullish(),
  geo: Geo,
  contact: z.object({ phone: Text, email: Text }).nullish(),
  services: z.array(z.object({ serviceId: Id.optional(), service: Id.optional(), public: z.boolean().optional() })).optional(),
});

type Rejected = Extract<SourceItem, { readonly kind: "rejected" }>;

interface Entry {
  readonly place: string;
  readonly value: unknown;
}

const Envelope = z.object({ data: z.array(z.unknown()) });

/** The entries of a feed's file with their places: one a line, or `data` of one document. */
function entriesOf(source: SourceText): readonly (Entry | Rejected)[] {
  const { name, text } = source;
  const isDocument = /^\s*\{\s*"(?:data|meta)"/.test(text) || /^\s*[[<]/.test(text);
  if (isDocument) {
    const document = parseDocument(source);
    const parsed = Array.isArray(document) ? { data: document } : Envelope.safeParse(document).data;
    if (parsed === undefined) throw new AppError("SOURCE_INVALID", `${name} has no list "data".`);
    return parsed.data.map((value: unknown, index: number) => ({ place: `${name}/data/${index}`, value }));
  }
  const entries = text.split("\n").flatMap((line, index): readonly (Entry | Rejected)[] => {
    if (line.trim() === "") return [];
    const place = `${name}:${index + 1}`;
    try {
      return [{ place, value: JSON.parse(line) }];
    } catch {
      return [{ kind: "rejected", place, reason: "the line is not JSON" }];
    }
  });
  if (entries.length > 0 && entries.every((entry) => "kind" in entry))
    throw new AppError("SOURCE_INVALID", `${name} is not JSON: no line of it.`);
  return entries;
}

function reasonOf(error: z.ZodError): string {
  const [issue] = error.issues;
  return `${issue?.path.join(".") || "the entry"}: ${issue?.message ?? "does not fit"}`;
}

interface ReadOffice extends ZmsOffice {
  readonly services: readonly string[];
}

function officeOf(entry: Entry): ReadOffice | Rejected | undefined {
  const parsed = Office.safeParse(entry.value);
  if (!parsed.success) return { kind: "rejected", place: entry.place, reason: reasonOf(parsed.error) };
  const { id, name, displayName, organization, organizationUnit: unit, address, geo, contact, services = [] } = parsed.data;
  if (parsed.data.public === false) return undefined;
  return {
    id,
    name: displayName ?? name,
    organization,
    unit,
    address: addressOf(address?.street ?? "", address?.house_number ?? "", address?.postal_code ?? "", address?.city ?? ""),
    geo: geo ?? undefined,
    phone: contact?.phone,
    email: z.email().safeParse(contact?.email).data,
    services: services.flatMap((each) => (each.public === false ? [] : (each.serviceId ?? each.service ?? []))),
  };
}

/** The other file of the feed lies beside the first: services.jsonl and offices.jsonl, or services_de.json and locations_de.json. */
function officesBeside(location: SourceLocation): SourceLocation["from"] {
  const { from, options } = location;
  const given = options["offices"];
  if (given !== undefined) return "url" in from ? { url: new URL(given, from.url).href } : { file: given };
  const path = "url" in from ? from.url : from.file;
  const beside = path.replace(/services(_de)?(\.jsonl?)(\?.*)?$/, (_all, live: string | undefined, ending: string, query = "") =>
    live === undefined ? `offices${ending}${query}` : `locations${live}${ending}${query}`,
  );
  if (beside === path)
    throw new AppError(
      "USAGE",
      "The feed has two files: give services.jsonl or services_de.json, or name the other one with --option offices=…",
    );
  return "url" in from ? { url: beside } : { file: beside };
}

function* readServices(
  entries: readonly (Entry | Rejected)[],
  offices: readonly ReadOffice[],
  forStaff: readonly string[],
): Iterable<SourceItem> {
  const byId = new Map(offices.map((office) => [office.id, office]));
  const byService = new Map<string, ReadOffice[]>();
  for (const office of offices) for (const id of office.services) byService.set(id, [...(byService.get(id) ?? []), office]);
  for (const entry of entries) {
    if ("kind" in entry) {
      yield entry;
      continue;
    }
    const parsed = Service.safeParse(entry.value);
    if (!parsed.success) {
      yield { kind: "rejected", place: entry.place, reason: reasonOf(parsed.error) };
      continue;
    }
    const { officeIds, meta, ...service } = parsed.data;
    if (service.public === false) {
      yield { kind: "rejected", place: entry.place, reason: "not public" };
      continue;
    }
    const own = officeIds?.flatMap((id) => byId.get(id) ?? []) ?? byService.get(service.id) ?? [];
    const keywords = [...new Set([...service.keywords, ...(meta?.keywords ?? [])])];
    yield serviceItem({ ...service, keywords } satisfies ZmsService, own, entry.place, forStaff);
  }
}

/** Munich's feed of services and offices of its appointment system, as two files or as it is live. */
export const zms: Importer = {
  id: "zms",
  description:
    "Munich's city services and offices (appointment system), for example: services_de.json at an address, or services.jsonl with offices.jsonl beside it",
  async *read(location, access) {
    const services = entriesOf(await readSourceText(location.from, access));
    const places = entriesOf(await readSourceText(officesBeside(location), access));
    const offices: ReadOffice[] = [];
    for (const entry of places) {
      const office = "kind" in entry ? entry : officeOf(entry);
      if (office === undefined) continue;
      if ("kind" in office) yield office;
      else offices.push(office);
    }
    const forStaff = location.options["staff-offices"]?.split(",").map((name) => name.trim()) ?? staffOffices;
    let done = 0;
    for (const item of readServices(services, offices, forStaff)) {
      yield item;
      done += 1;
      access.onProgress(done, services.length);
    }
  },
};
