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
const links = ["", "s", "es", "n", "en", "er", "e"] as const;

/** Splits a compound's stem into known stems ("sperrmullabholung" → "sperrmull", "abholung"); empty if it is no compound of known parts. */
export function createCompoundSplitter(known: ReadonlySet<string>): (stem: string) => readonly string[] {
  const splitFrom = (text: string, depth: number): readonly string[] | undefined => {
    if (depth > 3 || text.length < shortestPart) return undefined;
    const whole = stemGerman(text);
    if (known.has(whole)) return [whole];
    for (let end = text.length - shortestPart; end >= shortestPart; end -= 1) {
      const head = links
        .map((link) => (link !== "" && text.slice(0, end).endsWith(link) ? text.slice(0, end - link.length) : text.slice(0, end)))
        .find((part) => part.length >= shortestPart && known.has(stemGerman(part)));
      const rest = head === undefined ? undefined : splitFrom(text.slice(end), depth + 1);
      if (head !== undefined && rest !== undefined) return [stemGerman(head), ...rest];
    }
    return undefined;
  };
  return (stem) => {
    if (stem.length < 2 * shortestPart || stem.length > 40) return [];
    const parts = splitFrom(stem, 0) ?? [];
    return parts.length > 1 ? parts : [];
  };
}
