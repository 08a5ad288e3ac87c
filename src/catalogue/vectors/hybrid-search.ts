import type { SearchDocument, SearchHit, SearchQuery, TextSearch } from "../search/search-document.ts";
import { type Fusion, fuse } from "./fusion.ts";
import type { OpenVectorIndex } from "./open-vector-index.ts";

/** Hits of each list that are joined. */
const candidates = 100;

/** The vector of a question; undefined where it cannot be had in time, which whoever gives it has counted. */
export type EmbedQuestion = (text: string) => Promise<Float32Array | undefined>;

/** What search by vectors needs; `onFault` is told of an index that failed, after which words alone decide. */
export interface VectorSide extends Pick<OpenVectorIndex, "index" | "baseline"> {
  readonly embed: EmbedQuestion;
  readonly onFault: (error: unknown) => void;
}

/** The first list, then what the second has besides. */
function withRest<Hit extends { readonly id: string }>(first: readonly Hit[], second: readonly Hit[]): readonly Hit[] {
  const known = new Set(first.map(({ id }) => id));
  return [...first, ...second.filter(({ id }) => !known.has(id))];
}

/** Search by words, joined with search by vectors as soon as `side` gives it. */
export function createHybridSearch(
  texts: TextSearch,
  documents: readonly SearchDocument[],
  fusion: Fusion,
  side: () => VectorSide | undefined,
): TextSearch {
  const places = new Map(documents.map(({ id }, place) => [id, place]));
  const placeOf = (id: string) => places.get(id) ?? documents.length;

  /** Both as deep as is asked for, and all of `among`: a document has the same score whatever it is searched among. */
  async function findByWords({ among, ...query }: SearchQuery, limit: number): Promise<readonly SearchHit[]> {
    const [all, some] = await Promise.all([
      texts.search({ ...query, limit }),
      among === undefined ? [] : texts.search({ ...query, among, limit: among.length }),
    ]);
    return withRest(all, some);
  }

  async function findNear({ embed, index, onFault }: VectorSide, { text, among }: SearchQuery, limit: number) {
    const vector = await embed(text);
    if (vector === undefined) return undefined;
    try {
      const [all, some] = await Promise.all([
        index.search(vector, limit),
        among === undefined ? [] : index.search(vector, among.length, among),
      ]);
      return withRest(all, some);
    } catch (error) {
      onFault(error);
      return undefined;
    }
  }

  return {
    search: async (query) => {
      const vectors = side();
      if (vectors === undefined || !/\p{L}/u.test(query.text)) return await texts.search(query);
      const limit = Math.max(candidates, query.limit);
      const [found, near] = await Promise.all([findByWords(query, limit), findNear(vectors, query, limit)]);
      if (near === undefined) return await texts.search(query);
      const joined = fuse(found, near, { fusion, baseline: vectors.baseline, placeOf });
      const among = query.among === undefined ? undefined : new Set(query.among);
      return joined.filter(({ id }) => among === undefined || among.has(id)).slice(0, query.limit);
    },
  };
}
