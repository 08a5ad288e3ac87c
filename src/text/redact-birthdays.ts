import { type Cut, cutMatches, digits } from "./redact-scan.ts";

const d = `[${digits}]`;
const ordinal =
  "(?:(?:(?:ein|zwei|drei|vier|fünf|fuenf|sechs|sieben|acht|neun)und)?(?:zwanzig|dreißig|dreissig)ste[nr]?|(?:drei|vier|fünf|fuenf|sech|sieb|acht|neun)zehnte[nr]?|(?:erste|zweite|dritte|vierte|fünfte|fuenfte|sechste|siebte|siebente|achte|neunte|zehnte|elfte|zwölfte|zwoelfte)[nr]?)";
const wordedYear = "(?:neunzehnhundert|zweitausend)\\p{L}{0,24}";
const month =
  "(?:jan|jän|feb|mär|maer|mar|apr|mai|may|jun|jul|aug|sep|okt|oct|nov|dez|dec|ocak|şub|sub|nis|haz|tem|ağu|agu|eyl|eki|kas|ara(?:l|(?!\\p{L}))|gen|mag|giu|lug|ago|set|ott|dic|fév|fev|avr|jui|aoû|aou|dé|sij|velj|ožu|ozu|tra|svi|lip|srp|kol|ruj|lis|stu|pros|січ|лют|бер|кві|тра|чер|лип|сер|вер|жов|лис|гру|янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек|ينا|كانون|فبر|شباط|مار|آذار|اذار|أبر|ابر|نيسا|ماي|أيار|ايار|يون|حزير|يول|تموز|أغس|اغس|آب|سبت|أيلو|ايلو|أكت|اكت|تشرين|نوف|ديس)\\p{L}{0,9}\\.?(?: (?:الأول|الثاني))?";
const date = [
  `${d}{4}[-./]${d}{1,2}[-./]${d}{1,2}`,
  `${d}{1,2} ?[./-] ?${d}{1,2} ?[./-] ?(?:${d}{4}|${d}{2})(?!${d})`,
  `${d}{1,2} ${d}{1,2} (?:19|20)${d}{2}(?!${d})`,
  `${d}{1,2}\\. ?${d}{1,2}(?:\\.|(?!${d}))`,
  `${d}{1,2}(?:\\.|st|nd|rd|th|er)? ?(?:of |de |di )?(?:\\p{L}{3,12}\\.?,? (?:of |de |del )?${d}{4}|${month}(?:,? ['’]?${d}{2}(?!${d}))?)(?!\\p{L})`,
  `${ordinal} (?:${ordinal}|${month})(?: (?:${d}{4}|${d}{2}(?!${d})|${wordedYear}))?`,
  `${d}{1,2}\\. ?[IVX]{1,4}\\. ?${d}{4}`,
  `(?:${d}{8}|${d}{6})(?!${d})`,
].join("|");
const monthFirst = `\\p{L}{3,12} ${d}{1,2}(?:st|nd|rd|th)?,? ${d}{4}`;
const anyDate = new RegExp(`(?<![${digits}]|[${digits}][.,/:-]|€ ?)(?:${date}|${monthFirst})`, "giu");

const bornWord = [
  "geboren\\p{L}{0,2}|gebor[ne]n?|geborn|geboan|gboren|gebürtig|geb(?=[. :])|geburt(?!\\p{L})|geburts?-?(?:datum|dat\\.?|tag\\p{L}{0,2})|geb\\.?-?(?:datum|dat\\.?|tag)|zur welt|auf (?:die|d['’]?) ?welt|entbunden",
  "born|date of birth|birth ?date|birth ?day|d\\.?o\\.?b\\.?|b-?day",
  "do[ğg]um ?(?:günü\\p{L}{0,3}|tarihi\\p{L}{0,3})|do[ğg]umlu\\p{L}{0,6}|do[ğg]du\\p{L}{0,2}|do[ğg]um",
  "дата народження|дата рождения|д\\. ?[нр]\\.|народи\\p{L}{1,5}|народжен\\p{L}{0,3}|роди\\p{L}{1,5}|рожд\\p{L}{2,4}|рожден\\p{L}{0,4}|днюха",
  "née?s?|nat[oaie]|nato/a|nascit[ao]|nascere|compleanno|naissance|anniversaire",
  "rođ\\.|ro(?:đ|dj|d)en\\p{L}{0,3}|rodil\\p{L}{1,2}|ro(?:đ|dj)endan\\p{L}{0,1}|rođenj\\p{L}",
  "مواليد\\p{L}{0,2}|و?لدت|ولد|انولد\\p{L}{0,2}|تولد\\p{L}{0,2}|مولود\\p{L}?|خلق\\p{L}?|(?:ال)?ميلاد\\p{L}{0,3}|(?:ال)?ولادة",
].join("|");
const bornBefore = new RegExp(`(?<!\\p{L}|\\[)(?:${bornWord})(?!\\p{L})`, "giu");
const bornBehind = new RegExp(
  `^(?:,? ?|(?: \\p{L}{1,20}){1,4} |,? (?:ist|is|war|das|è|est|je|це|это|هو)(?: \\p{L}{1,20}){0,2} )(?:${bornWord})(?!\\p{L})`,
  "iu",
);

// A rule ("Kinder, die ab 01.09.2024 geboren sind") names no birthday.
const rule =
  /(?<!\p{L})(?:ab|nach|vor|seit|bis|zwischen|zum|after|before|since|until|till|between|dopo|prima|dal|avant|après|depuis|jusqu['’]au|après le|avant le|nakon|prije|poslije|до|після|после|с|з|від|قبل|بعد|من)(?: dem| the| le| il| d[ea]l| am)? ?$/iu;
const span = /(?<!\p{L})(?:zwischen|between|tra|fra|entre|između|між|между|بين)[^.!?\n]{0,4}[^!?\n]{4,24} (?:und|and|e|et|i|і|и|та|و) ?$/iu;
// What lies between "geboren" and somebody's birthday; an appointment, a term or another date does not.
const otherMatter =
  /[!?؟;]|\n(?=.)|\d[./]\d|\p{L}{3}\. |(?<!\p{L})(?:termin\p{L}{0,2}|appointment|randevu\p{L}{0,3}|appuntamento|rendez-vous|запис\p{L}{1,3}|موعد\p{L}{0,2}|frist|gültig|abgelaufen|umgezogen|einzug|eingezogen|heirat\p{L}{0,3}|hochzeit|moved|expires?|expired|valid|deadline|party)(?!\p{L})/iu;

// "Anna Huber, 12.03.1988", "*12.03.1988", "ich (12.03.1988)".
const namedBefore =
  /(?:\*|\[Name\](?:,? ?\(?| ?[–-])|(?<!\p{L})(?:ich|i|me|я|io|moi)(?:, | \()|\[Geburts-Datum\](?:,| und| and| ve| i| e| et| и| і)(?: \[Name\])? ?\(?)\s?$/iu;
// "wird am 3. Mai 18".
const turning = /(?<!\p{L})(?:wird|werde|werd|wurde|turn(?:s|ed|ing)?)(?: \p{L}{1,16}){0,3} (?:am|on) $/iu;
const age = /^ (?:\d{1,2}(?![\d.:]| ?(?:uhr|€|euro|monat))|eins|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|volljährig)(?!\p{L})/iu;

const hasYear = new RegExp(`[./ -]${d}{2}(?:${d}{2})?$`, "u");

const endsInAge = /\p{L}\.? \d{1,2}$/u;

const farthest = 64;

function judgeDate(match: RegExpExecArray): Cut | undefined {
  const { input, index } = match;
  const to = index + match[0].length;
  const before = input.slice(Math.max(0, index - farthest), index);
  const behind = input.slice(to, to + farthest);
  if (rule.test(before) || span.test(before)) return undefined;
  const isNamed = hasYear.test(match[0]) && namedBefore.test(before);
  const isBirthday =
    isNamed || bornBehind.test(behind) || isNearBirth(before) || (turning.test(before) && (age.test(behind) || endsInAge.test(match[0])));
  return isBirthday ? { from: index, to, mark: "[Geburts-Datum]" } : undefined;
}

/** Whether the last word of birth before a date leads to it. */
function isNearBirth(before: string): boolean {
  const word = [...before.matchAll(bornBefore)].at(-1);
  return word !== undefined && !otherMatter.test(before.slice(word.index + word[0].length));
}

/** Replaces dates that words around them tell to be somebody's birthday; years alone and the dates of a rule stay. */
export function redactBirthdays(text: string): string {
  return cutMatches(text, anyDate, judgeDate);
}
