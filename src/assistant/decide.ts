import { type CrisisKind, crisisKinds } from "../core/answer.ts";
import type { Scored, Understanding } from "../core/understanding.ts";

/** What a text asks for, before anything is looked up. */
export type Decision =
  | { readonly kind: "crisis"; readonly about: CrisisKind }
  | {
      readonly kind: "search";
      readonly intent: string;
      readonly needs: readonly Scored[];
      readonly capacity: boolean;
      /** Set where the topic is a guess: the needs that it may be, best first. */
      readonly unsure?: readonly Scored[];
    }
  | { readonly kind: "watch"; readonly needs: readonly Scored[] }
  | { readonly kind: "talk"; readonly intent: TalkIntent }
  | { readonly kind: "more" }
  | { readonly kind: "out-of-scope" }
  | { readonly kind: "not-understood"; readonly nearest: string | undefined };

const talkIntents = [
  "greeting",
  "thanks",
  "goodbye",
  "insult",
  "yes",
  "no",
  "who-are-you",
  "what-can-you-do",
  "privacy",
  "delete-data",
  "human",
  "language",
  "simpler",
  "rate-right",
  "rate-wrong",
  "stop-watch",
] as const;

export type TalkIntent = (typeof talkIntents)[number];

/** Intents that search the catalogue; some say the need themselves. */
const searchIntents = new Map<string, string | undefined>([
  ["find-offer", undefined],
  ["free-places", undefined],
  ["opening-hours", undefined],
  ["costs", undefined],
  ["papers", undefined],
  ["contact", undefined],
  ["nearest", undefined],
  ["book-appointment", "amt-termin"],
  ["events", "veranstaltung"],
  ["courses", "kurs"],
  ["participation", "beteiligung"],
  ["report-idea", "idee-melden"],
  ["volunteer", "ehrenamt"],
  ["measure", "digital-massnahme"],
]);

/** Intents that ask for a detail of something and seldom name it. */
const detailIntents = new Set(["opening-hours", "costs", "papers", "contact", "nearest"]);

/** Talk that a clear need overrules: "nein, ich meinte den Personalausweis". */
const corrections = new Set(["no", "rate-wrong"]);

const crisisNeeds: { readonly [kind in CrisisKind]: string } = {
  suicide: "psychische-krise",
  violence: "gewalt",
  child: "kinderschutz",
  medical: "notruf",
};

/** The need whose places are shown under a crisis text. */
export function needOfCrisis(kind: CrisisKind): string {
  return crisisNeeds[kind];
}

/** Thresholds on probabilities, chosen on the intents' test sentences and on example questions that the models had not seen. */
const bar = {
  /** Sum of the crisis intents, where the needs of a crisis are in sight as well. */
  crisis: 0.3,
  acuteNeeds: 0.08,
  /** Where the needs of a crisis are clear, less of the intents is enough: a needless number harms nobody. */
  crisisWithClearNeeds: 0.15,
  clearAcuteNeeds: 0.7,
  /** Sum of the crisis intents that is enough alone. */
  sureCrisis: 0.97,
  need: 0.15,
  /** Sum of the two best needs that overrules talk. */
  clearNeeds: 0.9,
  sureTalk: 0.95,
  impliedOver: 0.6,
  second: 0.25,
  watch: 0.4,
  capacity: 0.5,
  /** A best need below this is right in less than half of the cases: the person is asked. */
  guess: 0.2,
  guessOfDetail: 0.45,
  correction: 0.8,
} as const;

function scoreOf(ranking: readonly Scored[], id: string): number {
  return ranking.find((each) => each.id === id)?.score ?? 0;
}

/** A crisis needs two witnesses: the crisis intents, and the needs that people in a crisis have; very sure intents are enough alone. */
function findCrisis({ intents, needs }: Understanding): CrisisKind | undefined {
  const scored = crisisKinds.map((kind) => ({ kind, score: scoreOf(intents, `crisis-${kind}`) })).sort((a, b) => b.score - a.score);
  const sum = scored.reduce((total, each) => total + each.score, 0);
  const acute = crisisKinds.reduce((total, kind) => total + scoreOf(needs, crisisNeeds[kind]), 0);
  const found =
    sum >= bar.sureCrisis ||
    (sum >= bar.crisis && acute >= bar.acuteNeeds) ||
    (sum >= bar.crisisWithClearNeeds && acute >= bar.clearAcuteNeeds);
  return found ? scored[0]?.kind : undefined;
}

/** The needs a text is about: the best one, and a second one where the two share the probability. */
function chooseNeeds(needs: readonly Scored[]): readonly Scored[] {
  const [first, second] = needs;
  if (first === undefined || first.score < bar.need) return [];
  return second !== undefined && second.score >= bar.second ? [first, second] : [first];
}

function withImplied(needs: readonly Scored[], intent: Scored): readonly Scored[] {
  const implied = searchIntents.get(intent.id);
  if (implied === undefined || (needs[0]?.score ?? 0) >= bar.impliedOver) return needs;
  return needs[0]?.id === implied ? needs : [{ id: implied, score: intent.score }];
}

const mostOptions = 3;

function decideSearch(understanding: Understanding, intent: Scored): Decision {
  const needs = withImplied(chooseNeeds(understanding.needs), intent);
  const [watch, freePlaces] = [scoreOf(understanding.intents, "watch"), scoreOf(understanding.intents, "free-places")];
  if (watch >= bar.watch && watch >= freePlaces) return { kind: "watch", needs };
  const capacity = freePlaces >= bar.capacity;
  const best = needs[0]?.score ?? 0;
  const guessed = best < (detailIntents.has(intent.id) ? bar.guessOfDetail : bar.guess);
  return {
    kind: "search",
    intent: intent.id,
    needs,
    capacity,
    ...(guessed ? { unsure: understanding.needs.slice(0, mostOptions) } : {}),
  };
}

/** Decides what a text asks for. A crisis beats all; otherwise all searching intents stand together against each other one. */
export function decide(understanding: Understanding): Decision {
  const crisis = findCrisis(understanding);
  if (crisis !== undefined) return { kind: "crisis", about: crisis };
  const search = understanding.intents.filter(({ id }) => searchIntents.has(id) || id === "watch");
  const searchScore = search.reduce((sum, { score }) => sum + score, 0);
  const other = understanding.intents.find(({ id }) => !searchIntents.has(id) && id !== "watch" && !id.startsWith("crisis-"));
  const topNeed = understanding.needs[0];
  const corrects = corrections.has(other?.id ?? "") && (topNeed?.score ?? 0) >= bar.correction;
  const clear = (topNeed?.score ?? 0) + (understanding.needs[1]?.score ?? 0) >= bar.clearNeeds && (other?.score ?? 0) < bar.sureTalk;
  const best = search[0];
  if (best !== undefined && (other === undefined || searchScore >= other.score || clear || corrects))
    return decideSearch(understanding, best);
  const talk = talkIntents.find((intent) => intent === other?.id);
  if (talk !== undefined) return { kind: "talk", intent: talk };
  if (other?.id === "more") return { kind: "more" };
  return other?.id === "out-of-scope" ? { kind: "out-of-scope" } : { kind: "not-understood", nearest: topNeed?.id };
}
