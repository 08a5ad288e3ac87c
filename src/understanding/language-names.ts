import { foldWord } from "../text/word-scan.ts";

/**
 * Names of languages by BCP 47 code, as people write them in the nine languages. A star stands for any ending; a name without one is whole, since
 * "deutsch" is a language and "deutsche" is not.
 */
const names: Readonly<Record<string, string>> = {
  de: "deutsch deitsch daitsch german almanca almancası німецьк* немецк* الالمانيه المانيه الماني المانی tedesco allemand njemačk* nemačk*",
  en: "englisch english ingilizce englsich англійськ* английск* الانجليزيه انجليزيه انجليزي انكليزي انكليزيه الانكليزيه inglese anglais englesk*",
  tr: "türkisch tuerkisch turkisch turkish türkçe turkce турецьк* турецк* التركيه تركيه تركي turco turc tursk*",
  uk: "ukrainisch ukrainian ukraynaca українськ* украинск* الاوكرانيه اوكرانيه اوكراني ucraino ukrainien ukrajinsk*",
  ru: "russisch russian rusça rusca російськ* русск* الروسيه روسيه روسي russo russe rusk*",
  ar: "arabisch arabic arapça arapca арабськ* арабск* العربيه عربيه عربي arabo arabe arapsk*",
  it: "italienisch italian italyanca італійськ* итальянск* الايطاليه ايطاليه ايطالي italiano italien talijansk* italijansk*",
  fr: "französisch franzoesisch franzosisch french fransızca французьк* французск* الفرنسيه فرنسيه فرنسي فرنساوي francese français francais francusk*",
  hr: "kroatisch croatian hırvatça хорватськ* хорватск* الكرواتيه كرواتي croato croate hrvatsk*",
  sr: "serbisch serbian sırpça сербськ* сербск* الصربيه صربي serbo serbe srpsk*",
  bs: "bosnisch bosnian boşnakça боснійськ* боснийск* البوسنيه بوسني bosniaco bosniaque bosansk*",
  fa: "persisch farsi farsça persian dari darisch перськ* персидск* фарсі фарси дарі الفارسيه فارسيه فارسي persiano persan perzijsk* perzijsk*",
  ps: "paschtu paschto pashto pashtu peştuca пушту البشتو بشتو pachto pashtun",
  ur: "urdu اوردو الاورديه اوردي",
  pl: "polnisch polish lehçe польськ* польск* البولنديه بولندي polacco polonais poljsk*",
  ro: "rumänisch rumaenisch rumanisch romanian rumence румунськ* румынск* الرومانيه روماني rumeno romeno roumain rumunjsk* rumunsk*",
  bg: "bulgarisch bulgarian bulgarca болгарськ* болгарск* البلغاريه بلغاري bulgaro bulgare bugarsk*",
  el: "griechisch greek yunanca rumca грецьк* греческ* اليونانيه يوناني greco grec grčk*",
  hu: "ungarisch hungarian macarca угорськ* венгерск* المجريه ungherese hongrois mađarsk*",
  sq: "albanisch albanian arnavutça албанськ* албанск* الالبانيه الباني albanese albanais albansk*",
  es: "spanisch spanish ispanyolca іспанськ* испанск* الاسبانيه اسبانيه اسباني spagnolo espagnol español espanol španjolsk* špansk*",
  pt: "portugiesisch portuguese portekizce португальськ* португальск* البرتغاليه برتغالي portoghese portugais portugalsk*",
  so: "somali somalisch somalice сомалі сомали сомалійськ* الصوماليه صومالي somalo somalien somalsk*",
  ti: "tigrinya tigrinisch tigrigna tigrinja тигринья التغرينيه تغريني tigrino tigrigno",
  am: "amharisch amharic الامهريه امهري amarico amharique",
  vi: "vietnamesisch vietnamese vietnamca вʼєтнамськ* вьетнамск* الفيتناميه vietnamita vietnamien vijetnamsk*",
  zh: "chinesisch chinese mandarin çince китайськ* китайск* الصينيه صيني cinese chinois kinesk*",
  ku: "kurdisch kurdish kürtçe kurmanci kurmandschi sorani курдськ* курдск* الكرديه كرديه كردي curdo kurde kurdsk*",
  gsg: "gebärdensprache gebaerdensprache gebardensprache gebärdensprachlich* жестов* znakovn* znakovni",
};

/** Names of the sign language that are two words; the first word is where it stands. */
const pairs: readonly (readonly [first: string, second: string, code: string])[] = [
  ["sign", "language", "gsg"],
  ["isaret", "dili", "gsg"],
  ["isaret", "diliyle", "gsg"],
  ["isaret", "dilinde", "gsg"],
  ["لغه", "الاشاره", "gsg"],
  ["بلغه", "الاشاره", "gsg"],
  ["lingua", "segni", "gsg"],
  ["lingua", "dei", "gsg"],
  ["langue", "signes", "gsg"],
  ["langue", "des", "gsg"],
];

/** Words of the nine languages that put a language's name and a way to be served into one. */
const joinedEndings = [
  "sprachig",
  "sprachlich",
  "sprechend",
  "speaking",
  "мовн",
  "язычн",
  "говорящ",
  "phone",
  "ofono",
  "ofona",
  "ofoni",
  "govorn",
].map(foldWord);
const joinedStems: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.entries({
      de: "deutsch german німецько немецко germano tedesco",
      en: "englisch english англо англійсько anglo",
      tr: "türkisch tuerkisch turkisch turkish турецько турецко тюрко turco",
      uk: "ukrainisch ukrainian україно українсько украино ukraino",
      ru: "russisch russian російсько русско русо руско rusofon russo",
      ar: "arabisch arabic арабо арабсько arabo",
      it: "italienisch italian італо итало italo",
      fr: "französisch franzoesisch french франко французько franco",
      hr: "kroatisch croatian хорватсько",
      sr: "serbisch serbian",
      bs: "bosnisch bosnian",
      fa: "persisch persian farsi dari перско",
      pl: "polnisch polish польсько польско polono",
      ro: "rumänisch rumaenisch romanian румуно румыно",
      bg: "bulgarisch bulgarian болгаро",
      el: "griechisch greek греко",
      hu: "ungarisch hungarian",
      sq: "albanisch albanian албано",
      es: "spanisch spanish іспано испано hispano ispano",
      pt: "portugiesisch portuguese luso",
      so: "somali somalisch",
      ti: "tigrinisch",
      vi: "vietnamesisch vietnamese",
      zh: "chinesisch chinese китайсько китае sino",
      ku: "kurdisch kurdish курдо",
    }).flatMap(([code, list]) => list.split(" ").map((stem) => [foldWord(stem), code])),
  ),
};

const whole = new Map<string, string>();
const beginnings: (readonly [stem: string, code: string])[] = [];
for (const [code, list] of Object.entries(names)) {
  for (const name of list.split(/\s+/)) {
    if (name.endsWith("*")) beginnings.push([foldWord(name.slice(0, -1)), code]);
    else whole.set(foldWord(name), code);
  }
}

/** Arabic joins "in", "and", "the", "for" to the word. */
const arabicPrefix = /^(?:وبال|بال|لل|وال|و|ب|ل)(?=\p{L}{4})/u;
/** Turkish hangs a case or "-spoken" on a name. */
const turkishEnding = /(ca|ce)(?:yi|yla|yle|dan|den|si|sini|m|nin|nız)?$/;

/** The language (BCP 47) that a folded word names. */
export function languageOfWord(key: string): string | undefined {
  const direct = whole.get(key) ?? beginnings.find(([stem]) => key.startsWith(stem))?.[1];
  if (direct !== undefined) return direct;
  if (/^\p{Script=Arabic}/u.test(key)) return whole.get(key.replace(arabicPrefix, "")) ?? whole.get(key.replace(arabicPrefix, "ال"));
  // French and Italian articles: "l'arabe", "d'italiano".
  if (/^[ld]\p{L}{4}/u.test(key) && whole.has(key.slice(1))) return whole.get(key.slice(1));
  return turkishEnding.test(key) ? whole.get(key.replace(turkishEnding, "$1")) : undefined;
}

/** The language (BCP 47) that two folded words name together. */
export function languageOfPair(first: string, second: string): string | undefined {
  return pairs.find((pair) => pair[0] === first && pair[1] === second)?.[2];
}

/** The language (BCP 47) in a folded word that says both it and that somebody speaks it: "türkischsprachig", "русскоговорящая", "francophone". */
export function languageOfSpeaker(key: string): string | undefined {
  for (const ending of joinedEndings) {
    const at = key.indexOf(ending);
    if (at > 0) return joinedStems[key.slice(0, at)] ?? joinedStems[key.slice(0, at).replace(/e?s$/, "")];
  }
  return undefined;
}
