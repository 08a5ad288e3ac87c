import { isGivenName } from "./given-names.ts";
import {
  addressWord,
  calledPhrase,
  iAmPhrase,
  institution,
  isSurname,
  kinWord,
  nameIsPhrase,
  noNames,
  nounEnd,
  particles,
  possessiveBefore,
  signOff,
} from "./name-words.ts";
import { type Cut, cutMatches } from "./redact-scan.ts";

interface Token {
  readonly word: string;
  readonly from: number;
  readonly to: number;
}

const nextToken = /[ \u00a0]?(\p{L}[\p{L}\p{M}'’-]{0,60})(?![\p{L}\p{N}])/uy;
const lead = /[ :,"'„“”«»]{0,3}(?:(?:übrigens|auch|jetzt|nämlich|هو|هي) )?/iuy;
const mostTokens = 5;
const welcomed = /^ [\p{L}-]{1,40} (?:nicht )?(?:gut|willkommen)(?!\p{L})/u;
const sentenceStart = /(?:^|[\n.,!?؟،؛:]|[وأا]?نا|مرحبا|عليكم) ?$/u;
const ageBehind = /^(?:, ?| ?\()\d{1,2}(?![\d.])/;

function tokenAt(text: string, at: number): Token | undefined {
  nextToken.lastIndex = at;
  const match = nextToken.exec(text);
  const word = match?.[1];
  if (match === null || word === undefined) return undefined;
  const to = match.index + match[0].length;
  return { word, from: to - word.length, to };
}

function isCapital(word: string): boolean {
  return /^\p{Lu}/u.test(word);
}

/** Scripts without capitals, such as Arabic. */
function isUncased(word: string): boolean {
  return !/^[\p{Lu}\p{Ll}\p{Lt}]/u.test(word);
}

function mayBeName(word: string): boolean {
  return !noNames.has(word.toLowerCase()) && !(word.includes("-") && institution.test(word));
}

/** The word that a name may begin with, right at an index. */
function firstAt(text: string, at: number): Token | undefined {
  const token = tokenAt(text, at);
  return token !== undefined && mayBeName(token.word) ? token : undefined;
}

/** The last word of the name that `first` begins, and the word behind it; particles count only before a further part. */
function lastOf(text: string, first: Token, isPart: (word: string) => boolean): { readonly last: Token; readonly next: Token | undefined } {
  let last = first;
  let next = tokenAt(text, first.to);
  for (let count = 1, token = next; token !== undefined && count < mostTokens; count += 1) {
    const after = tokenAt(text, token.to);
    const joins =
      particles.has(token.word.toLowerCase()) && after !== undefined && (isCapital(after.word) || particles.has(after.word.toLowerCase()));
    if (!joins && !(mayBeName(token.word) && isPart(token.word))) break;
    if (!joins) [last, next] = [token, after];
    token = after;
  }
  return { last, next };
}

/** The whole name that `first` begins; none if it goes on as a street's or an institution's. */
function cutName(text: string, first: Token, isPart: (word: string) => boolean): Cut | undefined {
  const { last, next } = lastOf(text, first, isPart);
  const isInstitution = next !== undefined && isCapital(next.word) && institution.test(next.word);
  return isInstitution ? undefined : { from: first.from, to: last.to, mark: "[Name]" };
}

function isFurtherName(word: string): boolean {
  return isCapital(word) || isSurname(word) || (isUncased(word) && (isGivenName(word) || word.startsWith("ال")));
}

function firstBehind(match: RegExpExecArray): Token | undefined {
  lead.lastIndex = match.index + match[0].length;
  return firstAt(match.input, lead.lastIndex + (lead.exec(match.input)?.[0].length ?? 0));
}

/** "ich heiße …": any word that is not an everyday one. */
function judgeCalled(match: RegExpExecArray): Cut | undefined {
  const { input: text, index } = match;
  const first = firstBehind(match);
  const end = index + match[0].length;
  if (first === undefined || welcomed.test(text.slice(end, end + 64))) return undefined;
  // "меня зовут работать" calls somebody to work.
  if (!isCapital(first.word) && /(?:ть|ти|ся)$/u.test(first.word)) return undefined;
  // "كتبوا اسمي غلط": inside a sentence the Arabic word is a noun like any other.
  const isNoun = isUncased(first.word) && !sentenceStart.test(text.slice(Math.max(0, index - 16), index));
  return isNoun && !isGivenName(first.word) ? undefined : cutName(text, first, isFurtherName);
}

/** "mein Name ist …": a capital, or a word that is known as a name. */
function judgeNameIs(match: RegExpExecArray): Cut | undefined {
  const first = firstBehind(match);
  if (first === undefined) return undefined;
  const isName = isCapital(first.word) || isGivenName(first.word) || isSurname(first.word);
  return isName ? cutName(match.input, first, isFurtherName) : undefined;
}

function isLikelyPart(word: string): boolean {
  return isGivenName(word) || (isCapital(word) && isSurname(word));
}

/** "mein Sohn Max": a known given name with a capital, or a capital with an age behind it. */
function judgeKin(match: RegExpExecArray): Cut | undefined {
  const text = match.input;
  const first = firstAt(text, match.index + match[0].length);
  if (first === undefined || !(isCapital(first.word) || isUncased(first.word))) return undefined;
  const mayHaveAge = isCapital(first.word) && !institution.test(first.word) && !nounEnd.test(first.word);
  const isName = isGivenName(first.word) || (mayHaveAge && ageBehind.test(text.slice(first.to, first.to + 6)));
  return isName ? cutName(text, first, isLikelyPart) : undefined;
}

/** "ich bin Anna": a known given name with a capital; any capital goes on with it where nouns are written small. */
function judgeIAm(match: RegExpExecArray): Cut | undefined {
  const first = firstAt(match.input, match.index + match[0].length);
  if (first === undefined || !(isCapital(first.word) || isUncased(first.word)) || !isGivenName(first.word)) return undefined;
  const isGerman = /^(?:ich|i bin|hier)/i.test(match[0]);
  return cutName(match.input, first, isGerman ? isLikelyPart : isFurtherName);
}

/** "Frau Müller": the surname, and given names before it; in small letters only a known name. */
function judgeAddress(match: RegExpExecArray): Cut | undefined {
  const text = match.input;
  const first = firstAt(text, match.index + match[0].length);
  if (first === undefined) return undefined;
  if (possessiveBefore.test(text.slice(Math.max(0, match.index - 12), match.index))) return judgeKin(match);
  const isGiven = isGivenName(first.word);
  const isName = isCapital(first.word) || isGiven || isSurname(first.word);
  return isName ? cutName(text, first, (word) => isSurname(word) || (isGiven && isFurtherName(word))) : undefined;
}

function redactSignOff(text: string): string {
  const start = Math.max(0, text.length - 200);
  const found = signOff.exec(text.slice(start));
  const name = found?.[1];
  if (found === null || name === undefined || !isCapital(name) || !name.split(" ").every(mayBeName)) return text;
  const from = start + found.index + found[0].lastIndexOf(name);
  return `${text.slice(0, from)}[Name]${text.slice(from + name.length)}`;
}

/** Replaces names of people where the sentence says that it is one; names of streets, houses and institutions stay. */
export function redactNames(text: string): string {
  const called = cutMatches(cutMatches(text, calledPhrase, judgeCalled), nameIsPhrase, judgeNameIs);
  const addressed = cutMatches(called, addressWord, judgeAddress);
  return redactSignOff(cutMatches(cutMatches(addressed, kinWord, judgeKin), iAmPhrase, judgeIAm));
}
