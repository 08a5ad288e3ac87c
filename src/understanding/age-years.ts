import { type Count, endsClause, gapBefore, keyAt, type Sentence, skipFillers } from "./age-sentence.ts";
import {
  ageBefore,
  arabicAge,
  havings,
  ofWords,
  oldWords,
  onlyAge,
  otherStates,
  personOf,
  placeWords,
  pronouns,
  selfStates,
  selfWords,
  spanAfter,
  spanBefore,
  spanParticiples,
  states,
  yearWords,
} from "./age-words.ts";

/** How far from a number the person it belongs to stands, in words. */
export const personReach = 6;

/** True if the words around years make them a span ("3 Jahre Erfahrung", "38 Jahre lang"). `unit` is the place of the word for years. */
function isSpan(sentence: Sentence, count: Count, unit: number): boolean {
  if (spanAfter.has(keyAt(sentence, unit + 1)) && !endsClause(gapBefore(sentence, unit + 1))) return true;
  for (let at = unit + 1; at <= unit + personReach && !endsClause(gapBefore(sentence, at)); at += 1) {
    if (spanParticiples.has(keyAt(sentence, at))) return true;
  }
  return spanBefore.has(keyAt(sentence, skipFillers(sentence, count.first)));
}

/** True if somebody stands before years, with nothing between but being, having and small words ("mia madre ha 84 anni", "dijete od 5 godina"). */
export function followsPerson(sentence: Sentence, count: Count, unit: number): boolean {
  const towardsPlace = placeWords.has(keyAt(sentence, unit + 1)) && !endsClause(gapBefore(sentence, unit + 1));
  let passedState = false;
  for (let at = skipFillers(sentence, count.first); at >= 0 && at >= count.first - personReach; at = skipFillers(sentence, at)) {
    const key = keyAt(sentence, at);
    if (otherStates.has(key)) return true;
    if (selfStates.has(key)) return !towardsPlace;
    if (selfWords.has(key)) return passedState ? !towardsPlace : endsClause(gapBefore(sentence, unit + 1));
    if (personOf(key) !== undefined || pronouns.has(key)) return !(passedState && towardsPlace);
    if (!states.has(key) && !havings.has(key) && !ofWords.has(key)) return false;
    passedState ||= !ofWords.has(key);
  }
  return false;
}

const romanceYears = /^an(?:s|ni)$/;

/** True if years say how old somebody is, and not how long something took. */
export function yearsAreAge(sentence: Sentence, count: Count, unit: number): boolean {
  const { first, value } = count;
  if (onlyAge(keyAt(sentence, unit)) && spanAfter.has(keyAt(sentence, unit + 1))) return false;
  if (oldWords.has(keyAt(sentence, unit + 1)) || onlyAge(keyAt(sentence, unit))) return true;
  const direct = keyAt(sentence, first - 1);
  if (isSpan(sentence, count, unit) || (direct === "a" && keyAt(sentence, first - 2) === "y")) return false;
  if (value === 1 && !count.digits && !arabicAge.test(direct) && ![ofWords, states, havings].some((words) => words.has(direct)))
    return false;
  if (followsPerson(sentence, count, unit)) return true;
  const before = keyAt(sentence, skipFillers(sentence, first));
  if (spanBefore.has(before)) return false;
  if (ageBefore.has(before) || (direct === "a" && romanceYears.test(keyAt(sentence, unit)))) return true;
  const after = gapBefore(sentence, unit + 1);
  if (!endsClause(after)) return personOf(keyAt(sentence, unit + 1)) !== undefined;
  return value > 1 && endsClause(gapBefore(sentence, first));
}

/** Years behind a number: its place, or undefined if none stand there. */
export function unitAfter(sentence: Sentence, { next }: Count): number | undefined {
  const gap = gapBefore(sentence, next);
  if (next >= sentence.words.length || !/^[\s-]{0,3}$/.test(gap)) return undefined;
  const key = keyAt(sentence, next);
  return yearWords.has(key) || onlyAge(key) ? next : undefined;
}
