import type { Fact } from "../core/answer.ts";

/** Words that go on from what was said before, where a message begins with them. */
const goesOn =
  /^\s*(?:und|aber|oder|auch|and|but|what about|how about|also|ve|peki|ya|і|й|а|але|и|но|و|طيب|ماذا عن|e(?=\s)|ma|anche|et|mais|aussi|i(?=\s)|a(?=\s)|ali|također|takođe)(?!\p{L})/iu;

/** Words that stand for something that was named before. */
const pointsBack =
  /(?<!\p{L})(?:das|die|der|den|dort|dorthin|da|davon|dafür|dazu|denen|dene|des|dia|so was|it|that|there|they|them|this|those|one|bu|bunu|orası|orada|o|onlar|це|цей|там|туди|вони|это|этот|там|туда|они|هذا|هذه|هناك|ذلك|هو|هي|questo|quello|lì|là|loro|ce|cela|ça|celui|là-bas|ils|elles|to|ovo|tamo|ono|oni)(?!\p{L})/iu;

/** A message of more words speaks for itself. */
const mostWords = 8;

/** True for a short message that only makes sense after another one: "und in Sendling?", "wann haben die offen?". */
export function refersBack(text: string): boolean {
  const words = text.trim().split(/\s+/u);
  return words.length <= mostWords && (goesOn.test(text) || pointsBack.test(text));
}

/** True for a message that begins as if it went on: "und in Sendling?". */
export function goesOnFrom(text: string): boolean {
  return goesOn.test(text);
}

/** Ways to name the first, second, third of a list, in the nine languages and in Bavarian. */
const ordinals: readonly RegExp[] = [
  /(?<!\p{L})(?:erst(?:e[rns]?|n)|first|1st|birinci\p{L}*|ilk\p{L}*|перш\p{L}+|перв\p{L}+|الأول\p{L}*|الاول\p{L}*|prim[oa]|premi(?:er|ère)|prv[aio])(?!\p{L})/iu,
  /(?<!\p{L})(?:zw(?:eite[rns]?|oate|eitn)|second|2nd|ikinci\p{L}*|друг\p{L}+|втор\p{L}+|الثاني\p{L}*|second[oa]|deuxième|drug[aio])(?!\p{L})/iu,
  /(?<!\p{L})(?:dritt(?:e[rns]?|n)|third|3rd|üçüncü\p{L}*|трет\p{L}+|الثالث\p{L}*|terz[oa]|troisième|treć[aei])(?!\p{L})/iu,
];
const byNumber = /^\s*(?:nr\.?|nummer|number|no\.?|№|numero|numéro|broj)?\s*([1-3])[.)!]?\s*$/iu;
/** "Das zweite Kind" is no choice: a choice is said in few words. */
const mostWordsOfChoice = 5;

/** Which of the offers shown last a message picks, from 0; undefined if it picks none. */
export function findChoice(text: string): number | undefined {
  const number = byNumber.exec(text)?.[1];
  if (number !== undefined) return Number(number) - 1;
  if (text.trim().split(/\s+/u).length > mostWordsOfChoice) return undefined;
  const place = ordinals.findIndex((pattern) => pattern.test(text));
  return place < 0 ? undefined : place;
}

/** Questions for whom something is and how to get there. What names a thing of its own ("Wo ist die nächste Apotheke?") is none. */
const factQuestions: readonly (readonly [Fact, RegExp])[] = [
  [
    "audience",
    /(?<!\p{L})(?:für wen|fia wen|wer (?:darf|kann) (?:da|dort|das|mitmachen|hin)\p{L}*|who is (?:it|this|that) for|who can (?:go|join|use) (?:it|there|this|that)|for whom|kimler için|для кого|لمن هذا|لمن هذه|per chi|pour qui|za koga)(?!\p{L})/iu,
  ],
  [
    "route",
    /(?<!\p{L})(?:wie komm\p{L}* (?:ich|i|wir|man) (?:(?:da|dort|do)(?:hin)?|hin)(?: hin)?|wo (?:ist|liegt|is) (?:das|der|die|des)|how (?:do|can) i get there|how to get there|where is (?:it|that|this)|oraya nasıl \p{L}+|як (?:туди )?(?:доїхати|дістатися)|де це|как (?:туда )?(?:доехать|добраться)|где это|كيف أصل إلى هناك|كيف اصل الى هناك|come ci (?:si )?arriv\p{L}+|dov'è|comment y aller|comment m'y rendre|c'est où|kako (?:da )?tamo \p{L}+|gdje je to)\s*[?؟!.]*\s*$/iu,
  ],
];

/** The fact about the offers shown last that a message asks for by these words; other facts are intents of their own. */
export function findFact(text: string): Fact | undefined {
  return factQuestions.find(([, pattern]) => pattern.test(text))?.[0];
}

/** Ways to leave off what one was asked to write; a whole message and not the beginning of one. */
const leavesOff =
  /^\s*(?:(?:bitte\s+)?(?:abbrechen|abbruch|doch nicht|vergiss es|nein,? danke|nein|cancel|never ?mind|stop|no,? thanks|no|iptal|vazgeçtim|vazgeç|hayır|скасувати|скасуй|ні|не треба|отмена|отменить|нет|не надо|إلغاء|الغاء|لا|annulla|lascia stare|no,? grazie|annuler|annule|laisse tomber|non,? merci|non|odustani|otkaži|ne,? hvala|ne))[.!\s]*$/iu;

/** True for a message that only says that somebody does not want to write after all. */
export function cancels(text: string): boolean {
  return leavesOff.test(text);
}

/** How questions and wishes begin; what people say to a project seldom does. */
const begins =
  /^\s*(?:wo|wie|wann|wer|was|welche[rsnm]?|kann ich|gibt es|gibt's|ich suche|ich brauche|where|how|when|who|what|which|can i|is there|are there|i need|i am looking|i'm looking|nerede|nasıl|ne zaman|var mı|arıyorum|де|як|коли|хто|шукаю|мені потріб\p{L}*|где|как|когда|кто|ищу|мне нужн\p{L}*|أين|كيف|متى|هل يوجد|أبحث|أحتاج|dove|come|quando|c'è|cerco|ho bisogno|où|comment|quand|est-ce qu\p{L}*|je cherche|j'ai besoin|gdje|gde|kako|kada|tražim|treba mi|trebam)(?!\p{L})/iu;
const ends = /[?؟]\s*$/u;

/** True for a text that asks for something: by how it begins or ends. */
export function asksSomething(text: string): boolean {
  return begins.test(text) || ends.test(text);
}
