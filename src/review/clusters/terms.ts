import { noNeed } from "../../core/intents.ts";
import type { Lang } from "../../core/languages.ts";
import type { Scored } from "../../core/understanding.ts";
import { analyses, tokenOf, writtenWords } from "../../text/analysis.ts";
import type { ConceptFinder } from "../../text/concepts.ts";

/** Kinds of terms. What they say together is weighed by kind, however many terms a kind has. */
export const termKinds = { word: 0, gram: 1, pair: 2, concept: 3, need: 4, vector: 5 } as const;

/** What a gap is compared by: hashed terms, each once, with its kind and its count (of a need: how likely it is). Parallel lists. */
export interface GapTerms {
  readonly ids: readonly number[];
  readonly kinds: readonly number[];
  readonly counts: readonly number[];
}

/** What is read of a gap. */
export interface ReadableGap {
  /** Absent where the words are not kept; then the need alone counts. */
  readonly question: string | undefined;
  readonly lang: Lang;
  readonly needs: readonly Scored[];
  /** A signature of the question's vector (`signatureOf`), where there is one. */
  readonly signature?: Uint8Array | undefined;
}

const gramLength = 4;
/** Longer texts add cost but no meaning. */
const longestText = 1000;
/** Concepts of one word that are read. */
const mostConcepts = 4;
/** Needs less likely than this are noise of the classifier. */
const leastNeed = 0.1;
const mostNeeds = 3;

const offsetBasis = 0x811c9dc5;
const prime = 0x01000193;

/** FNV-1a (Fowler, Noll, Vo) of a term with its kind, mixed once more. */
function hashOf(kind: number, text: string): number {
  let hash = offsetBasis ^ kind;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), prime);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}

function createTerms() {
  const counts = new Map<number, number>();
  const kinds = new Map<number, number>();
  return {
    add: (kind: number, text: string, count = 1): void => {
      const id = hashOf(kind, text);
      counts.set(id, (counts.get(id) ?? 0) + count);
      kinds.set(id, kind);
    },
    done: (): GapTerms => ({ ids: [...counts.keys()], kinds: [...kinds.values()], counts: [...counts.values()] }),
  };
}

/** Reads what gaps are compared by: the stems, pairs and letters of their words as the search analyses them, what the words mean in any language, and what was understood. */
export function createTermReader(findConcepts: ConceptFinder | undefined): (gap: ReadableGap) => GapTerms {
  return ({ question, lang, needs, signature }) => {
    const terms = createTerms();
    const likely = needs.filter(({ id, score }) => id !== noNeed && score >= leastNeed).slice(0, mostNeeds);
    if (question === undefined) {
      terms.add(termKinds.word, `without words: ${likely[0]?.id ?? ""}`);
      return terms.done();
    }
    const analysis = analyses[lang];
    let before: string | undefined;
    for (const written of writtenWords(question.slice(0, longestText))) {
      const token = tokenOf(written, analysis);
      if (token === undefined) continue;
      const stem = analysis.stem(token.folded);
      terms.add(termKinds.word, stem);
      for (const part of token.parts) terms.add(termKinds.word, analysis.stem(part));
      if (before !== undefined) terms.add(termKinds.pair, `${before} ${stem}`);
      before = stem;
      const marked = ` ${token.folded} `;
      for (let start = 0; start === 0 || start + gramLength <= marked.length; start += 1)
        terms.add(termKinds.gram, marked.slice(start, start + gramLength));
      for (const concept of (findConcepts?.(written) ?? []).slice(0, mostConcepts)) terms.add(termKinds.concept, String(concept));
    }
    for (const { id, score } of likely) terms.add(termKinds.need, id, score);
    signature?.forEach((byte, table) => {
      terms.add(termKinds.vector, `${table}:${byte}`);
    });
    return terms.done();
  };
}
