/** Letters of other scripts by the Latin letters that they sound like; vowels and signs that are left out anyway stand as "a". */
const latin: Readonly<Record<string, string>> = Object.fromEntries(
  [
    "аaбbвvгgґgдdђdеaёaєaжžзzиaіaїaйaјaкkлlљlмmнnњnоaпpрrсsтtћtуaфfхhцzчčџčшšщšъaыaьaэaюaяa",
    "اaبbتtثtجgحhخhدdذdرrزzسsشšصsضdطtظzعaغgفfقgكkلlمmنnهhوvيaىaةaءaؤaئaپpچčژžگgکkیa",
  ].flatMap((pairs) => Array.from({ length: pairs.length / 2 }, (_, index) => [pairs[2 * index], pairs[2 * index + 1]])),
);

/** Groups of letters that dialects and languages write for one sound, in the order they are read. */
const sounds: readonly (readonly [RegExp, string])[] = [
  [/sch|tsch|sh|ch|zh|ş|š|ž|č|ć|ç/g, "S"],
  [/ph|v|w|f/g, "F"],
  [/[bp]/g, "B"],
  [/[dtđ]/g, "D"],
  [/ck|[gkqcğ]/g, "G"],
  [/[szx]/g, "Z"],
  [/[mn]+/g, "N"],
  [/[^A-Zlr\d]+/g, ""],
  [/(.)\1+/g, "$1"],
];

const plain = /^[a-z\d']*$/;

/** A word in small Latin letters, of whose accents only those stay that make another sound. */
function latinLetters(word: string): string {
  return word
    .replace(/[\p{Script=Cyrillic}\p{Script=Arabic}]/gu, (letter) => latin[letter] ?? "")
    .replaceAll("ß", "ss")
    .normalize("NFC")
    .replace(/[^şšžčćçđğ]/gu, (letter) => letter.normalize("NFKD").replace(/\p{M}/gu, ""));
}

/** What is left of a word when vowels go and consonants that dialects swap become one: "griagt" and "kriegt", "стоматолог" and "stomatolog" are the same. Empty for a word of vowels. */
export function soundOf(word: string): string {
  const lower = word.toLowerCase();
  const letters = plain.test(lower) ? lower : latinLetters(lower);
  return sounds.reduce((text, [pattern, sound]) => text.replace(pattern, sound), letters);
}
