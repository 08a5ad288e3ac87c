import { compile } from "html-to-text";

const toText = compile({
  wordwrap: false,
  selectors: [
    { selector: "a", options: { ignoreHref: true } },
    { selector: "img", format: "skip" },
    { selector: "ul", options: { itemPrefix: "- ", leadingLineBreaks: 1, trailingLineBreaks: 1 } },
    { selector: "ol", options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
    { selector: "p", options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
    ...["h1", "h2", "h3", "h4", "h5", "h6"].map((selector) => ({
      selector,
      options: { uppercase: false, leadingLineBreaks: 1, trailingLineBreaks: 1 },
    })),
    { selector: "table", options: { uppercaseHeaderCells: false } },
  ],
});

/** What an HTML text says, as lines of plain text without addresses of links; a text that is plain already stays as it is. */
export function plainTextOf(html: string): string {
  return toText(html)
    .replaceAll(/[\u200b\u00ad\ufeff]/g, "")
    .replaceAll("\u00a0", " ")
    .split("\n")
    .flatMap((line) => line.replaceAll(/[ \t]+/g, " ").trim() || [])
    .join("\n");
}

/** The first sentences of a text, at most `most` characters; a single longer sentence is cut at a word, with an ellipsis. */
export function firstSentences(text: string, most: number): string {
  if (text.length <= most) return text;
  const head = text.slice(0, most + 1);
  const end = Math.max(...[...head.matchAll(/[.!?:](?=\s)|\n/g)].map((match) => match.index + 1), 0);
  if (end > most / 4) return head.slice(0, end).trim();
  return `${head.slice(0, Math.max(head.lastIndexOf(" "), 1)).trim()} …`;
}
