import { IntlMessageFormat } from "intl-messageformat";
import { formatWeekday } from "../../src/answers/format.ts";
import { formatDay } from "../../src/answers/format-moment.ts";
import type { Lang } from "../../src/core/languages.ts";
import { messages } from "../../src/words/messages.ts";
import { catalogues, type Element, entriesOf } from "./catalogues.ts";

const marks = /[\u2066-\u2069]/gu;
const escaped = (text: string) =>
  text
    .replace(marks, "")
    .replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
    .replaceAll("\n", "\\s");

/** What a message looks like once it is said; each value is a group. */
function patternOf(elements: readonly Element[]): string {
  const [literal] = new IntlMessageFormat("x", "en").getAst();
  return elements
    .map((part) => {
      if ("options" in part)
        return `(?:${Object.values(part.options)
          .map(({ value }) => patternOf(value))
          .join("|")})`;
      if (!("value" in part)) return "\\d[\\d.,\\s]*";
      return part.type === literal?.type ? escaped(part.value) : "(.+?)";
    })
    .join("");
}

/** Numbers, times, spans of them, phone numbers and addresses of pages, which are the same in all languages. */
const neutral = /^(?:[\d\s.,:;/+–—()-]+|https?:\/\/\S+|[\w.-]+\.[a-z]{2,}(?:\/\S*)?)$/u;
const separators = /[\s,;:.()/–—-]/gu;

const dayMs = 24 * 60 * 60 * 1000;

/** The days around today as a language writes them. */
export function daysIn(lang: Lang): readonly string[] {
  const days = Array.from({ length: 800 }, (_, index) => new Date(Date.now() + (index - 400) * dayMs).toISOString());
  return days.flatMap((day) => [formatDay(day, lang), formatWeekday(day.slice(0, 10), lang)]);
}

/**
 * Checks whether a text is made of one language's messages and of data alone: each string must come from the catalogue of that language, whatever its
 * letters look like. `data` are texts that may stand there as they are, such as titles and names.
 */
export function createLanguageCheck(lang: Lang, data: Iterable<string>): (text: string) => boolean {
  const known = new Set([...data].map((text) => text.replace(marks, "").trim()));
  const fixed = new Set<string>();
  const patterns: RegExp[] = [];
  for (const { takes, text } of entriesOf(messages, catalogues[lang])) {
    const pattern = patternOf(new IntlMessageFormat(text, lang, undefined, { ignoreTag: true }).getAst());
    if (takes.length === 0) for (const line of [text.replaceAll("\n", " "), ...text.split("\n")]) fixed.add(line.replace(marks, "").trim());
    else if (pattern !== "(.+?)")
      patterns.push(new RegExp(`^${pattern}$`, "su"), new RegExp(`^${pattern.replaceAll("(.+?)", "(.+)")}$`, "su"));
  }

  return (text) => {
    const seen = new Map<string, boolean>();

    const whole = (part: string): boolean =>
      part === "" ||
      neutral.test(part) ||
      known.has(part) ||
      fixed.has(part) ||
      patterns.some(
        (pattern) =>
          pattern
            .exec(part)
            ?.slice(1)
            .every((value) => value === undefined || covered(value) || (value.length < part.length && covered(`${value}.`))) === true,
      );

    const inParts = (part: string): boolean =>
      [...part.matchAll(separators)].some(({ index }) => covered(part.slice(index + 1)) && whole(part.slice(0, index).trim()));

    function covered(untrimmed: string): boolean {
      const part = untrimmed.trim();
      const before = seen.get(part);
      if (before !== undefined) return before;
      seen.set(part, false);
      const result = whole(part) || inParts(part);
      seen.set(part, result);
      return result;
    }

    return (
      text
        .replace(marks, "")
        .split("\n")
        .every((line) => covered(line)) || covered(text.replace(marks, "").replace(/\n/g, " "))
    );
  };
}
