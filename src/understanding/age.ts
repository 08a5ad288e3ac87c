const numberWords = new Map(
  Object.entries({
    ein: 1,
    eins: 1,
    zwei: 2,
    drei: 3,
    vier: 4,
    fünf: 5,
    sechs: 6,
    sieben: 7,
    acht: 8,
    neun: 9,
    zehn: 10,
    elf: 11,
    zwölf: 12,
    sechzehn: 16,
    siebzig: 70,
    achtzig: 80,
    neunzig: 90,
  }),
);

const number = `(\\d{1,3}|${[...numberWords.keys()].sort((a, b) => b.length - a.length).join("|")})`;
const years =
  "(?:jähr(?:ig|ige|iger|igen|iges|igem)?\\b|jaehr(?:ig|ige|iger|igen|iges)?\\b|jahre?n?\\b|jahr\\b|joar|johr|years?\\b|yrs?\\b|yo\\b|y/o|yaş|рок|рік|літ|лет|год|سن|عام|anni\\b|anno\\b|ans?\\b|godin|god\\b)";
/** A span of time and not an age: "seit 3 Jahren", "10 Jahre Erfahrung", "38 Jahre lang". */
const spanBefore =
  "(?<!(?<!\\p{L})(?:seit|vor|für|fuer|nach|in|since|for|after|depuis|il y a|da|od|prije|pre|через|після|після|منذ|قبل)\\s)";
const spanAfter =
  "(?!\\s*(?:lang\\b|her\\b|erfahrung|berufs|ago\\b|garantie|später|spaeter|wartezeit|haft|experience|of experience|d'expérience|di esperienza|iskustva|назад|тому|опыта|досвіду|خبرة))";
/** Something else that is counted, so that the number before it is no age. */
const counted =
  "(?!\\s*(?:€|%|euro|cent|km|kilometer|meter|minuten|min\\b|stunden|std|tage?n?\\b|wochen|monate?n?\\b|mal\\b|kinder|kids|children|personen|leute|people|zimmer|uhr|qm|quadrat|grad|prozent|liter|stück|pm\\b|am\\b|hours?|days?|weeks?|months?|[.:]\\d|\\d))";
const relatives =
  "(?:sohn|bub|bua|tochter|kind|mutter|mama|vater|papa|oma|opa|frau|mann|bruder|schwester|neffe|nichte|tante|onkel|nachbarin|nachbar|enkel|enkelin|son|daughter|mother|father|mum|mom|dad|grandma|grandpa|husband|wife|brother|sister|oğlum|kızım|annem|babam|син|сын|дочка|дочь|мама|бабуся|бабушка|figlio|figlia|madre|padre|nonna|nonno|fils|fille|mère|père|sin|kći|kćerka|majka|otac|baka)";
const states =
  "(?:bin|ist|is|i'm|im|am|he's|she's|wird|turns|werde|мне|мені|йому|їй|ему|ей|عمري|عمره|عمرها|yaşım|imam|ima|puni|ho|ha|j'ai|a)";
const fillers = "(?:schon|jetzt|erst|gerade|fast|bald|already|now|just|nearly)";

/** Ways to say an age, each with the number as its group. */
const patterns = [
  new RegExp(`${spanBefore}(?<![\\d.,])${number}[\\s-]{0,2}${years}${spanAfter}`, "iu"),
  /(?<!\p{L})(?:mit|with|à|con|sa|s)\s+(\d{2,3})(?=\s*(?:$|[.,!?)]|noch\b|still\b))/iu,
  new RegExp(`(?<!\\p{L})(?:bin|i'm|im|he's|she's|мне|мені|عمري|عمره|عمرها|yaşım)\\s+(?:${fillers}\\s+)?(\\d{1,3})\\b${counted}`, "iu"),
  new RegExp(`(?<!\\p{L})${relatives}\\s+(?:${states}\\s+)?(?:${fillers}\\s+)?\\(?(\\d{1,3})\\b${counted}`, "iu"),
  new RegExp(`(?<!\\p{L})${states}\\s+(?:${fillers}\\s+)?(\\d{1,3})(?=\\s*(?:$|[.,!?)]|und\\b|and\\b|і\\s|и\\s))`, "iu"),
  /\p{L},\s(\d{2,3}),\s\p{L}/u,
  /\p{L}\s?\((\d{1,3})\)/u,
  /(?<!\p{L})aged?\s+(\d{1,3})\b/iu,
];

const months = /(?<![\d.,])(\d{1,2})\s*(?:monate?n?\b|months?\b|aylık|місяц|месяц|شهر|أشهر|mesi\b|mois\b|mjesec|meseci)/iu;
const aboutChild = /alt|old|sohn|tochter|kind|baby|bub|son\b|daughter|bebek|дитин|реб[её]н|طفل|bimb|bébé|beb/iu;
const oldest = 115;

function toNumber(text: string): number {
  return numberWords.get(text.toLowerCase()) ?? Number(text);
}

/** The age in whole years that a text states, of the writer or of the person it is about. */
export function findAge(text: string): number | undefined {
  for (const pattern of patterns) {
    const found = pattern.exec(text)?.[1];
    if (found === undefined) continue;
    const age = toNumber(found);
    if (age <= oldest) return age;
  }
  const found = aboutChild.test(text) ? months.exec(text)?.[1] : undefined;
  return found === undefined ? undefined : Math.floor(Number(found) / 12);
}
