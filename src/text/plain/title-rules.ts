import type { PlainRule } from "./rule.ts";

const mostTitleWords = 6;

export const titleRules = [
  {
    id: "title-length",
    level: "error",
    reason: `Ein Titel hat höchstens ${mostTitleWords} Wörter.`,
    find: ({ raw }) => {
      // A name counts as what it is made of: it is read, too.
      const words = raw.split(/\s+/u).filter((part) => /[\p{L}\p{N}]/u.test(part)).length;
      return words <= mostTitleWords
        ? []
        : [{ start: 0, end: raw.length, suggestion: `Der Titel hat ${words} Wörter. Lassen Sie etwas weg.` }];
    },
  },
] as const satisfies readonly PlainRule[];
