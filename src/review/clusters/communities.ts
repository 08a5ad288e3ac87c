/** Gaps that are alike: of each its neighbours with how alike they are, both ways. */
export type Graph = readonly ReadonlyMap<number, number>[];

/** Two groups are joined while their gaps are on average more alike than this: the constant of the constant Potts model (Traag and others 2011). */
const resolution = 0.08;
const mostPasses = 50;
const mostLevels = 20;
const least = 1e-9;

interface Level {
  readonly graph: Graph;
  readonly sizes: readonly number[];
}

/** Moves single nodes to where they gain most until none does; the community of each. */
function moveNodes({ graph, sizes }: Level): { readonly communities: number[]; readonly moved: boolean } {
  const communities = graph.map((_, node) => node);
  const totals = [...sizes];
  let moved = false;
  let moves = true;
  for (let pass = 0; moves && pass < mostPasses; pass += 1) {
    moves = false;
    graph.forEach((neighbours, node) => {
      const size = sizes[node] ?? 1;
      const from = communities[node] ?? node;
      const links = new Map<number, number>();
      for (const [other, weight] of neighbours) {
        const community = communities[other] ?? other;
        links.set(community, (links.get(community) ?? 0) + weight);
      }
      totals[from] = (totals[from] ?? 0) - size;
      const gainOf = (community: number) => (links.get(community) ?? 0) - resolution * size * (totals[community] ?? 0);
      let best = from;
      let bestGain = gainOf(from);
      for (const community of links.keys()) {
        const gain = gainOf(community);
        if (gain <= bestGain + least) continue;
        best = community;
        bestGain = gain;
      }
      totals[best] = (totals[best] ?? 0) + size;
      if (best === from) return;
      communities[node] = best;
      moves = true;
      moved = true;
    });
  }
  return { communities, moved };
}

/** Makes each community one node. */
function contract({ graph, sizes }: Level, places: readonly number[], count: number): Level {
  const contracted = Array.from({ length: count }, () => new Map<number, number>());
  const contractedSizes = Array.from({ length: count }, () => 0);
  graph.forEach((neighbours, node) => {
    const from = places[node] ?? 0;
    contractedSizes[from] = (contractedSizes[from] ?? 0) + (sizes[node] ?? 1);
    for (const [other, weight] of neighbours) {
      const to = places[other] ?? 0;
      if (to !== from) contracted[from]?.set(to, (contracted[from]?.get(to) ?? 0) + weight);
    }
  });
  return { graph: contracted, sizes: contractedSizes };
}

/**
 * Finds communities by moving nodes, then whole communities, to where they gain most (Blondel and others 2008) under the constant Potts model, which means the same for
 * three gaps and for thousands. Yields between its steps; returns the community of each node, from 0.
 */
export function* findCommunities(graph: Graph): Generator<void, readonly number[]> {
  let level: Level = { graph, sizes: graph.map(() => 1) };
  let found = graph.map((_, node) => node);
  for (let step = 0; step < mostLevels; step += 1) {
    const { communities, moved } = moveNodes(level);
    if (!moved) return found;
    const names = new Map<number, number>();
    for (const community of communities) if (!names.has(community)) names.set(community, names.size);
    const places = communities.map((community) => names.get(community) ?? 0);
    found = found.map((community) => places[community] ?? 0);
    level = contract(level, places, names.size);
    yield;
  }
  return found;
}
