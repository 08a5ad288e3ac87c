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
/** How far a foreign language must lie before ours: a little where few words are known, clearly where many are. */
const foreignMargin = 0.08;
const clearForeignMargin = 0.14;
/** A text whose words are nearly all known is ours, whatever its spelling looks like (Russian in Latin letters). */
const nearlyAllKnown = 0.8;

/** A word of so few Latin letters by itself ("hi", "ok", "no") is written in several languages: it tells none surely. */
const inSeveralLanguages = /^\P{L}*\p{Script=Latin}{1,3}\P{L}*$/u;

/** Letters and everyday words that tell a language from the one of ours that looks most like it: Persian from Arabic, Bulgarian from Russian and Ukrainian. */
const tellingLetters: readonly { readonly code: string; readonly letters: RegExp }[] = [
  { code: "fa", letters: /[پچژگ\u06a9\u06cc]/u },
  {
    code: "bg",
    letters:
      /\p{L}ъ(?![еёюя])|(?<!\p{L})(?:какво|къде|искам|моля|здравейте|здрасти|трябва|намеря|колко|защо|няма|детето|живея|работя|мога|нещо|това|нуждая|имам нужда|дали има)(?!\p{L})/iu,
  },
];

/** Languages that are not written in Latin letters, by their script; eld sometimes names one of another script over a name in the text. */
const cyrillic = new Set(["be", "bg", "mk", "sr", "ru", "uk"]);
const arabic = new Set(["ar", "fa", "ku", "ps", "ur"]);

function isWrittenLike(code: string, text: string): boolean {
  const count = (letters: RegExp) => text.match(letters)?.length ?? 0;
  const all = count(/\p{L}/gu);
  if (2 * count(/\p{Script=Cyrillic}/gu) > all) return cyrillic.has(code);
  if (2 * count(/\p{Script=Arabic}/gu) > all) return arabic.has(code);
  return !cyrillic.has(code) && !arabic.has(code);
}

function foreignCode(text: string): { readonly code: string; readonly margin: number } | undefined {
  const scores = Object.entries(eld.detect(text).getScores()).sort((a, b) => b[1] - a[1]);
  const [code, best] = scores[0] ?? ["", 0];
  if (code === "" || isLang(answeredAs[code] ?? code) || !isWrittenLike(code, text)) return undefined;
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
    const told = tellingLetters.find(({ letters }) => letters.test(text));
    if (told !== undefined && known < nearlyAllKnown) return { kind: "foreign", code: told.code };
    const trusted = own !== undefined && own.score >= (known >= mostlyKnown ? fair : sure);
    const foreign = (trusted && known >= nearlyAllKnown) || !text.trim().includes(" ") ? undefined : foreignCode(text);
    const unlike = known < mostlyKnown ? !trusted || (foreign?.margin ?? 0) >= foreignMargin : (foreign?.margin ?? 0) >= clearForeignMargin;
    if (foreign !== undefined && unlike) return { kind: "foreign", code: foreign.code };
    if (own === undefined || !isLang(own.id)) return { kind: "unknown" };
    return own.score < leastScore || (known === 0 && own.score < sure)
      ? { kind: "unknown" }
      : { kind: "spoken", lang: own.id, certain: trusted && !inSeveralLanguages.test(text) };
  };
}
