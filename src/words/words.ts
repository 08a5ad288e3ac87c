import type { Lang } from "../core/languages.ts";
import { ar } from "./ar.ts";
import { de } from "./de.ts";
import { en } from "./en.ts";
import { fr } from "./fr.ts";
import { hr } from "./hr.ts";
import { it } from "./it.ts";
import { messages, type Words } from "./messages.ts";
import { renderMessages } from "./render.ts";
import { ru } from "./ru.ts";
import { tr } from "./tr.ts";
import { uk } from "./uk.ts";

export type { Words } from "./messages.ts";

/** All languages; a missing one does not compile. */
export const words: { readonly [lang in Lang]: Words } = {
  de: renderMessages(messages, de, "de"),
  en: renderMessages(messages, en, "en"),
  tr: renderMessages(messages, tr, "tr"),
  uk: renderMessages(messages, uk, "uk"),
  ru: renderMessages(messages, ru, "ru"),
  ar: renderMessages(messages, ar, "ar"),
  it: renderMessages(messages, it, "it"),
  fr: renderMessages(messages, fr, "fr"),
  hr: renderMessages(messages, hr, "hr"),
};
