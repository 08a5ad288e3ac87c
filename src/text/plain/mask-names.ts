const link = /(?:https?:\/\/|www\.)\S*[^\s.,;:!?)]|\b[\w.-]+\.(?:de|com|org|eu|bayern|net|info)(?![\p{L}\p{N}])(?:\/\S*[^\s.,;:!?)])?/giu;
const mail = /[\w.+-]+@[\w.-]+\.\w+/gu;
const phone = /(?:\+|\b0|\b1(?=1[0-9]))[\d][\d /-]{1,}\d/gu;
const address =
  /\p{Lu}[\p{L}.-]*(?:\s\p{Lu}[\p{L}.-]*)?(?:straße|str\.|platz|allee|weg|gasse|ring|Straße|Platz|Allee|Weg|Anger)\s\d+(?:\s?[a-z](?!\p{L}))?(?:-\d+)?(?:,?\s\d{5}(?:\s\p{L}+)?)?/gu;
const hours = /\b\d{1,2}(?::\d{2})?\s?(?:bis|-|–)\s?\d{1,2}(?::\d{2})?\s?Uhr|\b\d{1,2}(?::\d{2})?\s?Uhr/gu;

/** In this order: a mail address holds a link, an address a number. */
const names = [mail, link, address, hours, phone];

const blank = (found: string) => " ".repeat(found.length);

/** Puts blanks, as many as letters, for what people read as a name and not as a sentence: links, phones, addresses, hours, and the given names. */
export function maskNames(text: string, given: readonly string[]): string {
  const masked = names.reduce((rest, pattern) => rest.replace(pattern, blank), text);
  return [...given]
    .filter((name) => name.length > 2)
    .sort((a, b) => b.length - a.length)
    .reduce((rest, name) => rest.replaceAll(name, blank), masked);
}
