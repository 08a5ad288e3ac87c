import { isEverydayWord, isGivenName } from "./given-names.ts";
import { isCapital, isNameLike } from "./name-tokens.ts";
import { institution } from "./name-words.ts";
import { cutMatches } from "./redact-scan.ts";

const word = /(?<![\p{L}\p{N}-])\p{L}[\p{L}\p{M}'’-]{1,60}(?![\p{L}\p{N}-])/gu;
const institutionBehind = /^ (\p{Lu}[\p{L}-]{2,40})/u;

/** Replaces the parts of names that were found in a text where they stand in it once more, except in the name of a street or house. */
export function redactRepeats(text: string, names: ReadonlySet<string>): string {
  const parts = new Set([...names].flatMap((name) => name.split(" ")).filter((part) => part.length > 2 && isNameLike(part)));
  if (parts.size === 0) return text;
  const inSmall = new Set([...parts].filter((part) => isGivenName(part) && !isEverydayWord(part)).map((part) => part.toLowerCase()));
  return cutMatches(text, word, (match) => {
    const to = match.index + match[0].length;
    const next = institutionBehind.exec(text.slice(to, to + 44))?.[1];
    const isRepeat = isCapital(match[0]) ? parts.has(match[0]) : inSmall.has(match[0]);
    return isRepeat && !(next !== undefined && institution.test(next)) ? { from: match.index, to, mark: "[Name]" } : undefined;
  });
}
