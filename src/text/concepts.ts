import type { Concept } from "../core/content.ts";

/** Arabic joins the article, "and", "for", "with" to the word. */
const arabicPrefixes = ["وال", "بال", "فال", "كال", "لل", "ال", "و", "ب", "ل", "ف"];
const leastArabicStem = 3;

const plain = /^[a-z]*$/i;

/** One spelling for look-alikes, stronger than elsewhere: no accents, umlauts and their ae/oe/ue as one letter, Turkish ı as i, Arabic letters of one sound as one. */
export function foldForConcepts(text: string): string {
  // Most patterns are plain letters, and there are 66,000 of them at each start.
  if (plain.test(text)) return text.toLowerCase().replace(/([aou])e/g, "$1");
  return text
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .replaceAll("ß", "ss")
    .replaceAll("ı", "i")
    .replace(/([aou])e/g, "$1")
    .replace(/[أإآٱ]/g, "ا")
    .replaceAll("ة", "ه")
    .replaceAll("ى", "ي");
}

function addTo(map: Map<string, number[]>, key: string, concept: number): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [concept]);
  else if (!known.includes(concept)) known.push(concept);
}

function formsOf(word: string): readonly string[] {
  const prefix = arabicPrefixes.find((each) => word.startsWith(each) && word.length - each.length >= leastArabicStem);
  return prefix === undefined ? [word] : [word, word.slice(prefix.length)];
}

/** Finds the concepts that a word names, by their places in `concepts`, each once. Cost grows with the square of the word's length at most. */
export function createConceptFinder(concepts: readonly Concept[]): (word: string) => readonly number[] {
  const [whole, beginning, ending, inside] = [new Map<string, number[]>(), new Map(), new Map(), new Map()];
  concepts.forEach(({ patterns }, concept) => {
    for (const pattern of patterns) {
      const key = foldForConcepts(pattern.replaceAll("*", ""));
      const [opens, closes] = [pattern.startsWith("*"), pattern.endsWith("*")];
      addTo(opens ? (closes ? inside : ending) : closes ? beginning : whole, key, concept);
    }
  });
  const insideLengths = [...new Set([...inside.keys()].map((key) => key.length))];

  function find(word: string, found: Set<number>): void {
    const take = (concepts: readonly number[] | undefined) => {
      for (const concept of concepts ?? []) found.add(concept);
    };
    take(whole.get(word));
    for (let length = 2; length <= word.length; length += 1) {
      take(beginning.get(word.slice(0, length)));
      take(ending.get(word.slice(-length)));
    }
    for (const length of insideLengths)
      for (let start = 0; start + length <= word.length; start += 1) take(inside.get(word.slice(start, start + length)));
  }

  return (word) => {
    const found = new Set<number>();
    for (const form of formsOf(foldForConcepts(word))) find(form, found);
    return [...found];
  };
}

/** Names of the concepts that a word names. */
export type NameConcepts = (word: string) => readonly string[];

/** `createConceptFinder` by name. */
export function createConceptNamer(concepts: readonly Concept[]): NameConcepts {
  const find = createConceptFinder(concepts);
  return (word) => find(word).flatMap((place) => concepts[place]?.id ?? []);
}
