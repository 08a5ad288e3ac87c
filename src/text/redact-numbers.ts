import { asciiDigits, type Cut, cutMatches, digits } from "./redact-scan.ts";

/** Length of an IBAN by country (SWIFT registry), for the countries that people here have accounts in. */
const ibanLengths: Readonly<Record<string, number>> = Object.fromEntries(
  "AL28 AT20 BA20 BE16 BG22 CH21 CY28 CZ24 DE22 DK18 EE20 ES24 FI18 FR27 GB22 GR27 HR21 HU28 IE22 IT27 LI21 LT20 LU20 LV21 MD24 ME22 MK19 MT31 NL18 NO15 PL28 PT25 RO24 RS22 SE24 SI19 SK24 TN24 TR26 UA29 XK20"
    .split(" ")
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);
const iban = new RegExp(`(?<![\\p{L}\\p{N}])(?:${Object.keys(ibanLengths).join("|")}) ?\\d{2}(?:[ .-]?[A-Z0-9]){11,30}`, "giu");
const germanIban = /^DE ?\d{2}(?:(?:[ .-]?\d){18}|(?:[ .-]?\d){15,20})(?!\d)/i;

/** Index behind the `count`-th letter or digit; undefined if there are fewer. */
function afterCharacters(raw: string, count: number): number | undefined {
  let seen = 0;
  for (let at = 0; at < raw.length; at += 1) {
    if (/[A-Za-z0-9]/.test(raw.charAt(at))) seen += 1;
    if (seen === count) return at + 1;
  }
  return undefined;
}

/** A German account number counts with any slip of the pen, another country's if it is long enough and mostly digits. */
function judgeIban(match: RegExpExecArray): Cut | undefined {
  const raw = match[0];
  const german = germanIban.exec(raw);
  const end = german === null ? afterCharacters(raw, ibanLengths[raw.slice(0, 2).toUpperCase()] ?? 0) : german[0].length;
  if (end === undefined || raw.slice(0, end).replace(/\D/g, "").length < 10) return undefined;
  return { from: match.index, to: match.index + end, mark: "[IBAN]" };
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

const referenceWord =
  /(?<!\p{L})(?:(?:(?:steuer|steueridentifikations|identifikations|sozialversicherungs|rentenversicherungs|krankenversicherungs|krankenversicherten|versicherungs|versicherten|personalausweis|schwerbehindertenausweis|ausweis|pass|reisepass|kunden|mitglieds|konto|führerschein|fuehrerschein|matrikel|patienten|fall|vorgangs|antrags|rechnungs|vertrags|personal|bg|bedarfsgemeinschafts|kindergeld|visum|wohngeld|sv|rv|kv|kd|st|akten)[- .]{0,2}(?:nummer|nr|id)|steuer[- ]?id|idnr|aktenzeichen|geschäftszeichen|gz|kvnr|svnr|az(?=[.:]))|(?:tax|social security|passport|id|insurance|customer|case|reference|file|account|licence|license|member|membership)(?: card)? (?:number|no|nr|id)|tax id|codice fiscale|numero di (?:conto|passaporto|pratica|cliente|tessera)|numéro (?:de (?:compte|passeport|dossier|client|sécurité sociale)|d['’]allocataire)|oib|jmbg|broj (?:putovnice|pasoša|osobne iskaznice|lične karte|predmeta|računa)|(?:kimlik|pasaport|müşteri|dosya|sigorta|hesap|vergi) (?:no|numara\p{L}{0,6})|іпн|рнокпп|инн|снилс|паспорт\p{L}{0,2}|номер (?:паспорт|справи|дела|рахунк|счёта|счета|договор|страхов|клиент|клієнт)\p{L}{0,6}|رقم (?:ال)?(?:هوية|جواز|ملف|حساب|ضمان|تأمين|زبون)\p{L}{0,4}(?: السفر)?)(?!\p{L})/giu;
const referenceLink = /(?: ?[:=#№.]| (?:ist|lautet|is|war|nummer|nr|number|no|die|серия|номер|это|це|هو|è|est|je)(?!\p{L})){0,3} ?/uy;
const referencePiece = `(?:[A-Z]{1,3}(?!\\p{L})|\\p{L}{0,4}[${digits}][\\p{L}${digits}]{0,24})`;
const referenceValue = new RegExp(`${referencePiece}(?:[ /.-]{1,2}${referencePiece}){0,7}`, "yu");
const dateOrYear = /^(?:\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?|(?:19|20)\d{2})$/;

/** The value behind a word such as "Kundennummer"; a date, a year or fewer than four digits are none. */
function judgeReference(match: RegExpExecArray): Cut | undefined {
  referenceLink.lastIndex = match.index + match[0].length;
  const from = referenceLink.lastIndex + (referenceLink.exec(match.input)?.[0].length ?? 0);
  referenceValue.lastIndex = from;
  const found = referenceValue.exec(match.input)?.[0];
  if (found === undefined) return undefined;
  const pieces = asciiDigits(found).split(/(?<=[ /.-])/);
  while (pieces.length > 0 && !/\d/.test(pieces.at(-1) ?? "")) pieces.pop();
  const value = pieces.join("").replace(/[ /.-]+$/, "");
  if (value.replace(/\D/g, "").length < 4 || dateOrYear.test(value)) return undefined;
  return { from, to: from + value.length, mark: "[Nummer]" };
}

// Pension insurance number, health insurance number, number of an identity card or passport: told by their shape alone.
const shaped =
  /(?<![\p{L}\p{N}])(?:\d{2} ?\d{6} ?[A-Z] ?\d{3}|[A-Z]\d{9}|[CFGHJKLMNPRTVWXYZ][CFGHJKLMNPRTVWXYZ0-9]{8}\d?)(?![\p{L}\p{N}])/gu;

function judgeShaped(match: RegExpExecArray): Cut | undefined {
  const hasDigits = match[0].replace(/\D/g, "").length >= 4;
  return hasDigits ? { from: match.index, to: match.index + match[0].length, mark: "[Nummer]" } : undefined;
}

/** Replaces account numbers, card numbers that pass the Luhn check, and numbers of people's files, cards and insurances. */
export function redactNumbers(text: string): string {
  return [
    (rest: string) => cutMatches(rest, iban, judgeIban),
    (rest: string) => cutMatches(rest, card, judgeCard),
    (rest: string) => cutMatches(rest, referenceWord, judgeReference),
    (rest: string) => cutMatches(rest, shaped, judgeShaped),
  ].reduce((rest, pass) => pass(rest), text);
}
