import { stemmer } from "@orama/stemmers/german";

/** Words that carry no topic, in the folded spelling of `foldGerman`. */
const stopWords = new Set(
  `aber alle allem allen aller alles als also am an andere anderen auch auf aus bei beim bin bis bist bitte bloss da dabei dafur damit danach dann das dass dazu dein deine dem den denn der des dich die dies diese diesem diesen dieser dieses dir doch dort du durch ein eine einem einen einer eines er es etwas euch euer eure fur ganz gar geben gerade gern gerne gibt gibts habe haben hallo hat hatte hatten hier hin ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer in irgendwie ist ja jemand jetzt kann kannst kein keine keinen konnen konnte man mal mehr mein meine meinem meinen meiner mich mir mit mochte muss mussen nach nein nicht noch nun nur ob oder ohne schon sehr sein seine seinem seinen seiner seit sich sie sind so soll sollen sonst uber um und uns unser unsere unserem unseren unter viel vom von vor wann war waren warum was weil welche welchen welcher welches wenn wer werde werden wie wieder will wir wird wo wohin wollen worden wurde wurden zu zum zur zwischen suche suchen brauche brauchen finde finden bekomme bekommen munchen i a is des de ned net koa koan wos dem mia mi hob hod hom ko mei mein sei und oder`.split(
    /\s+/,
  ),
);

/** True for a word that carries no topic; takes the folded spelling. */
export function isGermanStopWord(folded: string): boolean {
  return stopWords.has(folded);
}

const asciiOnly = /^[\0-\x7f]*$/;

/** One spelling for all ways to write a German word: small letters, no umlauts (ä, ae → a), ss for ß, no accents. */
export function foldGerman(text: string): string {
  const lower = text.toLowerCase();
  // Most words need nothing more, and an index reads tens of thousands.
  const plain = asciiOnly.test(lower)
    ? lower
    : text.normalize("NFKC").toLowerCase().replaceAll("ß", "ss").normalize("NFD").replace(/\p{M}/gu, "");
  return plain.replace(/([^aeoqu]|^)([aou])e/gu, "$1$2");
}

/** Snowball's German stem of a folded word. */
export function stemGerman(folded: string): string {
  return stemmer(folded);
}

const shortestPart = 4;
/** Known parts shorter than this stand in many words by chance. */
const surePart = 5;
const longestCompound = 40;
const mostParts = 4;
const links = ["", "s", "es", "n", "en", "er", "e"] as const;

/** Parts of the words of offices, known whatever the catalogue holds, in the folded spelling; some are shorter than what is else taken for a word. */
const municipalParts =
  `amt abfall alter angebot anmeldung antrag anzeige arbeit arzt aufenthalt ausbildung ausgabe auskunft ausweis auto bad bau beamte behinderte behorde beihilfe beratung beruf bescheid bescheinigung betreuung bezirk buch burger bus daten deutsch dienst eltern erlaubnis fahr fahrer fahrrad fahrt fahrzeug familie ferien form frau frei freizeit fund geburt gebuhr geld gericht gesetz gesundheit gewerbe haft halt haus heim hilfe hund jahr jugend karte kasse kfz kind kinder kita klinik kosten kranken kredit kunden kurs land lehr leistung mann meister miete mull mutter nachweis not ort park parken pass person pflege plan platz post praxis prufung raum recht rente sache schein schul schule schuld schutz schwangerschaft senioren sozial sperr sport sprach sprache staat stadt stelle steuer strasse tag tages teil termin tier treff umzug unfall unterhalt unterkunft unterricht urkunde vater verein verfahren verkehr versicherung vertrag vormund wahl wechsel weg wohn wohnung zahlung zeit zentrum zeugnis zulassung zuschuss`.split(
    " ",
  );

const stemsOfMunicipalParts: ReadonlyMap<string, string> = new Map(municipalParts.map((part) => [part, stemmer(part)]));

/** The stem of a word that offices build others with, undefined for any other. */
function municipalStem(part: string): string | undefined {
  return stemsOfMunicipalParts.get(part);
}

/**
 * Splits a compound's stem into known stems ("sperrmullabholung" → "sperrmull", "abholung"); empty if it is no compound of known parts.
 * `stemOfKnown` gives the stem of a known word or stem, undefined for what is not known;
 */
export function createCompoundSplitter(stemOfKnown: (part: string) => string | undefined): (stem: string) => readonly string[] {
  const knownStem = (part: string): string | undefined =>
    municipalStem(part) ?? (part.length < shortestPart ? undefined : stemOfKnown(part));

  /** The stem of a first part, with or without the letter that joins it to the next. */
  function headOf(part: string): string | undefined {
    for (const link of links) {
      const stem = part.endsWith(link) ? knownStem(part.slice(0, part.length - link.length)) : undefined;
      if (stem !== undefined) return stem;
    }
    return undefined;
  }

  /** The longest head first, as in "Kindertages|einrichtung": what stands before the last part is the more common word. */
  function splitFrom(text: string, parts: number): readonly string[] | undefined {
    if (parts > 1) {
      const whole = knownStem(text);
      if (whole !== undefined) return [whole];
    }
    if (parts === mostParts) return undefined;
    for (let end = text.length - 3; end >= 3; end -= 1) {
      const head = headOf(text.slice(0, end));
      const rest = head === undefined ? undefined : splitFrom(text.slice(end), parts + 1);
      if (head !== undefined && rest !== undefined) return [head, ...rest];
    }
    return undefined;
  }

  /** One known half of a word that offices use, the other unknown: "kinder|krippe", "hort|platz". */
  function splitHalf(text: string): readonly string[] {
    for (let end = text.length - shortestPart; end >= surePart; end -= 1) {
      const head = municipalStem(text.slice(0, end));
      if (head !== undefined) return [head, stemmer(text.slice(end))];
    }
    for (let from = shortestPart; from <= text.length - surePart; from += 1) {
      const tail = municipalStem(text.slice(from));
      if (tail !== undefined) return [stemmer(text.slice(0, from)), tail];
    }
    return [];
  }

  return (stem) => {
    if (stem.length < shortestPart + 3 || stem.length > longestCompound) return [];
    return splitFrom(stem, 1) ?? splitHalf(stem);
  };
}

/** All that a splitter may ask about a stem, for an asker who has to look it up elsewhere. */
export function possibleParts(stem: string): readonly string[] {
  if (stem.length < shortestPart + 3 || stem.length > longestCompound) return [];
  const parts = new Set<string>();
  for (let from = 0; from <= stem.length - 3; from += 1)
    for (let to = from + 3; to <= stem.length; to += 1) parts.add(stem.slice(from, to));
  return [...parts];
}
