import type { Address, GeoPoint } from "../../core/offer.ts";
import { withoutMarks } from "./offer-id.ts";

const gramLength = 4;
const kmPerDegree = 111.2;
const latitudeOfMunich = (48.14 * Math.PI) / 180;
/** Two points that are one place, a large building included. */
const samePlaceKm = 0.15;

/** Legal forms say who runs something, not what it is called. */
const legalForms = /\b(?:e v|ev|ggmbh|gmbh|ag|kg|stiftung|landeshauptstadt|stadt|referat fuer)\b/g;

/** Letters and digits of a text in small, words parted by single spaces. */
export function normalise(text: string): string {
  return withoutMarks(text)
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** A name of an organisation without its legal form. */
export function normaliseOrganisation(name: string): string {
  const plain = normalise(name);
  return plain.replaceAll(legalForms, " ").replaceAll(/ +/g, " ").trim() || plain;
}

function gramsOf(text: string): ReadonlySet<string> {
  const padded = ` ${text} `;
  const grams = new Set<string>();
  for (let at = 0; at + gramLength <= padded.length; at += 1) grams.add(padded.slice(at, at + gramLength));
  return grams;
}

/** How alike two normalised texts are, 0 to 1: Dice's coefficient of their runs of 4 characters. */
export function similarityOf(one: string, other: string): number {
  if (one === other) return 1;
  const [a, b] = [gramsOf(one), gramsOf(other)];
  if (a.size === 0 || b.size === 0) return 0;
  let shared = 0;
  for (const gram of a) if (b.has(gram)) shared += 1;
  return (2 * shared) / (a.size + b.size);
}

/** Where an offer is to be had, as far as that is known. */
export interface Place {
  readonly address?: Address | undefined;
  readonly geo?: GeoPoint | undefined;
}

function streetOf({ street, postcode }: Address): string {
  return `${postcode} ${normalise(street).replaceAll(/str(?:asse)?\b/g, "str")}`;
}

/** True for the same address or points next to each other, and for two offers without any place; false where the places differ or one of them is unknown. */
export function isSamePlace(one: Place, other: Place): boolean {
  const [a, b] = [one.geo, other.geo];
  if (a !== undefined && b !== undefined) {
    const km = Math.hypot((a.lat - b.lat) * kmPerDegree, (a.lon - b.lon) * kmPerDegree * Math.cos(latitudeOfMunich));
    return km <= samePlaceKm;
  }
  if (one.address !== undefined && other.address !== undefined) return streetOf(one.address) === streetOf(other.address);
  return one.address === undefined && other.address === undefined && a === undefined && b === undefined;
}
