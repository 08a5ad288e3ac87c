import { createCompoundSplitter, foldGerman, stemGerman } from "../german.ts";

/** Words have at most this many letters without a hyphen; source: LanguageTool's simple-language rules. */
export const mostLetters = 13;

/** Everyday words that long compounds end or begin with, beside those of offices that the splitter knows by itself. */
const everydayParts =
  `anfang angehorige anlauf ansprech arbeiter aufgabe auftrag bank begleitung bereich besuch bildung blatt brief buro daten eigen einkommen einrichtung entwicklung erwachsene fach firma forderung gemeinschaft gesprach grund gruppe haus information integration internet kommunikation kraft krankheit leben leiter material mitglied mittel mobil nachbarschaft nachricht offnung partner patienten plan programm projekt punkt raum reise schluss selbst seite sicherheit spiel stand stiftung stunde system telefon therapie unternehmen veranstaltung verband vermittlung verwaltung volk vorsorge wasser welt werk wirtschaft woche`.split(
    " ",
  );

const stems: ReadonlyMap<string, string> = new Map(everydayParts.map((part) => [part, stemGerman(part)]));
const split = createCompoundSplitter((part) => stems.get(part));

/** Where the parts of a compound meet, as places in the word. The parts are stems: each begins its part, letters that join follow it. */
function jointsOf(word: string): readonly number[] {
  const folded = foldGerman(word);
  const whole = split(folded);
  const [first, ...rest] = whole.length > 0 ? whole : split(stemGerman(folded));
  if (first === undefined) return [];
  const joints: number[] = [];
  let from = first.length;
  for (const part of rest) {
    let joint = from;
    while (joint < word.length && !foldGerman(word.slice(joint)).startsWith(part)) joint += 1;
    if (joint === word.length) return [];
    joints.push(joint);
    from = joint + part.length;
  }
  return joints;
}

const capitalized = (part: string) => part.charAt(0).toUpperCase() + part.slice(1);

function joined(word: string, joints: readonly number[]): string {
  const parts = [0, ...joints].map((from, index) => word.slice(from, joints[index]));
  const noun = /^\p{Lu}/u.test(word);
  return parts.map((part) => (noun ? capitalized(part) : part)).join("-");
}

/** The word with hyphens at its joints (Wohngeldstelle → Wohn-Geld-Stelle); undefined if a part stays too long or no joint is known. */
export function hyphenate(word: string): string | undefined {
  const joints = jointsOf(word);
  const hyphenated = joined(word, joints);
  return joints.length > 0 && hyphenated.split("-").every((part) => part.length <= mostLetters) ? hyphenated : undefined;
}
