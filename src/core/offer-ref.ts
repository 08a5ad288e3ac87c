/** Bytes of an id that a button has room for, beside what it does. */
const longest = 48;
const kept = 36;

/** FNV-1a over 32 bits (Fowler, Noll, Vo), as eight hexadecimal digits. */
function hashText(text: string): string {
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, "0");
}

/** An offer's id, shortened where it is too long for a button; the same id always gives the same. */
export function offerRef(id: string): string {
  return id.length <= longest ? id : `${id.slice(0, kept)}~${hashText(id)}`;
}
