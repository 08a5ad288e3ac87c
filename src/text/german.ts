import { stemmer } from "@orama/stemmers/german";

/** Words that carry no topic, in the folded spelling of `foldGerman`. */
const stopWords = new Set(
  `aber alle allem allen aller alles als also am an andere anderen auch auf aus bei beim bin bis bist bitte bloss da dabei dafur damit danach dann das dass dazu dein deine dem den denn der des dich die dies diese diesem diesen dieser dieses dir doch dort du durch ein eine einem einen einer eines er es etwas euch euer eure fur ganz gar geben gerade gern gerne gibt gibts habe haben hallo hat hatte hatten hier hin ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer in irgendwie ist ja jemand jetzt kann kannst kein keine keinen konnen konnte man mal mehr mein meine meinem meinen meiner mich mir mit mochte muss mussen nach nein nicht noch nun nur ob oder ohne schon sehr sein seine seinem seinen seiner seit sich sie sind so soll sollen sonst uber um und uns unser unsere unserem unseren unter viel vom von vor wann war waren warum was weil welche welchen welcher welches wenn wer werde werden wie wieder will wir wird wo wohin wollen worden wurde wurden zu zum zur zwischen suche suchen brauche brauchen finde finden bekomme bekommen munchen i a is des de ned net koa koan wos dem mia mi hob hod hom ko mei mein sei und oder`.split(
    /\s+/,
  ),
);

const word = /[\p{L}\p{N}]+/gu;

/** One spelling for all ways to write a German word: small letters, no umlauts (ä, ae → a), ss for ß, no accents. */
export function foldGerman(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/([^aeoqu]|^)([aou])e/gu, "$1$2");
}

/** The words of a text in their folded spelling, in order, with hyphenated compounds joined. */
export function tokenize(text: string): string[] {
  return foldGerman(text.replace(/(\p{L})-(?=\p{L})/gu, "$1")).match(word) ?? [];
}

/** Snowball's German stem of a folded word. */
export function stemGerman(folded: string): string {
  return stemmer(folded);
}

/** Stems of the words that carry a topic, in order, repeats kept. */
export function stemsOf(text: string): string[] {
  return tokenize(text)
    .filter((token) => token.length > 1 && !stopWords.has(token))
    .map(stemGerman);
}

const shortestPart = 4;
const longestCompound = 40;
const mostParts = 4;
/** Bounds what a splitter remembers, since citizens' words are without end. */
const mostRemembered = 50_000;
const links = ["", "s", "es", "n", "en", "er", "e"] as const;

/** Splits a compound's stem into known stems ("sperrmullabholung" → "sperrmull", "abholung"); empty if it is no compound of known parts. */
export function createCompoundSplitter(known: ReadonlySet<string>): (stem: string) => readonly string[] {
  const knownStem = (part: string): string | undefined => {
    if (part.length < shortestPart) return undefined;
    if (known.has(part)) return part;
    const stem = stemGerman(part);
    return known.has(stem) ? stem : undefined;
  };

  /** The stem of a first part, with or without the letter that joins it to the next. */
  function headOf(part: string): string | undefined {
    for (const link of links) {
      const stem = part.endsWith(link) ? knownStem(part.slice(0, part.length - link.length)) : undefined;
      if (stem !== undefined) return stem;
    }
    return undefined;
  }

  function splitFrom(text: string, parts: number): readonly string[] | undefined {
    const whole = knownStem(text);
    if (whole !== undefined) return [whole];
    if (parts === mostParts) return undefined;
    for (let end = text.length - shortestPart; end >= shortestPart; end -= 1) {
      const head = headOf(text.slice(0, end));
      const rest = head === undefined ? undefined : splitFrom(text.slice(end), parts + 1);
      if (head !== undefined && rest !== undefined) return [head, ...rest];
    }
    return undefined;
  }

  const done = new Map<string, readonly string[]>();
  return (stem) => {
    const cached = done.get(stem);
    if (cached !== undefined) return cached;
    if (stem.length < 2 * shortestPart || stem.length > longestCompound) return [];
    for (let end = stem.length - shortestPart; end >= shortestPart; end -= 1) {
      const head = headOf(stem.slice(0, end));
      const rest = head === undefined ? undefined : splitFrom(stem.slice(end), 2);
      if (head === undefined || rest === undefined) continue;
      const parts = [head, ...rest];
      if (done.size < mostRemembered) done.set(stem, parts);
      return parts;
    }
    if (done.size < mostRemembered) done.set(stem, []);
    return [];
  };
}
