/** A place in a text as editors count: lines and columns from 1. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
  /** The whole line that the place is in. */
  readonly lineText: string;
}

/** Where the letter at `offset` stands. */
export function placeOf(text: string, offset: number): TextPlace {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf("\n") + 1;
  const lineEnd = text.indexOf("\n", offset);
  return {
    line: before.split("\n").length,
    column: offset - lineStart + 1,
    lineText: text.slice(lineStart, lineEnd === -1 ? text.length : lineEnd),
  };
}
