import { type Readability, readability } from "./measures.ts";
import type { ReadText } from "./read-text.ts";
import type { Finding, PlainRule } from "./rule.ts";

/** The bounds of the gate for running text. */
const bounds = { wiener: 8, amstad: 60, amstadJoined: 50 } as const;

/** A formula speaks of the whole text; a text without a word has no readability. */
function judge(fails: (scores: Readability) => string | undefined): PlainRule["find"] {
  return ({ raw, running, sentences }: ReadText): readonly Finding[] => {
    const said = sentences.length === 0 ? undefined : fails(readability(running));
    return said === undefined ? [] : [{ start: 0, end: raw.length, suggestion: said }];
  };
}

const shorter = "Nehmen Sie kurze Wörter und kurze Sätze.";

export const formulaRules = [
  {
    id: "wiener",
    level: "error",
    reason: `Der Text ist zu schwer (Wiener Formel über ${bounds.wiener}).`,
    find: judge(({ wiener }) => (wiener > bounds.wiener ? `${shorter} Wert: ${wiener.toFixed(1)}.` : undefined)),
  },
  {
    id: "amstad",
    level: "error",
    reason: `Der Text ist zu schwer (Amstad unter ${bounds.amstad}).`,
    find: judge(({ amstad }) => (amstad < bounds.amstad ? `${shorter} Wert: ${amstad.toFixed(0)}.` : undefined)),
  },
  {
    id: "amstad-joined",
    level: "error",
    reason: `Der Text ist auch ohne Striche zu schwer (Amstad unter ${bounds.amstadJoined}).`,
    find: judge(({ amstadJoined }) => (amstadJoined < bounds.amstadJoined ? `${shorter} Wert: ${amstadJoined.toFixed(0)}.` : undefined)),
  },
] as const satisfies readonly PlainRule[];
