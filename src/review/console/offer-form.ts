import { z } from "zod";

/** Fields with a text for each language, and those with one text; others are shown only. */
export const localizedFields = ["title", "summary", "forWhom", "papers", "skills"] as const;
export const plainFields = ["openingHours", "phone", "email", "url", "bookingUrl", "deadline", "validUntil"] as const;
export const shownLangs = ["de", "en"] as const;

const Texts = z.record(z.string(), z.string().optional());

/** The texts of a field as the form shows them, by language; those of plain fields stand under "value". */
export function textsOf(value: unknown): Readonly<Record<string, string | undefined>> {
  if (typeof value === "string") return { value };
  const parsed = Texts.safeParse(value);
  return parsed.success ? parsed.data : {};
}

/** The value that a form asks for; null where all its texts are empty. Languages that the form does not show stay as they are. */
export function valueOfForm(field: string, form: Readonly<Record<string, string>>, now: unknown): unknown {
  if (plainFields.some((each) => each === field)) return form["value"]?.trim() || null;
  const texts: Record<string, string | undefined> = { ...textsOf(now) };
  for (const lang of shownLangs) texts[lang] = form[lang]?.replaceAll("\r\n", "\n").trim() || undefined;
  const filled = Object.entries(texts).filter(([, text]) => text !== undefined);
  return filled.length === 0 ? null : Object.fromEntries(filled);
}

/** True for fields that the console's form changes. */
export function isEditable(field: string): boolean {
  return [...localizedFields, ...plainFields].some((each) => each === field);
}
