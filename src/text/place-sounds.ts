type Rules = readonly (readonly [pattern: RegExp, replacement: string])[];

function rewrite(text: string, rules: Rules): string {
  return rules.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), text);
}

/** German spelling by what it sounds like, in Cyrillic letters, with one letter for those that writers confuse (g, h and ch; s and z; all kinds of e and i). */
const germanSounds: Rules = [
  [/st(?=adt|ein)/g, "шт"],
  [/sch/g, "ш"],
  [/(?<!\p{L})st/gu, "шт"],
  [/(?<!\p{L})sp/gu, "шп"],
  [/chs|x/g, "кс"],
  [/ck|q/g, "к"],
  [/ph|v/g, "ф"],
  [/th|dt|tt/g, "т"],
  [/tz|z/g, "ц"],
  [/([aeouäöü])h(?=[^aeouäöü]|$)/g, "$1"],
  [/[ae][iy]/g, "аи"],
  [/eu|äu/g, "ои"],
  [/ie/g, "и"],
  [/ß|s/g, "с"],
  [/ch|g|h/g, "х"],
  [/[eäö]/g, "е"],
  [/[ijy]/g, "и"],
  [/[uü]/g, "у"],
  [/a/g, "а"],
  [/o/g, "о"],
  [/w/g, "в"],
  [/b/g, "б"],
  [/p/g, "п"],
  [/d/g, "д"],
  [/t/g, "т"],
  [/f/g, "ф"],
  [/c|k/g, "к"],
  [/l/g, "л"],
  [/m/g, "м"],
  [/n/g, "н"],
  [/r/g, "р"],
];
const cyrillicSounds: Rules = [
  [/[ьъ'’ʼ]/g, ""],
  [/з/g, "с"],
  [/[гґ]/g, "х"],
  [/[еёєэ]/g, "е"],
  [/[иіїйы]/g, "и"],
  [/ю/g, "у"],
  [/я/g, "а"],
  [/дт|тт/g, "т"],
  [/тц/g, "ц"],
];
const doubled: Rules = [[/(\p{L})\1+/gu, "$1"]];

/** What a name in German letters sounds like, in the code of `soundsOfCyrillicCases`. */
export function soundOfGerman(name: string): string {
  return rewrite(rewrite(name.toLowerCase().replace(/[^\p{L}]/gu, ""), germanSounds), doubled);
}

/** What a word in Russian or Ukrainian letters sounds like. */
function soundOfCyrillic(word: string): string {
  return rewrite(rewrite(word.toLowerCase().normalize("NFC"), cyrillicSounds), doubled);
}

/** Endings of cases, in the code of sounds. */
const caseEnding = /^(?:[уаеи]|[ое]м|ов|ие)?$/;

/** The codes that a Cyrillic word in any case may stand for, the whole word first: "Зендлінгу", and "Перласі", where a case turns the last consonant. */
export function soundsOfCyrillicCases(word: string): readonly string[] {
  const sound = soundOfCyrillic(word);
  const stems = [0, 1, 2]
    .filter((cut) => caseEnding.test(sound.slice(sound.length - cut)))
    .map((cut) => sound.slice(0, sound.length - cut));
  return sound.endsWith("си") ? [...stems, `${sound.slice(0, -2)}х`] : stems;
}

/** German spelling by its consonants, in Arabic letters with one for those that writers confuse (b and p, g and k, h and ch, s and z). */
const germanConsonants: Rules = [
  [/sch/g, "ش"],
  [/st(?=adt|ein)/g, "شت"],
  [/(?<!\p{L})st/gu, "شت"],
  [/(?<!\p{L})sp/gu, "شب"],
  [/chs|x/g, "كس"],
  [/ck|[gkq]/g, "ك"],
  [/ph|[fv]/g, "ف"],
  [/th|dt|t/g, "ت"],
  [/tz|[zsß]/g, "س"],
  [/([aeouäöü])h(?=[^aeouäöü]|$)/g, "$1"],
  [/ch|h/g, "ه"],
  [/[bp]/g, "ب"],
  [/d/g, "د"],
  [/l/g, "ل"],
  [/m/g, "م"],
  [/n/g, "ن"],
  [/r/g, "ر"],
];
const arabicConsonants: Rules = [
  [/[أإآٱاويىءؤئ]/g, ""],
  [/[زص]/g, "س"],
  [/[غجقگ]/g, "ك"],
  [/[خحة]/g, "ه"],
  [/[پ]/g, "ب"],
  [/[ڤ]/g, "ف"],
  [/ط/g, "ت"],
  [/دت|تت/g, "ت"],
  [/تس/g, "س"],
];

/** The consonants of a name in German letters in the code of `consonantsOfArabic`; a w is written as a consonant or as a vowel: both. */
export function consonantsOfGerman(name: string): readonly string[] {
  const plain = name.toLowerCase().replace(/[^\p{L}]/gu, "");
  return [plain.replaceAll("w", "v"), plain.replaceAll("w", "")].map((each) =>
    rewrite(
      rewrite(each, germanConsonants)
        .replace(/[a-zäöü]/g, "")
        .replace(/تس/g, "س"),
      doubled,
    ),
  );
}

/** The consonants of a word in Arabic letters. */
export function consonantsOfArabic(word: string): string {
  return rewrite(rewrite(word, arabicConsonants), doubled);
}

/** How Bavarians write parts of names, in the folded spelling. */
const bavarianParts: readonly (readonly [part: string, ...spoken: string[]])[] = [
  ["hausen", "hausn"],
  ["haid", "hoad"],
  ["neu", "nei"],
  ["laim", "loam"],
  ["giesing", "giasing"],
  ["unter", "unta"],
  ["ober", "oba", "owa"],
  ["alt", "oit", "oid"],
  ["hofen", "hofn"],
  ["schwabing", "schwobing"],
  ["hasen", "hosn", "hasn"],
  ["perlach", "perla"],
  ["trudering", "trudaring"],
  ["kirchen", "kirchn", "kiacha"],
  ["thal", "doi", "tal"],
  ["feld", "fejd", "feid"],
  ["hadern", "hadan", "hodan"],
  ["viertel", "viertl"],
  ["berg", "beag"],
  ["der au", "da au"],
  ["dorf", "doaf"],
];

/** The ways that Bavarians write a folded name, itself first. */
export function bavarianFormsOf(name: string): readonly string[] {
  return bavarianParts.reduce<readonly string[]>(
    (forms, [part, ...spoken]) =>
      forms.flatMap((form) => (form.includes(part) ? [form, ...spoken.map((each) => form.replace(part, each))] : [form])),
    [name],
  );
}
