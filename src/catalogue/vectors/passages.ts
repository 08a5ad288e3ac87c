import { createHash } from "node:crypto";
import type { SearchDocument, SearchText } from "../search/search-document.ts";

/** Characters of a passage, some 300 tokens: the models read 512, and a vector of much text says little about any of it. */
const longestPassage = 1200;
/** Bounds what one document costs. */
const mostPassages = 8;

/** Texts as pieces of at most `longestPassage`, cut between lines where that can be. */
function* cut(lines: readonly string[]): Generator<string> {
  let piece = "";
  for (const line of lines) {
    if (piece !== "" && piece.length + line.length >= longestPassage) {
      yield piece;
      piece = "";
    }
    piece = piece === "" ? line : `${piece}\n${line}`;
    for (; piece.length > longestPassage; piece = piece.slice(longestPassage)) yield piece.slice(0, longestPassage);
  }
  if (piece !== "") yield piece;
}

function linesOf(texts: readonly SearchText[], lang: SearchText["lang"]): readonly string[] {
  return texts.filter((each) => each.lang === lang).flatMap(({ text }) => text.split("\n").flatMap((line) => line.trim() || []));
}

/**
 * The texts whose vectors stand for a document: in each language that it is written in its title with a piece of its body. Keywords are none of it: all offers of a
 * need share them, and they would draw these together.
 */
export function passagesOf({ title, body }: SearchDocument): readonly string[] {
  const langs = [...new Set([...title, ...body].map(({ lang }) => lang))];
  return langs.flatMap((lang) => {
    const head = linesOf(title, lang).join("\n");
    const pieces = [...cut(linesOf(body, lang))].slice(0, mostPassages);
    return pieces.length === 0 ? (head === "" ? [] : [head]) : pieces.map((piece) => (head === "" ? piece : `${head}\n${piece}`));
  });
}

/** The distinct passages of documents by their hash, each with the places of the documents that hold it. */
export type Passages = ReadonlyMap<string, { readonly text: string; readonly places: readonly number[] }>;

/** Collects the passages of all documents. */
export function collectPassages(documents: readonly SearchDocument[]): Passages {
  const passages = new Map<string, { readonly text: string; readonly places: number[] }>();
  for (const [place, document] of documents.entries())
    for (const text of new Set(passagesOf(document))) {
      const hash = createHash("sha256").update(text).digest("hex");
      const known = passages.get(hash);
      if (known === undefined) passages.set(hash, { text, places: [place] });
      else known.places.push(place);
    }
  return passages;
}
