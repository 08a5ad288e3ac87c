const numberWords = new Map(
  Object.entries({
    ein: 1,
    eins: 1,
    zwei: 2,
    drei: 3,
    vier: 4,
    fünf: 5,
    fuenf: 5,
    sechs: 6,
    sieben: 7,
    acht: 8,
    neun: 9,
    zehn: 10,
    elf: 11,
    zwölf: 12,
    zwoelf: 12,
    dreizehn: 13,
    vierzehn: 14,
    fünfzehn: 15,
    sechzehn: 16,
    siebzehn: 17,
    achtzehn: 18,
    zwanzig: 20,
    dreißig: 30,
    vierzig: 40,
    fünfzig: 50,
    sechzig: 60,
    siebzig: 70,
    achtzig: 80,
    neunzig: 90,
  }),
);

const number = `(\\d{1,3}|${[...numberWords.keys()].sort((a, b) => b.length - a.length).join("|")})`;
const yearWords =
  "(?:jährige?[rnms]?|jaehrige?[rnms]?|jahre?n?\\b|jah?r\\b|joar|johr|years?\\b|yrs?\\b|yo\\b|y/o|yaş|рок|рік|літ|лет|год|سن|عام|anni\\b|ann[oi]\\b|ans?\\b|godin|god\\b)";

/** Ways to say an age, each with the number as its group: by a word for years, by "with 70", by "is 3", or in brackets. */
const patterns = [
  new RegExp(
    `(?<![\\d.,])${number}[\\s-]{0,2}${yearWords}(?!\\s*(?:lang|her\\b|alt(?:e[rsn]?)?\\s+(?:auto|haus)|ago|garantie|wart))`,
    "iu",
  ),
  /\b(?:mit|with|à|con|sa|s)\s+(\d{2,3})(?=\s*(?:$|[.,!?)]|noch\b|still\b))/iu,
  /(?:\b(?:ist|is|bin|am|i'm|wird|turns|werde|kenn i bin)|мне|мені|йому|їй|ему|ей|сыну|дочке|сину|доньці|عمري|عمره|عمرها|yaşım|imam|ima|puni)\s+(?:schon\s+|jetzt\s+|erst\s+|gerade\s+|fast\s+|already\s+)?(\d{1,3})(?=\s*(?:$|[.,!?)]|und\b|and\b|und\b|wo\b|і\b|и\b))/iu,
  /\p{L}\s?\((\d{1,3})\)/u,
  /\bage[d]?\s+(\d{1,3})\b/iu,
];

const months = /(?<![\d.,])(\d{1,2})\s*(?:monate?n?\b|months?\b|aylık|місяц|месяц|شهر|أشهر|mesi\b|mois\b|mjesec|meseci)/iu;
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
  const found = months.exec(text);
  return found?.[1] !== undefined && /alt|old|sohn|tochter|kind|baby|bub|mad/iu.test(text) ? Math.floor(Number(found[1]) / 12) : undefined;
}
