/** A stretch of a text, by index, and what stands there instead. */
export interface Cut {
  readonly from: number;
  readonly to: number;
  readonly mark: string;
}

/** Digits as they are typed: ASCII, Arabic-Indic and Persian. For use in a character class. */
export const digits = "0-9\u0660-\u0669\u06f0-\u06f9";

/** Turns Arabic-Indic and Persian digits into ASCII ones; everything else stays. */
export function asciiDigits(text: string): string {
  return text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf));
}

/**
 * Replaces what `judge` cuts out of the matches of a global pattern. A match that is left alone is searched again from its second
 * character, so patterns have to be bounded in length, or to refuse starts inside a run, for the whole to stay linear.
 */
export function cutMatches(text: string, pattern: RegExp, judge: (match: RegExpExecArray) => Cut | undefined): string {
  const parts: string[] = [];
  let done = 0;
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const cut = judge(match);
    if (cut === undefined || cut.to <= cut.from || cut.from < done) {
      // A whole code point further: inside a surrogate pair a Unicode pattern would step back and match again.
      pattern.lastIndex = match.index + ((text.codePointAt(match.index) ?? 0) > 0xffff ? 2 : 1);
      continue;
    }
    parts.push(text.slice(done, cut.from), cut.mark);
    done = cut.to;
    pattern.lastIndex = Math.max(cut.to, match.index + 1);
  }
  return done === 0 ? text : parts.join("") + text.slice(done);
}
