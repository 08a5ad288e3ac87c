import { type CrisisKind, crisisKinds, type Fact, facts } from "../core/answer.ts";
import { intentOfNeed, isSearch, needOfCrisis, needOfIntent, noNeed } from "../core/intents.ts";
import type { Scored, Understanding } from "../core/understanding.ts";

/** What a text asks for, before anything is looked up. */
export type Decision =
  /** `beside` are needs that are heard as well where the crisis is not sure: their offers are shown below its help. `hinted`: no witness is enough alone. */
  | { readonly kind: "crisis"; readonly about: CrisisKind; readonly beside?: readonly Scored[]; readonly hinted?: true }
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

/** The intents that ask for a fact about offers; the facts without one are heard by their words (`findFact`). */
const intentOfFact: { readonly [fact in Fact]?: string } = { hours: "opening-hours", cost: "costs", papers: "papers", contact: "contact" };

/** The fact about offers that an intent asks for; undefined for all others. */
export const factOf = (intent: string): Fact | undefined => facts.find((fact) => intentOfFact[fact] === intent);

/** What a question for a fact counts as. */
export const intentOf = (fact: Fact): string => intentOfFact[fact] ?? "find-offer";

/** Intents that ask for a detail of something and seldom name it. */
export const detailIntents: ReadonlySet<string> = new Set([...Object.values(intentOfFact), "nearest", "book-appointment"]);

/** Thresholds on probabilities, chosen by cross-validation: on the intents' examples and on example questions, each judged by models that had not seen it. */
const bar = {
  /** Geometric mean of both witnesses of a crisis. Figures, with the recogniser of crises beside it: docs/safety-sets.md. */
  crisis: 0.35,
  /** Sum of the crisis intents that is enough alone, unless another need is heard from `otherNeed` on. */
  sureCrisis: 0.85,
  otherNeed: 0.5,
  /** What is enough of both the crisis intents and the recogniser of crises where hardly any other need is heard. */
  hintedCrisis: 0.15,
  faintCrisis: 0.001,
  faintNeed: 0.2,
  /** From here on the recogniser of crises is believed without another look. */
  sureAlone: 0.5,
  need: 0.15,
  second: 0.25,
  /** What a topic counts at least where no need is heard, and talk where one is. */
  leastNeed: 0.03,
  leastNone: 0.1,
  /** What a detail counts, which may be asked for with a need or without. */
  detail: 0.8,
  /** How much of what all topics have a detail must have: the rest over this. */
  detailOver: 2.5,
  /** Share of the topics from which on an intent says what the search is about, and a need from which on it says so itself. */
  topicOver: 0.6,
  needOver: 0.3,
  watch: 0.4,
  capacity: 0.2,
  /** A best need below this is right in less than half of the cases: the person is asked. */
  guess: 0.2,
  guessOfDetail: 0.45,
  /** Where the catalogue says this much, in nats, an offer is named, and nobody needs to be asked what is meant. */
  named: 3,
} as const;

/**
 * What the recogniser of crises must weigh a kind against calm, the more the clearer another need is heard. It is little, on purpose: whoever is in danger and is not heard gets no number, and who is heard
 * by mistake has the offers below it (`beside`). Chosen on sentences that the models had not seen; figures: docs/safety-sets.md.
 */
const crisisBars: readonly { readonly below: number; readonly bar: number }[] = [
  { below: 0.2, bar: 0.005 },
  { below: 0.5, bar: 0.05 },
  { below: Number.POSITIVE_INFINITY, bar: 0.3 },
];

function scoreOf(ranking: readonly Scored[], id: string): number {
  return ranking.find((each) => each.id === id)?.score ?? 0;
}

const needsOfCrisis: ReadonlySet<string> = new Set(crisisKinds.map(needOfCrisis));

/**
 * A crisis is heard by two witnesses, the crisis intents and the needs that people in a crisis have; by very sure intents where no other need speaks against them; or by the recogniser of crises, which
 * hears what stands between the lines.
 */
function findCrisis({ intents, needs, crises }: Understanding, evidence: number): Extract<Decision, { kind: "crisis" }> | undefined {
  const heard = crisisKinds.map((kind) => ({
    kind,
    intent: scoreOf(intents, `crisis-${kind}`),
    need: scoreOf(needs, needOfCrisis(kind)),
  }));
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const told = sum(heard.map(({ intent }) => intent));
  const both = Math.sqrt(told * sum(heard.map(({ need }) => need)));
  const calmNeed = Math.max(0, ...needs.filter(({ id }) => !needsOfCrisis.has(id)).map(({ score }) => score));
  const sure = told >= bar.sureCrisis && calmNeed < bar.otherNeed;
  const [best = { id: "", score: 0 }] = crises;
  const named = crisisKinds.find((kind) => kind === best.id);
  if (both >= bar.crisis || sure) {
    const [first] = heard.sort((a, b) => b.intent * b.need - a.intent * a.need);
    return { kind: "crisis", about: named !== undefined && best.score >= bar.sureAlone ? named : (first?.kind ?? "medical") };
  }
  const enough = crisisBars.find(({ below }) => calmNeed < below)?.bar ?? 1;
  const isHeard = best.score >= enough;
  const isHinted = told >= bar.hintedCrisis && best.score >= bar.faintCrisis && calmNeed < bar.faintNeed && evidence < bar.named;
  if (named === undefined || !(isHeard || isHinted)) return undefined;
  const beside = best.score >= bar.sureAlone ? [] : chooseNeeds(needs.filter(({ id }) => !needsOfCrisis.has(id)));
  return { kind: "crisis", about: named, ...(beside.length === 0 ? {} : { beside }), ...(isHeard ? {} : { hinted: true }) };
}

/** The needs a text is about: the best one, and a second one where the two share the probability. */
function chooseNeeds(needs: readonly Scored[]): readonly Scored[] {
  const [first, second] = needs;
  if (first === undefined || first.score < bar.need) return [];
  return second !== undefined && second.score >= bar.second ? [first, second] : [first];
}

const mostOptions = 3;
const mostNeeds = 2;

/** The needs, the one that the intent names by itself first where it is heard as well; alone where no other is. */
function withImplied(needs: readonly Scored[], ranking: readonly Scored[], intent: Scored): readonly Scored[] {
  const implied = needOfIntent(intent.id);
  const [best] = needs;
  if (implied === undefined || (best !== undefined && intentOfNeed(best.id) === intent.id)) return needs;
  if (best === undefined) return [{ id: implied, score: intent.score }];
  const heard = ranking.find(({ id, score }) => id === implied && score >= bar.need);
  return heard === undefined ? needs : [heard, ...needs.filter(({ id }) => id !== implied)].slice(0, mostNeeds);
}

/** What a search is about: a detail that outweighs the topics, else an intent that is clear among them, else the intent of the best need. */
function findSubject(intents: readonly Scored[], needs: readonly Scored[]): Scored {
  const detail = intents.find(({ id }) => detailIntents.has(id));
  const topics = intents.filter(({ id }) => isSearch(id) && !detailIntents.has(id));
  const all = topics.reduce((sum, { score }) => sum + score, 0);
  if (detail !== undefined && detail.score * bar.detailOver >= all) return detail;
  const [best = { id: "find-offer", score: all }] = topics.filter(({ id }) => id === "find-offer" || needOfIntent(id) !== undefined);
  const [need] = needs;
  if (best.id !== "find-offer" && best.score >= bar.topicOver * all) return best;
  return need === undefined || need.score < bar.needOver ? best : { id: intentOfNeed(need.id), score: all };
}

function decideSearch({ intents, needs: ranking }: Understanding, evidence: number): Decision {
  const chosen = chooseNeeds(ranking);
  const subject = findSubject(intents, chosen);
  const needs = withImplied(chosen, ranking, subject);
  const [watch, freePlaces] = [scoreOf(intents, "watch"), scoreOf(intents, "free-places")];
  if (watch >= bar.watch && watch >= freePlaces) return { kind: "watch", needs };
  const best = Math.max(0, ...needs.map(({ score }) => score));
  const guessed = evidence < bar.named && best < (detailIntents.has(subject.id) ? bar.guessOfDetail : bar.guess);
  const capacity = freePlaces >= bar.capacity;
  return {
    kind: "search",
    intent: capacity ? "free-places" : subject.id,
    needs,
    capacity,
    ...(guessed ? { unsure: ranking.slice(0, mostOptions) } : {}),
  };
}

/** Intents whose answer sends people away without a search. */
const turningAway: ReadonlySet<string> = new Set(["out-of-scope", "greeting", "who-are-you", "what-can-you-do", "privacy"]);

/** True for a verdict that sends people away without a search. */
export function turnsAway(decision: Decision): boolean {
  return decision.kind === "out-of-scope" || (decision.kind === "talk" && turningAway.has(decision.intent));
}

/** How much of an intent's score counts, given how likely it is that nothing of the catalogue is wanted. */
function weightOf(intent: string, none: number): number {
  if (detailIntents.has(intent) || intent === "watch") return bar.detail;
  return isSearch(intent) ? Math.max(1 - none, bar.leastNeed) : Math.max(none, bar.leastNone);
}

/** The ranking of intents after the needs were heard as a second witness: a topic needs a need, talk needs none. */
function weighIntents(intents: readonly Scored[], none: number): readonly Scored[] {
  const weighed = intents.map(({ id, score }) => ({ id, score: score * (id.startsWith("crisis-") ? 1 : weightOf(id, none)) }));
  const sum = weighed.reduce((total, { score }) => total + score, 0) || 1;
  return weighed.map(({ id, score }) => ({ id, score: score / sum })).sort((a, b) => b.score - a.score);
}

/** What is left of talk that would turn people away once the catalogue is heard as a third witness. */
function weightAgainst({ id, score }: Scored, evidence: number): number {
  return turningAway.has(id) ? score * Math.exp(-evidence) : score;
}

/**
 * Decides what a text asks for. A crisis beats all; otherwise all searching intents stand together against each other one. `evidence` is what its words say for an offer
 * (`Catalogue.weigh`, in nats): it speaks against sending people away, against asking back and against a crisis that is only hinted at.
 */
export function decide({ intents: ranking, needs: all, ...rest }: Understanding, evidence = 0): Decision {
  const none = scoreOf(all, noNeed);
  const needs = all.filter(({ id }) => id !== noNeed);
  const crisis = findCrisis({ ...rest, intents: ranking, needs }, evidence);
  if (crisis !== undefined) return crisis;
  const intents = weighIntents(ranking, none);
  const search = intents.reduce((sum, { id, score }) => (isSearch(id) ? sum + score : sum), 0);
  const other = intents.find(({ id }) => !isSearch(id) && !id.startsWith("crisis-"));
  if (search > 0 && (other === undefined || search >= weightAgainst(other, evidence)))
    return decideSearch({ ...rest, intents, needs }, evidence);
  const talk = talkIntents.find((intent) => intent === other?.id);
  if (talk !== undefined) return { kind: "talk", intent: talk };
  if (other?.id === "more") return { kind: "more" };
  return other?.id === "out-of-scope" ? { kind: "out-of-scope" } : { kind: "not-understood", nearest: needs[0]?.id };
}
