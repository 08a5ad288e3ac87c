/** Crockford's base32: no I, L, O and U, so that nothing is misread and nothing is a bad word. */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const halfLength = 4;
const length = 2 * halfLength;

/** Numbers from 0 to 31 that a code is made of. */
export const receiptLength = length;

const group = `[0-9a-z]{${halfLength}}`;
const written = new RegExp(`(?<![\\p{L}\\p{N}-])(${group})-?(${group})(?![\\p{L}\\p{N}-])`, "giu");
const mixed = (code: string) => /\d/.test(code) && /[A-Z]/.test(code);

/** Words for taking something back, in the nine languages. */
const takesBack =
  /zur(?:ü|ue)ck|löschen|widerruf|withdraw|take back|delete|geri|iptal|sil(?![a-z])|відклик|забрати|видал|отозв|забрать|удал|سحب|إلغاء|حذف|ritir|elimin|annull|retir|supprim|annul|povu|povla|obriš/iu;

/** More words speak of something else that only looks like a code. */
const mostWords = 6;

/** The code of eight numbers, in two halves; undefined if it could be taken for a word or a number: it needs letters and digits. */
export function receiptCode(numbers: readonly number[]): string | undefined {
  const code = numbers.map((number) => alphabet[number % alphabet.length]).join("");
  return code.length === length && mixed(code) ? `${code.slice(0, halfLength)}-${code.slice(halfLength)}` : undefined;
}

/** What a text says with a receipt. `alone` is false where something else may be meant, if nobody knows the code. */
export interface SaidReceipt {
  readonly code: string;
  readonly takesBack: boolean;
  readonly alone: boolean;
}

/** The first receipt in a short text, as it is written there and as it was given. */
function findIn(text: string): { readonly all: string; readonly code: string } | undefined {
  if (text.trim().split(/\s+/u).length > mostWords) return undefined;
  const codes = [...text.matchAll(written)].map(([all, first = "", second = ""]) => ({
    all,
    code: `${first}${second}`.toUpperCase().replaceAll("O", "0").replaceAll(/[IL]/g, "1"),
  }));
  return codes.find(({ all, code }) => /\d/.test(all) && mixed(code));
}

/** The words beside a receipt: its letters are of no language. Other texts stay as they are. */
export function withoutReceipt(text: string): string {
  return text.replace(findIn(text)?.all ?? "", "");
}

/** The receipt that a short text names, in any case, the hyphen or not, O for 0 and I or L for 1; undefined for all other text. */
export function readReceipt(text: string): SaidReceipt | undefined {
  const found = findIn(text);
  if (found === undefined) return undefined;
  const { all, code } = found;
  const rest = text.replace(all, "");
  return {
    code: `${code.slice(0, halfLength)}-${code.slice(halfLength)}`,
    takesBack: takesBack.test(rest),
    alone: !/\p{L}/u.test(rest),
  };
}
