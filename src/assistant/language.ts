import type { Lang } from "../core/languages.ts";
import type { DetectedLanguage } from "../core/understanding.ts";
import type { ConversationContext } from "./context.ts";

/** The one language of a turn: what the person chose, else what they surely write in, else that of the talk, of their app, of the guess, German. */
export function outputLanguage(context: ConversationContext, detected: DetectedLanguage, interfaceLang: Lang | undefined): Lang {
  if (context.chosenLang !== undefined) return context.chosenLang;
  if (detected.kind === "spoken" && detected.certain) return detected.lang;
  return context.lang ?? interfaceLang ?? (detected.kind === "spoken" ? detected.lang : "de");
}
