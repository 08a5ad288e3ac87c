import { stemmer as arabic } from "@orama/stemmers/arabic";
import { stemmer as english } from "@orama/stemmers/english";
import { stemmer as french } from "@orama/stemmers/french";
import { stemmer as italian } from "@orama/stemmers/italian";
import { stemmer as russian } from "@orama/stemmers/russian";
import { stemmer as serbian } from "@orama/stemmers/serbian";
import { stemmer as turkish } from "@orama/stemmers/turkish";
import { stemmer as ukrainian } from "@orama/stemmers/ukrainian";
import type { Lang } from "../core/languages.ts";
import { foldGerman, isGermanStopWord, stemGerman } from "./german.ts";
import { createMemo } from "./memo.ts";

/** How the words of one language become terms: the same for what is searched and for what is searched in. */
export interface Analysis {
  /** One spelling for all ways to write a word. */
  readonly fold: (text: string) => string;
  readonly stem: (folded: string) => string;
  readonly isStopWord: (folded: string) => boolean;
  /** German, whose compounds are split. */
  readonly compounds: boolean;
}

function foldLatin(text: string): string {
  return text.normalize("NFKC").toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
}

/** Cyrillic й and ї are letters, not accents. */
function foldCyrillic(text: string): string {
  return text.normalize("NFKC").toLowerCase().replaceAll("ё", "е");
}

const words = (list: string) => new Set(list.split(/\s+/));

const stopWords: { readonly [lang in Exclude<Lang, "de">]: ReadonlySet<string> } = {
  en: words(
    "a about after all also am an and any are as at be been being both but by can could did do does doing during each every few find for from further get give had has have having he help her here hers him his how i if in into is it its me more most my need no nor not of off on once only or other our out over own please same she should so some such than that the their them then there these they this those through to too under until up us very was we were what when where which while who whom whose why will with would you your",
  ),
  fr: words(
    "a ai as au aux avec ce ces cette comment dans de des du elle en est et eu il ils j je la le les leur lui ma mais me mes moi mon n ne nos notre nous on ou par pas peut pour puis qu que quel quelle quels quelles qui s sa se ses si son sont sur ta te tes toi ton tu un une vos votre vous y",
  ),
  it: words(
    "a ad ai al alla alle anche c che chi ci come con cosa da dal dalla dei del della delle di dove e ed gli ha ho i il in io l la le lo ma mi mia mio nel nella non o per piu posso quale quali quando quanto sono si su sul sulla ti tra un una uno vi",
  ),
  tr: words("acaba ama ben bir bu da de gibi hangi icin ile kac ki kim mi mu nasil ne neden nerede nereye o olarak sen siz su ve veya ya"),
  ru: words(
    "а в во вы где да для до его ее если есть еще же за и из или их к как какая какие какой когда который кто ли мне мой моя мы на не нет но о об он она они от по под при с со так то у что чтобы это я",
  ),
  uk: words(
    "а але б в ви вона вони де для до є за з зі і із й його її їх як яка які який коли котрий мене мені ми мій моя на не ні о об він від по при про та так те то у хто це чи що щоб я",
  ),
  ar: words("في من على الى إلى عن مع هل ما ماذا كيف اين أين متى هذا هذه التي الذي و او أو ان أن انا أنا هو هي لا كم"),
  hr: words(
    "a ako ali bi da do gdje i ili iz ja je jesu joj kad kada kako kao koja koje koji kod li me mi moj moja moze mogu na ne o od po sa sam se su sta sto te ti to u uz za",
  ),
};

/** Words of a language whose stems are remembered. */
const mostStems = 20_000;

function plain(lang: Exclude<Lang, "de">, stem: (word: string) => string, fold: (text: string) => string = foldLatin): Analysis {
  return { fold, stem: createMemo(stem, mostStems), isStopWord: (folded) => stopWords[lang].has(folded), compounds: false };
}

/** Snowball's stemmers, each over its language's folded spelling. */
export const analyses: { readonly [lang in Lang]: Analysis } = {
  de: { fold: foldGerman, stem: createMemo(stemGerman, mostStems), isStopWord: isGermanStopWord, compounds: true },
  en: plain("en", english),
  fr: plain("fr", french),
  it: plain("it", italian),
  tr: plain("tr", turkish),
  ru: plain("ru", russian, foldCyrillic),
  uk: plain("uk", ukrainian, foldCyrillic),
  ar: plain("ar", arabic, (text) =>
    text
      .normalize("NFKC")
      .replace(/[\u064B-\u0652\u0640]/g, "")
      .replace(/[أإآ]/g, "ا"),
  ),
  hr: plain("hr", serbian),
};

const wordOrCompound = /[\p{L}\p{N}\p{M}]+(?:[-‐‑][\p{L}\p{N}\p{M}]+)*/gu;
const hyphen = /[-‐‑]/;

/** A word in its folded spelling, with the parts that its writer set apart by hyphens ("Kita-Platz" is "kitaplatz" with "kita" and "platz"). */
export interface Token {
  readonly folded: string;
  readonly parts: readonly string[];
}

/** Words longer than this are cut: no language writes them, and no time is spent on them. */
const longestWord = 60;

/** A letter set before a noun as if it were a word: "H Kennzeichen", "B Plan". Letters that are a word in one of the languages, or what an apostrophe leaves of one, stay alone. */
const loneLetter = /(?<![\p{L}\p{N}\p{M}'’-])([bghkpqwx]) (?=\p{L}{4})/giu;

/** The words of a text as they are written, in order; soft hyphens are taken out, and a hyphen that was left out is put in. */
export function writtenWords(text: string): readonly string[] {
  return text.replaceAll("\u00AD", "").replace(loneLetter, "$1-").match(wordOrCompound) ?? [];
}

/** A written word as a token; undefined if it carries no topic. */
export function tokenOf(written: string, { fold, isStopWord }: Analysis): Token | undefined {
  const parts = hyphen.test(written) ? written.split(hyphen).map((part) => fold(part).slice(0, longestWord)) : [];
  const folded = (parts.length === 0 ? fold(written) : parts.join("")).slice(0, longestWord);
  if ((folded.length < 2 && !/\p{N}/u.test(folded)) || isStopWord(folded)) return undefined;
  return { folded, parts: /\p{L}/u.test(folded) ? parts : [] };
}
