import { hyphenate, mostLetters } from "./hyphenate.ts";
import type { ReadText, Word } from "./read-text.ts";
import { eachMatch, eachWord, type Finding, type PlainRule, wholeWords } from "./rule.ts";

interface Part {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The parts of a hyphenated compound with their places in the text. */
function partsOf({ text, start }: Word): readonly Part[] {
  return [...text.matchAll(/[^-]+/g)].map(({ 0: part, index }) => ({
    text: part,
    start: start + index,
    end: start + index + part.length,
  }));
}

function longParts({ sentences }: ReadText): readonly Finding[] {
  return sentences.flatMap(({ words }) =>
    words.flatMap(partsOf).flatMap(({ text, start, end }) => {
      if (text.length <= mostLetters) return [];
      const hyphenated = hyphenate(text);
      return [{ start, end, suggestion: hyphenated === undefined ? "Nehmen Sie ein kürzeres Wort." : `Schreiben Sie: ${hyphenated}.` }];
    }),
  );
}

/** What stands for an abbreviation when it is written in full; keys are patterns of what people type. */
const abbreviations: readonly (readonly [pattern: string, full: string])[] = [
  ["z\\. ?B\\.", "zum Beispiel"],
  ["bzw\\.?", "oder"],
  ["usw\\.?", "und so weiter"],
  ["etc\\.?", "und so weiter"],
  ["ggfs?\\.", "vielleicht"],
  ["evtl\\.", "vielleicht"],
  ["inkl\\.", "mit"],
  ["u\\. ?a\\.", "auch"],
  ["o\\. ?ä\\.", "oder Ähnliches"],
  ["d\\. ?h\\.", "das heißt"],
  ["i\\. ?d\\. ?r\\.", "meistens"],
  ["s\\. ?o\\.", "oben"],
  ["s\\. ?u\\.", "unten"],
  ["ca\\.", "etwa"],
  ["max\\.", "höchstens"],
  ["mind\\.", "mindestens"],
  ["zzgl\\.", "und dazu"],
  ["bzgl\\.", "zu"],
  ["sog\\.", "so genannt"],
  ["nr\\.", "Nummer"],
  ["tel\\.", "Telefon"],
  ["std\\.", "Stunden"],
  ["vgl\\.", "weglassen"],
];

const abbreviation = new RegExp(`(?<![\\p{L}\\p{N}])(?:${abbreviations.map(([pattern]) => pattern).join("|")})(?![\\p{L}\\p{N}])`, "giu");

function fullWords(found: string): string {
  const full = abbreviations.find(([pattern]) => new RegExp(`^${pattern}$`, "iu").test(found))?.[1];
  return full === "weglassen" ? "Lassen Sie das weg." : `Schreiben Sie: ${full}.`;
}

/** Runs of capitals that people know better than what they stand for. */
const knownCapitals = new Set(
  "ADAC AOK AWM AWO BRK CD DRK DVD EU IHK KI MVG MVHS MVV PC PDF PIN SMS TASSO TV TÜV UNO USA VHS WC WLAN II III IV".split(" "),
);

/** Prefixes that never stand alone; "zurück-nehmen" has its hyphen at a joint. */
const prefix = /^(?:be|ge|er|ver|zer|ent|emp|miss)$/iu;

/** A verb or an adjective cut behind a prefix (be-zahlt) and parts without a vowel are no joints; E-Mail and U-Bahn are words of their own. */
function badHyphen(word: Word): string | undefined {
  const parts = word.text.split("-");
  const [first = ""] = parts;
  if (parts.length < 2 || /^\p{N}/u.test(word.text)) return undefined;
  const whole = word.text.replaceAll("-", "");
  const cutPrefix = parts.length === 2 && /^\p{Ll}/u.test(parts[1] ?? "") && prefix.test(first);
  const fragment = parts.some((part) => part.length > 1 && /^\p{Ll}+$/u.test(part) && !/[aeiouäöüy]/u.test(part));
  return cutPrefix || fragment ? `Schreiben Sie das Wort zusammen: ${whole}.` : undefined;
}

/** Images in words that say something else than they mean, and what they mean; some after LanguageTool's simple-language rules. */
const metaphors: readonly (readonly [image: string, meaning: string])[] = [
  ["unter die Arme (?:greifen|greift)", "helfen"],
  ["auf die Beine (?:stellen|stellt|helfen|hilft)", "schaffen oder helfen"],
  ["am Ball (?:bleiben|bleibt)", "weitermachen"],
  ["Hand in Hand", "zusammen"],
  ["ins Boot (?:holen|holt)", "fragen, ob jemand mitmacht"],
  ["in einem Boot", "die gleiche Lage haben"],
  ["Licht ins Dunkel", "erklären"],
  ["auf Augenhöhe", "mit Respekt"],
  ["an einem Strang", "zusammenarbeiten"],
  ["den Rücken stärk(?:en|t)", "helfen"],
  ["roter Faden", "Plan"],
  ["Startschuss", "Anfang"],
  ["Brücken bauen", "verbinden"],
  ["im Regen stehen", "allein sein"],
  ["über den Tisch (?:ziehen|zieht|gezogen)", "betrügen"],
  ["(?:Paragrafen|Behörden|Tarif)-?dschungel", "viele Regeln"],
  ["aus allen Wolken", "überrascht sein"],
  ["(?:Zwickmühle|Bärendienst|Eselsbrücke|Rabeneltern|Torschlusspanik|Hexenkessel|Sternstunde|Augenwischerei)n?", "was Sie meinen"],
];

const metaphor = wholeWords(metaphors.map(([image]) => image));

function meaningOf(found: string): string {
  const meaning = metaphors.find(([image]) => new RegExp(`^${image}$`, "iu").test(found))?.[1];
  return `Sagen Sie, was Sie meinen: ${meaning}.`;
}

export const wordRules = [
  {
    id: "long-word",
    level: "error",
    reason: `Das Wort hat mehr als ${mostLetters} Buchstaben.`,
    find: longParts,
  },
  {
    id: "abbreviation",
    level: "error",
    reason: "Was heißt das? Viele wissen es nicht.",
    find: eachMatch(abbreviation, ([found]) => fullWords(found)),
  },
  {
    id: "capitals",
    level: "warn",
    reason: "Wofür steht das? Viele wissen es nicht.",
    find: eachWord(({ text }) =>
      text.split("-").some((part) => /^\p{Lu}{2,}$/u.test(part) && !knownCapitals.has(part))
        ? "Schreiben Sie den ganzen Namen."
        : undefined,
    ),
  },
  {
    id: "hyphen",
    level: "error",
    reason: "Ein Strich steht nur da, wo 2 Wörter sich treffen.",
    find: eachWord(badHyphen),
  },
  {
    id: "metaphor",
    level: "error",
    reason: "Das ist ein Bild. Nicht alle verstehen es.",
    find: eachMatch(metaphor, ([found]) => meaningOf(found)),
  },
  {
    id: "see-elsewhere",
    level: "error",
    reason: "Man muss dann an anderer Stelle suchen.",
    find: eachMatch(wholeWords(["siehe"]), () => "Sagen Sie es gleich hier."),
  },
] as const satisfies readonly PlainRule[];
