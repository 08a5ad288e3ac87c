import { noNeed, taughtNeed } from "../core/intents.ts";
import type { MessageContent } from "../core/message.ts";
import type { Understanding } from "../core/understanding.ts";
import type { ConversationContext } from "./context.ts";
import { findChoice, findFact, goesOnFrom, refersBack } from "./follow-up.ts";

/** What the assistant asked back for is said in so few words: a place, an age, "der zweite Termin". */
const mostWordsOfReply = 3;

/** "Wann haben die offen?" leans on what was said before, "Wer hat den Eiffelturm gebaut?" does not: among more words an article is one. */
const mostLeaning = 4;

const outOfScope = "out-of-scope";

/** Yes, no, thanks, more and the like; what is out of scope is a question all the same. */
function isTalk({ intents }: Understanding): boolean {
  const best = intents[0]?.id;
  return best === "more" || (best !== undefined && best !== outOfScope && taughtNeed(best) === noNeed);
}

/**
 * True for words that mean something without what was said before: answers inside a dialogue ("ja", "die zweite", "und in Sendling?") tell nobody what was missing.
 * `before` is the context that they were written in.
 */
export function standsAlone(content: MessageContent, understanding: Understanding | undefined, before: ConversationContext): boolean {
  if (content.kind !== "text" || understanding === undefined || isTalk(understanding)) return false;
  const { text } = content;
  if (text.trim().startsWith("/")) return false;
  const words = text.split(/[^\p{L}\p{M}\p{N}]+/u).filter((word) => word !== "");
  if (!words.some((word) => /\p{L}{2}/u.test(word))) return false;
  if (findChoice(text) !== undefined) return false;
  const talksOn = before.lastTurn !== undefined;
  const leansOn = goesOnFrom(text) || (words.length <= mostLeaning && refersBack(text)) || findFact(text) !== undefined;
  if (talksOn && leansOn) return false;
  return !(before.asked && words.length <= mostWordsOfReply);
}
