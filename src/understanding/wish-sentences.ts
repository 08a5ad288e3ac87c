/** A text of so many words is read whole; a longer one tells a story, in which most days are past or somebody else's. */
const mostWords = 25;

const sentence = /[^.!?؟;\n]+[.!?؟;\n]*/gu;
/** Dots that end no sentence: of dates, hours and short forms ("3.12.", "z. B.", "ca."). */
const innerDot =
  /(?<=\d)\.(?=\s*\d|\s*\p{Ll}|\s*(?:Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez))|(?<=(?:^|\s)\p{L}{1,3})\.(?=\s*\p{L}\.|\s*\p{Ll})/gu;
/** Words of asking and wishing in the nine languages and in Bavarian. */
const wishing =
  /(?<!\p{L})(?:such\p{L}*|brauch\p{L}*|bräucht\p{L}*|möcht\p{L}*|mecht\p{L}*|will|wui|woin|wollen|gesucht|gsuacht|bitte|gern\p{L}*|gibt|gibts|need|needs|looking|want|would|please|search\p{L}*|arıyor\p{L}*|istiyor\p{L}*|lazım|gerek\p{L}*|lütfen|потріб\p{L}*|шука\p{L}*|хоч\p{L}*|треба|будь|нуж\p{L}*|ищ\p{L}*|надо|пожалуйста|أريد|اريد|بدي|بدنا|أحتاج|احتاج|نحتاج|محتاج\p{L}*|أبحث|ابحث|cerc\p{L}*|vorrei|vorremmo|serv\p{L}*|bisogno|cherch\p{L}*|voudr\p{L}*|besoin|faut|treba\p{L}*|tražim\p{L}*|želi\p{L}*|hoću|molim)(?!\p{L})/iu;

/** The sentences of a text that ask or wish for something, at their places, the others blanked out; a short text and one that asks in no sentence of its own as they are. */
export function wishSentences(text: string): string {
  if ((text.match(/\S+/gu)?.length ?? 0) <= mostWords) return text;
  const isWish = (said: string) => /[?؟]/u.test(said) || wishing.test(said);
  const sentences = text.replace(innerDot, "\u00b7").match(sentence) ?? [];
  if (!sentences.some(isWish)) return text;
  const wishes = sentences.map((said) => (isWish(said) ? said : " ".repeat(said.length))).join("");
  // Only the dots that end no sentence were changed, one letter for one.
  return wishes.replace(/\u00b7/gu, ".");
}
