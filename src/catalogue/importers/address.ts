import type { Address, GeoPoint } from "../../core/offer.ts";
import { plainLine } from "./clean.ts";

const street = /^(.*\p{L}.*)$/u;
const townOfPostcode = /^(?:D-|DE-)?(\d{5})\s+(\p{L}[\p{L}\s.()/-]*)$/u;
const country = /^(?:deutschland|germany|de|d)$/i;

/**
 * An address of one text ("Bürgerhaus, Landshuter Allee 11, 80637 München"): the part before the postcode is the street.
 * Undefined where there is no German postcode with a town and a street.
 */
export function splitAddress(text: string | null | undefined): Address | undefined {
  const parts = (plainLine(text) ?? "")
    .replace(/(\p{L}.*?\d+\s?[a-z]?)\s+((?:D-)?\d{5}\s+\p{L})/u, "$1, $2")
    .split(/\s*[,;|·]\s*/)
    .filter((part) => part !== "" && !country.test(part));
  const at = parts.findIndex((part) => townOfPostcode.test(part));
  const [, postcode = "", city = ""] = parts[at]?.match(townOfPostcode) ?? [];
  const line = parts.slice(0, Math.max(at, 0)).findLast((part) => street.test(part));
  return at < 0 || line === undefined ? undefined : { street: line, postcode, city: city.trim() };
}

/** An address of its parts; undefined where one of them is missing. A postcode that is not German stays and is named by the check of the record. */
export function addressOf(parts: {
  readonly street?: string | null | undefined;
  readonly postcode?: string | number | null | undefined;
  readonly city?: string | null | undefined;
}): Address | undefined {
  const line = plainLine(parts.street);
  const postcode = plainLine(parts.postcode === undefined || parts.postcode === null ? undefined : String(parts.postcode))?.replace(
    /^(?:D|DE)-/i,
    "",
  );
  const city = plainLine(parts.city);
  return line === undefined || postcode === undefined || city === undefined ? undefined : { street: line, postcode, city };
}

function degrees(value: string | number | null | undefined): number | undefined {
  if (typeof value === "number") return value;
  const text = value?.trim().replace(",", ".");
  return text === undefined || text === "" ? undefined : Number(text);
}

/** A point of two values, numbers or text with a point or a comma; what is no number is NaN, which the check of the record names. */
export function geoPoint(lat: string | number | null | undefined, lon: string | number | null | undefined): GeoPoint | undefined {
  const [north, east] = [degrees(lat), degrees(lon)];
  return north === undefined || east === undefined ? undefined : { lat: north, lon: east };
}
