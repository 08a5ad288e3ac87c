/** Counts over a text: words, sentences, syllables and the shares that the readability formulas need (per cent). */
export interface TextMeasures {
  readonly words: number;
  readonly sentences: number;
  readonly longestSentence: number;
  readonly wordsPerSentence: number;
  readonly syllablesPerWord: number;
  readonly threeSyllablePercent: number;
  readonly longWordPercent: number;
  readonly oneSyllablePercent: number;
}

/** The three readability scores; lower is easier for wiener and lix, higher is easier for amstad. */
export interface Readability {
  readonly wiener: number;
  readonly amstad: number;
  readonly amstadJoined: number;
  readonly lix: number;
}

/** One breach of the gate, ready to be shown to an editor. */
export interface PlainProblem {
  readonly rule: "wiener" | "amstad" | "sentence-length" | "long-word" | "passive" | "conjunctive" | "abbreviation" | "title-length";
  readonly found: string;
  readonly advice: string;
}

const nucleus = /ie|ei|ai|au|eu|äu|ey|ay|ee|aa|oo|ou|oi|[aeiouäöüyéèà]/gi;
const word = /[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*/gu;
const link = /(?:https?:\/\/|www\.)\S+|\b[\w.-]+\.(?:de|com|org|eu|bayern|net|info)(?:\/\S*)?/giu;
const mail = /[\w.+-]+@[\w.-]+\.\w+/gu;
const phone = /(?:\+|\b0|\b1(?=1[0-9]))[\d][\d /-]{1,}\d/gu;
const address =
  /\p{Lu}[\p{L}.-]*(?:\s\p{Lu}[\p{L}.-]*)?(?:straße|str\.|platz|allee|weg|gasse|ring|Straße|Platz|Allee|Weg|Anger)\s\d+(?:\s?[a-z](?!\p{L}))?(?:-\d+)?(?:,?\s\d{5}(?:\s\p{L}+)?)?/gu;
const hours = /\b\d{1,2}(?::\d{2})?\s?(?:bis|-|–)\s?\d{1,2}(?::\d{2})?\s?Uhr|\b\d{1,2}(?::\d{2})?\s?Uhr/gu;

/** Takes out what people read as a name and not as a sentence: links, phones, addresses, hours, and the given names. */
export function withoutNames(text: string, names: readonly string[]): string {
  let rest = text.replace(mail, "").replace(link, "").replace(address, "").replace(hours, "").replace(phone, "");
  for (const name of [...names].sort((a, b) => b.length - a.length)) {
    if (name.length > 2) rest = rest.replaceAll(name, "");
  }
  return rest.replace(/ +/g, " ").replace(/ ([.,;:!?])/g, "$1");
}

/** Syllables of a German word, counted by its vowel groups; at least 1. */
export function countSyllables(text: string): number {
  return Math.max(1, text.match(nucleus)?.length ?? 0);
}

/** Sentences of a text: ends are . ! ? or a line break; a dot behind a number (1. März) ends none. */
export function splitSentences(text: string): string[] {
  return text
    .split(/(?<=[.!?])(?<!\b\d{1,2}\.)\s+|\n+/u)
    .map((part) => part.trim())
    .filter((part) => /[\p{L}\p{N}]/u.test(part));
}

function wordsOf(text: string, hyphens: "split" | "joined"): string[] {
  const found = text.match(word) ?? [];
  return hyphens === "joined" ? found.map((each) => each.replaceAll("-", "")) : found.flatMap((each) => each.split("-"));
}

/** Measures running text; a hyphenated compound counts as its parts (`split`) or as one word (`joined`). */
export function measureText(text: string, hyphens: "split" | "joined"): TextMeasures {
  const sentences = splitSentences(text);
  const lengths = sentences.map((sentence) => (sentence.match(word) ?? []).length);
  const words = wordsOf(text, hyphens);
  const syllables = words.map(countSyllables);
  const share = (count: number) => (words.length === 0 ? 0 : (100 * count) / words.length);
  return {
    words: words.length,
    sentences: sentences.length,
    longestSentence: Math.max(0, ...lengths),
    wordsPerSentence: sentences.length === 0 ? 0 : words.length / sentences.length,
    syllablesPerWord: words.length === 0 ? 0 : syllables.reduce((sum, each) => sum + each, 0) / words.length,
    threeSyllablePercent: share(syllables.filter((each) => each >= 3).length),
    longWordPercent: share(words.filter((each) => each.length > 6).length),
    oneSyllablePercent: share(syllables.filter((each) => each === 1).length),
  };
}

/** First Wiener Sachtextformel (Bamberger and Vanecek 1984): about the school year that can read the text. */
function wiener(m: TextMeasures): number {
  return 0.1935 * m.threeSyllablePercent + 0.1672 * m.wordsPerSentence + 0.1297 * m.longWordPercent - 0.0327 * m.oneSyllablePercent - 0.875;
}

/** Amstad's Flesch for German (1978): 0 hard to 100 easy. */
function amstad(m: TextMeasures): number {
  return 180 - m.wordsPerSentence - 58.5 * m.syllablesPerWord;
}

/** Readability of German running text. Names, links and numbers are best taken out by `withoutNames` before. */
export function readability(text: string): Readability {
  const split = measureText(text, "split");
  const joined = measureText(text, "joined");
  return {
    wiener: wiener(split),
    amstad: amstad(split),
    amstadJoined: amstad(joined),
    lix: joined.wordsPerSentence + joined.longWordPercent,
  };
}

/** The longest sentence and word that the gate lets through; source: BITV 2.0 Anlage 2 and the LS-BW criteria. */
const longest = { sentenceWords: 20, wordLetters: 13, titleWords: 6 } as const;
const bounds = { wiener: 8, amstad: 60, amstadJoined: 50 } as const;

const passive =
  /\b(?:wird|werden|wirst|werdet|wurde|wurden)\b(?:\s+[^\s.!?]+){0,6}?\s+(?:ge\p{Ll}+(?:t|en)|be\p{Ll}+t|ver\p{Ll}+t|\p{Ll}+iert)\b/giu;
const conjunctive = /\b(?:hätte[nst]?|wäre[nst]?|könnte[nst]?|würde[nst]?|müsste[nst]?|dürfte[nst]?|sollte[nst]?)\b/giu;
const abbreviation = /\b(?:z\. ?B\.|bzw\.|usw\.|ggf\.|inkl\.|u\. ?a\.|d\. ?h\.|etc\.|ca\.|evtl\.|i\. ?d\. ?R\.)/giu;

function each(text: string, pattern: RegExp, rule: PlainProblem["rule"], advice: string): PlainProblem[] {
  return (text.match(pattern) ?? []).map((found) => ({ rule, found, advice }));
}

function longWords(text: string): PlainProblem[] {
  return wordsOf(text, "split")
    .filter((part) => part.length > longest.wordLetters)
    .map((found) => ({ rule: "long-word", found, advice: "Put a hyphen at the joint of the compound, or use a shorter word." }));
}

function longSentences(text: string): PlainProblem[] {
  return splitSentences(text)
    .filter((sentence) => (sentence.match(word) ?? []).length > longest.sentenceWords)
    .map((found) => ({ rule: "sentence-length", found, advice: `Write sentences of at most ${longest.sentenceWords} words.` }));
}

function formulas(text: string): PlainProblem[] {
  const scores = readability(text);
  const problems: PlainProblem[] = [];
  const advice = "Use shorter sentences and shorter words.";
  if (scores.wiener > bounds.wiener) problems.push({ rule: "wiener", found: `${scores.wiener.toFixed(1)} > ${bounds.wiener}`, advice });
  if (scores.amstad < bounds.amstad) problems.push({ rule: "amstad", found: `${scores.amstad.toFixed(0)} < ${bounds.amstad}`, advice });
  if (scores.amstadJoined < bounds.amstadJoined) {
    problems.push({ rule: "amstad", found: `${scores.amstadJoined.toFixed(0)} < ${bounds.amstadJoined} with compounds joined`, advice });
  }
  return problems;
}

/** The gate for German running text that a citizen reads; an empty list means it passes. */
export function checkPlainText(text: string, names: readonly string[] = []): PlainProblem[] {
  const running = withoutNames(text, names);
  return [
    ...formulas(running),
    ...longSentences(running),
    ...longWords(running),
    ...each(running, passive, "passive", "Say who does it: active voice."),
    ...each(running, conjunctive, "conjunctive", "Use the indicative: kann, ist, hat."),
    ...each(running, abbreviation, "abbreviation", "Write the words in full."),
  ];
}

/** The gate for a German title: rules without a formula. */
export function checkPlainTitle(title: string): PlainProblem[] {
  const words = title.split(/\s+/).filter((part) => /[\p{L}\p{N}]/u.test(part));
  if (words.length <= longest.titleWords) return [];
  return [{ rule: "title-length", found: title, advice: `Use at most ${longest.titleWords} words.` }];
}
