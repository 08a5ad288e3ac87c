import { createMemo } from "./memo.ts";

/** Sounds that Bavarian spells otherwise, in folded spelling: what people write, and what stands in a dictionary. */
const sounds: readonly (readonly [RegExp, string])[] = [
  [/oa/g, "ei"],
  [/ua/g, "u"],
  [/ia/g, "ie"],
  [/ea/g, "er"],
  [/^o(?=[bdfgklmnprstwz])/, "an"],
  [/^o(?=[bdfgklmnprstwz])/, "a"],
  [/^au(?=[fs])/, "auf"],
  [/^af/, "auf"],
  [/^z(?=[bdfgklmnrst])/, "zu"],
  [/^gs/, "ges"],
  [/^k(?=[hr])/, "geh"],
  [/a$/, "er"],
  [/([bdfgklmprstz])n$/, "$1en"],
  [/(?:er|a)l$/, ""],
  [/l$/, ""],
  [/p/g, "b"],
  [/dd/g, "tt"],
  [/ei/g, "eu"],
  [/ie/g, "u"],
  [/i/g, "u"],
  [/e/g, "o"],
];

const mostVariants = 60;
/** Words whose spellings are remembered; each has up to sixty. */
const mostRemembered = 2000;

function spellOut(folded: string): readonly string[] {
  const found = new Set([folded]);
  let edge: readonly string[] = [folded];
  for (let step = 0; step < 2; step += 1) {
    edge = edge.flatMap((word) => sounds.map(([from, to]) => word.replace(from, to)));
    for (const word of edge) if (found.size < mostVariants && word.length > 2) found.add(word);
  }
  found.delete(folded);
  return [...found];
}

/** Spellings that a Bavarian word may have in standard German, one or two sounds away, in folded spelling; the word itself is not among them. */
export const standardSpellings: (folded: string) => readonly string[] = createMemo(spellOut, mostRemembered);
