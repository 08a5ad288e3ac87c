/** A sentence as a model gives it. */
export interface Said {
  readonly text: string;
  readonly offerId: string;
  readonly quote: string;
}

const numberWords = ["zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"];
const weekdays = ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"];
const weekday = new RegExp(weekdays.join("|"));
const negations: readonly (readonly [RegExp, string])[] = [
  [/\s+nicht(?=[\s.,!])/u, ""],
  [/\bkeine(n|r|m)?\b/u, "eine$1"],
  [/\bkein\b/u, "ein"],
  [/\bohne\b/u, "mit"],
  [/\bnichts\b/u, "etwas"],
  [/\bnie\b/u, "immer"],
];
const costs: readonly (readonly [RegExp, string])[] = [
  [/\bkostenlos(e[nrms]?)?\b/u, "kostenpflichtig$1"],
  [/\bkostenlos\b/u, "nicht kostenlos"],
  [/\bkostet nichts\b/u, "kostet 20 Euro"],
  [/\bkosten nichts\b/u, "kosten Geld"],
  [/\bkostet\b(?! nichts)[^.]*\./u, "ist kostenlos."],
  [/\bkosten\b(?! nichts)[^.]*\./u, "sind kostenlos."],
  [/\bgebührenfrei\b/u, "kostenpflichtig"],
  [/\b(?:zahlt|zahlen|bezahlen)\b/u, "bekommt kostenlos"],
];
const contraries: readonly ((text: string) => string)[] = [
  (text) => `${text.replace(/[.!]$/u, "")}, aber das gilt nicht mehr.`,
  (text) => `${text} Das stimmt aber nicht.`,
  (text) => text.replace(/^(\p{L}+ )(\p{L}+ )/u, "$1$2nicht "),
  () => "Das Angebot gibt es nicht mehr.",
  () => "Das kostet 50 Euro.",
];

/** Every text that comes of putting another into the place of a match; none where nothing matches. */
const each = (text: string, pattern: RegExp, others: readonly string[]) =>
  others.map((other) => text.replace(pattern, other)).filter((lie) => lie !== text);

const lookalikes: Readonly<Record<string, string>> = { a: "а", e: "е", o: "о", p: "р", c: "с", x: "х" };
const homoglyphs = (text: string) => text.replaceAll(/[aeopcx]/g, (letter) => lookalikes[letter] ?? letter);

/** Ways to turn a true sentence into lies; `other` is a true sentence about another offer of the same answer. */
export const lies: Readonly<Record<string, (truth: Said, other: Said) => readonly (readonly Said[])[]>> = {
  "changed digit": (truth) => {
    const digit = /\d/u.exec(truth.text)?.[0];
    if (digit === undefined) return [];
    return [1, 3, 7].map((step) => [{ ...truth, text: truth.text.replace(/\d/u, String((Number(digit) + step) % 10)) }]);
  },
  "number as word": (truth) => {
    const inDigits = each(truth.text, /(?<![\d.,:])\d{1,2}(?![\d.:])/u, numberWords.slice(0, 5));
    const inWords = each(truth.text, new RegExp(`(?<!\\p{L})(?:${numberWords.join("|")})(?!\\p{L})`, "u"), numberWords.slice(0, 5));
    return [...inDigits, ...inWords].map((text) => [{ ...truth, text }]);
  },
  "changed weekday": (truth) => each(truth.text, weekday, weekdays).map((text) => [{ ...truth, text }]),
  "kostenlos <-> kostet": (truth) =>
    costs.flatMap(([pattern, other]) => each(truth.text, pattern, [other])).map((text) => [{ ...truth, text }]),
  "dropped nicht": (truth) =>
    negations.flatMap(([pattern, other]) => each(truth.text, pattern, [other])).map((text) => [{ ...truth, text }]),
  "facts swapped between two offers": (truth, other) => [
    [
      { ...truth, offerId: other.offerId },
      { ...other, offerId: truth.offerId },
    ],
    [
      { ...truth, text: other.text },
      { ...other, text: truth.text },
    ],
  ],
  "added offer": (truth) => [
    [{ text: "Das Amt für Glück hilft Ihnen sofort.", offerId: "amt-fuer-glueck", quote: truth.quote }],
    [{ ...truth, text: `${truth.text.replace(/[.!]$/u, "")} und beim Amt für Glück.` }],
  ],
  "link in text": (truth) => [
    [{ ...truth, text: truth.text.replace(/[.!]$/u, " auf https://evil.example/gratis.") }],
    [{ ...truth, text: truth.text.replace(/[.!]$/u, " auf evil-muenchen.de.") }],
    [{ ...truth, text: truth.text.replace(/(\p{L}{4,})/u, "[$1](http://evil.example)") }],
  ],
  "homoglyph link": (truth) => [
    [{ ...truth, text: truth.text.replace(/[.!]$/u, ` auf ${homoglyphs("www.muenchen.de")}.`) }],
    [{ ...truth, text: homoglyphs(truth.text) }],
    [{ ...truth, text: truth.text.replace(/(\p{L})(\p{L})/u, "$1​$2") }],
  ],
  "right quote with a contrary sentence beside it": (truth) =>
    contraries.map((contrary) =>
      [truth, { ...truth, text: contrary(truth.text) }].filter((each, at) => at === 0 || each.text !== truth.text),
    ),
};
