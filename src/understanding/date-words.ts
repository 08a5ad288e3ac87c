import type { Lang } from "../core/languages.ts";
import { wordSet } from "./age-words.ts";

/** The days, spans and other words of dates in one language; phrases of folded words with bars between, a star for any ending. */
interface DateWords {
  readonly today: string;
  readonly tomorrow: string;
  readonly afterTomorrow: string;
  readonly weekend: string;
  readonly week: string;
  readonly month: string;
  /** "This", "next" and "last" before or behind a week, a month, a weekend or a weekday. */
  readonly current: string;
  readonly next: string;
  /** Words that make what stands beside them past or a habit: no wish for a date. */
  readonly past: string;
  /** "Until", before a day. */
  readonly until: string;
  /** "To" between two days. */
  readonly to: string;
  /** Parts of a day, which go on with the words of a day ("morgen Nachmittag"). */
  readonly dayPart: string;
  /** Monday to Sunday. */
  readonly weekdays: readonly string[];
  /** January to December. */
  readonly months: readonly string[];
}

export const dateWords: Readonly<Record<Lang, DateWords>> = {
  de: {
    today: "heute|heut|heid|heit|hait",
    tomorrow: "morgen|moing|moang|morng",
    afterTomorrow: "übermorgen|uebermorgen|iwamoing|übermoing|übamoagn",
    weekend: "wochenende|wochenend|wochaend|wochnend|wochenende|we",
    week: "woche|woch|wochn|wocha",
    month: "monat|monats",
    current: "diese|dieser|dieses|diesen|diesem|de|des|dera",
    next: "nächste|nächsten|nächster|nächstes|naechste|naechsten|naechster|nexte|nextn|kommende|kommenden|kommender|kommendes|nächstn|nächst",
    past: "seit|seid|letzte|letzten|letzter|letztes|vergangene|vergangenen|vergangenes|jeden|jede|jedes|jeda|jedn|guten|schönen|guadn|gestern|bisher",
    until: "bis",
    to: "bis",
    dayPart: "früh|frua|abend|obnd|vormittag|mittag|nachmittag|nacht|vormittags|nachmittags|abends|mittags|morgens",
    weekdays: [
      "montag|montagabend|montagvormittag|montagmittag|montagnachmittag|montagmorgen|montagnacht|mondog|mo'dog|mondag",
      "dienstag|dienstagabend|dienstagvormittag|dienstagmittag|dienstagnachmittag|dienstagmorgen|dienstagnacht|dienstog|irta|deandsdog",
      "mittwoch|mittwochabend|mittwochvormittag|mittwochmittag|mittwochnachmittag|mittwochmorgen|mittwochnacht|mittwuch|mittwo|migga",
      "donnerstag|donnerstagabend|donnerstagvormittag|donnerstagmittag|donnerstagnachmittag|donnerstagmorgen|donnerstagnacht|pfinsta|pfinztag|donnasdog|dunnersdog",
      "freitag|freitagabend|freitagvormittag|freitagmittag|freitagnachmittag|freitagmorgen|freitagnacht|freida|freidog|freidag",
      "samstag|samstagabend|samstagvormittag|samstagmittag|samstagnachmittag|samstagmorgen|samstagnacht|sonnabend|sonnabendabend|samsdog|samsda|samsdag|sunnomd",
      "sonntag|sonntagabend|sonntagvormittag|sonntagmittag|sonntagnachmittag|sonntagmorgen|sonntagnacht|sunndog|sunda|sonndog|sunntog",
    ],
    months: [
      "januar|jänner",
      "februar|feber",
      "märz|maerz",
      "april",
      "mai",
      "juni",
      "juli",
      "august",
      "september",
      "oktober",
      "november",
      "dezember",
    ],
  },
  en: {
    today: "today|tonight|todays",
    tomorrow: "tomorrow|tmrw|tmr|tomorow|tommorow",
    afterTomorrow: "day after tomorrow",
    weekend: "weekend|week end",
    week: "week",
    month: "month",
    current: "this|the",
    next: "next|coming|upcoming",
    past: "since|last|past|every|each|yesterday|ago|previous",
    until: "until|till|by",
    to: "to|till|until|through",
    dayPart: "morning|afternoon|evening|night|noon",
    weekdays: ["monday", "tuesday", "wednesday|wendsday", "thursday", "friday", "saturday", "sunday"],
    months: [
      "january|jan",
      "february|feb",
      "march",
      "april",
      "may",
      "june",
      "july",
      "august|aug",
      "september|sept",
      "october|oct",
      "november|nov",
      "december|dec",
    ],
  },
  tr: {
    today: "bugün|bugun|bu akşam|bu gece",
    tomorrow: "yarın|yarin|yarına",
    afterTomorrow: "öbür gün|ertesi gün|yarından sonra",
    weekend: "hafta sonu|haftasonu|hafta sonunda|haftasonunda",
    week: "hafta|haftaya|haftada",
    month: "ay|ayda",
    current: "bu",
    next: "gelecek|önümüzdeki|onumuzdeki|seneki",
    past: "geçen|gecen|her|önceki|geçtiğimiz|beri|dün",
    until: "kadar",
    to: "ile",
    dayPart: "sabah|sabahı|akşam|akşamı|öğleden|öğlen|gece",
    weekdays: [
      "pazartesi*",
      "salı|salıya|salı günü",
      "çarşamba*",
      "perşembe*",
      "cuma|cumaya|cumadan",
      "cumartesi*",
      "pazar günü|pazar gunu|bu pazar|pazara",
    ],
    months: ["ocak*", "şubat*", "mart*", "nisan*", "mayıs*", "haziran*", "temmuz*", "ağustos*", "eylül*", "ekim*", "kasım*", "aralık*"],
  },
  uk: {
    today: "сьогодні|сьогоднішн*",
    tomorrow: "завтра|завтрашн*",
    afterTomorrow: "післязавтра|післязавтрашн*",
    weekend: "вихідних|вихідні|вихідними|вікенд|вікенді|уїкенд",
    week: "тижень|тижня|тижні",
    month: "місяць|місяця|місяці",
    current: "цей|цього|цьому|цю|цієї|цих|ці",
    next: "наступн*|майбутн*",
    past: "минул*|кожн*|щотижня|тому|вчора|зпрошл*",
    until: "до",
    to: "по|до",
    dayPart: "вранці|зранку|ввечері|увечері|вечір|вдень|після обіду|ранок",
    weekdays: ["понеділ*", "вівтор*", "середу|середа|середи", "четвер|четверга", "п'ятниц*", "субот*", "неділю|неділя|неділі"],
    months: [
      "січн*",
      "лютого|лютий",
      "березн*",
      "квітн*",
      "травн*",
      "червн*",
      "липн*",
      "серпн*",
      "вересн*",
      "жовтн*",
      "листопад*",
      "грудн*",
    ],
  },
  ru: {
    today: "сегодня|сегодняшн*",
    tomorrow: "завтра|завтрашн*",
    afterTomorrow: "послезавтра",
    weekend: "выходные|выходных|уикенд",
    week: "неделе|неделю|недели|неделя",
    month: "месяц|месяце|месяца",
    current: "этот|эту|этой|эти|этих|этом|этого",
    next: "следующ*|будущ*|ближайш*",
    past: "прошл*|кажд*|назад|вчера",
    until: "до",
    to: "по|до",
    dayPart: "утром|вечером|днем|ночью|утра|вечер|после обеда",
    weekdays: ["понедельник*", "вторник*", "среду|среда|среды", "четверг*", "пятниц*", "суббот*", "воскресен*"],
    months: [
      "января|январь|январе",
      "феврал*",
      "марта|март",
      "апрел*",
      "мая|май",
      "июня|июнь",
      "июля|июль",
      "августа|август",
      "сентябр*",
      "октябр*",
      "ноябр*",
      "декабр*",
    ],
  },
  ar: {
    today: "اليوم|هاليوم|الليله|النهارده",
    tomorrow: "غدا|بكره|بكرا|بكرة|باجر",
    afterTomorrow: "بعد غد|بعد بكره|بعد بكرا|بعد باجر",
    weekend: "نهايه الاسبوع|عطله نهايه الاسبوع|الويكند|ويكند|اخر الاسبوع",
    week: "الاسبوع|اسبوع",
    month: "الشهر",
    current: "هذا|هذه|هاد|هال|هادا",
    next: "القادم|القادمه|الجاي|الجايه|المقبل|المقبله|جاي",
    past: "الماضي|الماضيه|منذ|الفائت|امبارح|مبارح|كل|من|طوال|طول|بعد|صارلي",
    until: "حتى|لحد|لغايه",
    to: "الى|حتى|ل",
    dayPart: "صباحا|مساء|العصر|الصبح|المسا|الظهر|بالليل",
    weekdays: ["الاثنين|التنين|الاتنين", "الثلاثاء|التلاتا|الثلاثا", "الاربعاء|الاربعا", "الخميس", "الجمعه", "السبت", "يوم الاحد|الاحد"],
    months: [
      "يناير|كانون الثاني",
      "فبراير|شباط",
      "مارس|اذار",
      "ابريل|نيسان",
      "مايو|ايار",
      "يونيو|حزيران",
      "يوليو|تموز",
      "اغسطس|اب",
      "سبتمبر|ايلول",
      "اكتوبر|تشرين الاول",
      "نوفمبر|تشرين الثاني",
      "ديسمبر|كانون الاول",
    ],
  },
  it: {
    today: "oggi|stasera|stamattina|stanotte",
    tomorrow: "domani",
    afterTomorrow: "dopodomani|dopo domani",
    weekend: "fine settimana|finesettimana|weekend|week end",
    week: "settimana",
    month: "mese",
    current: "questa|questo|sto|sta",
    next: "prossima|prossimo|prossimi",
    past: "scorso|scorsa|ogni|fa|passato|passata|ieri|tutti",
    until: "entro|fino",
    to: "al|a",
    dayPart: "mattina|pomeriggio|sera|notte",
    weekdays: ["lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"],
    months: [
      "gennaio",
      "febbraio",
      "marzo",
      "aprile",
      "maggio",
      "giugno",
      "luglio",
      "agosto",
      "settembre",
      "ottobre",
      "novembre",
      "dicembre",
    ],
  },
  fr: {
    today: "aujourdhui|ce soir|ce matin|cet après midi|auj|cette nuit",
    tomorrow: "demain",
    afterTomorrow: "après demain",
    weekend: "week end|weekend|we",
    week: "semaine",
    month: "mois",
    current: "ce|cette|cet",
    next: "prochain|prochaine",
    past: "dernier|dernière|depuis|chaque|passé|passée|hier|tous",
    until: "jusquà|jusquau|avant|dici",
    to: "au|à",
    dayPart: "matin|après midi|soir|midi",
    weekdays: ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    months: ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"],
  },
  hr: {
    today: "danas|večeras|jutros|noćas",
    tomorrow: "sutra",
    afterTomorrow: "prekosutra|preksutra",
    weekend: "vikend|vikendu|vikenda",
    week: "tjedan|tjedna|tjednu|sedmica|sedmice|sedmicu|nedelje|nedelja|nedjelje",
    month: "mjesec|mjeseca|mjesecu|mesec|meseca",
    current: "ovaj|ovog|ovu|ove|ovoga|ovom",
    next: "sljedeć*|iduć*|sledeć*|naredn*",
    past: "prošl*|svak*|jučer|juče|prije|pre|otkad",
    until: "do",
    to: "do",
    dayPart: "ujutro|navečer|uveče|popodne|prijepodne|poslijepodne|prepodne|ujutru",
    weekdays: [
      "ponedjelj*|ponedelj*",
      "utorak|utorka",
      "srijedu|srijeda|srijede|sredu|sreda|srede",
      "četvrtak|četvrtka",
      "petak|petka",
      "subotu|subota|subote",
      "nedjelju|nedjelja|nedelju",
    ],
    months: [
      "siječnja|siječanj|januar*",
      "veljače|veljača|februar*",
      "ožujka|ožujak|mart*",
      "travnja|travanj|april*",
      "svibnja|svibanj|maj|maja",
      "lipnja|lipanj|jun|juna|juni|juna",
      "srpnja|srpanj|jul|jula|juli",
      "kolovoza|kolovoz|avgust*|august*",
      "rujna|rujan|septembar|septembra",
      "listopada|listopad|oktobar|oktobra",
      "studenog*|studeni|novembar|novembra",
      "prosinca|prosinac|decembar|decembra",
    ],
  },
};

/** School holidays, and parts of days that are a habit: no day of their own, and still a wish for when. */
export const habits =
  "sommerferien|herbstferien|weihnachtsferien|osterferien|pfingstferien|faschingsferien|winterferien|vormittags|nachmittags|abends|mittags|morgens|nachts|wochenends";
/** Words of telling what happened, behind a day ("heute habe ich …"). */
export const tellingWords = wordSet("habe hab hob habn hatte hatten wurde wurden war warn");
/** Words of what has happened, right behind a day ("am Mittwoch verstorben"). */
export const happenedWords = wordSet(
  `verstorben gestorben gstorbn erzählt gesagt gsogt gekommen kema gewesen gwesn passiert gefallen gestürzt angerufen verloren verlorn geklaut gestohlen aufgeräumt bekommen erfahren gekündigt geworden gegangen gezogen hergezogen umgezogen eingezogen geboren
   told died lost stolen happened called fell said`,
);
/** Verbs of what was, one or two words before a day ("war am 12.10.", "was on Monday"). */
export const pastVerbs: { readonly [lang in Lang]?: ReadonlySet<string> } = {
  de: wordSet("war waren warn wurde wurden hatte hatten"),
  en: wordSet("was were had"),
  uk: wordSet("був була було"),
  ru: wordSet("был была было"),
  ar: wordSet("كان كانت"),
  it: wordSet("era erano"),
  fr: wordSet("était étaient"),
  hr: wordSet("bio bila bilo"),
};
/** Words before a date without its closing point ("am 3.12"). */
export const dateBefore = wordSet("am vom ab bis den zum dem on le il dal na до с з на dana od du");
/** What may stand between the number of a day and its month. */
export const dayEndings = wordSet("st nd rd th er de di of го числа the");
/** Words before a weekday that make it every one ("il sabato", "le mardi"), or a feast ("Good Friday"). */
export const habitBefore: { readonly [lang in Lang]?: ReadonlySet<string> } = {
  en: wordSet("good a"),
  it: wordSet("il di un"),
  fr: wordSet("le les un"),
  uk: wordSet("по"),
  ru: wordSet("по"),
};
