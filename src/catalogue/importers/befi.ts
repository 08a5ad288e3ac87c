import { z } from "zod";
import { AppError } from "../../core/errors.ts";
import { firstSentences, plainTextOf } from "../imports/html.ts";
import { AnswerError, type Importer, type SourceAccess, type SourceItem, type SourceOffer } from "./importer.ts";
import { parseDocument, readSourceText } from "./json-source.ts";

const Id = z.union([z.string().regex(/^[\w-]+$/), z.number().int()]).transform(String);
const List = z.object({ ids: z.array(z.unknown()) });
const ListEntry = z.object({ id: Id });
const Cursor = z.object({ after: z.string() });

const Field = z.union([
  z.object({ type: z.literal("TEXT"), name: z.string().nullish(), label: z.string().nullish(), value: z.string().nullish() }),
  z.object({ type: z.literal("LINK"), name: z.string().nullish(), label: z.string().nullish(), values: z.array(z.unknown()).nullish() }),
  z.object({ type: z.string() }).transform(() => undefined),
]);

interface Category {
  readonly name: string;
  readonly nextLevel?: Category | null | undefined;
}
const Category: z.ZodType<Category> = z.object({ name: z.string(), nextLevel: z.lazy(() => Category.nullish()) });

const Description = z.object({
  id: Id,
  name: z.string().trim().min(1),
  language: z.string().nullish(),
  description: z.string().nullish(),
  fields: z.array(Field).nullish(),
  synonyms: z.array(z.string()).nullish(),
  // The service writes it so.
  categryPath: Category.nullish().catch(undefined),
  publicUrl: z.url({ protocol: /^https?$/ }),
  public: z.boolean().nullish(),
});

const longestSummary = 600;
const longestField = 300;
const notFound = 404;
const gone = 410;

function innermost(category: Category): string {
  return category.nextLevel ? innermost(category.nextLevel) : category.name;
}

/** The text of the first field whose name or label says that it is meant. */
function fieldText(fields: z.output<typeof Description>["fields"], meant: RegExp): string | undefined {
  for (const field of fields ?? []) {
    if (field === undefined || field.type !== "TEXT" || !("value" in field)) continue;
    const text = plainTextOf(field.value ?? "");
    if (text !== "" && meant.test(`${field.name ?? ""} ${field.label ?? ""}`))
      return firstSentences(text.replaceAll("\n", " "), longestField);
  }
  return undefined;
}

function costOf(fees: string | undefined): SourceOffer["cost"] {
  if (fees === undefined) return undefined;
  if (/^(?:kosten|gebühren)(?:frei|los)\.?$/i.test(fees)) return { free: true };
  return /\d\s*(?:€|euro)/i.test(fees) ? { free: false, text: { de: fees } } : undefined;
}

function offerOf(service: z.output<typeof Description>): SourceOffer | string {
  if (service.public === false) return "not public";
  if (service.language !== undefined && service.language !== null && !/^de\b/i.test(service.language))
    return `language: German is needed, this is ${service.language}`;
  const summary = plainTextOf(service.description ?? "") || fieldText(service.fields, /beschreibung|leistung/i) || "";
  if (summary === "") return "description: there is none";
  const words = [...(service.synonyms ?? []), ...(service.categryPath ? [innermost(service.categryPath)] : [])].flatMap(
    (word) => word.trim() || [],
  );
  const cost = costOf(fieldText(service.fields, /geb(?:ü|ue)hr|kosten/i));
  const papers = fieldText(service.fields, /unterlagen/i);
  return {
    kind: "service",
    organization: "Landeshauptstadt München",
    title: { de: service.name },
    summary: { de: firstSentences(summary, longestSummary) },
    ...(words.length === 0 ? {} : { words: { de: [...new Set(words)] } }),
    ...(cost === undefined ? {} : { cost }),
    ...(papers === undefined ? {} : { papers: { de: papers } }),
    url: service.publicUrl,
  };
}

async function readDescription(base: string, id: string, access: SourceAccess): Promise<SourceItem> {
  const url = `${base}/${id}/description/`;
  const place = new URL(url).pathname;
  try {
    const parsed = Description.safeParse(parseDocument(await readSourceText({ url }, access)));
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      return { kind: "rejected", place, reason: `${issue?.path.join(".") || "the description"}: ${issue?.message ?? "does not fit"}` };
    }
    if (parsed.data.id !== id) return { kind: "rejected", place, reason: `id: the description is that of ${parsed.data.id}` };
    const offer = offerOf(parsed.data);
    return typeof offer === "string" ? { kind: "rejected", place, reason: offer } : { kind: "record", externalId: id, offer };
  } catch (error) {
    if (error instanceof AnswerError && (error.status === notFound || error.status === gone))
      return { kind: "rejected", place, reason: `listed, but the description answers with status ${error.status}` };
    if (error instanceof AppError && error.code === "SOURCE_INVALID") return { kind: "rejected", place, reason: error.message };
    throw error;
  }
}

/** Munich's catalogue of services ("BEFI"): a list of ids, and a description each. A run that breaks goes on after the last description it had. */
export const befi: Importer = {
  id: "befi",
  description: "Munich's service catalogue, for example: https://stadt.muenchen.de",
  async *read({ from }, access) {
    if (!("url" in from)) throw new AppError("USAGE", "The service catalogue is read from an address, such as https://stadt.muenchen.de");
    const base = `${from.url.replace(/\/+$/, "").replace(/\/service\/rs\/befi\/services(?:\/list)?$/, "")}/service/rs/befi/services`;
    const parsed = List.safeParse(parseDocument(await readSourceText({ url: `${base}/list` }, access)));
    if (!parsed.success) throw new AppError("SOURCE_INVALID", `The answer of ${new URL(base).pathname}/list has no list /ids.`);
    const entries = parsed.data.ids.map((value, index) => ({ index, id: ListEntry.safeParse(value).data?.id }));
    const after = Cursor.safeParse(access.cursor).data?.after;
    // In the order of the ids, so that a run can go on although the list has changed.
    const ids = [...new Set(entries.flatMap(({ id }) => id ?? []))].sort();
    if (after === undefined)
      for (const { index, id } of entries)
        if (id === undefined) yield { kind: "rejected", place: `/ids/${index}`, reason: "id: there is none" };
    let done = after === undefined ? 0 : ids.filter((id) => id <= after).length;
    for (const id of ids.slice(done)) {
      yield await readDescription(base, id, access);
      yield { kind: "checkpoint", cursor: { after: id } };
      done += 1;
      access.onProgress(done, ids.length);
    }
  },
};
