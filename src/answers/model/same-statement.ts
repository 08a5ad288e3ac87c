/** Words that neither say nor change anything where they are added or left out. */
const fillers = new Set(["hier", "dort", "ist", "sind", "es", "gibt"]);

/** Words of offices and the plain word that says exactly the same; stems, since both are bent. */
const plainWords: readonly (readonly [office: string, plain: string])[] = [
  ["erhalt", "bekomm"],
  ["benötig", "brauch"],
  ["übersend", "schick"],
  ["erwerb", "kauf"],
  ["kostenfrei", "kostenlos"],
  ["gebührenfrei", "kostenlos"],
  ["unentgeltlich", "kostenlos"],
  ["bezüglich", "zu"],
  ["mittels", "mit"],
  ["ca", "etwa"],
  ["circa", "etwa"],
  ["inkl", "mit"],
  ["inklusive", "mit"],
  ["bzw", "oder"],
  ["beziehungsweise", "oder"],
  ["sowie", "und"],
  ["mind", "mindestens"],
  ["max", "höchstens"],
  ["maximal", "höchstens"],
  ["tel", "Telefon"],
  ["nr", "Nummer"],
];

const bendings = ["", "e", "en", "n", "s", "es", "em"] as const;
const verbBendings = ["", "e", "en", "n", "t", "et"] as const;
const shortestStem = 4;

/** Words, numbers as they are written (1,50 · 9:30 · 3.12.) and the marks that part a sentence. */
const token = /[\p{L}\p{N}]+(?:[-.,:/'’][\p{L}\p{N}]+)*|[,;:()–/%€§&+]/gu;

function tokensOf(sentence: string): readonly string[] {
  const tokens = [...sentence.normalize("NFC").matchAll(token)].map(([found]) =>
    /\p{N}/u.test(found) ? found : found.replaceAll("-", ""),
  );
  // The first word is large in every sentence; elsewhere "sie" is not "Sie".
  return tokens.map((each, index) => (index === 0 ? each.toLowerCase() : each)).filter((each) => !fillers.has(each.toLowerCase()));
}

function stems(text: string, endings: readonly string[]): readonly string[] {
  return endings.filter((ending) => text.endsWith(ending)).map((ending) => text.slice(0, text.length - ending.length));
}

const areLetters = (text: string) => /^\p{L}+$/u.test(text);

/** The same word, at most bent otherwise. */
function isSameWord(said: string, source: string): boolean {
  if (said === source) return true;
  if (!areLetters(said) || !areLetters(source)) return false;
  const known = new Set(stems(source, bendings));
  return stems(said, bendings).some((stem) => stem.length >= shortestStem && known.has(stem));
}

function isPlainWordFor(said: string, source: string): boolean {
  const [saidStems, sourceStems] = [said, source].map((text) => stems(text.toLowerCase(), verbBendings));
  return plainWords.some(([office, plain]) => sourceStems?.includes(office) && saidStems?.includes(plain.toLowerCase()));
}

/**
 * True where a sentence says what its source says, no more and no less: the same words and marks in the same order, but for fillers, bendings, hyphens within words and plain
 * words for those of offices. It refuses many a good sentence; what it lets pass has each number, weekday, name and "nicht" of the source, and none besides.
 */
export function isSameStatement(said: string, source: string): boolean {
  const [saidTokens, sourceTokens] = [tokensOf(said), tokensOf(source)];
  if (saidTokens.length !== sourceTokens.length || sourceTokens.length === 0) return false;
  return saidTokens.every((each, index) => {
    const other = sourceTokens[index] ?? "";
    return isSameWord(each, other) || isPlainWordFor(each, other);
  });
}
