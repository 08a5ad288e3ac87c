import { IntlMessageFormat } from "intl-messageformat";
import type { Lang } from "../core/languages.ts";
import type { Argument, Messages, Rendered, Written } from "./message.ts";

type Value = string | number | undefined;
type Texts = { readonly [name: string]: string | Texts };
type Sentence = string | ((...values: readonly Value[]) => string);
type Sentences = { readonly [name: string]: Sentence | Sentences };

/** Keeps the order of digits with spaces and of Latin text inside a line that runs from right to left (Unicode first-strong isolate). */
function apart(value: string, lang: Lang): string {
  return lang === "ar" ? `\u2068${value}\u2069` : value;
}

function shown({ kind }: Argument, value: Value, lang: Lang): string | number {
  if (value === undefined) return "none";
  return typeof value === "string" && (kind === "text" || kind === "optional") ? apart(value, lang) : value;
}

/** A value that ends in a dot (2026 г., 2026., e. V.) ends the sentence too. */
function withoutSecondDot(said: string, values: readonly (string | number)[]): string {
  return values.reduce<string>(
    (text, value) => (/\.\u2069?$/.test(String(value)) ? text.replaceAll(`${value}.`, () => String(value)) : text),
    said,
  );
}

/** Parses the message when it is first said: a process says few of them, and starts with none. */
function renderer(text: string, takes: readonly Argument[], lang: Lang): Sentence {
  let format: IntlMessageFormat | undefined;
  return (...values) => {
    format ??= new IntlMessageFormat(text, lang, undefined, { ignoreTag: true });
    const given = takes.map((each, index) => [each.name, shown(each, values[index], lang)] as const);
    const said = String(format.format(Object.fromEntries(given)));
    return withoutSecondDot(
      said,
      given.map(([, value]) => value),
    );
  };
}

function isMessage(each: readonly Argument[] | Messages): each is readonly Argument[] {
  return Array.isArray(each);
}

function renderGroup(messages: Messages, texts: Texts, lang: Lang): Sentences {
  const sentences: Record<string, Sentence | Sentences> = {};
  for (const [name, each] of Object.entries(messages)) {
    const text = texts[name];
    if (typeof text === "object" && !isMessage(each)) sentences[name] = renderGroup(each, text, lang);
    if (typeof text === "string" && isMessage(each)) sentences[name] = each.length === 0 ? text : renderer(text, each, lang);
  }
  return sentences;
}

/** One language's messages, ready to be said; those that take no values are said as they are written. */
export function renderMessages<M extends Messages>(messages: M, catalogue: Written<M>, lang: Lang): Rendered<M> {
  return renderGroup(messages, catalogue as Texts, lang) as Rendered<M>;
}
