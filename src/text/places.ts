import type { District } from "../core/offer.ts";
import { foldGerman } from "./german.ts";

/** A place of Munich that a text names: the official Stadtbezirk, and the quarter if a smaller place was named. */
export interface FoundPlace {
  readonly district?: string;
  readonly quarter?: string;
  readonly postcode?: string;
}

interface Entry {
  readonly district: string;
  readonly quarter?: string;
}

const shortestInflected = 5;
const longestEnding = 3;

function keyOf(text: string): string {
  return (foldGerman(text).match(/[\p{L}\p{N}]+/gu) ?? []).join(" ");
}

function entriesOf(districts: readonly District[]): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>();
  const add = (name: string, entry: Entry) => {
    if (!entries.has(keyOf(name))) entries.set(keyOf(name), entry);
  };
  for (const { name } of districts) add(name, { district: name });
  for (const { name, aliases } of districts) for (const alias of aliases) add(alias, { district: name });
  for (const { name, quarters } of districts) for (const quarter of quarters) add(quarter, { district: name, quarter });
  return entries;
}

/** Endings that languages hang on a place's name ("Sendlinger", "u Sendlingu", "в Пазінгу"). */
function findInflected(word: string, entries: ReadonlyMap<string, Entry>): Entry | undefined {
  for (let cut = 1; cut <= longestEnding && word.length - cut >= shortestInflected; cut += 1) {
    const entry = entries.get(word.slice(0, -cut));
    if (entry !== undefined) return entry;
  }
  return undefined;
}

/** Finds the first place that a text names; the longest name wins ("Sendling-Westpark" before "Sendling"). */
export function createPlaceFinder(districts: readonly District[]): (text: string) => FoundPlace {
  const entries = entriesOf(districts);
  const mostWords = Math.max(1, ...[...entries.keys()].map((key) => key.split(" ").length));
  const postcodes = new Set(districts.flatMap((district) => district.postcodes));
  return (text) => {
    const words = keyOf(text).split(" ");
    const postcode = words.find((word) => postcodes.has(word));
    const found = postcode === undefined ? {} : { postcode };
    for (let size = mostWords; size >= 1; size -= 1) {
      for (let start = 0; start + size <= words.length; start += 1) {
        const phrase = words.slice(start, start + size).join(" ");
        const entry = entries.get(phrase) ?? (size === 1 ? findInflected(phrase, entries) : undefined);
        if (entry !== undefined) return { ...found, ...entry };
      }
    }
    return found;
  };
}
