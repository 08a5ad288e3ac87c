/** Names of languages as people write them in the nine languages, by BCP 47 code; beginnings of words. */
const names: Readonly<Record<string, string>> = {
  de: "deutsch|german|almanca|німецьк|немецк|ألماني|الألماني|tedesco|allemand|njemačk|nemačk",
  en: "englisch|english|ingilizce|англійськ|английск|إنجليزي|الإنجليزي|انجليزي|inglese|anglais|englesk",
  tr: "türkisch|tuerkisch|turkish|türkçe|turkce|турецьк|турецк|تركي|التركي|turco|turc|tursk",
  uk: "ukrainisch|ukrainian|ukraynaca|українськ|украинск|أوكراني|الأوكراني|ucraino|ukrainien|ukrajinsk",
  ru: "russisch|russian|rusça|rusca|російськ|русск|روسي|الروسي|russo|russe|rusk",
  ar: "arabisch|arabic|arapça|arapca|арабськ|арабск|عربي|العربي|arabo|arabe|arapsk",
  it: "italienisch|italian|italyanca|італійськ|итальянск|إيطالي|italiano|italien|talijansk",
  fr: "französisch|franzoesisch|french|fransızca|французьк|французск|فرنسي|الفرنسي|francese|français|francuski|francusk",
  hr: "kroatisch|croatian|hırvatça|хорватськ|хорватск|كرواتي|croato|croate|hrvatsk",
  fa: "persisch|farsi|persian|dari|перськ|персидск|فارسي|الفارسي",
  ps: "paschtu|pashto|paschto",
  pl: "polnisch|polish|польськ|польск",
  ro: "rumänisch|rumaenisch|romanian|румунськ|румынск",
  so: "somali|somalisch",
  ti: "tigrinya|tigrinisch",
  vi: "vietnamesisch|vietnamese",
  es: "spanisch|spanish|ispanyolca|іспанськ|испанск|spagnolo|espagnol|španjolsk",
  ku: "kurdisch|kurdish|kürtçe|kurmanci|курдськ|курдск|كردي",
  gsg: "gebärdensprache|gebaerdensprache|sign language|işaret dili|жестов|لغة الإشارة|lingua dei segni|langue des signes|znakovn",
};

const before =
  "(?:\\b(?:auf|in|spricht|sprechen|redet|kann|können|speaks?|speaking|parla|parlano|en|parle|na|govori|govore|konuşan|bilen)(?:\\s+(?:nur|only|kein|gut|bisschen|solo|seulement|samo))?|на|говор\\p{L}*|розмовля\\p{L}*|بال|باللغة|إلى|يتحدث|يتكلم)\\s*";
const after = "\\p{L}*(?:-|\\s)?(?:sprachig\\p{L}*|sprechend\\p{L}*|speaking|konuşan|bilen|мовн\\p{L}*|говорящ\\p{L}*)";

const patterns = Object.entries(names).map(([code, name]) => ({
  code,
  pattern: new RegExp(
    `${before}(?:${name})|(?:${name})${after}|\\b(?:doctor|arzt|ärztin|anwalt|therapeut\\p{L}*|berater\\p{L}*|beratung)\\s+(?:auf\\s+)?(?:${name})`,
    "iu",
  ),
}));

/** The language (BCP 47) that a person wants to be served in, if the text says so; the subject of a language course is not meant. */
export function findSpokenLanguage(text: string): string | undefined {
  return patterns.find(({ pattern }) => pattern.test(text))?.code;
}

const anywhere = Object.entries(names).map(([code, name]) => ({ code, pattern: new RegExp(`(?<!\\p{L})(?:${name})`, "iu") }));

/** The first language (BCP 47) whose name stands in a text. */
export function findLanguageName(text: string): string | undefined {
  return anywhere.find(({ pattern }) => pattern.test(text))?.code;
}
