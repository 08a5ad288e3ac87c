import { eld } from "eld/extrasmall";
import { isLang } from "../core/languages.ts";
import type { DetectedLanguage, Scored } from "../core/understanding.ts";

/** Codes that eld tells apart and that are answered in one language. */
const answeredAs: Readonly<Record<string, string>> = { bs: "hr", sr: "hr", hr: "hr" };

/** A sure own verdict, or a fair one over mostly known words, is believed against a detector that names a foreign language. */
const sure = 0.9;
const fair = 0.6;
const mostlyKnown = 0.5;
/** Below this the classifier only guesses. */
const leastScore = 0.5;
const foreignMargin = 0.08;

function foreignCode(text: string): { readonly code: string; readonly margin: number } | undefined {
  const scores = Object.entries(eld.detect(text).getScores()).sort((a, b) => b[1] - a[1]);
  const [code, best] = scores[0] ?? ["", 0];
  if (code === "" || isLang(answeredAs[code] ?? code)) return undefined;
  const spoken = scores.find(([other]) => isLang(answeredAs[other] ?? other))?.[1] ?? 0;
  return { code, margin: best - spoken };
}

/** Tells the language of a text: all languages are looked at first, then the own classifier decides among the spoken ones. */
export function createLanguageDetector(
  classify: (text: string) => readonly Scored[],
  knownShare: (text: string) => number,
): (text: string) => DetectedLanguage {
  return (text) => {
    if (!/\p{L}{2}/u.test(text)) return { kind: "unknown" };
    const [own] = classify(text);
    const known = knownShare(text);
    const foreign = foreignCode(text);
    const trusted = own !== undefined && own.score >= (known >= mostlyKnown ? fair : sure);
    if (foreign !== undefined && known < mostlyKnown && (foreign.margin >= foreignMargin || !trusted) && text.trim().includes(" "))
      return { kind: "foreign", code: foreign.code };
    if (own === undefined || !isLang(own.id)) return { kind: "unknown" };
    return own.score < leastScore || (known === 0 && own.score < sure)
      ? { kind: "unknown" }
      : { kind: "spoken", lang: own.id, certain: trusted };
  };
}
