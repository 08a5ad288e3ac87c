import { isEverydayWord, isGivenName } from "./given-names.ts";
import { closingThanks, farewell } from "./name-phrases.ts";
import { isCapital, isNameLike, isUncased, mayBeName } from "./name-tokens.ts";
import { isSurname, noNames, particles } from "./name-words.ts";

const mostCharacters = 200;

function isKnownName(word: string): boolean {
  return isGivenName(word) && (isCapital(word) || isUncased(word) || !isEverydayWord(word));
}

function isSignatureWord(word: string, isSure: boolean): boolean {
  if (noNames.has(word.toLowerCase()) && !particles.has(word.toLowerCase())) return false;
  const isInitial = /^\p{Lu}\.?$/u.test(word);
  return (
    isInitial ||
    isNameLike(word) ||
    isKnownName(word) ||
    (isSure && isGivenName(word)) ||
    isSurname(word) ||
    particles.has(word.toLowerCase()) ||
    (isUncased(word) && mayBeName(word))
  );
}

/** Whether a few words at the end of a message are a person's name. */
function isSignature(name: string, isSure: boolean): boolean {
  const words = name.split(/[ \u00a0]/);
  if (words.length > 4 || !words.every((each) => isSignatureWord(each, isSure)) || !words.some((each) => /^\p{L}{2,}/u.test(each)))
    return false;
  return (
    words.some((each) => isKnownName(each) || isSurname(each) || (isSure && isGivenName(each))) ||
    (isSure && (isUncased(name) ? words.length < 4 : isCapital(name)))
  );
}

function cutEnd(text: string, start: number, found: RegExpExecArray, name: string): string {
  const from = start + found.index + found[0].lastIndexOf(name);
  return `${text.slice(0, from)}[Name]${text.slice(from + name.length)}`;
}

const lastLine = /\n[ ,.-]{0,3}([^\n]{2,60}?)[.!\s]*$/u;

/** Replaces the name that signs a message: behind a closing formula, behind thanks, or alone on the last line. */
export function redactSignature(text: string): string {
  const start = Math.max(0, text.length - mostCharacters);
  const end = text.slice(start);
  const closed = farewell.exec(end);
  if (closed?.[1] !== undefined && isSignature(closed[1], true)) return cutEnd(text, start, closed, closed[1]);
  const thanked = closingThanks.exec(end);
  if (thanked?.[2] !== undefined && isSignature(thanked[2], thanked[1]?.includes("\n") === true))
    return cutEnd(text, start, thanked, thanked[2]);
  const line = lastLine.exec(end);
  return line?.[1] !== undefined && isSignature(line[1], false) ? cutEnd(text, start, line, line[1]) : text;
}
