import { type Cut, cutMatches, digits } from "./redact-scan.ts";

// Bavaria's registration codes and those of large cities: without a hyphen only they make a plate ("M AB 1234").
const plateCodes =
  "A|AB|AIC|AN|AÖ|AS|B|BA|BGL|BN|BT|CHA|CO|D|DAH|DD|DEG|DGF|DLG|DO|DON|E|EBE|ED|EI|ER|ERH|F|FFB|FO|FRG|FS|FÜ|GAP|GZ|H|HAS|HB|HD|HH|HO|IN|K|KA|KC|KE|KEH|KF|KG|KT|KU|L|LA|LAU|LI|LIF|LL|M|MA|MB|MIL|MM|MN|MSP|MÜ|MUC|N|ND|NEA|NES|NEW|NM|NU|OA|OAL|PA|PAF|PAN|R|REG|RH|RO|ROT|S|SAD|SC|SR|STA|SW|TIR|TÖL|TS|UL|WEN|WM|WOR|WÜ|WUG|WUN";
const plate = new RegExp(
  `(?<![\\p{L}\\p{N}-])(?:(?!(?:DIN|ISO|SGB|BMW|VW|USB|EU|EN|TÜV)-|A-Z )[A-ZÄÖÜ]{1,3}-[A-Z]{1,2}[ -]?\\d{1,4}|(?:${plateCodes}) [A-Z]{1,2}[ -]?\\d{1,4}|(?:${plateCodes.toLowerCase()})-[a-z]{2} ?\\d{2,4})[EHeh]?(?![\\p{L}\\p{N}])`,
  "gu",
);

function judgePlate(match: RegExpExecArray): Cut | undefined {
  const end = match.index + match[0].length;
  const around = match.input.slice(Math.max(0, match.index - 24), match.index) + match.input.slice(end, end + 24);
  // In a text all in capitals "IN DE 12" may be words.
  const isShouted = !match[0].includes("-") && /\p{L}/u.test(around) && !/\p{Ll}/u.test(around);
  return isShouted ? undefined : { from: match.index, to: end, mark: "[Kennzeichen]" };
}

const d = `[${digits}]`;
const month = "(?:jan|jän|feb|mär|maer|mar|apr|mai|may|jun|jul|aug|sep|okt|oct|nov|dez|dec)\\p{L}{0,7}\\.?";
const date = [
  `${d}{4}-${d}{1,2}-${d}{1,2}`,
  `${d}{1,2} ?[./-] ?${d}{1,2} ?[./-] ?(?:${d}{4}|${d}{2})(?!${d})`,
  `${d}{1,2}\\. ?${d}{1,2}(?:\\.|(?!${d}))`,
  `${d}{1,2}(?:\\.|st|nd|rd|th|er)? ?(?:of |de |di )?(?:\\p{L}{3,12}\\.?,? ${d}{4}|${month})(?!\\p{L})`,
  `${d}{8}(?!${d})`,
].join("|");
const monthFirst = `\\p{L}{3,12} ${d}{1,2}(?:st|nd|rd|th)?,? ${d}{4}`;
const bornWord =
  "(?:geboren|geborn|gebürtig|geb\\.|geb(?= )|geburtsdatum|geb\\.?-?datum|geburtstag|born|date of birth|birth ?date|birthday|dob|doğum tarihi\\p{L}{0,3}|doğumlu\\p{L}{0,4}|doğdum|doğdu|дата народження|дата рождения|народи\\p{L}{1,5}|народжен\\p{L}{0,3}|роди\\p{L}{1,5}|рожден\\p{L}{0,4}|née?|nat[oa]|data di nascita|date de naissance|rođen\\p{L}{0,2}|rodjen\\p{L}{0,2}|rođendan|datum rođenja|مواليد|ولدت|ولد|تاريخ الميلاد|تاريخ ميلادي)";
const bornLink = "[ :,]{0,3}(?:(?:ist|wurde|is|was|am|on|the|den|le|il|em|im|in \\p{L}{2,20}|mein\\p{L}{0,2}|je|dana)[ :,]{1,2}){0,4}";
const bornBefore = new RegExp(`(?<!\\p{L})(${bornWord}${bornLink})(?:${date}|${monthFirst})`, "giu");
// A rule ("Kinder, die ab 01.09.2024 geboren sind") names no birthday.
const bornAfter = new RegExp(
  `(?=${d})(?<!${d}|(?:ab|nach|vor|seit|bis|after|before|since)(?: dem| the)? )(?:${date})(?=,? (?:in \\p{L}{2,20} )?(?:zur Welt|auf die Welt|geboren|geborn|geb\\.|geburtstag|born|doğumlu|doğdu|народи|роди|rođen))`,
  "giu",
);

const liveWord =
  /(?<!\p{L})(?:wohne|wohn|wohnen|wohnt|wohna|wohnhaft|lebe|leben|lebt|gemeldet|ziehe|ziehen|gezogen|umgezogen|(?:meine|unsere|seine|ihre|neue|alte|my|our|new)r? (?:neue |alte |new )?(?:adresse|anschrift|address)|(?:live|living|lives) (?:at|in|on)|abito in|abitiamo in|habite|habitons|stanujem|živim|живу|мешкаю|проживаю|أسكن|اسكن|ساكن)(?!\p{L})/giu;
const unit =
  "zimmer|jahr|kind|monat|person|leut|minut|min(?!\\p{L})|km|qm|m²|woch|tag|stock|stund|euro|€|uhr|mal(?!\\p{L})|grad|year|month|kids|people|room";
const houseNumber = `(${d}{1,3}(?: ?[a-hA-H](?![\\p{L}\\p{N}]))?(?: ?[-/] ?${d}{1,3}[a-hA-H]?(?![\\p{L}\\p{N}]))?)(?!${d}|[.,:]${d}|(?i:\\.? ?(?:${unit})))`;
const streetEnd = "(?i:stra(?:ß|ss)e|str|platz|weg|allee|gasse|ring|anger|ufer|damm|steig|bogen|promenade|markt|zeile|graben)\\.?";
const namedStreet =
  "(?:[ai]m|an der|an den|in der|in den|auf der|auf dem|zum|zur|unter den) \\p{Lu}[\\p{L}.-]{1,30}(?: \\p{Lu}[\\p{L}.-]{1,30})?";
const street = new RegExp(
  `(?:${streetEnd}|(?<!\\p{L})(?:${namedStreet}|(?:am|an der|auf der) \\p{Ll}[\\p{L}.-]{1,30}))(?:,? ?(?i:hausnummer|nummer|nr|no)\\.?)? ?${houseNumber}`,
  "u",
);

/** The house number in the first street that is named within 100 characters of "ich wohne", on the same line. */
function judgeHome(match: RegExpExecArray): Cut | undefined {
  const start = match.index + match[0].length;
  const window = match.input.slice(start, start + 100).split(/[\n!?]/, 1)[0] ?? "";
  const found = street.exec(window);
  const number = found?.[1];
  if (found === null || number === undefined) return undefined;
  const to = start + found.index + found[0].length;
  return { from: to - number.length, to, mark: "[Nr]" };
}

/** Replaces number plates, dates of birth and the house number of the writer's home; street and district stay. */
export function redactDetails(text: string): string {
  const withoutPlates = cutMatches(text, plate, judgePlate);
  const withoutBirthdays = withoutPlates.replace(bornBefore, "$1[Geburts-Datum]").replace(bornAfter, "[Geburts-Datum]");
  return cutMatches(withoutBirthdays, liveWord, judgeHome);
}
