import type { District } from "../core/offer.ts";
import { foldGerman } from "./german.ts";
import { createNearestWord } from "./near-words.ts";
import { bavarianFormsOf, consonantsOfArabic, consonantsOfGerman, soundOfGerman, soundsOfCyrillicCases } from "./place-sounds.ts";

/** The official Stadtbezirk of a name, and the quarter if the name is one. */
export interface Entry {
  readonly district: string;
  readonly quarter?: string;
}

/** A shorter word is one letter away from too many others. */
export const shortestTypo = 6;
/**
 * Quarters whose names are everyday words in small letters (French "au", "gern", "was solln wir"), by their folded name. The districts list them only in
 * phrases ("in der Au"); alone they are known by a capital inside a sentence.
 */
export const everydayQuarters: ReadonlyMap<string, string> = new Map([
  ["au", "Au"],
  ["gern", "Gern"],
  ["solln", "Solln"],
]);

const shortestSound = 5;
const shortestConsonants = 5;
/** Names that are written as one word where they are two, or as two where they are one, are known from this length on. */
const shortestJoined = 8;

/** The folded words of a name with single spaces between. */
function keyOf(text: string): string {
  return (foldGerman(text).match(/[\p{L}\p{N}]+/gu) ?? []).join(" ");
}

function addAll(entries: Map<string, Entry>, keys: readonly string[], entry: Entry): void {
  for (const key of keys) if (!entries.has(key)) entries.set(key, entry);
}

/** The quarter that another spelling of a district's name means ("in der Au", "Пазінг"), if it is one and not the district. */
function quarterOf(alias: string, { quarters }: District): string | undefined {
  const everyday = [...everydayQuarters.values()].find((quarter) => alias.endsWith(` ${quarter}`));
  if (everyday !== undefined || /^\p{Script=Latin}/u.test(alias)) return everyday;
  const [sounds, consonants] = [cyrillicCodesOf(alias), arabicCodeOf(alias)];
  return quarters.find((quarter) => sounds.includes(cyrillicCodeOf(quarter)) || arabicCodesOf(quarter).includes(consonants));
}

/** Every name with its entry; districts before quarters before other spellings. */
function namesOf(districts: readonly District[]): readonly (readonly [name: string, entry: Entry])[] {
  return [
    ...districts.map(({ name }) => [name, { district: name }] as const),
    ...districts.flatMap(({ name, quarters }) => quarters.map((quarter) => [quarter, { district: name, quarter }] as const)),
    ...districts.flatMap((district) =>
      district.aliases.map((alias) => {
        const quarter = quarterOf(alias, district);
        return [alias, { district: district.name, ...(quarter === undefined ? {} : { quarter }) }] as const;
      }),
    ),
  ];
}

function partsOf(name: string): readonly string[] {
  return name.match(/[\p{L}\p{M}]+/gu) ?? [];
}

/** The sound of each word of a name in German letters, with spaces between. */
function cyrillicCodeOf(name: string): string {
  return partsOf(name).map(soundOfGerman).join(" ");
}

/** The sounds that a name in Cyrillic letters may stand for; its last word may have the ending of a case. None for other letters. */
export function cyrillicCodesOf(name: string): readonly string[] {
  if (!/^\p{Script=Cyrillic}/u.test(name)) return [];
  const parts = partsOf(name);
  const before = parts.slice(0, -1).map((part) => soundsOfCyrillicCases(part)[0] ?? "");
  return soundsOfCyrillicCases(parts.at(-1) ?? "").map((last) => [...before, last].join(" "));
}

/** The consonants of each word of a name in German letters. */
function arabicCodesOf(name: string): readonly string[] {
  return partsOf(name).reduce<readonly string[]>(
    (codes, part) => codes.flatMap((code) => consonantsOfGerman(part).map((each) => `${code} ${each}`.trim())),
    [""],
  );
}

/** The consonants of each word of a name in Arabic letters. */
export function arabicCodeOf(name: string): string {
  return partsOf(name).map(consonantsOfArabic).join(" ");
}

/** Names by how they are written, by their sound in Cyrillic and by their consonants in Arabic letters. */
export function createPlaceIndex(districts: readonly District[]) {
  const names = namesOf(districts);
  const written = new Map<string, Entry>();
  for (const [name, entry] of names) addAll(written, bavarianFormsOf(keyOf(name)), entry);
  for (const [, entry] of names) if (entry.quarter !== undefined) addAll(written, [keyOf(entry.quarter)], entry);
  const joined = new Map<string, Entry>();
  for (const [key, entry] of written) if (key.length >= shortestJoined) addAll(joined, [key.replaceAll(" ", "")], entry);
  const [sounds, consonants] = [new Map<string, Entry>(), new Map<string, Entry>()];
  for (const [name, entry] of names) {
    if (!/^[\p{Script=Latin}\s-]+$/u.test(name)) continue;
    addAll(
      sounds,
      [cyrillicCodeOf(name)].filter((code) => code.length >= shortestSound),
      entry,
    );
    addAll(
      consonants,
      arabicCodesOf(name).filter((code) => code.replaceAll(" ", "").length >= shortestConsonants),
      entry,
    );
  }
  const firstWords = new Set([...written.keys()].map((key) => key.split(" ", 1)[0]));
  const firstCodes = new Set(
    [...sounds.keys(), ...consonants.keys()].filter((code) => code.includes(" ")).map((code) => code.split(" ", 1)[0]),
  );
  const typable = [...written.keys()].filter((key) => /^[a-z]+$/.test(key) && key.length >= shortestTypo);
  const mostWords = Math.max(1, ...[...written.keys()].map((key) => key.split(" ").length));
  return { written, joined, firstWords, firstCodes, sounds, consonants, nearest: createNearestWord(typable), mostWords };
}

export type PlaceIndex = ReturnType<typeof createPlaceIndex>;
