import { isEverydayWord, isGivenName } from "./given-names.ts";
import {
  aboutWord,
  addressWord,
  calledPhrase,
  familyWord,
  germanIAm,
  givenNameBehind,
  greetingFrom,
  iAmPhrase,
  kinWord,
  nameBehind,
  nameIsPhrase,
  possessiveBefore,
} from "./name-phrases.ts";
import {
  cutName,
  cutNameInSmall,
  firstAt,
  isCapital,
  isFurtherName,
  isLikelyPart,
  isNameLike,
  isPair,
  isUncased,
  type Token,
  tokenAt,
} from "./name-tokens.ts";
import { institution, isPublicFigure, isSurname, nounEnd } from "./name-words.ts";
import { redactRepeats } from "./redact-repeats.ts";
import { type Cut, cutMatches } from "./redact-scan.ts";
import { redactSignature } from "./redact-signature.ts";

const lead =
  /[ :,"'„“”«»—–-]{0,3}(?:(?:übrigens|auch|jetzt|nämlich|eigentlich|früher|immer noch|einfach|aber|mit (?:vor|nach)namen|هو|هي|dr\.|prof\.) ){0,2}/iuy;
const since = /(?: jetzt)? (?:seit|nach|vor)(?: (?:der|meiner|dem|unserer))? \p{L}{3,20}(?= \p{Lu})/uy;
const welcomed = /^ [\p{L}-]{1,40} (?:nicht )?(?:gut|willkommen)(?!\p{L})/u;
const sentenceStart = /(?:^|[\n.,!?؟،؛:]|[وأا]?نا|مرحبا|عليكم) ?$/u;
const ageBehind = /^(?:, ?| ?\()\d{1,2}(?![\d.])/;
// Labels whose value is a name even where nouns have capitals.
const certainLabel =
  /(?:(?:vor|nach|familien|geburts|mädchen|ruf)name|auf den namen|unter dem namen|wir hei(?:ß|ss)en|:|ist|is|['’]s|lautet|namens|heißt|heisst|soyad\p{L}{0,2}|ad[iı]m?|[iİ]sm[iı]m?|surname|(?:last|first|family|maiden|given) name|cognome(?: è)?|nome|chiama|prénom|nom(?: de famille)?|est|prezime(?: mi)?(?: je)?|ime(?: je)?|zove(?: se)?|je|прізвище|фамилия|ім['’ʼ]я|имя|піб|фио|зовут|звати|звуть|firmato|signé|name['’]s)$/iu;

/** The word that a name may begin with behind a phrase and what it says besides: "ich heiße seit der Hochzeit …". */
function firstBehind(match: RegExpExecArray): Token | undefined {
  since.lastIndex = match.index + match[0].length;
  lead.lastIndex = since.test(match.input) ? since.lastIndex : match.index + match[0].length;
  return firstAt(match.input, lead.lastIndex + (lead.exec(match.input)?.[0].length ?? 0));
}

/** A known given name as it is written in this script, in small letters only if it is no everyday word. */
function isKnown(word: string): boolean {
  return isGivenName(word) && (isCapital(word) || isUncased(word) || !isEverydayWord(word));
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
  return isNoun && !isGivenName(first.word) ? undefined : cutNameInSmall(text, first, isFurtherName);
}

/** "mein Name ist …": a capital that is no noun, or a word that is known as a name. */
function judgeNameIs(match: RegExpExecArray): Cut | undefined {
  const first = firstBehind(match);
  if (first === undefined) return undefined;
  const isLabelled = isUncased(first.word) && match.input.slice(match.index + match[0].length, first.from).includes(":");
  const isSure = isLabelled || (/^\p{Lu}./u.test(first.word) && !nounEnd.test(first.word) && certainLabel.test(match[0]));
  const isName = isSure || isKnown(first.word) || isSurname(first.word) || isPair(match.input, first);
  return isName ? cutNameInSmall(match.input, first, isSure ? isFurtherName : isLikelyOrSurname) : undefined;
}

function isLikelyOrSurname(word: string): boolean {
  return isLikelyPart(word) || isSurname(word);
}

/** "mein Sohn Max": a known given name, two capitals that are no nouns, or a capital with an age behind it. */
function judgeKin(match: RegExpExecArray): Cut | undefined {
  const text = match.input;
  const first = firstAt(text, match.index + match[0].length);
  if (first === undefined) return undefined;
  const mayHaveAge = isCapital(first.word) && !institution.test(first.word) && !nounEnd.test(first.word);
  const isName = isKnown(first.word) || isPair(text, first) || (mayHaveAge && ageBehind.test(text.slice(first.to, first.to + 6)));
  return isName ? cutName(text, first, isLikelyOrSurname) : undefined;
}

/** "ich bin Anna": a known given name, or two capitals where nouns are written small. */
function judgeIAm(match: RegExpExecArray): Cut | undefined {
  const first = firstBehind(match);
  if (first === undefined) return undefined;
  const isGerman = germanIAm.test(match[0]);
  const isSurnameNext = isSurname(tokenAt(match.input, first.to)?.word ?? "");
  const isName = isKnown(first.word) || ((!isGerman || isSurnameNext) && isPair(match.input, first));
  return isName ? cutNameInSmall(match.input, first, isLikelyOrSurname) : undefined;
}

/** "Frau Müller": the surname, and given names before it; in small letters only a known name. */
function judgeAddress(match: RegExpExecArray): Cut | undefined {
  const text = match.input;
  const first = firstAt(text, match.index + match[0].length);
  if (first === undefined) return undefined;
  if (possessiveBefore.test(text.slice(Math.max(0, match.index - 12), match.index))) return judgeKin(match);
  const isGiven = isGivenName(first.word);
  const isName = isCapital(first.word) || isGiven || isSurname(first.word);
  return isName
    ? cutName(
        text,
        first,
        (word) => isSurname(word) || (isGiven ? isFurtherName(word) : !isSurname(first.word) && isCapital(first.word) && isNameLike(word)),
      )
    : undefined;
}

/** "Familie Huber": any capital that is no noun. */
function judgeFamily(match: RegExpExecArray): Cut | undefined {
  const first = firstAt(match.input, match.index + match[0].length);
  return first !== undefined && isNameLike(first.word) ? cutName(match.input, first, isLikelyPart) : undefined;
}

/** "Geburtsurkunde von Lea": a known given name that is no word besides. */
function judgeAbout(match: RegExpExecArray): Cut | undefined {
  const { input: text, index } = match;
  const first = firstAt(text, index + match[0].length);
  if (first === undefined || !isCapital(first.word) || !isGivenName(first.word) || isEverydayWord(first.word)) return undefined;
  const cut = cutName(text, first, isLikelyPart);
  return cut === undefined || isPublicFigure(text, cut.from, cut.to) ? undefined : cut;
}

/** "Grüße vom Kreitmayr Alois": a name of which one part is known. */
function judgeGreeting(match: RegExpExecArray): Cut | undefined {
  const first = firstAt(match.input, match.index + match[0].length);
  if (first === undefined || !isCapital(first.word)) return undefined;
  const cut = cutName(match.input, first, isLikelyPart);
  const parts = cut === undefined ? [] : match.input.slice(cut.from, cut.to).split(" ");
  return parts.some((part) => isGivenName(part) || isSurname(part)) ? cut : undefined;
}

const capitalWord = /(?<![\p{L}\p{N}'’.-])\p{Lu}[\p{L}\p{M}'’-]{1,40}(?=[ \u00a0,]|\n|$)/gu;

const capitalBefore = /\p{Lu}[\p{L}\p{M}'’-]{0,24} $/u;

/** Whether a run of capitals is worth reading from here: it begins here, or a name that is known does. */
function mayBeginName(text: string, index: number, word: string): boolean {
  return isGivenName(word) || isSurname(word) || !capitalBefore.test(text.slice(Math.max(0, index - 26), index));
}

/** "Renate Zwickl", "Huber Anna": a known given name beside a capital that is no noun, unless the city is full of that name. */
function judgeFullName(match: RegExpExecArray): Cut | undefined {
  const { input: text, index } = match;
  const first = firstAt(text, index);
  if (first === undefined || !mayBeginName(text, index, first.word) || !isNameLike(first.word)) return undefined;
  const cut = cutName(text, first, isLikelyPart);
  if (cut === undefined) return undefined;
  if (givenNameBehind.test(text.slice(cut.to, cut.to + 16))) return cut;
  const isAnnounced = nameBehind.test(text.slice(cut.to, cut.to + 40));
  const parts = text.slice(cut.from, cut.to).split(" ");
  if (isAnnounced && (parts.length > 1 || isKnown(first.word) || isSurname(first.word))) return cut;
  const isName = parts.length > 1 && (isGivenName(first.word) || (isSurname(first.word) && parts.some(isGivenName)));
  return isName && !isPublicFigure(text, cut.from, cut.to) ? cut : undefined;
}

const initialed = /(?<![\p{L}\p{N}.])(?:\p{Lu}\. ){1,2}\p{Lu}[\p{L}\p{M}'’-]{2,40}(?![\p{L}\p{N}])/gu;

/** "M. Huber": initials and a family name. */
function judgeInitialed(match: RegExpExecArray): Cut | undefined {
  const surname = match[0].split(" ").at(-1) ?? "";
  const isName = surname.split("-").some(isSurname) && !institution.test(surname);
  return isName ? { from: match.index, to: match.index + match[0].length, mark: "[Name]" } : undefined;
}

const listed = /\[Name\](?: ?\(\d{1,2}[^)\n]{0,12}\))?(?:,? (?:und|and|ve|та|і|и|e|et|i|u|sowie|with|mit|و) |, ?| ?& ?| ?\/ ?|\s?و)/gu;

/** "meine Kinder [Name] und Ben": what a list goes on with, if it is known as a name. */
function judgeListed(match: RegExpExecArray): Cut | undefined {
  const first = firstAt(match.input, match.index + match[0].length);
  const isName = first !== undefined && (isCapital(first.word) || isUncased(first.word)) && isGivenName(first.word);
  return isName ? cutName(match.input, first, isLikelyPart) : undefined;
}

const passes: readonly (readonly [RegExp, (match: RegExpExecArray) => Cut | undefined])[] = [
  [calledPhrase, judgeCalled],
  [nameIsPhrase, judgeNameIs],
  [addressWord, judgeAddress],
  [kinWord, judgeKin],
  [iAmPhrase, judgeIAm],
  [familyWord, judgeFamily],
  [aboutWord, judgeAbout],
  [greetingFrom, judgeGreeting],
  [capitalWord, judgeFullName],
  [initialed, judgeInitialed],
  [listed, judgeListed],
];

/** Replaces names of people where the sentence says that it is one; names of streets, houses and institutions stay. */
export function redactNames(text: string): string {
  const found = new Set<string>();
  const redacted = passes.reduce(
    (rest, [pattern, judge]) =>
      cutMatches(rest, pattern, (match) => {
        const cut = judge(match);
        if (cut !== undefined) found.add(match.input.slice(cut.from, cut.to));
        return cut;
      }),
    text,
  );
  return redactRepeats(redactSignature(redacted), found);
}
