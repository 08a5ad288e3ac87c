import { z } from "zod";
import { dateLines, readDateLines } from "./offer-dates.ts";
import { type Form, locationInputs, locationsOfForm, locationTexts } from "./offer-locations.ts";

/** How a field is shown in inputs and read from them. */
interface FieldForm {
  readonly inputs: (value: unknown) => readonly string[];
  readonly toTexts: (value: unknown) => Form;
  /** The value that a form asks for; null where nothing is filled in. `now` is the value before. */
  readonly toValue: (form: Form, now: unknown) => unknown;
}

const shownLangs = ["de", "en"];

const Texts = z.record(z.string(), z.string().optional());
const WordLists = z.record(z.string(), z.array(z.string()).optional());
const Words = z.array(z.string());
const Numbers = z.record(z.string(), z.number().optional());
const Cost = z.object({ free: z.boolean() }).loose();

const wordsIn = (text: string) => text.split(/[,\n]/).flatMap((word) => word.trim() || []);
const orNull = <Value>(values: Readonly<Record<string, Value | undefined>>) => {
  const filled = Object.entries(values).filter(([, value]) => value !== undefined);
  return filled.length === 0 ? null : Object.fromEntries(filled);
};
const one = () => ["value"];
const typedIn = (form: Form, name: string) => form[name]?.replaceAll("\r\n", "\n").trim() || undefined;

/** A number as it is; anything else stays a text, which the offer's schema refuses. */
const numberOrText = (text: string | undefined) =>
  text !== undefined && /^-?\d{1,3}(?:[.,]\d{1,20})?$/.test(text) ? Number(text.replace(",", ".")) : text;

/** A text in each language; languages that the form does not show stay as they are. */
const localized: FieldForm = {
  inputs: () => shownLangs,
  toTexts: (value) => Texts.catch({}).parse(value),
  toValue: (form, now) =>
    orNull({ ...Texts.catch({}).parse(now), ...Object.fromEntries(shownLangs.map((lang) => [lang, typedIn(form, lang)])) }),
};

const plain: FieldForm = {
  inputs: one,
  toTexts: (value) => ({ value: typeof value === "string" ? value : "" }),
  toValue: (form) => typedIn(form, "value") ?? null,
};

const wordOf = (flag: unknown) => (typeof flag === "boolean" ? (flag ? "yes" : "no") : "");
const flagOf = (form: Form) => (form["value"] === "yes" ? true : form["value"] === "no" ? false : null);

/** Yes, no or not known. */
const flag: FieldForm = { inputs: one, toTexts: (value) => ({ value: wordOf(value) }), toValue: flagOf };

/** Of the cost it is asked whether there is none. */
const cost: FieldForm = {
  inputs: one,
  toTexts: (value) => ({ value: wordOf(Cost.safeParse(value).data?.free) }),
  toValue: (form, now) => {
    const free = flagOf(form);
    return free === null ? null : { ...Cost.safeParse(now).data, free };
  },
};

/** Several words with commas between them. */
const words: FieldForm = {
  inputs: one,
  toTexts: (value) => ({ value: Words.catch([]).parse(value).join(", ") }),
  toValue: (form) => {
    const typed = wordsIn(form["value"] ?? "");
    return typed.length === 0 ? null : typed;
  },
};

const wordsInLangs: FieldForm = {
  inputs: () => shownLangs,
  toTexts: (value) =>
    Object.fromEntries(Object.entries(WordLists.catch({}).parse(value)).map(([lang, list = []]) => [lang, list.join(", ")])),
  toValue: (form, now) => {
    const typed = shownLangs.map((lang) => [lang, wordsIn(form[lang] ?? "")] as const);
    const filled = typed.map(([lang, list]) => [lang, list.length === 0 ? undefined : list] as const);
    return orNull({ ...WordLists.catch({}).parse(now), ...Object.fromEntries(filled) });
  },
};

const numbers = (names: readonly string[]): FieldForm => ({
  inputs: () => names,
  toTexts: (value) =>
    Object.fromEntries(Object.entries(Numbers.catch({}).parse(value)).map(([name, number]) => [name, number?.toString()])),
  toValue: (form) => orNull(Object.fromEntries(names.map((name) => [name, numberOrText(typedIn(form, name))]))),
});

const addressParts = ["street", "postcode", "city"];
const address: FieldForm = {
  inputs: () => addressParts,
  toTexts: (value) => Texts.catch({}).parse(value),
  toValue: (form) => orNull(Object.fromEntries(addressParts.map((name) => [name, typedIn(form, name)]))),
};

const needIds = z.array(z.string()).catch([]);

/** A choice for each need, and one for another. */
const needs: FieldForm = {
  inputs: (value) => Array.from({ length: needIds.parse(value).length + 1 }, (_, index) => `need-${index}`),
  toTexts: (value) => Object.fromEntries(needIds.parse(value).map((need, index) => [`need-${index}`, need])),
  toValue: (form, now) => [...new Set(needs.inputs(now).flatMap((name) => typedIn(form, name) ?? []))],
};

const dates: FieldForm = {
  inputs: one,
  toTexts: (value) => ({ value: dateLines(value) }),
  toValue: (form) => readDateLines(form["value"] ?? ""),
};

const locations: FieldForm = { inputs: locationInputs, toTexts: locationTexts, toValue: locationsOfForm };

/** In the order of the page. */
const forms = new Map<string, FieldForm>([
  ...["title", "summary", "forWhom", "papers", "skills"].map((field) => [field, localized] as const),
  ["needs", needs],
  ["words", wordsInLangs],
  ["address", address],
  ["geo", numbers(["lat", "lon"])],
  ["district", plain],
  ["locations", locations],
  ["dates", dates],
  ...["openingHours", "phone", "email", "url", "bookingUrl", "deadline", "validUntil"].map((field) => [field, plain] as const),
  ["cost", cost],
  ["wheelchair", flag],
  ["online", flag],
  ["languages", words],
  ["age", numbers(["from", "to"])],
]);

/** The fields that the console's forms change, in the order of the page. */
export const editableFields: readonly string[] = [...forms.keys()];

/** True for fields that the console's form changes. */
export function isEditable(field: string): boolean {
  return forms.has(field);
}

/** True for what is answered by yes, no or not known. */
export function isFlag(field: string): boolean {
  return ["cost", "wheelchair", "online"].includes(field);
}

/** The names of the inputs for a field's value; those of a list have a number behind a hyphen. */
export function inputsOf(field: string, value: unknown): readonly string[] {
  return forms.get(field)?.inputs(value) ?? one();
}

/** What the inputs of a field hold for its value. */
export function textsOf(field: string, value: unknown): Form {
  return forms.get(field)?.toTexts(value) ?? {};
}

/** The value that a form asks for; null where nothing is filled in. What the form does not show stays as it is. */
export function valueOfForm(field: string, form: Form, now: unknown): unknown {
  return forms.get(field)?.toValue(form, now);
}
