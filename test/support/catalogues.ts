import type { IntlMessageFormat } from "intl-messageformat";
import { expect } from "vitest";
import type { Lang } from "../../src/core/languages.ts";
import { ar } from "../../src/words/ar.ts";
import { de } from "../../src/words/de.ts";
import { en } from "../../src/words/en.ts";
import { fr } from "../../src/words/fr.ts";
import { hr } from "../../src/words/hr.ts";
import { it } from "../../src/words/it.ts";
import type { Argument, Messages } from "../../src/words/message.ts";
import type { Catalogue } from "../../src/words/messages.ts";
import { ru } from "../../src/words/ru.ts";
import { tr } from "../../src/words/tr.ts";
import { uk } from "../../src/words/uk.ts";

/** What stands in the files of words, language by language. */
export const catalogues: { readonly [lang in Lang]: Catalogue } = { de, en, tr, uk, ru, ar, it, fr, hr };

type Texts = { readonly [name: string]: string | Texts };
/** A part of a parsed message. */
export type Element = ReturnType<IntlMessageFormat["getAst"]>[number];

/** A message of the list with its text in one language. */
export interface Entry {
  readonly name: string;
  readonly takes: readonly Argument[];
  readonly text: string;
}

/** Every message with its text: a name that the list or the catalogue does not have is a fault here too, not of the types alone. */
export function entriesOf(list: Messages, texts: Texts, path = ""): readonly Entry[] {
  expect(Object.keys(texts).sort(), path).toEqual(Object.keys(list).sort());
  return Object.entries(list).flatMap(([key, each]): readonly Entry[] => {
    const name = path === "" ? key : `${path}.${key}`;
    const text = texts[key];
    if (typeof text === "string") return [{ name, takes: each as readonly Argument[], text }];
    return entriesOf(each as Messages, text ?? {}, name);
  });
}
