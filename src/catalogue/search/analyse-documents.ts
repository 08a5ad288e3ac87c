import type { Lang } from "../../core/languages.ts";
import { analyses, type Token, tokenOf, writtenWords } from "../../text/analysis.ts";
import type { NameConcepts } from "../../text/concepts.ts";
import { createCompoundSplitter } from "../../text/german.ts";
import { gramSpace, gramsOf, hashTerm } from "./hashing.ts";
import type { SearchDocument, SearchText } from "./search-document.ts";
import { createTermTally, type Term } from "./term-counts.ts";

/** Where a line stands. */
export type Field = "title" | "keyword" | "body";

/** Size of the character n-grams by which titles and passages are compared. */
export const gramSize = 3;

/** Stands before each line in a document's n-grams; the title's lines come first. */
export const gramLine = gramSpace - 1;

/**
 * A document as the ranking reads it: each term once, as a hash, with how it occurs (`packCounts`); how long it is; and the n-grams of its lines,
 * keywords left out.
 */
export interface AnalysedDocument {
  readonly id: string;
  readonly terms: Int32Array;
  readonly counts: Uint32Array;
  readonly lengths: Lengths;
  readonly grams: Uint16Array;
}

/** How many words a document has, how many parts of compounds and simple words, how many names of concepts, and how many lines its title. */
export interface Lengths {
  readonly words: number;
  readonly parts: number;
  readonly concepts: number;
  readonly titleLines: number;
}

/** Words that occur, with their stems: by them compounds are split and misspelled words mended. */
export type Forms = ReadonlyMap<string, string>;

/** A word as it was read. The same word of a language is the same object, so that it is worked on once. */
interface ReadWord extends Token {
  readonly lang: Lang;
  readonly stem: string;
  /** Of all words that the reader has read, from 0. */
  readonly number: number;
}

/** A line of a document with the field it stands in. */
export interface Line {
  readonly field: Field;
  readonly words: readonly ReadWord[];
}

/** Reads documents into words, and keeps which words there are. */
export interface Reader {
  read(document: SearchDocument): readonly Line[];
  /** All words read so far, German ones first, since these are split by them. */
  forms(): Forms;
}

export function createReader(): Reader {
  const known = new Map<Lang, Map<string, ReadWord | undefined>>();
  let read = 0;

  function wordOf(written: string, lang: Lang, words: Map<string, ReadWord | undefined>): ReadWord | undefined {
    const seen = words.get(written);
    if (seen !== undefined || words.has(written)) return seen;
    const token = tokenOf(written, analyses[lang]);
    const word = token === undefined ? undefined : { ...token, lang, stem: analyses[lang].stem(token.folded), number: read };
    if (word !== undefined) read += 1;
    words.set(written, word);
    return word;
  }

  // The words of a need stand with each of its offers.
  const keywords = new Map<string, readonly Line[]>();

  function readKeywords(text: SearchText): readonly Line[] {
    const key = `${text.lang}${text.text}`;
    const lines = keywords.get(key) ?? readText(text, "keyword");
    keywords.set(key, lines);
    return lines;
  }

  function readText({ lang, text }: SearchText, field: Field): readonly Line[] {
    const words = known.get(lang) ?? new Map<string, ReadWord | undefined>();
    known.set(lang, words);
    const lines: Line[] = [];
    for (const line of text.split("\n")) {
      const found: ReadWord[] = [];
      for (const written of writtenWords(line)) {
        const word = wordOf(written, lang, words);
        if (word !== undefined) found.push(word);
      }
      if (found.length > 0) lines.push({ field, words: found });
    }
    return lines;
  }

  return {
    read: ({ title, keywords: own, body }) => [
      ...title.flatMap((text) => readText(text, "title")),
      ...own.flatMap(readKeywords),
      ...body.flatMap((text) => readText(text, "body")),
    ],
    forms: () => {
      const forms = new Map<string, string>();
      for (const lang of [...known.keys()].sort((a, b) => Number(b === "de") - Number(a === "de")))
        for (const word of known.get(lang)?.values() ?? []) {
          if (word === undefined) continue;
          if (!forms.has(word.folded)) forms.set(word.folded, word.stem);
          for (const part of word.parts) if (part.length > 1 && !forms.has(part)) forms.set(part, analyses[lang].stem(part));
        }
      return forms;
    },
  };
}

/** Turns what was read into what is ranked. */
export interface Analyser {
  analyse(id: string, lines: readonly Line[]): AnalysedDocument;
  /** In how many of the analysed documents each n-gram occurs, by its hash. */
  readonly gramCounts: Uint32Array;
}

/** Hashes of the concepts that a word or its parts name, each once. */
export function hashConcepts({ folded, parts }: Token, nameConcepts: NameConcepts): readonly number[] {
  const names = parts.length === 0 ? nameConcepts(folded) : [...new Set([folded, ...parts].flatMap(nameConcepts))];
  return names.length === 0 ? [] : names.map((name) => hashTerm(`concept ${name}`));
}

/** The stem of a word that occurs, or of a stem that does. */
export function stemFinder(forms: Forms): (part: string) => string | undefined {
  const known = new Map(forms);
  for (const stem of forms.values()) if (!known.has(stem)) known.set(stem, stem);
  return (part) => known.get(part);
}

/** An analyser that splits compounds by the words of all documents. */
export function createAnalyser(forms: Forms, nameConcepts: NameConcepts): Analyser {
  const split = createCompoundSplitter(stemFinder(forms));
  const terms: (Term | undefined)[] = [];
  const gramCounts = new Uint32Array(gramSpace);
  const seenIn = new Uint32Array(gramSpace);
  let documents = 0;
  // One buffer for all documents, which grows.
  let grams = new Uint16Array(4096);

  function termOf(word: ReadWord): Term {
    const done = terms[word.number];
    if (done !== undefined) return done;
    const { stem, compounds } = analyses[word.lang];
    const split_ = compounds ? split(word.stem) : [];
    const parts = split_.length > 0 ? split_ : word.parts.map(stem);
    const term = {
      hash: hashTerm(word.stem),
      parts: parts.map(hashTerm),
      concepts: hashConcepts(word, nameConcepts),
      grams: gramsOf(word.folded, gramSize),
    };
    terms[word.number] = term;
    return term;
  }

  function push(gram: number, at: number): number {
    if (at === grams.length) {
      const larger = new Uint16Array(2 * at);
      larger.set(grams);
      grams = larger;
    }
    grams[at] = gram;
    return at + 1;
  }

  /** Counts the n-grams of the document at hand, of which there are `used`. */
  function count(used: number): void {
    for (let at = 0; at < used; at += 1) {
      const gram = grams[at] ?? 0;
      if (seenIn[gram] === documents || gram === gramLine) continue;
      seenIn[gram] = documents;
      gramCounts[gram] = (gramCounts[gram] ?? 0) + 1;
    }
  }

  return {
    gramCounts,
    analyse: (id, lines) => {
      documents += 1;
      const tally = createTermTally();
      let used = 0;
      for (const { field, words } of lines) {
        if (field !== "keyword") used = push(gramLine, used);
        for (const word of words) {
          const term = termOf(word);
          tally.add(term, field);
          if (field === "keyword") continue;
          for (const gram of term.grams) used = push(gram, used);
        }
      }
      count(used);
      const titleLines = lines.filter(({ field }) => field === "title").length;
      return { id, ...tally.result(titleLines), grams: grams.slice(0, used) };
    },
  };
}
