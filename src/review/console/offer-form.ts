import { z } from "zod";

/** Fields with a text for each language, and those with one text; others are shown only. */
const localizedFields = ["title", "summary", "forWhom", "papers", "skills"];
const plainFields = ["openingHours", "phone", "email", "url", "bookingUrl", "deadline", "validUntil"];
/** Yes, no or not known; of the cost it is asked whether there is none. */
const flagFields = ["cost", "wheelchair", "online"];
/** Several words with commas between them. */
const listFields = ["languages"];
const rangeFields = ["age"];

/** The fields that the console's forms change, in the order of the page. */
export const editableFields: readonly string[] = [...localizedFields, ...plainFields, ...flagFields, ...listFields, ...rangeFields];

const shownLangs = ["de", "en"];

const Texts = z.record(z.string(), z.string().optional());
const Range = z.object({ from: z.number().optional(), to: z.number().optional() });
const Cost = z.object({ free: z.boolean() }).loose();

type Form = Readonly<Record<string, string | undefined>>;

/** The names of a field's inputs. */
export function inputsOf(field: string): readonly string[] {
  if (localizedFields.includes(field)) return shownLangs;
  return rangeFields.includes(field) ? ["from", "to"] : ["value"];
}

/** True for what is answered by yes, no or not known. */
export function isFlag(field: string): boolean {
  return flagFields.includes(field);
}

/** True for fields that the console's form changes. */
export function isEditable(field: string): boolean {
  return editableFields.includes(field);
}

const wordOf = (flag: unknown) => (typeof flag === "boolean" ? (flag ? "yes" : "no") : "");

/** What the inputs of a field hold for its value, by their names. */
export function textsOf(field: string, value: unknown): Form {
  if (field === "cost") return { value: wordOf(Cost.safeParse(value).data?.free) };
  if (isFlag(field)) return { value: wordOf(value) };
  if (listFields.includes(field)) return { value: z.array(z.string()).catch([]).parse(value).join(", ") };
  if (rangeFields.includes(field)) {
    const { from, to } = Range.catch({}).parse(value);
    return { from: from?.toString(), to: to?.toString() };
  }
  if (typeof value === "string") return { value };
  return Texts.catch({}).parse(value);
}

function flagOfForm(field: string, word: string | undefined, now: unknown): unknown {
  if (word !== "yes" && word !== "no") return null;
  return field === "cost" ? { ...Cost.safeParse(now).data, free: word === "yes" } : word === "yes";
}

/** A number as it is; anything else stays a text, which the offer's schema refuses. */
const numberOrText = (text: string) => (/^\d{1,3}$/.test(text) ? Number(text) : text);

function partsOfForm(field: string, form: Form, now: unknown): unknown {
  const isRange = rangeFields.includes(field);
  const texts: Record<string, string | undefined> = isRange ? {} : { ...textsOf(field, now) };
  for (const name of inputsOf(field)) texts[name] = form[name]?.replaceAll("\r\n", "\n").trim() || undefined;
  const filled = Object.entries(texts).flatMap(([name, text]) =>
    text === undefined ? [] : [[name, isRange ? numberOrText(text) : text] as const],
  );
  return filled.length === 0 ? null : Object.fromEntries(filled);
}

/** The value that a form asks for; null where nothing is filled in. Languages that the form does not show stay as they are. */
export function valueOfForm(field: string, form: Form, now: unknown): unknown {
  const value = form["value"]?.trim() || undefined;
  if (isFlag(field)) return flagOfForm(field, value, now);
  if (plainFields.includes(field)) return value ?? null;
  if (!listFields.includes(field)) return partsOfForm(field, form, now);
  return value === undefined ? null : value.split(/[,\n]/).flatMap((word) => word.trim() || []);
}
