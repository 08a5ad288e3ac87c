import { type Cut, cutMatches } from "./redact-scan.ts";

// Bavaria's registration codes and those of large cities: without a hyphen only they make a plate ("M AB 1234").
const plateCodes =
  "A|AB|AIC|AN|AÖ|AS|B|BA|BGL|BN|BT|CHA|CO|D|DAH|DD|DEG|DGF|DLG|DO|DON|E|EBE|ED|EI|ER|ERH|F|FFB|FO|FRG|FS|FÜ|GAP|GZ|H|HAS|HB|HD|HH|HO|IN|K|KA|KC|KE|KEH|KF|KG|KT|KU|L|LA|LAU|LI|LIF|LL|M|MA|MB|MIL|MM|MN|MSP|MÜ|MUC|N|ND|NEA|NES|NEW|NM|NU|OA|OAL|PA|PAF|PAN|R|REG|RH|RO|ROT|S|SAD|SC|SR|STA|SW|TIR|TÖL|TS|UL|WEN|WM|WOR|WÜ|WUG|WUN";
const plate = new RegExp(
  `(?<![\\p{L}\\p{N}-])(?:(?!(?:DIN|ISO|SGB|BMW|VW|USB|EU|EN|TÜV|KVR|VHS|MVG|LHM|SWM|AWM|RBS)-|A-Z )[A-ZÄÖÜ]{1,3}-[A-Z]{1,2}[ -]?\\d{1,4}|(?:${plateCodes}) [A-Z]{1,2}[ -]?\\d{1,4}|(?:${plateCodes.toLowerCase()})-[a-z]{2} ?\\d{2,4})[EHeh]?(?![\\p{L}\\p{N}])`,
  "gu",
);

function judgePlate(match: RegExpExecArray): Cut | undefined {
  const end = match.index + match[0].length;
  const around = match.input.slice(Math.max(0, match.index - 24), match.index) + match.input.slice(end, end + 24);
  // In a text all in capitals "IN DE 12" may be words.
  const isShouted = !match[0].includes("-") && /\p{L}/u.test(around) && !/\p{Ll}/u.test(around);
  return isShouted ? undefined : { from: match.index, to: end, mark: "[Kennzeichen]" };
}

// Told by their shape alone: Italy, France, Slovakia (AB 123 CD), Ukraine (AB 1234 CD), the Balkans (ZG 1234-AB), Russia (А123ВС77).
const foreignPlate =
  /(?<![\p{L}\p{N}-])(?!EUR|CHF|USD)(?:[A-Z]{2}([ -])\d{3}\1[A-Z]{2}|[A-ZАВЕІКМНОРСТХ]{2} ?\d{4} ?[A-ZАВЕІКМНОРСТХ]{2}|[A-ZČĆĐŠŽ]{2}[ -]?\d{3,4}-[A-Z]{1,2}|[АВЕКМНОРСТУХ]\d{3}[АВЕКМНОРСТУХ]{2} ?\d{2,3}|\d{2} ?[A-Z]{1,3} ?\d{2,4}(?= plaka))(?![\p{L}\p{N}-])/gu;

const plateWord =
  /(?<!\p{L})(?:(?:auto|wunsch|saison|kfz-?|alte[sn]? |neue[sn]? )?kenn?zeichen|kennzeichn|kennz\.|nummernschild|autonummer|license plate|licence plate|number plate|plate(?: number)?|registration(?: number)?|plaka(?:m|sı|lı|mız)?|targa(?:to|ta)?|(?:plaque(?: d['’]immatriculation)?|immatriculé?e?s?|immatriculation)|tablic[aeu]|registracij[aeu]|registarsk\p{L}{1,3} (?:oznak\p{L}|tablic\p{L})|номерн\p{L}{1,4} знак\p{L}{0,3}|держномер\p{L}{0,3}|госномер\p{L}{0,3}|автомобіл\p{L}{0,3}|автомобил\p{L}{0,3}|машин\p{L}{1,3}|авто|لوحة(?: السيارة)?|نمرة(?: السيارة)?|سيارتي|auto|wagen|pkw|kfz|fahrzeug|motorrad|roller|car|vehicle|araba\p{L}{0,4}|aracım\p{L}{0,3}|macchina|voiture)(?!\p{L})/giu;
const plateLink =
  /(?:(?: ?[:,(#]| ?(?:n[r.o°]?\.?|номер\p{L}{0,3}|hat|has|numer[oi]|numéro|broj|no|mit|dem|der|ist|is|jetzt|lautet|with|è|est|je|رقم|رقمها|номерами?))(?![\p{L}])){0,4} ?/iuy;
const plateValue =
  /(?:\p{L}{1,3}[ .:-]{0,3}\p{L}{1,2}[ -]{0,2}\d{1,4}[eh]?|\d{2} ?\p{L}{1,3} ?\d{2,4}|\p{L}{1,3}[ -]?\d{3,6}(?:[ -]?\p{L}{1,3})?(?: ?\d{2,3})?|\d{3,4} ?\p{L}{2,3}(?: ?\d{2})?)(?![\p{L}\p{N}]|[.,]\d| ?(?:€|euro))/iuy;
const germanInSmall = new RegExp(`^(?:${plateCodes.toLowerCase()})[ .:-]{1,3}\\p{Ll}{1,2}[ -]{0,2}\\d{2,4}[eh]?$`, "u");
const plainWords =
  /^(?:(?:die|der|das|in|im|ab|am|um|bis|vor|und|zu|an|es|on|at|in|of|to|is|von|mit|nur|für|wie|ich|le|la|il|u|na|za|do|di|a|§)(?![\p{L}\d]))/iu;

/** What stands behind "Kennzeichen", "targa" or "mein Auto" and has the letters and digits of a plate of some country. */
function judgeIntroduced(match: RegExpExecArray): Cut | undefined {
  plateLink.lastIndex = match.index + match[0].length;
  const from = plateLink.lastIndex + (plateLink.exec(match.input)?.[0].length ?? 0);
  plateValue.lastIndex = from;
  const value = plateValue.exec(match.input)?.[0];
  if (value === undefined || plainWords.test(value)) return undefined;
  return !/\p{Lu}/u.test(value) && !germanInSmall.test(value) ? undefined : { from, to: from + value.length, mark: "[Kennzeichen]" };
}

/** Replaces number plates: Germany's and other countries' by their shape, any other behind a word that says it is one. */
export function redactPlates(text: string): string {
  return cutMatches(cutMatches(cutMatches(text, plate, judgePlate), foreignPlate, judgePlate), plateWord, judgeIntroduced);
}
