import type { Context } from "hono";
import { z } from "zod";

const mostPlaces = 100_000;

const Count = z
  .string()
  .trim()
  .regex(/^\d{1,6}$/)
  .transform((text) => Number.parseInt(text, 10))
  .pipe(z.int().max(mostPlaces));

const PlacesForm = z.object({
  available: z.string().max(100).default(""),
  seen: z.string().max(100).default(""),
  unit: z.coerce.number().int().min(0).optional(),
  step: z.enum(["-1", "1"]).optional(),
  right: Count.optional(),
  remove: z.literal("1").optional(),
});

/** What was entered of free places; `available` is undefined where the number goes. */
export type PlacesEntry =
  | { readonly kind: "places"; readonly available: number | undefined; readonly seen: string; readonly unit: number | undefined }
  | { readonly kind: "no-number"; readonly typed: string }
  | { readonly kind: "invalid" };

/** Every field of a form, the ones that are there several times as lists; files are left out. */
export async function readForm(c: Context): Promise<Readonly<Record<string, readonly string[]>>> {
  const form = await c.req.parseBody({ all: true });
  return Object.fromEntries(
    Object.entries(form).map(([name, value]) => [name, [value].flat().filter((each): each is string => typeof each === "string")]),
  );
}

/** The first value of each field. */
export function firstValues(form: Readonly<Record<string, readonly string[]>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(form).flatMap(([name, [first]]) => (first === undefined ? [] : [[name, first]])));
}

/** Reads the form of free places. A step counts from the number that stood in the form. */
export function readPlaces(form: Readonly<Record<string, string>>): PlacesEntry {
  const parsed = PlacesForm.safeParse(form);
  if (!parsed.success) return { kind: "invalid" };
  const { available, seen, unit, step, right, remove } = parsed.data;
  if (remove !== undefined) return { kind: "places", available: undefined, seen, unit };
  if (right !== undefined) return { kind: "places", available: right, seen, unit };
  const count = Count.safeParse(available);
  if (!count.success) return { kind: "no-number", typed: available };
  const stepped = Math.min(mostPlaces, Math.max(0, count.data + Number(step ?? 0)));
  return { kind: "places", available: stepped, seen, unit };
}
