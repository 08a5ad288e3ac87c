import { z } from "zod";

/** What the inputs of a form hold, by their names. */
export type Form = Readonly<Record<string, string | undefined>>;

const Locations = z.array(z.looseObject({ address: z.record(z.string(), z.string()).optional() }));

const addressParts = ["street", "postcode", "city"];
const ownParts = ["name", "phone", "email", "openingHours"];
const parts = ["name", ...addressParts, ...ownParts.slice(1)];
/** More places than any offer has. */
const mostPlaces = 500;

const listOf = (value: unknown) => Locations.catch([]).parse(value);

/** The inputs of an offer's several places, and of one that may be added. */
export function locationInputs(value: unknown): readonly string[] {
  return Array.from({ length: listOf(value).length + 1 }, (_, index) => parts.map((part) => `${part}-${index}`)).flat();
}

/** What these inputs hold. */
export function locationTexts(value: unknown): Form {
  return Object.fromEntries(
    listOf(value).flatMap(({ address = {}, ...own }, index) => {
      const texts: Readonly<Record<string, unknown>> = { ...own, ...address };
      return parts.map((part) => [`${part}-${index}`, typeof texts[part] === "string" ? texts[part] : ""] as const);
    }),
  );
}

const filled = (form: Form, index: number, names: readonly string[]) =>
  Object.fromEntries(
    names.flatMap((name) => {
      const text = form[`${name}-${index}`]?.trim();
      return text === undefined || text === "" ? [] : [[name, text] as const];
    }),
  );

/** The places that a form asks for: one whose inputs are all empty is taken away, and what the form does not show stays. Null where none is left. */
export function locationsOfForm(form: Form, now: unknown): unknown {
  const known = listOf(now);
  const count = Math.min(mostPlaces, known.length + 1);
  const places = Array.from({ length: count }, (_, index) => {
    const own = filled(form, index, ownParts);
    const address = filled(form, index, addressParts);
    if (Object.keys(own).length + Object.keys(address).length === 0) return [];
    const others = Object.entries(known[index] ?? {}).filter(([name]) => name !== "address" && !ownParts.includes(name));
    return [{ ...Object.fromEntries(others), ...own, ...(Object.keys(address).length === 0 ? {} : { address }) }];
  }).flat();
  return places.length === 0 ? null : places;
}
