import * as german from "chrono-node/de";
import * as english from "chrono-node/en";

/** Words that chrono takes for dates and that are none in a citizen's question. */
const noDate = /^(?:jetzt|now|heute nacht|jahr|monat|woche|may|mai|sat|sun|so|mi|do|di|mo|fr|sa)$/iu;

const berlin = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Berlin" });

/** The first date or span that a German or English text names: ISO days and the words themselves. */
export function findDates(text: string, now: Date): { readonly from?: string; readonly to?: string; readonly when?: string } {
  const readable = text.slice(0, 500);
  const [found] = [...german.parse(readable, now, { forwardDate: true }), ...english.parse(readable, now, { forwardDate: true })].filter(
    (each) => !noDate.test(each.text) && /\p{L}|\d[./]/u.test(each.text),
  );
  if (found === undefined) return {};
  const to = found.end?.date();
  return { from: berlin.format(found.start.date()), ...(to === undefined ? {} : { to: berlin.format(to) }), when: found.text };
}
