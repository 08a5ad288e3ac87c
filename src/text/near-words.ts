import { editDistance } from "./edit-distance.ts";

function withoutOneLetter(word: string): readonly string[] {
  return Array.from(word, (_letter, at) => word.slice(0, at) + word.slice(at + 1));
}

/** Finds the word of a list, with its first letter kept, that another is one letter away from. Cost grows with the length of the word, not of the list. */
export function createNearestWord(words: readonly string[]): (word: string) => string | undefined {
  const byForm = new Map<string, Set<string>>();
  for (const word of words) {
    for (const form of [word, ...withoutOneLetter(word)]) byForm.set(form, (byForm.get(form) ?? new Set()).add(word));
  }
  return (word) => {
    for (const form of [word, ...withoutOneLetter(word)]) {
      for (const near of byForm.get(form) ?? []) if (near[0] === word[0] && editDistance(word, near, 1) === 1) return near;
    }
    return undefined;
  };
}
