import { isGivenName } from "./given-names.ts";
import { institution, isSurname, laterParticles, noNames, nounEnd, particles } from "./name-words.ts";
import type { Cut } from "./redact-scan.ts";

/** A word of a text and where it stands. */
export interface Token {
  readonly word: string;
  readonly from: number;
  readonly to: number;
}

const nextToken = /[ \u00a0]?(\p{Lu}\.(?= ?\p{Lu})|\p{L}[\p{L}\p{M}'’-]{0,60}(?![\p{L}\p{N}]))/uy;
const mostTokens = 5;
const clauseEnd = /^(?:[,.;:!?\n)،؟]|$| (?:und|and|ve|та|і|и|e|et|i|aus|from|من|hier|geb\.?|wohn\p{L}*|ich)(?!\p{L}))/iu;

/** The word right at an index or one blank behind it. */
export function tokenAt(text: string, at: number): Token | undefined {
  nextToken.lastIndex = at;
  const match = nextToken.exec(text);
  const word = match?.[1];
  if (match === null || word === undefined) return undefined;
  const to = match.index + match[0].length;
  return { word, from: to - word.length, to };
}

/** Whether a word begins with a capital. */
export function isCapital(word: string): boolean {
  return /^\p{Lu}/u.test(word);
}

/** Whether a word is of a script without capitals, such as Arabic. */
export function isUncased(word: string): boolean {
  return !/^[\p{Lu}\p{Ll}\p{Lt}]/u.test(word);
}

// Arabic "and the …" in one word.
const joinedNoun = /^وال/u;

/** Whether a word is none of those that are never a name. */
export function mayBeName(word: string): boolean {
  return !noNames.has(word.toLowerCase()) && !joinedNoun.test(word) && !(word.includes("-") && institution.test(word));
}

/** Whether a word looks like part of a name and not like a German noun. */
export function isNameLike(word: string): boolean {
  return isCapital(word) && mayBeName(word) && !nounEnd.test(word) && !institution.test(word) && !/\p{Lu}{2}/u.test(word);
}

/** The word that a name may begin with, right at an index. */
export function firstAt(text: string, at: number): Token | undefined {
  const token = tokenAt(text, at);
  return token !== undefined && mayBeName(token.word) ? token : undefined;
}

/** The last word of the name that `first` begins, and the word behind it; particles count only before a further part. */
function lastOf(text: string, first: Token, isPart: (word: string) => boolean): { readonly last: Token; readonly next: Token | undefined } {
  let last = first;
  let next = tokenAt(text, first.to);
  for (let count = 1, token = next; token !== undefined && count < mostTokens; count += 1) {
    const after = tokenAt(text, token.to);
    const isParticle = particles.has(token.word.toLowerCase()) && (token !== next || !laterParticles.has(token.word.toLowerCase()));
    const joins = isParticle && after !== undefined && (isCapital(after.word) || particles.has(after.word.toLowerCase()));
    if (!joins && !(mayBeName(token.word) && isPart(token.word))) break;
    if (!joins) [last, next] = [token, after];
    token = after;
  }
  return { last, next };
}

/** The whole name that `first` begins; none if it goes on as a street's or an institution's. */
export function cutName(text: string, first: Token, isPart: (word: string) => boolean): Cut | undefined {
  const { last, next } = lastOf(text, first, isPart);
  const isInstitution = next !== undefined && isCapital(next.word) && institution.test(next.word);
  return isInstitution ? undefined : { from: first.from, to: last.to, mark: "[Name]" };
}

/** The same, with a family name that nobody knows if the clause ends behind it: "mein name ist ngozi obiora und". */
export function cutNameInSmall(text: string, first: Token, isPart: (word: string) => boolean): Cut | undefined {
  const cut = cutName(text, first, isPart);
  const next = cut?.to === first.to && !isCapital(first.word) ? tokenAt(text, first.to) : undefined;
  const isEnd = next !== undefined && next.word.length > 2 && mayBeName(next.word) && clauseEnd.test(text.slice(next.to, next.to + 24));
  return cut === undefined || next === undefined || !isEnd ? cut : { ...cut, to: next.to };
}

/** A part that may follow where a name is announced. */
export function isFurtherName(word: string): boolean {
  return isCapital(word) || isSurname(word) || (isUncased(word) && (isGivenName(word) || word.startsWith("ال")));
}

/** A part that may follow a known given name: a family name that is no noun, or another given name. */
export function isLikelyPart(word: string): boolean {
  return (
    isNameLike(word) ||
    (/^\p{Lu}{4,}$/u.test(word) && !nounEnd.test(word) && !institution.test(word)) ||
    /^\p{Lu}\.$/u.test(word) ||
    (isGivenName(word) && (isCapital(word) || isUncased(word))) ||
    (isUncased(word) && word.startsWith("ال"))
  );
}

/** The second part of a name of which no part is known: two capitals in a row that are no nouns. */
export function isPair(text: string, first: Token): boolean {
  const second = tokenAt(text, first.to);
  if (second === undefined || !isNameLike(first.word)) return false;
  const joined = particles.has(second.word.toLowerCase()) ? tokenAt(text, second.to) : second;
  return joined !== undefined && isNameLike(joined.word);
}
