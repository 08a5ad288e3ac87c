import { readableText, type ScannedWord, scanWords } from "../text/word-scan.ts";
import {
  ageBefore,
  ageEndings,
  becameWords,
  conjunctions,
  counted,
  fillers,
  goesOn,
  havings,
  months,
  noAgeBefore,
  ofWords,
  oldWords,
  onlyAge,
  otherStates,
  partsOfYear,
  personOf,
  placeWords,
  pronouns,
  selfStates,
  selfWords,
  spanAfter,
  spanBefore,
  spanParticiples,
  states,
  twoYears,
  yearWords,
} from "./age-words.ts";
import { beginsNumber, mostNumberWords, numberOfStem, numberOfWords } from "./number-words.ts";

const oldest = 115;
/** A wish that names a grown-up child beside the writer ("ich bin 80, mein Sohn 55") is the writer's. */
const oldestChild = 26;
/** How far from a number the person it belongs to stands, in words. */
const personReach = 6;
const fillerReach = 3;
/** "With 9" counts things; "mit 57" is an age. */
const leastBareWith = 12;

/** A number in a text: the words `first` to `next` (exclusive). `adjective` says it is an age by its own ending ("dreijährig"). */
interface Count {
  readonly value: number;
  readonly first: number;
  readonly next: number;
  readonly adjective: boolean;
  readonly digits: boolean;
}

interface Age {
  readonly value: number;
  readonly of: "self" | "child" | "adult" | undefined;
}

interface Sentence {
  readonly text: string;
  readonly words: readonly ScannedWord[];
}

function keyAt({ words }: Sentence, at: number): string {
  return words[at]?.key ?? "";
}

/** What stands between a word and the one before it; line ends at both ends of the text. */
function gapBefore({ text, words }: Sentence, at: number): string {
  if (at <= 0 || at >= words.length) return "\n";
  return text.slice(words[at - 1]?.end, words[at]?.start);
}

function endsClause(gap: string): boolean {
  return /[,.;:!?()\n،؛؟]/.test(gap);
}

function adjectiveOf(key: string): number | undefined {
  for (const ending of ageEndings) {
    const at = key.indexOf(ending);
    if (at > 0) return numberOfStem(key.slice(0, at));
  }
  return undefined;
}

function countAt(sentence: Sentence, first: number): Count | undefined {
  const key = keyAt(sentence, first);
  if (/^\d{1,3}$/.test(key)) return { value: Number(key), first, next: first + 1, adjective: false, digits: true };
  const stated = adjectiveOf(key);
  if (stated !== undefined) return { value: stated, first, next: first + 1, adjective: true, digits: false };
  if (twoYears.has(key)) return { value: 2, first, next: first + 1, adjective: false, digits: false };
  if (!beginsNumber(key)) return undefined;
  for (let size = mostNumberWords; size >= 1; size -= 1) {
    const value = numberOfWords(
      sentence.words
        .slice(first, first + size)
        .map((word) => word.key)
        .join(" "),
    );
    if (value !== undefined) return { value, first, next: first + size, adjective: false, digits: false };
  }
  return undefined;
}

/** The place of the nearest word before `at` in its clause that is no filler. */
function skipFillers(sentence: Sentence, at: number): number {
  let before = at - 1;
  for (let skipped = 0; skipped < fillerReach && fillers.has(keyAt(sentence, before)); skipped += 1) {
    before -= months.has(keyAt(sentence, before)) && keyAt(sentence, before - 1) === "im" ? 2 : 1;
  }
  return before;
}

/** Whom an age belongs to: the person named right behind it, else the nearest one before it. */
function ownerOf(sentence: Sentence, { first, next }: Count): Age["of"] {
  for (let at = next; at <= next + 2 && !endsClause(gapBefore(sentence, at)) && !conjunctions.has(keyAt(sentence, at)); at += 1) {
    const person = personOf(keyAt(sentence, at));
    if (person !== undefined) return person;
  }
  if (keyAt(sentence, next - 1).startsWith("yasindayi")) return "self";
  for (let at = first - 1; at >= Math.max(0, first - personReach); at -= 1) {
    const key = keyAt(sentence, at);
    const person = personOf(key);
    if (person !== undefined) return person;
    if (selfWords.has(key)) return "self";
  }
  return undefined;
}

/** True if the words around years make them a span ("3 Jahre Erfahrung", "38 Jahre lang"). `unit` is the place of the word for years. */
function isSpan(sentence: Sentence, count: Count, unit: number): boolean {
  if (spanAfter.has(keyAt(sentence, unit + 1)) && !endsClause(gapBefore(sentence, unit + 1))) return true;
  for (let at = unit + 1; at <= unit + personReach && !endsClause(gapBefore(sentence, at)); at += 1) {
    if (spanParticiples.has(keyAt(sentence, at))) return true;
  }
  return spanBefore.has(keyAt(sentence, skipFillers(sentence, count.first)));
}

/** True if somebody stands before years, with nothing between but being, having and small words ("mia madre ha 84 anni", "dijete od 5 godina"). */
function followsPerson(sentence: Sentence, count: Count, unit: number): boolean {
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
function yearsAreAge(sentence: Sentence, count: Count, unit: number): boolean {
  const { first, value } = count;
  if (onlyAge(keyAt(sentence, unit)) && spanAfter.has(keyAt(sentence, unit + 1))) return false;
  if (oldWords.has(keyAt(sentence, unit + 1)) || onlyAge(keyAt(sentence, unit))) return true;
  const direct = keyAt(sentence, first - 1);
  if (isSpan(sentence, count, unit) || (direct === "a" && keyAt(sentence, first - 2) === "y")) return false;
  if (value === 1 && !count.digits && ![ofWords, states, havings].some((words) => words.has(direct))) return false;
  if (followsPerson(sentence, count, unit)) return true;
  const before = keyAt(sentence, skipFillers(sentence, first));
  if (spanBefore.has(before)) return false;
  if (ageBefore.has(before) || (direct === "a" && romanceYears.test(keyAt(sentence, unit)))) return true;
  const after = gapBefore(sentence, unit + 1);
  if (!endsClause(after)) return personOf(keyAt(sentence, unit + 1)) !== undefined;
  return value > 1 && endsClause(gapBefore(sentence, first));
}

/** Years behind a number: its place, or undefined if none stand there. */
function unitAfter(sentence: Sentence, { next }: Count): number | undefined {
  const gap = gapBefore(sentence, next);
  if (next >= sentence.words.length || !/^[\s-]{0,3}$/.test(gap)) return undefined;
  const key = keyAt(sentence, next);
  return yearWords.has(key) || onlyAge(key) ? next : undefined;
}

/** True if a number counts something else than years, is an ordinal ("5. Klasse"), a round age ("Ende 70") or part of a longer sign ("U6"). */
function countsSomethingElse(sentence: Sentence, { next, first }: Count): boolean {
  const gap = gapBefore(sentence, next);
  if (/^\s?[€%°$:/+]/.test(gap)) return true;
  if (gap.startsWith(".") && (ordinalBefore.has(keyAt(sentence, first - 1)) || ordinalNouns.has(keyAt(sentence, next)))) return true;
  if (next < sentence.words.length && gap === "") return true;
  if (gapBefore(sentence, first) === "") return true;
  if (/[€$§#:/]\s?$/.test(gapBefore(sentence, first)) || noAgeBefore.has(keyAt(sentence, first - 1))) return true;
  if (endsClause(gap)) return false;
  const key = keyAt(sentence, next);
  return partsOfYear.has(key) || counted.some((each) => (each.length <= 3 ? key === each : key.startsWith(each)));
}

/** True if a number without a word for years is one by what stands around it. */
function isBareAge(sentence: Sentence, count: Count): boolean {
  const { first, next, value, digits } = count;
  if (countsSomethingElse(sentence, count)) return false;
  const [before, after] = [gapBefore(sentence, first), gapBefore(sentence, next)];
  const closed = next >= sentence.words.length || endsClause(after) || goesOn.has(keyAt(sentence, next));
  const previous = skipFillers(sentence, first);
  const state = keyAt(sentence, previous);
  const person = personOf(keyAt(sentence, first - 1));
  if (digits && before.endsWith("(") && after.startsWith(")") && first > 0) return true;
  if (digits && value >= 10 && before === ", " && after.startsWith(",")) return true;
  if (becameWords.has(keyAt(sentence, next))) return true;
  if (otherStates.has(state) && (digits || closed)) return true;
  if (!digits && (value === 1 || ambiguousNumbers.has(keyAt(sentence, first)))) return false;
  if (digits && value >= leastBareWith && (bareSelf.has(keyAt(sentence, first - 1)) || keyAt(sentence, next) === "bin")) return true;
  if (selfStates.has(state)) return digits ? !noUnitNeeded.has(state) || closed : closed && !noUnitNeeded.has(state);
  if (person !== undefined && digits) return !pluralChildren.has(keyAt(sentence, first - 1));
  if (withWords.has(state) && previous === first - 1 && value >= leastBareWith && digits) {
    return next >= sentence.words.length || endsClause(after) || goesOn.has(keyAt(sentence, next)) || first === 1;
  }
  return states.has(state) && closed && hasPersonBefore(sentence, previous);
}

/** "Imam 3" and "ho 3" count things as often as years. */
const noUnitNeeded = new Set(["jai", "ho", "imam"]);
const pluralChildren = new Set(["kinder", "kindern", "kids", "children", "діти", "дети", "figli", "bambini", "enfants", "djeca"]);
const withWords = new Set(["mit", "with", "con"]);
/** "Ich 52 putze Büro": learners leave the verb out. */
const bareSelf = new Set(["ich", "i"]);
/** Number words that are everyday words of another language. */
const ambiguousNumbers = new Set(["on", "sei", "neuf", "elf", "dix", "pet", "tri"]);
const ordinalBefore = new Set(["am", "vom", "zum", "zur", "bis", "der", "den", "dem", "im", "die", "das", "ab"]);
const ordinalNouns = new Set([
  "klasse",
  "klass",
  "stock",
  "etage",
  "woche",
  "ssw",
  "monat",
  "semester",
  "jahrgang",
  "lebensjahr",
  "geburtstag",
  "bezirk",
  "mal",
  ...months,
]);

function hasPersonBefore(sentence: Sentence, state: number): boolean {
  for (let at = state - 1; at >= state - personReach && !endsClause(gapBefore(sentence, at + 1)); at -= 1) {
    const key = keyAt(sentence, at);
    if (personOf(key) !== undefined || pronouns.has(key)) return true;
  }
  return selfStates.has(keyAt(sentence, state));
}

function ageAt(sentence: Sentence, count: Count): Age | undefined {
  if (count.value > oldest) return undefined;
  const unit = count.adjective || twoYears.has(keyAt(sentence, count.first)) ? count.next - 1 : unitAfter(sentence, count);
  const stated =
    unit === undefined
      ? isBareAge(sentence, count)
      : count.adjective
        ? !spanAfter.has(keyAt(sentence, unit + 1))
        : yearsAreAge(sentence, count, unit);
  return stated ? { value: count.value, of: ownerOf(sentence, { ...count, next: (unit ?? count.next - 1) + 1 }) } : undefined;
}

/** The age in whole years of a baby whose months, weeks or days are told. */
function babyAgeAt(sentence: Sentence, count: Count): Age | undefined {
  const parts = partsOfYear.get(keyAt(sentence, count.next));
  if (parts === undefined || endsClause(gapBefore(sentence, count.next))) return undefined;
  if (spanBefore.has(keyAt(sentence, count.first - 1))) return undefined;
  const old = oldWords.has(keyAt(sentence, count.next + 1)) || keyAt(sentence, count.next).startsWith("monatig");
  const said = old || (ownerOf(sentence, count) === "child" && followsPerson(sentence, count, count.next));
  return said ? { value: Math.floor(count.value / parts), of: "child" } : undefined;
}

/** The age, in whole years, of the person that a text is about: a child's before the writer's, another's before the writer's, else the first. */
export function findAge(given: string): number | undefined {
  const text = readableText(given);
  const sentence = { text, words: scanWords(text) };
  const ages: Age[] = [];
  for (let at = 0; at < sentence.words.length; at += 1) {
    const count = countAt(sentence, at);
    if (count === undefined) continue;
    const age = ageAt(sentence, count) ?? babyAgeAt(sentence, count);
    if (age !== undefined) ages.push(age);
    at = count.next - 1;
  }
  const first = ages[0];
  if (first?.of !== "self") return first?.value;
  const other = ages.find(({ of, value }) => of === "adult" || (of === "child" && value <= oldestChild));
  return (other ?? first).value;
}
