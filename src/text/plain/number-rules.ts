import { eachMatch, eachWord, type PlainRule } from "./rule.ts";

const small = ["zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"];
const teens = ["dreizehn", "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn"];
const tens = ["zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"];

/** Number words and their digits. "ein" is most often an article and stays. */
const digits: ReadonlyMap<string, number> = new Map([
  ...small.map((word, index) => [word, index + 2] as const),
  ...teens.map((word, index) => [word, index + 13] as const),
  ...tens.map((word, index) => [word, 10 * (index + 2)] as const),
  ["hundert", 100] as const,
  ["tausend", 1000] as const,
]);

const months = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(" ");

function writtenDate([found, day, month, year]: readonly (string | undefined)[]): string {
  const name = months[Number(month) - 1];
  if (name === undefined) return `Schreiben Sie den Monat als Wort statt ${found}.`;
  return `Schreiben Sie: ${Number(day)}. ${name} ${year?.length === 2 ? `20${year}` : year}.`;
}

function writtenTime({ early, past, hour, minutes }: Readonly<Record<string, string | undefined>>): string {
  const behind = past ?? minutes ?? "00";
  return `Schreiben Sie: ${early ?? hour}${behind === "00" ? "" : `:${behind}`} Uhr.`;
}

export const numberRules = [
  {
    id: "number-word",
    level: "error",
    reason: "Ziffern liest man leichter als Zahl-Wörter.",
    find: eachWord(({ text }) => {
      const value = digits.get(text);
      return value === undefined ? undefined : `Schreiben Sie: ${value}.`;
    }),
  },
  {
    id: "clock",
    level: "error",
    reason: "So schreibt man eine Uhrzeit leichter: 9 Uhr.",
    find: eachMatch(
      /(?<![\p{N}:.])(?:0(?<early>\d)(?:[:.](?<past>\d{2}))?|(?<hour>\d{1,2})(?:[:.]00|\.(?<minutes>\d{2}))) ?Uhr/gu,
      ({ groups = {} }) => writtenTime(groups),
      "raw",
    ),
  },
  {
    id: "date",
    level: "error",
    reason: "Der Monat als Wort ist leichter als eine Zahl.",
    find: eachMatch(/(?<![\p{N}.])(\d{1,2})\. ?(\d{1,2})\. ?(\d{4}|\d{2})(?!\p{N}|\.\p{N})/gu, writtenDate),
  },
] as const satisfies readonly PlainRule[];
