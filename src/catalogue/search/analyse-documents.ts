import type { Lang } from "../../core/languages.ts";
import { analyses, type Token, tokenOf, writtenWords } from "../../text/analysis.ts";
import type { NameConcepts } from "../../text/concepts.ts";
import { createCompoundSplitter } from "../../text/german.ts";
import { gramSpace, gramsOf, hashTerm } from "./hashing.ts";
import type { SearchDocument, SearchText } from "./search-document.ts";

/** What an entry of a document is, in the low two bits of its flag. */
export const entryKind = { word: 0, compound: 1, part: 2, concept: 3, mask: 3 } as const;
/** Where an entry stands. */
export const entryField = { body: 0, keyword: 4, title: 8, mask: 12 } as const;
/** Set on the first entry of a line. */
export const lineStart = 16;

/** Size of the character n-grams by which titles and passages are compared. */
export const gramSize = 3;

/** Stands before each line in a document's n-grams; the title's lines come first. */
export const gramLine = gramSpace - 1;

/** A document as the ranking reads it: a hash and a flag for each word, and after it for each part of a compound and each concept that it names, and the n-grams of its lines, keywords left out. */
export interface AnalysedDocument {
  readonly id: string;
  readonly hashes: Int32Array;
  readonly flags: Uint8Array;
  readonly grams: Uint16Array;
}

/** Words that occur, with their stems: by them compounds are split and misspelled words mended. */
export type Forms = ReadonlyMap<string, string>;

/** A word as it was read. The same word of a language is the same object, so that it is worked on once. */
interface ReadWord extends Token {
  readonly lang: Lang;
  readonly stem: string;
}

/** A line of a document with the field it stands in. */
export interface Line {
  readonly field: number;
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

  function wordOf(written: string, lang: Lang, words: Map<string, ReadWord | undefined>): ReadWord | undefined {
    const seen = words.get(written);
    if (seen !== undefined || words.has(written)) return seen;
    const token = tokenOf(written, analyses[lang]);
    const word = token === undefined ? undefined : { ...token, lang, stem: analyses[lang].stem(token.folded) };
    words.set(written, word);
    return word;
  }

  // The words of a need stand with each of its offers.
  const keywords = new Map<string, readonly Line[]>();

  function readKeywords(text: SearchText): readonly Line[] {
    const key = `${text.lang}${text.text}`;
    const lines = keywords.get(key) ?? readText(text, entryField.keyword);
    keywords.set(key, lines);
    return lines;
  }

  function readText({ lang, text }: SearchText, field: number): readonly Line[] {
    const words = known.get(lang) ?? new Map<string, ReadWord | undefined>();
    known.set(lang, words);
    return text.split("\n").flatMap((line) => {
      const read = writtenWords(line).flatMap((written) => wordOf(written, lang, words) ?? []);
      return read.length === 0 ? [] : [{ field, words: read }];
    });
  }

  return {
    read: ({ title, keywords: own, body }) => [
      ...title.flatMap((text) => readText(text, entryField.title)),
      ...own.flatMap(readKeywords),
      ...body.flatMap((text) => readText(text, entryField.body)),
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

interface Term {
  readonly hash: number;
  readonly parts: readonly number[];
  readonly concepts: readonly number[];
  readonly grams: Uint16Array;
}

interface Entries {
  readonly hashes: readonly number[];
  readonly flags: readonly number[];
}

/** Turns what was read into what is ranked. */
export interface Analyser {
  analyse(id: string, lines: readonly Line[]): AnalysedDocument;
  /** In how many of the analysed documents each n-gram occurs, by its hash. */
  readonly gramCounts: Uint32Array;
}

/** Hashes of the concepts that a word or its parts name, each once. */
export function hashConcepts({ folded, parts }: Token, nameConcepts: NameConcepts): readonly number[] {
  return [...new Set([folded, ...parts].flatMap((word) => nameConcepts(word)))].map((name) => hashTerm(`concept ${name}`));
}

/** The stem of a word that occurs, or of a stem that does. */
export function stemFinder(forms: Forms): (part: string) => string | undefined {
  const stems = new Set(forms.values());
  return (part) => forms.get(part) ?? (stems.has(part) ? part : undefined);
}

/** An analyser that splits compounds by the words of all documents. */
export function createAnalyser(forms: Forms, nameConcepts: NameConcepts): Analyser {
  const split = createCompoundSplitter(stemFinder(forms));
  const terms = new Map<ReadWord, Term>();
  const gramCounts = new Uint32Array(gramSpace);
  const seenIn = new Uint32Array(gramSpace);
  let documents = 0;

  function termOf(word: ReadWord): Term {
    const done = terms.get(word);
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
    terms.set(word, term);
    return term;
  }

  function count({ grams }: Term): void {
    for (const gram of grams) {
      if (seenIn[gram] === documents) continue;
      seenIn[gram] = documents;
      gramCounts[gram] = (gramCounts[gram] ?? 0) + 1;
    }
  }

  // Lines of keywords are the same objects in many documents.
  const keywordEntries = new Map<Line, Entries>();

  function entriesOf({ field, words }: Line): Entries {
    const hashes: number[] = [];
    const flags: number[] = [];
    for (const [index, word] of words.entries()) {
      const { hash, parts, concepts } = termOf(word);
      hashes.push(hash);
      flags.push(field | (index === 0 ? lineStart : 0) | (parts.length === 0 ? entryKind.word : entryKind.compound));
      for (const part of parts) {
        hashes.push(part);
        flags.push(field | entryKind.part);
      }
      // Keywords are there to be found as they are.
      if (field === entryField.keyword) continue;
      for (const concept of concepts) {
        hashes.push(concept);
        flags.push(field | entryKind.concept);
      }
    }
    return { hashes, flags };
  }

  function readLine(line: Line): Entries {
    if (line.field !== entryField.keyword) return entriesOf(line);
    const entries = keywordEntries.get(line) ?? entriesOf(line);
    keywordEntries.set(line, entries);
    return entries;
  }

  return {
    gramCounts,
    analyse: (id, lines) => {
      documents += 1;
      const entries = lines.map(readLine);
      const length = entries.reduce((sum, { hashes }) => sum + hashes.length, 0);
      const hashes = new Int32Array(length);
      const flags = new Uint8Array(length);
      const grams: number[] = [];
      let at = 0;
      for (const each of entries) {
        hashes.set(each.hashes, at);
        flags.set(each.flags, at);
        at += each.hashes.length;
      }
      for (const { field, words } of lines) {
        if (field === entryField.keyword) continue;
        grams.push(gramLine);
        for (const word of words) {
          const term = termOf(word);
          count(term);
          for (const gram of term.grams) grams.push(gram);
        }
      }
      return { id, hashes, flags, grams: Uint16Array.from(grams) };
    },
  };
}
