import { type Lang, languages } from "../../core/languages.ts";
import { analyses, type Token, tokenOf, writtenWords } from "../../text/analysis.ts";
import type { NameConcepts } from "../../text/concepts.ts";
import { frameWords } from "../../text/frame-words.ts";
import { createCompoundSplitter } from "../../text/german.ts";
import { createMemo } from "../../text/memo.ts";
import { gramSize, hashConcepts } from "./analyse-documents.ts";
import { gramsOf, hashTerm } from "./hashing.ts";

/** A term that a word of the query may stand for, 1 being the word itself. */
export interface PlannedTerm {
  readonly hash: number;
  readonly weight: number;
}

/** A word of the query: `stems` are the ways to read it, `parts` those of a compound or else the stems again. */
export interface PlannedWord {
  readonly weight: number;
  readonly stems: readonly PlannedTerm[];
  readonly parts: readonly PlannedTerm[];
  /** What it means; each weighs less the more there are. */
  readonly concepts: readonly PlannedTerm[];
  readonly grams: Uint16Array;
}

/** A word that occurs, found for one that does not. */
export interface NearWord {
  readonly stem: string;
  /** Of the two spellings, 0 to 1. */
  readonly similarity: number;
}

/** What a plan must know of the words that occur. */
export interface Lexicon {
  stemOfKnown(word: string): string | undefined;
  occurs(hash: number): boolean;
  nearest(folded: string): readonly NearWord[];
}

/** Bounds the time that one query takes. */
const mostWords = 40;
const longestQuery = 2000;

/** What a word counts that is about the asking, not about the topic; learned from OMoS-QA's train questions. */
const frameWeight = 0.3;

/** Words that are remembered with their plan, of each language; about a kilobyte each. */
const mostRemembered = 5000;

/** Reads the words of a query that carry its topic, each once, in order. */
function readWords<Word extends { readonly folded: string }>(text: string, read: (written: string) => Word | undefined): readonly Word[] {
  const words = new Map<string, Word>();
  for (const written of writtenWords(text.slice(0, longestQuery))) {
    const word = read(written);
    if (word !== undefined && !words.has(word.folded)) words.set(word.folded, word);
    if (words.size === mostWords) break;
  }
  return [...words.values()];
}

/** The words of a query that carry its topic, each once, in order. */
export function queryWords(text: string, lang: Lang | undefined): readonly Token[] {
  return readWords(text, (written) => tokenOf(written, analyses[lang ?? "de"]));
}

/** The stems of a word in its language, or in every language where that is not known. */
export function stemsOf(folded: string, lang: Lang | undefined): readonly string[] {
  return lang === undefined ? [...new Set(languages.map((each) => analyses[each].stem(folded)))] : [analyses[lang].stem(folded)];
}

const terms = (stems: readonly string[], weight = 1): readonly PlannedTerm[] => stems.map((stem) => ({ hash: hashTerm(stem), weight }));

/** Turns a query into terms: stems, the parts of compounds, and for words that never occur those that are spelled nearly so. */
export type QueryPlanner = (text: string, lang: Lang | undefined) => readonly PlannedWord[];

/** A planner over the words of one index; it remembers what it has planned. */
export function createQueryPlanner(lexicon: Lexicon, nameConcepts: NameConcepts): QueryPlanner {
  const split = createCompoundSplitter(lexicon.stemOfKnown);

  function planWord(token: Token, lang: Lang | undefined): PlannedWord {
    const { folded, parts } = token;
    const concepts = hashConcepts(token, nameConcepts);
    const stems = stemsOf(folded, lang);
    const analysis = analyses[lang ?? "de"];
    const found = analysis.compounds ? split(analysis.stem(folded)) : [];
    const partStems = found.length > 0 ? found : parts.map(analysis.stem);
    const known = terms(stems).filter(({ hash }) => lexicon.occurs(hash));
    const near =
      known.length > 0 || partStems.length > 0
        ? []
        : lexicon.nearest(folded).map(({ stem, similarity }) => ({ hash: hashTerm(stem), weight: similarity }));
    const own = known.length > 0 ? known : near.length > 0 ? near : terms(stems.slice(0, 1));
    return {
      weight: frameWords.has(folded) ? frameWeight : 1,
      stems: own,
      parts: partStems.length > 0 ? terms(partStems) : own,
      concepts: concepts.map((hash) => ({ hash, weight: 1 / Math.sqrt(concepts.length) })),
      grams: gramsOf(folded, gramSize),
    };
  }

  function createReader(lang: Lang | undefined) {
    return createMemo((written) => {
      const token = tokenOf(written, analyses[lang ?? "de"]);
      return { word: token === undefined ? undefined : { folded: token.folded, planned: planWord(token, lang) } };
    }, mostRemembered);
  }

  const readers = new Map([...languages, undefined].map((lang) => [lang, createReader(lang)]));
  return (text, lang) => readWords(text, (written) => readers.get(lang)?.(written).word).map(({ planned }) => planned);
}
