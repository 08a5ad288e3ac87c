import { leastCohesion, tighten } from "./cohesion.ts";
import { findCommunities } from "./communities.ts";
import { createSimilarity, type Similarity, type Weighed } from "./similarity.ts";
import type { GapTerms } from "./terms.ts";

/** Neighbours of a gap that the search for communities sees, and how alike they are at least. */
const mostNeighbours = 50;
const leastNeighbour = 0.1;
/** A new gap is compared with so many members of a cluster, or with so large a share of many. */
const nearestMembers = 3;
const nearestShare = 0.1;
/** A gap that is like only one other counts half: where two clusters fit, the larger one is surer. */
const surePair = 2;
/** What staff made one cluster need not be alike as a whole; a new gap must be so much like some of it. */
const leastLikeHeld = 0.28;

/** The mean of the highest scores. */
function meanOfNearest(scores: readonly number[], most: number): number {
  const nearest = [...scores].sort((a, b) => b - a).slice(0, most);
  return nearest.reduce((sum, score) => sum + score, 0) / Math.max(1, nearest.length);
}

/** Whether a gap that is so much like some members of a cluster belongs to it. */
function isAdmitted(scores: readonly number[], size: number, held: boolean): boolean {
  const needed = leastCohesion(size + 1);
  if (scores.reduce((sum, score) => sum + score, 0) / size >= needed) return true;
  const nearest = Math.max(Math.min(size, nearestMembers), Math.ceil(size * nearestShare));
  return held && scores.length >= nearest && meanOfNearest(scores, nearest) >= Math.max(leastLikeHeld, needed);
}

/** A cluster as the grouping knows it; new ones have numbers below 0 until they are given others. */
interface Group {
  readonly members: Set<string>;
  held: boolean;
  profile: GapTerms | undefined;
}

/** A gap that belongs into another cluster than before. */
export interface Move {
  readonly gap: string;
  readonly to: number;
}

/** Gaps in clusters, in memory. */
export interface Grouping {
  /** Puts a gap where it was put before. */
  restore(gap: string, terms: GapTerms, cluster: number): void;
  /** What is known of a gap from now on; it stays where it is until all are grouped anew. */
  learn(gap: string, terms: GapTerms): void;
  /** Finds the cluster of a new gap; a new one's number is below 0. */
  place(gap: string, terms: GapTerms): number;
  remove(gap: string): void;
  move(gap: string, to: number): void;
  /** What staff have taken in hand, with what is known of gaps that are gone. */
  hold(cluster: number, profile: GapTerms | undefined): void;
  heldClusters(): readonly number[];
  /** Forgets a cluster that has no gaps: it has been merged into another. */
  drop(cluster: number): void;
  /** Gives a new cluster its number. */
  rename(from: number, to: number): void;
  clusterOf(gap: string): number | undefined;
  membersOf(cluster: number): readonly string[];
  gaps(): readonly string[];
  /** Number of gaps. */
  readonly size: number;
  /** What the gaps of a cluster have in common, without terms that only one gap of all has. */
  profileOf(cluster: number): GapTerms | undefined;
  /** Groups anew all that staff have not taken in hand; numbers stay with most of their gaps. Yields between its steps. */
  refine(): Generator<void, readonly Move[]>;
}

/** Terms of a profile: those that most of its gaps share. */
const mostProfileTerms = 80;
const leastHaving = 2;

/** Starts without any gap. */
export function createGrouping(): Grouping {
  const groups = new Map<number, Group>();
  const termsOf = new Map<string, GapTerms>();
  const clusterOf = new Map<string, number>();
  let next = -1;
  let similarity: Similarity = createSimilarity([]);
  /** The gap, or (a number) the cluster whose profile stands at each place of the index; nothing where that is outdated. */
  let owners: (string | number | undefined)[] = [];
  /** True while the index lacks something, or nothing was asked of it yet. */
  let stale = true;

  function groupOf(id: number): Group {
    const known = groups.get(id);
    if (known !== undefined) return known;
    const made: Group = { members: new Set(), held: false, profile: undefined };
    groups.set(id, made);
    return made;
  }

  function rebuild(): void {
    const profiles = [...groups].flatMap(([id, { profile }]) => (profile === undefined ? [] : [[id, profile] as const]));
    const listed: readonly (readonly [string | number, GapTerms])[] = [...termsOf, ...profiles];
    similarity = createSimilarity(listed.map(([, terms]) => terms));
    for (const [, terms] of listed) similarity.add(terms);
    owners = listed.map(([owner]) => owner);
    stale = false;
  }

  function put(gap: string, to: number): void {
    const from = clusterOf.get(gap);
    if (from !== undefined) {
      const group = groupOf(from);
      group.members.delete(gap);
      if (group.members.size === 0 && !group.held) groups.delete(from);
    }
    clusterOf.set(gap, to);
    groupOf(to).members.add(gap);
  }

  const clusterAt = (slot: number): number | undefined => {
    const owner = owners[slot];
    if (typeof owner === "number") return groups.has(owner) ? owner : undefined;
    return owner === undefined ? undefined : clusterOf.get(owner);
  };

  /** How alike a gap is to the members of each cluster that it has anything in common with. */
  function compareAll(weighed: Weighed, among: (group: Group) => boolean): ReadonlyMap<number, number[]> {
    const scores = similarity.compare(weighed);
    const found = new Map<number, number[]>();
    for (let slot = 0; slot < owners.length; slot += 1) {
      const score = scores[slot] ?? 0;
      const cluster = score === 0 ? undefined : clusterAt(slot);
      if (cluster === undefined) continue;
      const known = found.get(cluster);
      if (known !== undefined) known.push(score);
      else if (among(groupOf(cluster))) found.set(cluster, [score]);
    }
    return found;
  }

  /** The cluster that a gap fits into best. */
  function findFitting(weighed: Weighed, among: (group: Group) => boolean): number | undefined {
    let best: number | undefined;
    let bestScore = 0;
    for (const [cluster, scores] of compareAll(weighed, among)) {
      const { members, profile, held } = groupOf(cluster);
      const score = meanOfNearest(scores, nearestMembers) * Math.min(1, scores.length / surePair);
      if (score <= bestScore) continue;
      if (!isAdmitted(scores, members.size + (profile === undefined ? 0 : 1), held)) continue;
      best = cluster;
      bestScore = score;
    }
    return best;
  }

  /** The free gaps' places with their nearest free neighbours. */
  function* neighboursOf(slots: readonly number[]): Generator<void, readonly Map<number, number>[]> {
    const nodes = new Map(slots.map((slot, node) => [slot, node]));
    const graph = slots.map(() => new Map<number, number>());
    for (const [node, slot] of slots.entries()) {
      const scores = similarity.compare(similarity.weighed(slot));
      const near: { readonly node: number; readonly score: number }[] = [];
      for (const [other, at] of nodes) {
        const score = scores[other] ?? 0;
        if (score >= leastNeighbour && at !== node) near.push({ node: at, score });
      }
      near.sort((a, b) => b.score - a.score);
      for (const { node: other, score } of near.slice(0, mostNeighbours)) {
        graph[node]?.set(other, score);
        graph[other]?.set(node, score);
      }
      yield;
    }
    return graph;
  }

  /** Gives communities the numbers of the clusters that most of their gaps are in; each number once, the most gaps first, then the oldest number. */
  function nameCommunities(communities: readonly (readonly string[])[]): readonly Move[] {
    const claims = communities.flatMap((gaps, community) => {
      const counts = new Map<number, number>();
      for (const gap of gaps) {
        const cluster = clusterOf.get(gap);
        if (cluster !== undefined) counts.set(cluster, (counts.get(cluster) ?? 0) + 1);
      }
      return [...counts].map(([cluster, count]) => ({ community, cluster, count }));
    });
    claims.sort((a, b) => b.count - a.count || a.cluster - b.cluster);
    const names = new Map<number, number>();
    const taken = new Set<number>();
    for (const { community, cluster } of claims) {
      if (names.has(community) || taken.has(cluster)) continue;
      names.set(community, cluster);
      taken.add(cluster);
    }
    return communities.flatMap((gaps, community) => {
      const name = names.get(community) ?? next--;
      return gaps.filter((gap) => clusterOf.get(gap) !== name).map((gap) => ({ gap, to: name }));
    });
  }

  function* refine(): Generator<void, readonly Move[]> {
    rebuild();
    yield;
    const isFree = (gap: string) => groups.get(clusterOf.get(gap) ?? 0)?.held !== true;
    const slots = owners.flatMap((owner, slot) => (typeof owner === "string" && isFree(owner) ? [slot] : []));
    const found = yield* findCommunities(yield* neighboursOf(slots));
    const gathered = new Map<number, number[]>();
    found.forEach((community, node) => {
      const slot = slots[node] ?? 0;
      const known = gathered.get(community);
      if (known === undefined) gathered.set(community, [slot]);
      else known.push(slot);
    });
    const communities: string[][] = [];
    const kept = new Set<number>();
    for (const nodes of gathered.values()) {
      const tight = tighten(nodes, similarity.weighed);
      if (tight.length > 0) communities.push(tight.flatMap((slot) => gapAt(slot) ?? []));
      for (const slot of tight) kept.add(slot);
      yield;
    }
    const moves: Move[] = [];
    const anyHeld = [...groups.values()].some((group) => group.held);
    for (const slot of slots) {
      const gap = gapAt(slot);
      if (gap === undefined || kept.has(slot)) continue;
      const held = anyHeld ? findFitting(similarity.weighed(slot), (group) => group.held) : undefined;
      if (held === undefined) communities.push([gap]);
      else moves.push({ gap, to: held });
      yield;
    }
    moves.push(...nameCommunities(communities));
    for (const { gap, to } of moves) put(gap, to);
    return moves;
  }

  function gapAt(slot: number): string | undefined {
    const owner = owners[slot];
    return typeof owner === "string" ? owner : undefined;
  }

  function remember(gap: string, terms: GapTerms): void {
    termsOf.set(gap, terms);
    if (stale) return;
    similarity.add(terms);
    owners.push(gap);
  }

  return {
    restore: (gap, terms, cluster) => {
      stale = true;
      termsOf.set(gap, terms);
      put(gap, cluster);
    },
    learn: (gap, terms) => {
      if (termsOf.has(gap)) termsOf.set(gap, terms);
    },
    place: (gap, terms) => {
      if (stale) rebuild();
      const cluster = findFitting(similarity.weigh(terms), () => true) ?? next--;
      remember(gap, terms);
      put(gap, cluster);
      return cluster;
    },
    remove: (gap) => {
      const cluster = clusterOf.get(gap);
      if (cluster === undefined) return;
      const group = groupOf(cluster);
      group.members.delete(gap);
      if (group.members.size === 0 && !group.held) groups.delete(cluster);
      clusterOf.delete(gap);
      termsOf.delete(gap);
    },
    move: put,
    hold: (cluster, profile) => {
      const group = groupOf(cluster);
      group.held = true;
      group.profile = profile;
      if (stale) return;
      owners = owners.map((owner) => (owner === cluster ? undefined : owner));
      if (profile === undefined) return;
      similarity.add(profile);
      owners.push(cluster);
    },
    heldClusters: () => [...groups].flatMap(([id, { held }]) => (held ? [id] : [])),
    drop: (cluster) => {
      groups.delete(cluster);
    },
    rename: (from, to) => {
      for (const gap of [...(groups.get(from)?.members ?? [])]) put(gap, to);
    },
    clusterOf: (gap) => clusterOf.get(gap),
    membersOf: (cluster) => [...(groups.get(cluster)?.members ?? [])],
    gaps: () => [...termsOf.keys()],
    get size() {
      return termsOf.size;
    },
    profileOf: (cluster) => {
      const members = [...(groups.get(cluster)?.members ?? [])].flatMap((gap) => termsOf.get(gap) ?? []);
      if (members.length === 0) return undefined;
      if (stale) rebuild();
      const counts = new Map<number, { readonly kind: number; count: number }>();
      for (const { ids, kinds, counts: each } of members)
        ids.forEach((id, index) => {
          const known = counts.get(id);
          const count = (each[index] ?? 0) / members.length;
          if (known === undefined) counts.set(id, { kind: kinds[index] ?? 0, count });
          else known.count += count;
        });
      const common = [...counts].filter(([id]) => similarity.countOf(id) >= leastHaving);
      const most = common.sort(([, a], [, b]) => b.count - a.count).slice(0, mostProfileTerms);
      return { ids: most.map(([id]) => id), kinds: most.map(([, { kind }]) => kind), counts: most.map(([, { count }]) => count) };
    },
    refine,
  };
}
