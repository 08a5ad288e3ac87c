import { foldGerman } from "../german.ts";
import type { ReadText, Word } from "./read-text.ts";
import { eachMatch, eachWord, type Finding, type PlainRule, wholeWords } from "./rule.ts";

/** People who read the text, spoken of as others. */
const thirdPersons = [
  "(?:der|die|den|dem) (?:Antragsteller|Antragstellerin|Antragstellende[nr]?|Antragstellenden)",
  "Antragstellerinnen und Antragsteller",
  "Bürgerinnen und Bürger(?:n)?",
  "(?:der|die|den|dem) (?:Ratsuchende[nr]?|Hilfesuchende[nr]?|Nutzer|Nutzerin|Leistungsempfänger|Leistungsempfängerin|Betroffene[nr]?|Interessierte[nr]?)",
  "Interessierte",
  "(?:die|der) betroffenen? Person(?:en)?",
];

/** Words that mean the same to those who read them: one of each row is enough for a text. */
const sameThings: readonly (readonly string[])[] = [
  ["Kita", "Kindertagesstätte", "Kindertageseinrichtung"],
  ["Amt", "Behörde"],
  ["Web-Seite", "Website", "Homepage", "Internet-Seite"],
  ["Handy", "Mobiltelefon", "Smartphone"],
  ["Kranken-Haus", "Klinik"],
  ["Arzt", "Mediziner", "Doktor"],
  ["Pflege-Heim", "Alten-Heim", "Senioren-Heim"],
  ["kostenlos", "gratis", "kostenfrei", "gebührenfrei", "unentgeltlich"],
  ["Formular", "Vordruck"],
  ["Auto", "Kraftfahrzeug", "Pkw", "Kfz"],
  ["Ausweis", "Personaldokument"],
  ["E-Mail", "Mail"],
  ["Post-Leit-Zahl", "PLZ"],
  ["Bus und Bahn", "ÖPNV", "Nahverkehr"],
  ["Kurs", "Lehrgang"],
  ["Rente", "Ruhegeld"],
];

const comparable = (text: string) => foldGerman(text.replaceAll("-", ""));
const endings = "(?:e|n|s|en|es|er|ern)?";

/** For each row a pattern for each of its words, all in the spelling of `comparable`. */
const sameThingPatterns = sameThings.map((row) =>
  row.map((term) => ({ term, pattern: new RegExp(`^${comparable(term)}${endings}$`, "u") })),
);

/** The words of the row that the text uses, each at its first place. */
function usesOf(
  words: readonly Word[],
  row: (typeof sameThingPatterns)[number],
): readonly { readonly term: string; readonly word: Word }[] {
  return row
    .flatMap(({ term, pattern }) => {
      const word = words.find(({ text }) => pattern.test(comparable(text)));
      return word === undefined ? [] : [{ term, word }];
    })
    .sort((a, b) => a.word.start - b.word.start);
}

function changingWords({ sentences }: ReadText): readonly Finding[] {
  const words = sentences.flatMap((sentence) => sentence.words);
  return sameThingPatterns.flatMap((row) => {
    const [first, ...others] = usesOf(words, row);
    if (first === undefined) return [];
    return others.map(({ word }) => ({
      start: word.start,
      end: word.end,
      suggestion: `Oben steht: ${first.term}. Nehmen Sie immer das gleiche Wort.`,
    }));
  });
}

export const readerRules = [
  {
    id: "man",
    level: "warn",
    reason: "Wer ist „man“? Es bleibt offen, wer etwas tut.",
    find: eachWord(({ lower }) => (lower === "man" ? "Schreiben Sie „Sie“ oder wer es tut." : undefined)),
  },
  {
    id: "third-person",
    level: "warn",
    reason: "Der Text spricht über die Menschen, die ihn lesen.",
    find: eachMatch(wholeWords(thirdPersons), () => "Schreiben Sie „Sie“."),
  },
  {
    id: "changing-word",
    level: "warn",
    reason: "Hier steht ein anderes Wort für die gleiche Sache.",
    find: changingWords,
  },
] as const satisfies readonly PlainRule[];
