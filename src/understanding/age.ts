import { readableText, scanWords } from "../text/word-scan.ts";
import { type Count, countAt, endsClause, gapBefore, keyAt, type Sentence, skipFillers } from "./age-sentence.ts";
import {
  becameWords,
  conjunctions,
  counted,
  goesOn,
  months,
  noAgeBefore,
  oldWords,
  otherStates,
  partsOfYear,
  personOf,
  pronouns,
  selfStates,
  selfWords,
  spanAfter,
  spanBefore,
  states,
  yearsInOneWord,
} from "./age-words.ts";
import { followsPerson, personReach, unitAfter, yearsAreAge } from "./age-years.ts";

const oldest = 115;
/** A wish that names a grown-up child beside the writer ("ich bin 80, mein Sohn 55") is the writer's. */
const oldestChild = 26;
/** "With 9" counts things; "mit 57" is an age. */
const leastBareWith = 12;

interface Age {
  readonly value: number;
  readonly of: "self" | "child" | "adult" | undefined;
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
  if (digits && closed && keyAt(sentence, first - 1) === "of" && agedOf.has(keyAt(sentence, first - 2))) return true;
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
/** Who is "of 90"; a "mother of 3" has children. */
const agedOf = new Set(["man", "woman", "lady", "gentleman", "boy", "girl", "lad", "lass", "son", "daughter", "child"]);
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
  const unit = count.adjective || yearsInOneWord.has(keyAt(sentence, count.first)) ? count.next - 1 : unitAfter(sentence, count);
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
