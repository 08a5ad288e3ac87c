/** NIST SP 800-63B: length counts, composition does not; what everybody takes first is refused. */
const leastLetters = 12;
const mostLetters = 256;

/** Beginnings and wholes that guessers try first, at the length that is asked for, and words that everybody here thinks of. */
const known = [
  ...["password", "passwort", "qwertz", "qwerty", "letmein", "welcome", "willkommen", "hallo", "iloveyou", "ichliebedich"],
  ...[
    "stadtlotse",
    "muenchen",
    "münchen",
    "munich",
    "bayern",
    "fcbayern",
    "oktoberfest",
    "administrator",
    "geheim",
    "changeme",
    "123456",
    "abc123",
  ],
];

/** Why a password cannot be taken; undefined if it can. */
export function passwordFault(password: string, login: string): "password-short" | "password-known" | undefined {
  const letters = [...password.normalize("NFKC")];
  if (letters.length < leastLetters || letters.length > mostLetters) return "password-short";
  if (new Set(letters).size < 5) return "password-known";
  // What is left of a password once the words and numbers that everybody adds are gone.
  const bare = [...known, login.toLowerCase()]
    .filter((word) => word !== "")
    .reduce((text, word) => text.replaceAll(word, ""), password.normalize("NFKC").toLowerCase())
    .replace(/[\d\s!?.,_-]/gu, "");
  return bare.length < 4 ? "password-known" : undefined;
}
