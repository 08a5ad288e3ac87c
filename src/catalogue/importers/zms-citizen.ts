import { z } from "zod";
import { AppError } from "../../core/errors.ts";
import { AnswerError, type Importer, type SourceItem } from "./importer.ts";
import { parseDocument, readSourceText, type SourceText } from "./json-source.ts";
import { addressOf, Geo, Id, serviceItem, staffOffices, type ZmsOffice } from "./zms-records.ts";

const Text = z
  .string()
  .nullish()
  .transform((text) => text?.trim() || undefined);
const Contact = z.object({ street: Text, streetNumber: Text, postalCode: Text, city: Text }).partial();
const OwnAddress = z.object({ street: Text, house_number: Text, postal_code: Text, city: Text }).partial();

const Office = z.object({
  id: Id,
  name: z.string().trim().min(1),
  organization: Text,
  organizationUnit: Text,
  address: OwnAddress.nullish(),
  geo: Geo,
  scope: z.object({ provider: z.object({ contact: Contact.nullish() }).nullish() }).nullish(),
});
const Service = z.object({ id: Id, name: z.string().trim().min(1) });
const Relation = z.object({ officeId: Id, serviceId: Id, public: z.boolean().nullish() });
const Answer = z.object({ offices: z.array(z.unknown()), services: z.array(z.unknown()), relations: z.array(z.unknown()) });
const Errors = z.object({
  errors: z.array(z.object({ errorCode: z.string(), errorMessage: z.string(), statusCode: z.number().nullish() })).min(1),
});

const tooMany = 429;
const serverFault = 500;
const notFound = 404;

/** What whoever runs the import can do about a status. */
function adviceOf(status: number): string {
  if (status === tooMany || status >= serverFault) return "Try again later.";
  if (status === notFound) return "Is the address right, and does the city offer services there?";
  return "The request was refused: is this the citizen API?";
}

/** The API's own errors as one message; undefined if the text holds none. */
function errorIn(source: SourceText, status: number): AppError | undefined {
  const parsed = Errors.safeParse(z.json().safeParse(safely(source.text)).data);
  if (!parsed.success) return undefined;
  const said = parsed.data.errors.map(({ errorCode, errorMessage }) => `${errorMessage} (${errorCode})`).join(" ");
  const first = parsed.data.errors[0]?.statusCode ?? status;
  const code = first === tooMany || first >= serverFault ? "SOURCE_UNREACHABLE" : "SOURCE_INVALID";
  return new AppError(code, `The citizen API answered with status ${first}: ${said} ${adviceOf(first)}`);
}

function safely(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function parseEach<Schema extends z.ZodType>(schema: Schema, values: readonly unknown[], list: string) {
  return values.map(
    (value, index): { readonly place: string; readonly value: z.output<Schema> } | Extract<SourceItem, { kind: "rejected" }> => {
      const place = `/${list}/${index}`;
      const parsed = schema.safeParse(value);
      if (parsed.success) return { place, value: parsed.data };
      const [issue] = parsed.error.issues;
      return { kind: "rejected", place, reason: `${issue?.path.join(".") || list}: ${issue?.message ?? "does not fit"}` };
    },
  );
}

function officeOf({ id, name, organization, organizationUnit: unit, address, geo, scope }: z.output<typeof Office>): ZmsOffice {
  const contact = scope?.provider?.contact;
  const own = addressOf(address?.street ?? "", address?.house_number ?? "", address?.postal_code ?? "", address?.city ?? "");
  const providers = addressOf(contact?.street ?? "", contact?.streetNumber ?? "", contact?.postalCode ?? "", contact?.city ?? "");
  return { id, name, organization, unit, address: own ?? providers, geo: geo ?? undefined };
}

function* itemsOf(answer: z.output<typeof Answer>, forStaff: readonly string[]): Iterable<SourceItem> {
  const offices = new Map<string, ZmsOffice>();
  const officesOf = new Map<string, ZmsOffice[]>();
  for (const each of parseEach(Office, answer.offices, "offices"))
    if ("kind" in each) yield each;
    else offices.set(each.value.id, officeOf(each.value));
  for (const each of parseEach(Relation, answer.relations, "relations")) {
    if ("kind" in each) {
      yield each;
      continue;
    }
    const { officeId, serviceId } = each.value;
    const office = offices.get(officeId);
    if (office === undefined) yield { kind: "rejected", place: each.place, reason: `officeId: there is no office ${officeId}` };
    else if (each.value.public !== false) officesOf.set(serviceId, [...(officesOf.get(serviceId) ?? []), office]);
  }
  for (const each of parseEach(Service, answer.services, "services"))
    yield "kind" in each ? each : serviceItem(each.value, officesOf.get(each.value.id) ?? [], each.place, forStaff);
}

/** The citizen API of the city's appointment system: which services there are at which offices. It has no texts of them. */
export const zmsCitizen: Importer = {
  id: "zms-citizen",
  description: "the appointment system's citizen API, for example: https://www48.muenchen.de/buergeransicht/api/citizen",
  async *read({ from, options }, access) {
    const place =
      "url" in from ? { url: `${from.url.replace(/\/+$/, "").replace(/\/offices-and-services$/, "")}/offices-and-services/` } : from;
    const source = await readSourceText(place, access).catch((error: unknown) => {
      if (!(error instanceof AnswerError)) throw error;
      throw errorIn({ name: "the answer", text: new TextDecoder().decode(error.body) }, error.status) ?? error;
    });
    const document = parseDocument(source);
    const said = errorIn(source, 0);
    if (said !== undefined) throw said;
    const parsed = Answer.safeParse(document);
    if (!parsed.success) {
      const path = parsed.error.issues[0]?.path.join("/") ?? "";
      throw new AppError("SOURCE_INVALID", `The answer has no list /${path}. Is this the citizen API?`);
    }
    const forStaff = options["staff-offices"]?.split(",").map((name) => name.trim()) ?? staffOffices;
    let done = 0;
    for (const item of itemsOf(parsed.data, forStaff)) {
      yield item;
      done += 1;
      access.onProgress(done, undefined);
    }
  },
};
