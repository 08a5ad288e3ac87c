import { readableText, type ScannedWord, scanWords } from "../text/word-scan.ts";
import { personOf, wordSet } from "./age-words.ts";
import { languageOfPair, languageOfSpeaker, languageOfWord } from "./language-names.ts";

/** Verbs of speaking and understanding behind which the language of a service stands. */
const speaks = wordSet(
  `spricht sprechen spreche sprichst sprech redet reden red redt kann können koennen ko versteht verstehen
   speaks speak speaking spoken talks talk understands parla parlano parli parlo parlante parlanti capisce parle parlent parlant comprend madrelingua lingua langue
   говорит говорят говорить говорю говорила говорил говорив розмовляє розмовляють розмовляти знает знают знає знають знанием знанням володіє понимает розуміє
   govori govore govorim govorio zna znaju priča pricaju razumije razume يتكلم تتكلم اتكلم بيتكلم يحكي تحكي احكي بيحكي بتحكي بحكي نحكي يتحدث تتحدث اتحدث متحدث يجيد تجيد باللغه لغه اللغه`,
);
const selfSpeaks = wordSet("spreche sprech rede parlo govorim говорю говорила говорил говорив اتكلم احكي بحكي اتحدث نحكي");
const self = wordSet("ich i we wir my io je ja я");
/** "Language" before a name: with a course it is a subject. */
const languageWords = wordSet("لغه اللغه lingua langue");
/** Forms that mean a service only behind the name ("jemand, der Somali spricht"). */
const spokenBehind = wordSet("spricht redet redt versteht kann ko speaker speakers speaks govori govore говорит говорять");
const spokenOf = wordSet("gesprochen verstanden spoken");
const only = wordSet("nur bloß only just solo soltanto seulement uniquement samo только тільки лише sadece yalnızca بس فقط");
/** Words that may stand between a verb and the name. */
const between = wordSet(
  "sie ihr du you jemand wer irgendwer someone anyone auch gut fließend fluent fluently good also bene bien anche bisserl добре хорошо dobro tečno i die der man er",
);
const noOrLittle = wordSet(
  `kein keine keinen koa koan koane nicht net ned nix wenig bisschen bissl schlecht kaum not dont doesnt cant cannot no little bad poor without ohne non poco male pas peu mal sans senza ne malo slabo loše bez
   не нет немає плохо погано трохи трошки немного слабо без لا ما مش مو ليس شوي قليل بدون yok bilmiyor bilmiyorum bilmiyo bilmeyen bilmez konuşamıyorum konuşmuyor konuşamıyor değil konuştuğum konuşuyorum bilirim biliyorum`,
);
/** Prepositions that make a name the language of a service; a name in a Slavic language needs its case as well. */
const inWords = wordSet("auf in en");
const slavicIn = wordSet("на na");
const slavicCase = /(?:ом|ому|іи|ою|om|ome)$/;
const slavicBy = wordSet("по po");
const ukrainianByItself = /ькою$/;
/** "In Arabic" in one word. */
const arabicBy = /^(?:وب|ب)(?:ال)?\p{L}{4}/u;

/** What a language is learned or examined with: then it is a subject and no wish. Beginnings of folded words. */
const learning = [
  ...wordSet(
    `lern nachhilfe hausaufgab unterricht prüfung pruefung zertifikat niveau üben uebe übung verbesser besser note schlecht learn improve practi tutor homework exam lesson level grade
     öğren ogren ders sınav sinav pratik учить учу вчит вивч урок изуч экзамен іспит репетитор покращ улучш تعلم اتعلم نتعلم دروس درس امتحان تقويه impar studia esame ripetizion lezion compiti apprend examen soutien
     devoirs améliorer uči nauč ispit instrukcij vježba`,
  ),
];
const courses = [
  ...wordSet(
    "kurs course class kursu corso cours tečaj курс دوره كورس test тест sprachkurs deutschkurs sprachcafe stammtisch konversation group",
  ),
];
/** Papers in a language are something to cope with, not a wish ("Brief auf Deutsch bekommen"). */
const papers = [
  ...wordSet(
    "brief schreiben formular antrag mail bescheid vertrag letter form email document contract лист письмо документ форм договор договір mektup belge yazı رساله ورقه استماره lettera modulo documento lettre formulaire courrier papier pismo dopis obrazac papir potvrda upute nalazi životopis бумаг справк список версію версия сочинени книг buch bücher film podcast curriculum lebenslauf cv",
  ),
];
/** Who helps in a language that stands right beside: "Arzt Arabisch", "переводчик украинский". Beginnings of folded words. */
const helpers = [
  ...wordSet(
    `arzt ärztin aerztin doktor doctor anwalt anwältin therapeut psycholog berater beratung dolmetsch übersetz uebersetz interpret translat tercüman çevirmen переклад перевод مترجم ترجمه دكتور طبيب طبيبه محامي معالج traduttor interprète traduct prevod prevoditelj tumač`,
  ),
];
/** What follows an adverb of language in Turkish ("Türkçe konuşan doktor", "Türkçe destek"). */
const turkishBehind = [
  ...wordSet(
    "konuş bilen bilir anlat danış hizmet destek yardım doktor terapi psikolog avukat tercüman görüş anlay konus yardim gorus anla toplan söyle seçenek rehber hekim ebe bakıcı",
  ),
];
const turkishName = /(?:ca|ce)(?:yi|yla|yle|dan|den|nin)?$/;

const please = wordSet("bitte please bitteschön lütfen будь ласка пожалуйста فضلك رجاء favore prego svp plaît molim");
const fewWords = 5;
/** A text that names more languages is a list and no wish; bounds the work. */
const mostNames = 20;
const mostBetween = 3;
const forWords = wordSet("für fuer fia for per pour za для al' الى");
const near = 2;
const paperReach = 4;

function begins(key: string, stems: readonly string[]): boolean {
  return stems.some((stem) => key.startsWith(stem));
}

/** Words of one text by place; the empty word outside. */
type KeyAt = (at: number) => string;

function someNear(keyAt: KeyAt, from: number, to: number, test: (key: string) => boolean): boolean {
  for (let at = from; at <= to; at += 1) if (keyAt(at) !== "" && test(keyAt(at))) return true;
  return false;
}

interface Named {
  readonly code: string;
  /** Place of the name's first word and of the word behind the name. */
  readonly first: number;
  readonly next: number;
  /** True if the word itself says that somebody speaks it. */
  readonly speaker: boolean;
}

/** A name with what ends behind it: a word behind a comma says nothing of it ("speaks English, no rush"). */
interface NamedInText extends Named {
  readonly endsClause: boolean;
}

function nameAt(keyAt: KeyAt, first: number): Named | undefined {
  const key = keyAt(first);
  const speaker = languageOfSpeaker(key);
  if (speaker !== undefined) return { code: speaker, first, next: first + 1, speaker: true };
  const pair = languageOfPair(key, keyAt(first + 1));
  if (pair !== undefined) return { code: pair, first, next: first + 2, speaker: false };
  const declined = /^(?:sprache|gebardensprache)/.test(keyAt(first + 1)) ? languageOfWord(key.replace(/e[rn]?$/, "")) : undefined;
  const code =
    languageOfWord(key) ?? declined ?? (/^(?:lingua|langue)$/.test(keyAt(first - 1)) ? languageOfWord(key.replace(/a$/, "o")) : undefined);
  return code === undefined
    ? undefined
    : { code, first, next: first + 1, speaker: begins(keyAt(first + 1), ["sprachig", "sprechend", "speaking"]) };
}

/** True if a verb of speaking before the name says what helpers should speak, and not what the writer or the family does. */
function isSpoken(keyAt: KeyAt, { first }: Named): boolean {
  let at = first - 1;
  let alone = false;
  while (first - at <= mostBetween && (between.has(keyAt(at)) || only.has(keyAt(at)))) {
    alone ||= only.has(keyAt(at));
    at -= 1;
  }
  if (!speaks.has(keyAt(at))) return alone && someNear(keyAt, first + 1, first + near, (key) => speaks.has(key) || spokenBehind.has(key));
  alone ||= only.has(keyAt(at - 1));
  const own = selfSpeaks.has(keyAt(at)) || someNear(keyAt, at - near, at - 1, (key) => personOf(key) !== undefined || self.has(key));
  if (languageWords.has(keyAt(at)) && someNear(keyAt, at - near, at - 1, (key) => begins(key, courses))) return false;
  return alone || !own;
}

/** True if the speaking of this language is denied or small ("non parlo tedesco", "wenig Deutsch"). */
function isDenied(keyAt: KeyAt, { first, next, endsClause }: NamedInText): boolean {
  if (!endsClause && noOrLittle.has(keyAt(next))) return true;
  if (only.has(keyAt(first - 1))) return false;
  for (let at = first - 1; at >= first - mostBetween && languageOfWord(keyAt(at)) === undefined; at -= 1)
    if (noOrLittle.has(keyAt(at))) return true;
  return false;
}

/** True if somebody who helps stands right before the name, or before the name beside it ("Dolmetscher Deutsch-Dari"). */
function isOfHelper(keyAt: KeyAt, first: number): boolean {
  const links = forWords.has(keyAt(first - 1)) || languageOfWord(keyAt(first - 1)) !== undefined;
  return begins(keyAt(first - 1), helpers) || (links && someNear(keyAt, first - mostBetween, first - 2, (key) => begins(key, helpers)));
}

function isWish(keyAt: KeyAt, named: NamedInText): boolean {
  const { first, next, speaker } = named;
  const before = keyAt(first - 1);
  if (isDenied(keyAt, named)) return false;
  if (speaker) return true;
  const learned = someNear(keyAt, first - near, next + 1, (key) => begins(key, learning));
  const strong =
    before === "auf" ||
    (slavicIn.has(before) && (slavicCase.test(keyAt(first)) || !/[\u0400-\u04ff]/.test(keyAt(first)))) ||
    slavicBy.has(before) ||
    arabicBy.test(keyAt(first)) ||
    ukrainianByItself.test(keyAt(first));
  const own = selfSpeaks.has(keyAt(first - 2)) || selfSpeaks.has(before);
  const paper = someNear(keyAt, first - paperReach, first - 1, (key) => begins(key, papers));
  if (strong && !paper && !learned && !own) return true;
  if (learned) return before === "auf" && !someNear(keyAt, next, next, (key) => begins(key, learning));
  if (inWords.has(before)) return !paper;
  if (isSpoken(keyAt, named) || spokenBehind.has(keyAt(next))) return true;
  if (someNear(keyAt, next, next + mostBetween, (key) => spokenOf.has(key))) return true;
  if (keyAt(next) === "sprechen" && /^(?:die|wo|leute)$/.test(before)) return true;
  const course = someNear(keyAt, first - 1, next, (key) => begins(key, courses));
  if (turkishName.test(keyAt(first)) && !course) return someNear(keyAt, next, next + 1, (key) => begins(key, turkishBehind));
  return !course && (isOfHelper(keyAt, first) || begins(keyAt(next), ["interpret", "translat", "dolmetsch", "tercuman"]));
}

function namesIn(text: string, words: readonly ScannedWord[]): { readonly keyAt: KeyAt; readonly names: readonly NamedInText[] } {
  const keyAt: KeyAt = (at) => words[at]?.key ?? "";
  const endsBehind = (next: number) => /[,.;:!?()\n،؛؟]/.test(text.slice(words[next - 1]?.end, words[next]?.start));
  const names = words.flatMap((_word, at) => nameAt(keyAt, at) ?? []);
  return { keyAt, names: names.map((named) => ({ ...named, endsClause: endsBehind(named.next) })) };
}

/**
 * The language (BCP 47) that a person wants to be served in, if the text says so; a language that is learned, or not spoken, is not meant. German is what
 * offices speak anyway and mostly named as an obstacle: it is a wish only where it is asked for in a few words or with "please".
 */
export function findSpokenLanguage(text: string): string | undefined {
  const readable = readableText(text);
  const words = scanWords(readable);
  const { keyAt, names } = namesIn(readable, words);
  const wishes = names.slice(0, mostNames).filter((named) => isWish(keyAt, named));
  const foreign = wishes.find(({ code }) => code !== "de");
  if (foreign !== undefined || wishes.length === 0) return foreign?.code;
  return words.length <= fewWords || words.some(({ key }) => please.has(key)) ? "de" : undefined;
}

/** The first language (BCP 47) whose name stands in a text. */
export function findLanguageName(text: string): string | undefined {
  const readable = readableText(text);
  return namesIn(readable, scanWords(readable)).names[0]?.code;
}
