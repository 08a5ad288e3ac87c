import { compile } from "html-to-text";
import { z } from "zod";

/** Characters that a text keeps at most, by what it is for. */
export const longest = { title: 200, summary: 2000, line: 500, id: 1000 } as const;

const htmlToText = compile({
  wordwrap: false,
  limits: { maxInputLength: 1_000_000, maxDepth: 200 },
  selectors: [
    { selector: "a", options: { ignoreHref: true } },
    { selector: "img", format: "skip" },
    { selector: "script", format: "skip" },
    { selector: "style", format: "skip" },
    { selector: "ul", options: { itemPrefix: "– " } },
    ...["h1", "h2", "h3", "h4", "h5", "h6"].map((selector) => ({ selector, options: { uppercase: false } })),
    { selector: "table", format: "block" },
    { selector: "td", format: "block" },
  ],
});

const markup = /<(?:!--|\/?[a-z][^<>]*>)|&(?:[a-z]{2,8}|#\d{1,7}|#x[0-9a-f]{1,6});/i;
/** Control characters but for the line feed, marks of direction, invisible characters and Unicode's tags. */
const unseen =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u00AD\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/gu;

function cutAtWord(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const cut = text.slice(0, maxLength - 1).toWellFormed();
  const space = cut.lastIndexOf(" ");
  return `${(space > maxLength / 2 ? cut.slice(0, space) : cut.replace(/\uFFFD$/, "")).trimEnd()}…`;
}

/** Text of a source as plain text: HTML becomes text, unseen characters go, at most one empty line stays; undefined if nothing is left. */
export function plainText(value: string | null | undefined, maxLength: number = longest.summary): string | undefined {
  if (value === null || value === undefined) return undefined;
  const bounded = value.length > 20 * maxLength ? value.slice(0, 20 * maxLength) : value;
  const text = (markup.test(bounded) ? htmlToText(bounded) : bounded.replace(/\r\n?/g, "\n"))
    .toWellFormed()
    .normalize("NFC")
    .replaceAll("\t", " ")
    .replace(unseen, "")
    .replace(/[^\S\n]+/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
  return text === "" ? undefined : cutAtWord(text, maxLength);
}

/** The same on one line. */
export function plainLine(value: string | null | undefined, maxLength: number = longest.line): string | undefined {
  return plainText(value?.replace(/[\r\n\t\u2028\u2029]+/g, " "), maxLength)?.replace(/\s+/g, " ");
}

/** A link, made absolute by `base`; a text that is no http(s) link comes back as it is, so that the check of the record names it. */
export function httpUrl(value: string | null | undefined, base?: string): string | undefined {
  const text = value?.replace(unseen, "").trim();
  if (text === undefined || text === "") return undefined;
  const absolute = /^www\.[^/\s]+\.[a-z]{2,}(?:\/|$)/i.test(text) ? `https://${text}` : text;
  const url = URL.parse(absolute, base);
  return url === null || !/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== ""
    ? text.slice(0, longest.line)
    : url.href;
}

/** A telephone number as the source writes it; undefined where the text is none. An extension is put behind it. */
export function phoneNumber(value: string | number | null | undefined, extension?: string | number | null): string | undefined {
  const written = plainLine(value === undefined || value === null ? undefined : String(value), 60)?.replace(
    /^(?:tel(?:efon)?[.:]*|fon:?)\s*/i,
    "",
  );
  const number = written?.match(/^\+?[\d\s()/.–-]{3,30}$/)?.[0].trim();
  if (number === undefined || !/\d{3}/.test(number.replace(/\D/g, ""))) return undefined;
  const rest = extension === undefined || extension === null ? "" : String(extension).replace(/\D/g, "");
  return rest === "" ? number : `${number}-${rest}`;
}

/** An e-mail address without `mailto:`; undefined where the text is none. */
export function emailAddress(value: string | null | undefined): string | undefined {
  const parsed = z.email().safeParse(
    plainLine(value, 254)
      ?.replace(/^mailto:/i, "")
      .replace(/\?.*$/, ""),
  );
  return parsed.success ? parsed.data : undefined;
}

/** What a source says about the price; free only where the text begins with a word for it. */
export function costOf(value: string | null | undefined): { readonly free: boolean; readonly text?: { readonly de: string } } | undefined {
  const text = plainLine(value);
  if (text === undefined) return undefined;
  const free = /^(?:eintritt frei|kostenlos|kostenfrei|gratis|frei|umsonst|free|0(?:[.,]00?)?(?: ?(?:€|eur|euro))?)(?=$|[\s.,;!)])/i.test(
    text,
  );
  return { free, text: { de: text } };
}

/** The value where it is true that there is one: fields that are absent are left out of a record. */
export function german(value: string | undefined): { readonly de: string } | undefined {
  return value === undefined ? undefined : { de: value };
}
