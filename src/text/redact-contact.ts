import { asciiDigits, type Cut, cutMatches, digits } from "./redact-scan.ts";

const mail = /(?<![\wäöüß.%+'-])[\wäöüß.%+'-]+(?: ?@ ?| ?[([{](?:at|ät)[)\]}] ?)[\p{L}\p{N}][\p{L}\p{N}.-]{0,200}\.\p{L}{2,24}/giu;
const spokenMail =
  /(?<![\wäöüß.-])[\wäöüß.-]+ (?:at|ät|@) ?(?:gmail|googlemail|gmx|web|outlook|hotmail|icloud|yahoo|t-online|posteo|mailbox|proton|protonmail|freenet|live|aol|mail|ukr|yandex)(?: ?\. ?| punkt | dot )(?:de|com|net|org|at|ru|me|eu)(?![\p{L}\p{N}])/giu;

/** Replaces e-mail addresses, also written "max (at) gmx.de" or "max at gmx punkt de". */
export function redactMail(text: string): string {
  return text.replace(mail, "[E-Mail]").replace(spokenMail, "[E-Mail]");
}

const gap = "(?: ?[-/\u2010-\u2014] ?|[ .]|\\) ?[-/]? ?| ?\\()?";
const number = `[${digits}](?:${gap}[${digits}]){4,18}(?![${digits}])`;
// An area code has three digits or more, or "0 89"; two stand before a dot in dates and hours, and in pairs in French numbers.
// Without a plus people type German, Ukrainian, Turkish, Russian, Balkan, Italian and French mobiles.
const zero = "[0\\u0660\\u06f0]";
const start = `\\+|\\(?${zero}[${digits}]{2}|00 [${digits}]|${zero}[${digits}](?:[ .][${digits}]{2}){4}(?![${digits}])|\\(?${zero}[ )]{1,3}[${digits}]{2}|49 ?1|3[89]|33|90|[78] ?[(]?9|[${digits}]{10}`;
const signed = new RegExp(`(?<![${digits}+])(?<![${digits}][.,:])(?=${start})(?:\\+ ?\\(?|\\()?${number}`, "gu");
const worded = new RegExp(
  `(?<!\\p{L})(?:tel|telefon|tel(?:efon)?[- ]?n(?:umme)?r|handy|handy[- ]?n(?:umme)?r|mobil|mobil(?:funk)?[- ]?n(?:umme)?r|festnetz|fax|durchwahl|rückruf(?:nummer)?|meine nummer|nummer ist|nummer lautet|unter der nummer|whats ?app|signal|erreichbar unter|mich(?: bitte)?(?: zurück)? an|(?:phone|mobile|cell|contact|telephone)(?: number| no)?|my number|call me(?: back)?(?: at| on)?|telefonum|telefon numara\\p{L}{0,6}|numaram|cebim|telefono|cellulare|il mio numero|mon numéro|téléphone|portable|moj broj|broj telefona|mobitel|телефон\\p{L}{0,4}|мій номер|мой номер|номер телефон\\p{L}{0,2}|هاتفي|هاتف|الهاتف|جوالي|جوال|رقمي|تلفون|موبايل)[.:]?(?: (?:ist|is|lautet|unter|die|der|è|est|je|это|це|هو))?[ :=]{0,3}(${number})`,
  "giu",
);
const unitAfter = /^ ?(?:jahr|years|yo\b|j\.|euro|€|eur\b|uhr|kind|person|zimmer|qm|m²|monat|woche|tage|stunde)/iu;
const hoursAfter = /^ ?(?:uhr|h\b)/iu;
const cityAfter = /^ ?(?:münchen|muenchen|munich|мюнхен|monaco)/iu;
const bareInternational = /^(?:491[567]\d{7,9}|380\d{9}|905\d{9}|[78]9\d{9}|38[1-9]\d{7,9}|393\d{8,9}|33[67]\d{8})$/;
const publicShort = new Set([
  "110",
  "112",
  "115",
  "116000",
  "116006",
  "116016",
  "116111",
  "116116",
  "116117",
  "116123",
  "19222",
  "19240",
  "22833",
]);

/** The block of the City of Munich's offices: 089 233-0 and five digits behind it. */
const cityNumber = /^089233(?:0{1,2}|\d{5})$/;

interface Group {
  readonly value: string;
  readonly before: string;
  readonly start: number;
  readonly end: number;
}

/** The runs of digits of a candidate; `before` is what separates a run from the one before it. */
function splitGroups(raw: string): readonly Group[] {
  const groups: Group[] = [];
  let last = 0;
  for (const match of asciiDigits(raw).matchAll(/\d+/g)) {
    groups.push({ value: match[0], before: raw.slice(last, match.index), start: match.index, end: match.index + match[0].length });
    last = match.index + match[0].length;
  }
  return groups;
}

function joined(groups: readonly Group[]): string {
  return groups.map((group) => group.value).join("");
}

function isDayMonth(day: Group | undefined, month: Group | undefined): boolean {
  if (day === undefined || month === undefined || day.value.length > 2 || month.value.length > 2) return false;
  return (
    /^[./-]$/.test(month.before) &&
    Number(day.value) >= 1 &&
    Number(day.value) <= 31 &&
    Number(month.value) >= 1 &&
    Number(month.value) <= 12
  );
}

/** Drops what follows a number by chance: a date, a postcode, an age or a price. */
function trimTail(groups: readonly Group[], most: number, least: number, after: string): readonly Group[] {
  const date = groups.findIndex((group, at) => at > 0 && group.before === " " && isDayMonth(group, groups[at + 1]));
  let kept = date === -1 ? groups : groups.slice(0, date);
  while (kept.length > 1 && joined(kept).length > most) kept = kept.slice(0, -1);
  const last = kept.at(-1);
  if (last === undefined || last.before !== " " || kept.length < 2) return kept;
  const rest = joined(kept).length - last.value.length;
  const atEnd = kept.length === groups.length;
  const isUnit = atEnd && last.value.length <= 4 && rest >= least && unitAfter.test(after);
  const isPostcode = /^8[01]\d{3}$/.test(last.value) && (rest >= 10 || (rest >= least && atEnd && cityAfter.test(after)));
  return isUnit || isPostcode ? kept.slice(0, -1) : kept;
}

function isPublic(groups: readonly Group[], plus: boolean): boolean {
  const country = plus ? /^490?/ : /^00490?/;
  return groups.slice(0, 4).some((_, at) => {
    const national = joined(groups.slice(0, at + 1)).replace(country, "0");
    return (
      (at === 0 ? national.startsWith("0800") : national === "0800") ||
      national === "08919240" ||
      cityNumber.test(national) ||
      (at < 2 && publicShort.has(national))
    );
  });
}

/** A German number with its area code; dates, hours and French pairs are told apart by the length of the first run. */
function isNational(groups: readonly Group[], after: string): boolean {
  const [first, second] = groups;
  if (first === undefined || !/^0[1-9]?$|^0[1-9]/.test(first.value)) return false;
  if (first.value.length === 1)
    return second !== undefined && second.value.length >= 2 && second.before !== "." && joined(groups).length >= 9;
  if (first.value.length === 2) return groups.length === 5 && groups.every((group) => group.value.length === 2);
  const isHours = groups.length === 2 && groups.every((group) => /^(?:[01]\d|2[0-4])[0-5]\d$/.test(group.value)) && hoursAfter.test(after);
  return !isHours && joined(groups).length >= 7;
}

/** The runs that are a phone number by their own shape, from the first on; none if it is not one. */
function phoneGroups(groups: readonly Group[], raw: string, before: string, after: string): readonly Group[] {
  const plus = raw.startsWith("+");
  const [first, second] = groups;
  if (first === undefined || (first.value === "0" && (second?.value.length ?? 0) < 2) || isPublic(groups, plus)) return [];
  if (plus || /^00[1-9]/.test(joined(groups.slice(0, 2)))) {
    const kept = trimTail(groups, plus ? 15 : 17, 9, after);
    return joined(kept).length >= 8 ? kept : [];
  }
  if (first.value.length >= 10) return /[/=]$/.test(before) ? [] : [first];
  const kept = trimTail(groups, 13, 9, after);
  return isNational(kept, after) || bareInternational.test(joined(kept)) ? kept : [];
}

function judgeSigned(match: RegExpExecArray): Cut | undefined {
  const raw = match[0];
  const end = match.index + raw.length;
  const before = match.input.slice(Math.max(0, match.index - 1), match.index);
  const last = phoneGroups(splitGroups(raw), raw, before, match.input.slice(end, end + 12)).at(-1);
  return last === undefined ? undefined : { from: match.index, to: match.index + last.end, mark: "[Telefon]" };
}

/** Behind a word such as "Telefon" shorter numbers count as well. */
function judgeWorded(match: RegExpExecArray): Cut | undefined {
  const raw = match[1] ?? "";
  const end = match.index + match[0].length;
  const groups = splitGroups(raw);
  if (isDayMonth(groups[0], groups[1]) || isPublic(groups, false)) return undefined;
  const last = trimTail(groups, 15, 5, match.input.slice(end, end + 12)).at(-1);
  return last === undefined ? undefined : { from: end - raw.length, to: end - raw.length + last.end, mark: "[Telefon]" };
}

/** Replaces phone numbers; emergency numbers, 116…, 0800 help lines, 089 19240, dates, hours, prices and postcodes stay. */
export function redactPhones(text: string): string {
  return cutMatches(cutMatches(text, signed, judgeSigned), worded, judgeWorded);
}
