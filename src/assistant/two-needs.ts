import { noNeed } from "../core/intents.ts";
import type { Scored } from "../core/understanding.ts";

/** Words that join two wishes, and the ends of sentences, in the nine languages and in Bavarian. */
const joint =
  /[.!?؟;\n]+|,?\s+(?:und|oder|außerdem|dazu|sowie|and|also|plus|ve|ayrıca|bir de|та|і|й|а ще|також|и|а ещё|а еще|также|e|ed|inoltre|et|puis|ainsi que|i|te|također|takođe)(?=\s)|\s+و/giu;
/** A wish is said in so many words at least. */
const leastWords = 3;
/** A longer text tells a story with many matters in it. */
const mostWords = 45;
/** How clear a second wish must be when it is read by itself, and how much of it must be heard in the whole: of the example questions, which have one need, 1 of 500 is given a second one. */
const clearAlone = 0.85;
const heardInWhole = 0.01;

function countWords(text: string): number {
  return text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
}

/**
 * The needs of a text with that of a second wish in it set behind the first ("Wohngeld beantragen und ein Deutschkurs für meine Frau"), which the ranking of the whole text drowns.
 * `rankNeeds` reads a part of the text.
 */
export function hearSecondNeed(text: string, needs: readonly Scored[], rankNeeds: (part: string) => readonly Scored[]): readonly Scored[] {
  const [first] = needs.filter(({ id }) => id !== noNeed);
  if (first === undefined || countWords(text) > mostWords) return needs;
  const parts = text.split(joint).filter((part) => countWords(part) >= leastWords);
  if (parts.length < 2) return needs;
  const clear = parts.flatMap((part) => rankNeeds(part).slice(0, 1)).filter(({ id, score }) => id !== noNeed && score >= clearAlone);
  if (!clear.some(({ id }) => id === first.id)) return needs;
  const second = clear.find(({ id }) => id !== first.id && (needs.find((need) => need.id === id)?.score ?? 0) >= heardInWhole);
  if (second === undefined) return needs;
  const behind = { id: second.id, score: first.score / 2 };
  return [...needs.filter(({ id }) => id !== second.id), behind].sort((a, b) => b.score - a.score);
}
