/** The white space to cut at, best first: a paragraph's end, a line's, a sentence's, a word's. */
const breaks: readonly RegExp[] = [/\n\s*\n/g, /\n/g, /(?<=[.!?…。؟])\s/g, /\s/g];

function cutAt(text: string, longest: number): number {
  const head = text.slice(0, longest + 1);
  for (const pattern of breaks) {
    const last = [...head.matchAll(pattern)].findLast(({ index }) => index > 0);
    if (last !== undefined) return last.index;
  }
  const insidePair = /^[\uD800-\uDBFF][\uDC00-\uDFFF]/.test(text.slice(longest - 1));
  return insidePair ? longest - 1 : longest;
}

/** Parts of a text of at most `longest` UTF-16 units, cut where a reader would pause and never inside a sign; none is empty. Line breaks are the only controls in them. */
export function splitText(text: string, longest: number): readonly string[] {
  const parts: string[] = [];
  let rest = text
    .toWellFormed()
    .replace(/(?!\n)\p{Cc}/gu, " ")
    .trim();
  while (rest.length > longest) {
    const at = cutAt(rest, longest);
    parts.push(rest.slice(0, at).trimEnd());
    rest = rest.slice(at).trimStart();
  }
  return rest === "" ? parts : [...parts, rest];
}
