import { createKeyCounts } from "./duplicate-keys.ts";
import type { FoundPair } from "./duplicate-store.ts";
import { isSamePlace, normalise, normaliseOrganisation, similarityOf } from "./similarity.ts";

/** What is compared of an offer. */
export interface Comparable {
  readonly id: string;
  readonly source: string;
  readonly title: string;
  readonly organization: string;
  readonly address?: { readonly street: string; readonly postcode: string; readonly city: string } | undefined;
  readonly geo?: { readonly lat: number; readonly lon: number } | undefined;
}

const leastTitle = 0.65;
const leastOrganisation = 0.6;
const shortestWord = 4;

/** What an offer is found by: words of its title, each also with the postcode, and the whole of title and organisation. */
function keysOf({ title, organization, address }: Comparable): readonly string[] {
  const plainTitle = normalise(title);
  const words = plainTitle.split(" ").filter((word) => word.length >= shortestWord);
  const whole = `${plainTitle} of ${normaliseOrganisation(organization)}`;
  return [...new Set([...words, ...words.map((word) => `${word} ${address?.postcode ?? ""}`), whole])];
}

/** An offer that may be one of a pair, with the hashes of the keys that it shares. */
interface Candidate extends Comparable {
  readonly order: number;
  readonly shared: readonly number[];
  readonly plainTitle: string;
  readonly plainOrganization: string;
}

/** "Feuerwache 3" is not "Feuerwache 5", however like they are. */
const numbersOf = (title: string) => (title.match(/\d+/g) ?? []).join(" ");

function scoreOf(one: Candidate, other: Candidate): number {
  if (numbersOf(one.plainTitle) !== numbersOf(other.plainTitle) || !isSamePlace(one, other)) return 0;
  const [a, b] = [one.plainOrganization, other.plainOrganization];
  const organisation = a.includes(b) || b.includes(a) ? 1 : similarityOf(a, b);
  if (organisation < leastOrganisation) return 0;
  return similarityOf(one.plainTitle, other.plainTitle);
}

function blocksOf(candidates: readonly Candidate[]): ReadonlyMap<number, readonly Candidate[]> {
  const blocks = new Map<number, Candidate[]>();
  for (const candidate of candidates)
    for (const hash of candidate.shared) {
      const block = blocks.get(hash);
      if (block === undefined) blocks.set(hash, [candidate]);
      else block.push(candidate);
    }
  return blocks;
}

function pairsAmong(candidates: readonly Candidate[], source: string): readonly FoundPair[] {
  const blocks = blocksOf(candidates);
  const pairs: FoundPair[] = [];
  for (const offer of candidates) {
    if (offer.source !== source) continue;
    for (const other of new Set(offer.shared.flatMap((hash) => blocks.get(hash) ?? []))) {
      if (other.source === source) continue;
      const score = scoreOf(offer, other);
      if (score < leastTitle) continue;
      const [first, second] = offer.order < other.order ? [offer.id, other.id] : [other.id, offer.id];
      pairs.push({ first, second, score });
    }
  }
  return pairs;
}

/** Looks for pairs among offers that are shown to it twice: all of them are counted, then all compared. */
export interface PairFinder {
  count(offer: Comparable): void;
  /** Keeps what may be one of a pair; the first of a pair is the one that was shown first. */
  compare(offer: Comparable): void;
  pairs(): readonly FoundPair[];
}

/**
 * Finds pairs of `source` and the others that may be the same: like titles of like organisations at one place. Only offers are held and compared that share a key which not many
 * have, so that memory and work grow with these and not with all offers and their pairs.
 */
export function createPairFinder(source: string): PairFinder {
  const counts = createKeyCounts();
  const candidates: Candidate[] = [];
  return {
    count: (offer) => counts.add(keysOf(offer), offer.source === source),
    compare: (offer) => {
      const shared = counts.shared(keysOf(offer));
      if (shared.length === 0) return;
      const plain = { plainTitle: normalise(offer.title), plainOrganization: normaliseOrganisation(offer.organization) };
      candidates.push({ ...offer, ...plain, shared, order: candidates.length });
    },
    pairs: () => pairsAmong(candidates, source),
  };
}
