import type { District } from "../core/offer.ts";
import { foldGerman } from "./german.ts";
import {
  arabicCodeOf,
  createPlaceIndex,
  cyrillicCodesOf,
  type Entry,
  everydayQuarters,
  type PlaceIndex,
  shortestTypo,
} from "./place-index.ts";
import { foldWord, readableText } from "./word-scan.ts";

/** A place of Munich that a text names: the official Stadtbezirk, and the quarter if a smaller place was named. */
export interface FoundPlace {
  readonly district?: string;
  readonly quarter?: string;
  readonly postcode?: string;
}

interface Word {
  readonly key: string;
  readonly raw: string;
  /** True if a sentence or the text begins with it. */
  readonly opens: boolean;
  /** True if only spaces or a hyphen stand before it. */
  readonly near: boolean;
}

/** What languages hang on a place's name: "Sendlinger", "u Sendlingu", "Pasing'de". */
const endings = new Set(
  "er ers erin es s u a e om em i de da te ta den dan ten tan deki daki teki taki ye ya li lu in un nin ne у а е і и ом ем ов".split(" "),
);
/** On names of four letters only these, since others make everyday words ("Riemen"). */
const safeEndings = new Set("er u a de da den dan deki".split(" "));
const shortestInflected = 4;
const shortestFreelyInflected = 5;

/** From this length on a name with a slip needs nothing around it to be known. */
const longEnoughAlone = 8;
/** Everyday words that are one letter away from a place. */
const notTypos = new Set(
  "sending spending pending passing paying parsing pacing passung westen western weekend sendung sendungen flacher perlen hindern hadere haders allah ostern altstadt neuhaus neunhausen dienning".split(
    " ",
  ),
);
const beforePlaces = new Set(
  "in im am an aus nach bei beim von nahe raum stadtteil bezirk viertel munchen munich u na v a en da i near around from to at fia um quartier naher nahe ab".split(
    " ",
  ),
);
const notBehindAu = new Set(["weh", "pair", "pairs", "ja", "backe", "fein", "mann", "secours", "revoir"]);

/** No name of one or two words in any language is longer. */
const longestName = 32;
/** Two foreign words are read by their sound from this length on, without the space; shorter ones are everyday words. */
const shortestForeignPair = 10;
/** "In", "and", "the", "for", which Arabic joins to a word. */
const arabicPrefixes = ["وبال", "بال", "وال", "ال", "لل", "وب", "ب", "ل", "و", "ف"];
/** Their consonants. */
const arabicPrefixCodes = ["", "بل", "لل", "ب", "ل", "ف"];

function wordsOf(given: string): readonly Word[] {
  const text = readableText(given);
  let end = 0;
  return Array.from(text.matchAll(/[\p{L}\p{M}\p{N}]+/gu), (match) => {
    const gap = text.slice(end, match.index);
    const opens = end === 0 || /[.!?:;\n]/.test(gap);
    end = match.index + match[0].length;
    return { key: foldGerman(match[0]), raw: match[0], opens, near: /^[\s-]*$/.test(gap) };
  });
}

function findInflected({ written }: PlaceIndex, key: string): Entry | undefined {
  for (let length = key.length - 1; length >= shortestInflected; length -= 1) {
    const entry = written.get(key.slice(0, length));
    const allowed = length >= shortestFreelyInflected ? endings : safeEndings;
    if (entry !== undefined && allowed.has(key.slice(length))) return entry;
  }
  return undefined;
}

function findCyrillic({ sounds }: PlaceIndex, raw: string): Entry | undefined {
  const code = cyrillicCodesOf(raw).find((each) => sounds.has(each));
  return code === undefined ? undefined : sounds.get(code);
}

function findArabic({ written, consonants }: PlaceIndex, raw: string): Entry | undefined {
  for (const prefix of arabicPrefixes) {
    const entry =
      raw.startsWith(prefix) && raw.length - prefix.length >= shortestInflected ? written.get(raw.slice(prefix.length)) : undefined;
    if (entry !== undefined) return entry;
  }
  const code = arabicCodeOf(raw);
  const joined = arabicPrefixCodes.find((prefix) => code.startsWith(prefix) && consonants.has(code.slice(prefix.length)));
  return consonants.get(joined === undefined ? code : code.slice(joined.length));
}

function findByLetters(index: PlaceIndex, raw: string): Entry | undefined {
  if (/^\p{Script=Cyrillic}/u.test(raw)) return findCyrillic(index, raw);
  return /^\p{Script=Arabic}/u.test(raw) ? findArabic(index, foldWord(raw)) : undefined;
}

/** A name with one letter wrong; shorter names need a word before them that a place follows, or a capital inside a sentence. */
function findTypo({ written, nearest }: PlaceIndex, words: readonly Word[], at: number): Entry | undefined {
  const word = words[at];
  if (word === undefined || word.key.length < shortestTypo || !/^[a-z]+$/.test(word.key) || notTypos.has(word.key)) return undefined;
  const near = nearest(word.key);
  if (near === undefined) return undefined;
  const follows = beforePlaces.has(words[at - 1]?.key ?? "");
  const known = word.key.length >= longEnoughAlone || follows || (near.length > shortestTypo && !word.opens && /^\p{Lu}/u.test(word.raw));
  return known ? written.get(near) : undefined;
}

function isEverydayUse(words: readonly Word[], at: number): boolean {
  const word = words[at];
  if (word === undefined || !everydayQuarters.has(word.key)) return false;
  const named = /^\p{Lu}\p{Ll}/u.test(word.raw) && !word.opens;
  return !named || notBehindAu.has(words[at + 1]?.key ?? "");
}

function findWord(index: PlaceIndex, words: readonly Word[], at: number): Entry | undefined {
  const word = words[at];
  if (word === undefined || word.key.length > longestName || isEverydayUse(words, at)) return undefined;
  const { written, joined } = index;
  const direct = written.get(word.key) ?? joined.get(word.key);
  if (direct !== undefined) return direct;
  return findByLetters(index, word.raw) ?? findInflected(index, word.key) ?? findTypo(index, words, at);
}

/** Two words in Cyrillic or Arabic letters that sound like a name of two ("Зендлингер Тор"). */
function findForeignPair(index: PlaceIndex, first: Word, second: Word): Entry | undefined {
  if (first.key.length + second.key.length < shortestForeignPair) return undefined;
  const codes = /^\p{Script=Arabic}/u.test(first.raw) ? [arabicCodeOf(first.raw)] : cyrillicCodesOf(first.raw);
  return codes.some((code) => index.firstCodes.has(code)) ? findByLetters(index, `${first.raw} ${second.raw}`) : undefined;
}

function findPair(index: PlaceIndex, [first, second, third]: readonly Word[]): Entry | undefined {
  if (first === undefined || second === undefined) return undefined;
  const key = `${first.key} ${second.key}`;
  // "Am hart arbeiten" is no place.
  if (key === "am hart" && second.raw === "hart" && third?.key.endsWith("n") === true) return undefined;
  const direct = index.firstWords.has(first.key) ? index.written.get(key) : undefined;
  const joined = second.near && key.length <= longestName ? index.joined.get(first.key + second.key) : undefined;
  return direct ?? joined ?? findForeignPair(index, first, second);
}

function findPhrase(index: PlaceIndex, words: readonly Word[], start: number, size: number): Entry | undefined {
  if (size === 1) return findWord(index, words, start);
  if (size === 2) return findPair(index, words.slice(start, start + 3));
  if (!index.firstWords.has(words[start]?.key)) return undefined;
  const part = words.slice(start, start + size);
  return index.written.get(part.map(({ key }) => key).join(" "));
}

/** Finds the first place that a text names; the longest name wins ("Sendling-Westpark" before "Sendling"). */
export function createPlaceFinder(districts: readonly District[]): (text: string) => FoundPlace {
  const index = createPlaceIndex(districts);
  const postcodes = new Set(districts.flatMap((district) => district.postcodes));
  return (text) => {
    const words = wordsOf(text);
    const postcode = words.find(({ key }) => postcodes.has(key))?.key;
    const found = postcode === undefined ? {} : { postcode };
    for (let size = index.mostWords; size >= 1; size -= 1) {
      for (let start = 0; start + size <= words.length; start += 1) {
        const entry = findPhrase(index, words, start, size);
        if (entry !== undefined) return { ...found, ...entry };
      }
    }
    return found;
  };
}
