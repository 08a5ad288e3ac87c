import { foldWord } from "../text/word-scan.ts";

type Words = readonly (readonly [number, string])[];

/** Pairs of a number and one way to write it, from "3 drei|dreie 4 vier". */
function listed(list: string): Words {
  const parts = list.trim().split(/\s+/);
  const pairs: (readonly [number, string])[] = [];
  for (let at = 0; at + 1 < parts.length; at += 2) {
    for (const word of (parts[at + 1] ?? "").split("|")) pairs.push([Number(parts[at]), word.replaceAll("_", " ")]);
  }
  return pairs;
}

const germanUnits = listed(
  "1 ein|eins|eine|oa|oans|oane|oan 2 zwei|zwo|zwoa|zwoara 3 drei|dreie 4 vier|viere 5 fünf|fuenf|fünfe|fimf|fimfe 6 sechs|sechse 7 sieben|siebn|siebne|siem|sieme 8 acht|achte 9 neun|neune|neine",
);
const germanTeens = listed(
  "10 zehn|zehne|zeh|zene 11 elf|elfe|öif|öife 12 zwölf|zwoelf|zwölfe|zwöif|zwöife 13 dreizehn|dreizehne 14 vierzehn|vierzehne|viazehn 15 fünfzehn|fuenfzehn|fuchzehn|fuchzehne 16 sechzehn|sechzehne 17 siebzehn|siebzehne 18 achtzehn|achtzehne|achzehn 19 neunzehn|neunzehne|neinzehn",
);
const germanTens = listed(
  "20 zwanzig|zwanzg|zwanzge 30 dreißig|dreissig|dreißg|dreißge|dreissge 40 vierzig|vierzg|vierzge|viazg|viazge 50 fünfzig|fuenfzig|fuchzig|fuchzg|fuchzge 60 sechzig|sechzg|sechzge|sechzga 70 siebzig|siebzg|siebzge|siebzga 80 achtzig|achtzg|achtzge|achzig|achzg|achzge|achzga 90 neunzig|neunzg|neunzge|neinzg|neinzge",
);
const englishUnits = listed("1 one 2 two 3 three 4 four 5 five 6 six 7 seven 8 eight 9 nine");
const englishTens = listed("20 twenty 30 thirty 40 forty|fourty 50 fifty 60 sixty 70 seventy 80 eighty 90 ninety");
const turkishUnits = listed("1 bir 2 iki 3 üç 4 dört 5 beş 6 altı 7 yedi 8 sekiz 9 dokuz");
const turkishTens = listed("10 on 20 yirmi 30 otuz 40 kırk 50 elli 60 altmış 70 yetmiş 80 seksen 90 doksan");
const ukrainianUnits = listed(
  "1 один|одного|одна 2 два|дві|двох 3 три|трьох 4 чотири|чотирьох 5 п'ять|п'яти 6 шість|шести 7 сім|семи 8 вісім|восьми 9 дев'ять|дев'яти",
);
const ukrainianTens = listed(
  "20 двадцять|двадцяти 30 тридцять|тридцяти 40 сорок|сорока 50 п'ятдесят|п'ятдесяти 60 шістдесят|шістдесяти 70 сімдесят|сімдесяти 80 вісімдесят|вісімдесяти 90 дев'яносто|дев'яноста",
);
const russianUnits = listed(
  "1 один|одного|одна 2 два|две|двух 3 три|трёх 4 четыре|четырёх 5 пять|пяти 6 шесть|шести 7 семь|семи 8 восемь|восьми 9 девять|девяти",
);
const russianTens = listed(
  "20 двадцать|двадцати 30 тридцать|тридцати 40 сорок|сорока 50 пятьдесят|пятидесяти 60 шестьдесят|шестидесяти 70 семьдесят|семидесяти 80 восемьдесят|восьмидесяти 90 девяносто|девяноста",
);
const arabicUnits = listed(
  "1 واحد|واحدة 2 اثنان|اثنين|اثنتان|اثنتين|تنين 3 ثلاث|ثلاثة|تلات|تلاتة|تلت 4 أربع|أربعة 5 خمس|خمسة 6 ست|ستة 7 سبع|سبعة 8 ثماني|ثمانية|ثمان|تمن|تمنية|تمان 9 تسع|تسعة",
);
const arabicTens = listed(
  "20 عشرون|عشرين 30 ثلاثون|ثلاثين|تلاتين 40 أربعون|أربعين 50 خمسون|خمسين 60 ستون|ستين 70 سبعون|سبعين 80 ثمانون|ثمانين|تمانين 90 تسعون|تسعين",
);
const italianUnits = listed("1 uno|un 2 due 3 tre|tré 4 quattro 5 cinque 6 sei 7 sette 8 otto 9 nove");
const italianTens = listed("20 venti 30 trenta 40 quaranta 50 cinquanta 60 sessanta 70 settanta 80 ottanta 90 novanta");
const frenchUnits = listed("1 un|une 2 deux 3 trois 4 quatre 5 cinq 6 six 7 sept 8 huit 9 neuf");
const frenchTeens = listed("10 dix 11 onze 12 douze 13 treize 14 quatorze 15 quinze 16 seize 17 dix_sept 18 dix_huit 19 dix_neuf");
const frenchTens = listed("20 vingt 30 trente 40 quarante 50 cinquante 60 soixante");
const croatianUnits = listed("1 jedan|jedna|jednu 2 dva|dvije|dve 3 tri 4 četiri 5 pet 6 šest 7 sedam 8 osam 9 devet");
const croatianTens = listed("20 dvadeset 30 trideset 40 četrdeset 50 pedeset 60 šezdeset 70 sedamdeset 80 osamdeset 90 devedeset");

/** Numbers from eleven to nineteen and ten of the languages that do not build them by a rule above. */
const teens: readonly Words[] = [
  germanTeens,
  frenchTeens,
  listed("10 ten 11 eleven 12 twelve 13 thirteen 14 fourteen 15 fifteen 16 sixteen 17 seventeen 18 eighteen 19 nineteen"),
  listed(
    "10 десять|десяти 11 одинадцять|одинадцяти|одиннадцать|одиннадцати 12 дванадцять|дванадцяти|двенадцать|двенадцати 13 тринадцять|тринадцяти|тринадцать|тринадцати 14 чотирнадцять|чотирнадцяти|четырнадцать|четырнадцати 15 п'ятнадцять|п'ятнадцяти|пятнадцать|пятнадцати 16 шістнадцять|шістнадцяти|шестнадцать|шестнадцати 17 сімнадцять|сімнадцяти|семнадцать|семнадцати 18 вісімнадцять|вісімнадцяти|восемнадцать|восемнадцати 19 дев'ятнадцять|дев'ятнадцяти|девятнадцать|девятнадцати",
  ),
  listed(
    "10 عشر|عشرة 11 احد_عشر|احدى_عشرة|احداعش 12 اثنا_عشر|اثنتا_عشرة|اثني_عشر|طنعش 13 ثلاثة_عشر|ثلاث_عشرة 14 اربعة_عشر|اربع_عشرة 15 خمسة_عشر|خمس_عشرة 16 ستة_عشر|ست_عشرة 17 سبعة_عشر|سبع_عشرة 18 ثمانية_عشر|ثماني_عشرة 19 تسعة_عشر|تسع_عشرة",
  ),
  listed("10 dieci 11 undici 12 dodici 13 tredici 14 quattordici 15 quindici 16 sedici 17 diciassette 18 diciotto 19 diciannove"),
  listed("10 deset 11 jedanaest 12 dvanaest 13 trinaest 14 četrnaest 15 petnaest 16 šesnaest 17 sedamnaest 18 osamnaest 19 devetnaest"),
];

/** Every ten with every unit; `write` gives the ways a language joins the two. */
function joined(tens: Words, units: Words, write: (ten: string, unit: string) => readonly string[]): Words {
  return tens.flatMap(([ten, tenWord]) =>
    units.flatMap(([unit, unitWord]) => write(tenWord, unitWord).map((word) => [ten + unit, word] as const)),
  );
}

function joinItalian(ten: string, unit: string): readonly string[] {
  // "ventuno", "ventotto": the ten drops its vowel before another one.
  return [/^[uo]/.test(unit) ? ten.slice(0, -1) + unit : ten + unit];
}

function frenchAbove(): Words {
  const upToNineteen = [...frenchUnits, ...frenchTeens];
  const above = (base: number, word: string) =>
    upToNineteen.flatMap(([unit, unitWord]) => [
      [base + unit, `${word} ${unitWord}`] as const,
      [base + unit, `${word} et ${unitWord}`] as const,
    ]);
  return [
    ...frenchTens.flatMap(([ten, word]) => above(ten, word).filter(([value]) => value < ten + 10 || ten === 60)),
    [80, "quatre vingt"],
    [80, "quatre vingts"],
    ...above(80, "quatre vingt"),
  ];
}

const spaced = (ten: string, unit: string) => [`${ten} ${unit}`];

const all: readonly Words[] = [
  [germanUnits, germanTens, englishUnits, englishTens, turkishUnits, turkishTens, ukrainianUnits, ukrainianTens].flat(),
  [russianUnits, russianTens, arabicUnits, arabicTens, italianUnits, italianTens, frenchUnits, frenchTens].flat(),
  [croatianUnits, croatianTens, ...teens].flat(),
  joined(germanTens, germanUnits, (ten, unit) => ["und", "a", "ra", "r", ""].map((link) => unit + link + ten)),
  joined(englishTens, englishUnits, (ten, unit) => [`${ten} ${unit}`, ten + unit]),
  joined(turkishTens, turkishUnits, (ten, unit) => [`${ten} ${unit}`, ten + unit]),
  joined(ukrainianTens, ukrainianUnits, spaced),
  joined(russianTens, russianUnits, spaced),
  joined(arabicTens, arabicUnits, (ten, unit) => [`${unit} و${ten}`, `${unit} و ${ten}`]),
  joined(italianTens, italianUnits, joinItalian),
  frenchAbove(),
  joined(croatianTens, croatianUnits, (ten, unit) => [`${ten} ${unit}`, `${ten} i ${unit}`]),
];

const values = new Map(all.flat().map(([value, word]) => [foldWord(word), value] as const));

/** Beginnings of words that say an age in one word: "zweijährig", "п'ятирічний", "petogodišnji". */
const stems = new Map(
  listed(
    "1 одно|jedno 2 дво|двух|двох|dvo 3 трьох|tro|tri 4 чотири|чотирьох|četvero|četvoro|četiri 5 peto 6 šesto 7 sedmo 8 osmo 9 deveto 10 deseto 40 сорока|сорок 20 vent 30 trent 40 quarant 50 cinquant 60 sessant 70 settant 80 ottant 90 novant 12 dodic 13 tredic 14 quattordic 15 quindic 16 sedic 17 diciassett 18 diciott 19 diciannov",
  ).map(([value, word]) => [foldWord(word), value] as const),
);

const firstWords = new Set([...values.keys()].map((words) => words.split(" ", 1)[0]));

/** True if a number of the nine languages or of Bavarian begins with this folded word. */
export function beginsNumber(word: string): boolean {
  return firstWords.has(word);
}

/** Words that one number is written with at most ("quatre vingt dix neuf"). */
export const mostNumberWords = 4;

/** The number, 1 to 99, that a folded word or words with single spaces between say in one of the nine languages or in Bavarian. */
export function numberOfWords(words: string): number | undefined {
  return values.get(words);
}

/** The number that the folded beginning of an adjective of age says: "zwoa" of "zwoajährig", "пяти" of "п'ятирічний". */
export function numberOfStem(stem: string): number | undefined {
  return stems.get(stem) ?? values.get(stem);
}
