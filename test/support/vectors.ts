import type { SearchDocument } from "../../src/catalogue/search/search-document.ts";
import type { Embedder } from "../../src/core/embedder.ts";

/** A vector of length 1 in the direction of these numbers. */
export function unitVector(...numbers: readonly number[]): Float32Array {
  const length = Math.hypot(...numbers);
  return Float32Array.from(numbers, (value) => (length === 0 ? 0 : value / length));
}

/** A German page without keywords. */
export function pageOf(id: string, title: string, body = ""): SearchDocument {
  return { id, title: [{ lang: "de", text: title }], keywords: [], body: [{ lang: "de", text: body }] };
}

/** An embedder that looks texts up, for what a real model in a thread cannot be made to do; `asked` are the passages that it was given. */
export function tableEmbedder(
  vectorOf: (text: string) => Float32Array | Promise<Float32Array>,
  { key = "table", dimensions = 3 } = {},
): Embedder & { readonly asked: readonly string[] } {
  const asked: string[] = [];
  return {
    key,
    dimensions,
    asked,
    embedQuery: async (text) => await vectorOf(text),
    embedPassages: async (texts) => {
      asked.push(...texts);
      return await Promise.all(texts.map(vectorOf));
    },
    close: async () => undefined,
  };
}
