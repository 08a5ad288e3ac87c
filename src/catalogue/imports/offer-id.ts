import { createHash } from "node:crypto";

const longestId = 80;
const hashLetters = 8;

/** German as it is written without umlauts, and every other letter with a mark without it. */
export function withoutMarks(text: string): string {
  return text
    .toLowerCase()
    .replaceAll("ä", "ae")
    .replaceAll("ö", "oe")
    .replaceAll("ü", "ue")
    .replaceAll("ß", "ss")
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "");
}

/** The id of an imported offer, `<source>-<externalId>`; where the external id does not fit into an id as it is, a hash of it keeps two of them apart. */
export function importedOfferId(source: string, externalId: string): string {
  const fitting = withoutMarks(externalId)
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
  if (fitting === externalId && externalId !== "" && fitting.length <= longestId) return `${source}-${externalId}`;
  const hash = createHash("sha256").update(externalId).digest("hex").slice(0, hashLetters);
  const head = fitting.slice(0, longestId).replace(/-+$/, "");
  return head === "" ? `${source}-${hash}` : `${source}-${head}-${hash}`;
}
