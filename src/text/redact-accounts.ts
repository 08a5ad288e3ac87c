import { type Cut, cutMatches, digits } from "./redact-scan.ts";

/** Length of an IBAN by country (SWIFT registry); words of German or English begin with the countries that are left out. */
const ibanLengths: Readonly<Record<string, number>> = Object.fromEntries(
  "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BR29 BY28 CH21 CY28 CZ24 DE22 DK18 EE20 EG29 ES24 FI18 FR27 GB22 GE22 GR27 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MT31 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SE24 SI19 SK24 SM27 SO23 SD18 TN24 TR26 UA29 XK20"
    .split(" ")
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);
const iban = new RegExp(`(?<![\\p{L}\\p{N}])(?:${Object.keys(ibanLengths).join("|")}) ?\\d{2}(?:[ .-]?[A-Z0-9]){11,30}`, "giu");
const germanIban = /^DE ?\d{2}(?:(?:[ .-]?\d){18}|(?:[ .-]?\d){15,20})(?!\d)/i;

// With a digit forgotten or one too many: the check digits and what follows them in digits.
const slippedIban = /^[A-Z]{2} ?\d{2}[ .-]?[A-Z]{0,4}(?:[ .-]?\d){10,28}(?!\d)/i;

/** Index behind the `count`-th letter or digit and the digits that adjoin it; undefined if there are fewer. */
function afterCharacters(raw: string, count: number): number | undefined {
  let seen = 0;
  for (let at = 0; at < raw.length; at += 1) {
    if (/[A-Za-z0-9]/.test(raw.charAt(at))) seen += 1;
    if (seen === count) return at + 1 + (/^\d*/.exec(raw.slice(at + 1))?.[0].length ?? 0);
  }
  return undefined;
}

/** An account number counts with a slip of the pen as well; another country's if it is long enough and mostly digits. */
function judgeIban(match: RegExpExecArray): Cut | undefined {
  const raw = match[0];
  const whole = afterCharacters(raw, ibanLengths[raw.slice(0, 2).toUpperCase()] ?? 0);
  const isCutInWord = whole !== undefined && /^\p{Ll}/u.test(raw.slice(whole)) && /\p{Ll}$/u.test(raw.slice(0, whole));
  const end = germanIban.exec(raw)?.[0].length ?? (isCutInWord ? undefined : whole) ?? slippedIban.exec(raw)?.[0].length;
  if (end === undefined || raw.slice(0, end).replace(/\D/g, "").length < 10) return undefined;
  return { from: match.index, to: match.index + end, mark: "[IBAN]" };
}

// Behind the word any country's letters or none, any length, and digits of any script.
const introducedIban = new RegExp(
  `(?<!\\p{L})(?:iban(?:[- ]?(?:nr|nummer|number|no|numaram?|номер))?|ибан|ібан|آيبان|ايبان|الآيبان|الايبان)[.:]?(?: (?:ist|is|lautet|jetzt|neu|è|est|je|это|це|هو)){0,2}[ :=]{0,3}((?:[A-Za-z]{2}[ .-]?)?[${digits}]{2}(?:[ .-]?(?:[A-Z]{1,4}(?=[ .-]?[${digits}])|[${digits}])){8,32})(?![${digits}])`,
  "giu",
);

function judgeIntroducedIban(match: RegExpExecArray): Cut {
  const end = match.index + match[0].length;
  return { from: end - (match[1]?.length ?? 0), to: end, mark: "[IBAN]" };
}

const card = /(?<![\p{L}\p{N}])[2-6](?:[ -]?\d){12,18}(?!\d)/gu;

function passesLuhn(number: string): boolean {
  let sum = 0;
  for (let at = 1; at <= number.length; at += 1) {
    const value = (number.charCodeAt(number.length - at) & 0xf) * (at % 2 === 0 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}

const cardShapes = [/^\d{13,19}/, /^\d{4}([ -])\d{4}\1\d{4}\1\d{1,4}(?!\d)/, /^\d{4}([ -])\d{6}\1\d{5}(?!\d)/];

/** Grouped as on a card, from the first group on; what follows (an expiry date) is left out. */
function judgeCard(match: RegExpExecArray): Cut | undefined {
  for (const shape of cardShapes) {
    const found = shape.exec(match[0])?.[0];
    if (found !== undefined && passesLuhn(found.replace(/\D/g, "")))
      return { from: match.index, to: match.index + found.length, mark: "[Karte]" };
  }
  return undefined;
}

/** Replaces account numbers and the numbers of cards that pass the Luhn check. */
export function redactAccounts(text: string): string {
  const withoutIbans = cutMatches(cutMatches(text, iban, judgeIban), introducedIban, judgeIntroducedIban);
  return cutMatches(withoutIbans, card, judgeCard);
}
