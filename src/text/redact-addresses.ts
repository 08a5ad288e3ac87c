import { type Cut, cutMatches, digits } from "./redact-scan.ts";

const d = `[${digits}]`;
const unit =
  "zimmer|jahr|kind|monat|person|leut|minut|min(?!\\p{L})|km|qm|m²|m2|woch|tag|stock|etage|stund|euro|€|uhr|mal(?!\\p{L})|m(?!\\p{L})|grad|prozent|%|haltestell|station|year|month|week|hour|day|kids|people|room|stop|am(?!\\p{L})|pm(?!\\p{L})|anni|mesi|ans(?!\\p{L})|mois|godin|mjesec|yıl|yaş|ay(?!\\p{L})|рок|лет|год|місяц|месяц|годин|час|سن|شهر|يوم|ساعة";
const houseNumber = `(${d}{1,3}(?: ?[a-hA-H](?![\\p{L}\\p{N}]))?(?: ?[-/+] ?${d}{1,3}[a-hA-H]?(?![\\p{L}\\p{N}]))?)(?!${d}|[.,:]${d}|(?i:\\.? ?(?:${unit})))`;
const numberWord =
  "(?:,? ?(?<!\\p{L})(?i:hausnummer|haus nr|hausnr|haus|nummer|nr|no|numero|número|numéro|num|n°|n|kapı no|kućni broj|broj|br|буд|будинок|дом|д|номер|رقم|بناية|مبنى)[.:]?)? ?";
const streetEnd =
  "(?i:stra(?:ß|ss)e|strasze|str|strase|platz|weg|allee|gasse|ring|anger|ufer|damm|steig|bogen|promenade|markt|zeile|graben|winkel|höhe|straß|straßn|strass|gassl|garten|feld|wiese|hof|berg|tal|brücke|chaussee|steg|stieg|terrasse|street|штрас+е|штрасе|плац|аллее)\\.?";
const namedStreet =
  "(?i:[ai]m|an der|an den|an dem|in der|in den|auf der|auf dem|bei der|beim|hinter der|zum|zur|unter den|vor dem) \\p{Lu}[\\p{L}.-]{1,30}(?: \\p{Lu}[\\p{L}.-]{1,30})?";
const typedStreet =
  "(?:(?i:via|viale|piazza|corso|rue|avenue|boulevard|place|chemin|ulica|ulici|ulicu|ul\\.|trg) (?:d[aeiu] |d[eu]lla? |des |la |le )?\\p{Lu}[\\p{L}.'’-]{1,30}(?: \\p{L}[\\p{L}.'’-]{1,30}){0,2}|(?i:вул\\.?|вулиц\\p{L}{1,2}|ул\\.?|улиц\\p{L}{1,2}|шосе|проспект\\p{L}{0,2}|пр\\.|площа|(?:ب|ال|بال)?شارع|حي|ساحة) \\p{L}[\\p{L}.'’-]{1,30}(?: \\p{L}[\\p{L}.'’-]{1,30}){0,3}?)";
const turkishStreet = "\\p{L}{3,30} (?i:cadde(?:si|sinde)?|cad\\.|sokak|sokağı|sok\\.|bulvarı|mahallesi|caddesi'?n?de)";
const numberFirst = `(?:(?<!\\p{L})(?i:hausnummer|haus nr\\.?|house number) (${d}{1,3}[a-hA-H]?)(?= (?:in|an|am|auf|on) )|(?<![${digits}.,:/-])(${d}{1,3})(?=,? (?i:rue|avenue|boulevard|via|piazza|ulica|ул\\.|вул\\.) (?:d[eu] |des |la )?\\p{Lu}))|(?<![${digits}.,:/-])(${d}{1,3}[a-hA-H]?),? (?:(?i:rue|avenue|boulevard|via) )?(?=\\p{L}{3,30}(?:-\\p{L}{2,30}){0,3}[ -]?(?i:stra(?:ß|ss)e|str\\.|street|platz|weg|allee|gasse|ring)(?!\\p{L}))`;
// Munich shortens "Lerchenauer Straße 45" to "Lerchenauer 45".
const shortened =
  "(?<!\\p{L})(?!(?i:immer|oder|einer|meiner|keiner|deiner|unser|aber|über|unter|hinter|nummer|zimmer|unserer|seiner|dieser|jeder|alter|dauer|fahrer|kinder|wieder|leider|bisher|weniger|unser|hier|seither|vier|woher|daher|mehrer|oktober|september|november|dezember|december|october|winter|sommer|bürger|mieter|partner|later|over|under|after|number|euer|ihrer|eurer|immer|höher|früher|später)(?!\\p{L}))\\p{L}{4,24}er";

const street = new RegExp(
  `(?:${streetEnd}|(?<!\\p{L})(?:${namedStreet}|(?:am|an der|auf der) \\p{Ll}[\\p{L}.-]{2,30}|${typedStreet}|${turkishStreet}))${numberWord}${houseNumber}|${numberFirst}`,
  "gu",
);
const shortStreet = new RegExp(`${shortened} ${houseNumber}`, "giu");

const home = [
  "wohne|wohn|wohnen|wohnst|wohnt|wohna|wohnhaft|wohnsitz|wohnort|wohnadresse|lebe|leben|lebt|gemeldet|ziehe|ziehen|zieh|zieht|gezogen|zog|umgezogen|eingezogen|einzug|einziehen|umzug|parkausweis|anwohnerparkausweis|bewohnerparkausweis|wohnungsgeber|leb|umziehen|ummelden|anmelden|ummeldung|anmeldung|abmelden|zuhause|zuhaus|daheim|dahoam|wohnung|haus|hinterhaus|mietwohnung|unterkunft|vermieter|vermieterin|nachbar|nachbarn|nachbarin|hausmeister|mülltonne|mülltonnen|tonne|tonnen|tonna|keller|treppenhaus|hausverwaltung",
  "(?:bei|vor|neben|unter|über|gegenüber) (?:mir|uns)|(?:mein|unser|sein|ihr)\\p{L}{0,2} (?:neue |alte |neuen |alten |aktuelle )?(?:adresse|anschrift|address|straße|tür|haustür)|adresse|anschrift|absender|absenderin|aus der|c/o|empfänger|post an|an mich",
  "(?:my|our|his|her|new|old) (?:new |old |home |current )?(?:address|flat|apartment|place|house|home|street)|address|live|living|lives|lived|moved|moving|moves|resident|reside|residing|landlord|neighbou?rs?|at home",
  "abito|abita|abitiamo|vivo|viviamo|indirizzo|casa|appartamento|residente|residenza|trasferit\\p{L}|habite|vis|vivons|habitons|habitant|adresse|chez (?:moi|nous)|appartement|logement|domicile|domicilié\\p{L}?|déménag\\p{L}{1,4}|emménag\\p{L}{1,4}|résid\\p{L}{1,4}",
  "stanujem|stanujemo|živim|živimo|zivim|adresa|adresu|adresi|stan|preseli\\p{L}{1,3}|prijavljen\\p{L}?|kod (?:mene|nas)|boravište|doma",
  "oturuyor\\p{L}{0,3}|adres\\p{L}{0,5}|evim\\p{L}{0,4}|evimiz\\p{L}{0,3}|ev|ikamet\\p{L}{0,5}|taşın\\p{L}{1,6}|kalıyor\\p{L}{0,3}|yaşıyor\\p{L}{0,3}",
  "живу|живемо|живём|живем|мешкаю|мешкаємо|проживаю|проживаємо|проживаем|адрес\\p{L}{0,2}|квартир\\p{L}{1,2}|переїха\\p{L}{1,3}|переехал\\p{L}{0,2}|зареєстрован\\p{L}{1,2}|прописан\\p{L}{0,2}|зарегистрирован\\p{L}{0,2}|вдома|дома",
  "أسكن|اسكن|ساكن|ساكنة|ساكنين|نسكن|عايش|عايشة|عنواني|العنوان|عنوان|بيتي|شقتي|شقة|سكني|السكن|انتقلت|انتقلنا|نقلت|نقلنا|بيتنا|مسجل",
].join("|");
const homeWord = new RegExp(`(?<!\\p{L})(?:${home})(?!\\p{L})|\\[(?:Name|Geburts-Datum|Telefon|E-Mail)\\]`, "iu");
const closeHome = new RegExp(`(?<!\\p{L})(?:${home})(?!\\p{L})[^.!?\\n]{0,12}$`, "iu");

// A house that is open to everybody: its number tells nothing of the person who writes.
const publicWord =
  /(?<!\p{L})(?:\p{L}{0,20}(?:amt|ämter|amtes|behörde|bürgerhaus|bürgerbüro|rathaus|referat|jobcenter|schule|gymnasium|kita|kindergarten|krippe|klinik|klinikum|krankenhaus|praxis|apotheke|museum|theater|bibliothek|bücherei|schwimmbad|hallenbad|wertstoffhof|polizei|inspektion|kirche|moschee|supermarkt|haltestelle|zentrum|treff|beratungsstelle|stelle|dienststelle|gericht|konsulat|botschaft|büro|filiale|baustelle|parkhaus|spielplatz|sporthalle|öffnungszeiten|geöffnet)|kvr|vhs|termin\p{L}{0,2}|wo (?:ist|sind|liegt)|wie (?:komm|komme|kommt|kommen)|where is|how (?:do|can) i get|office|town hall|library|school|hospital|clinic|pharmacy|appointment|ufficio|scuola|comune|ospedale|bureau|mairie|école|hôpital|ured|škola|bolnica|okul\p{L}{0,4}|hastane\p{L}{0,4}|ofis\p{L}{0,3}|офіс\p{L}{0,2}|офис\p{L}{0,2}|школ\p{L}{1,2}|лікарн\p{L}{1,2}|больниц\p{L}{1,2}|مكتب|مدرسة|مستشفى|موعد\p{L}{0,2})(?!\p{L})/iu;

/** The part of `before` and `behind` that speaks of the street between them: the same clause, no further than a hundred characters. */
function aroundStreet(text: string, from: number, to: number): { readonly before: string; readonly behind: string } {
  const before = text.slice(Math.max(0, from - 100), from).split(/[\n!?؟]/);
  const behind = text.slice(to, to + 70).split(/[\n!?؟]/);
  return { before: before.at(-1) ?? "", behind: behind[0] ?? "" };
}

/** A house number goes when words of home stand around its street and no public house is named right before. */
function judgeStreet(match: RegExpExecArray): Cut | undefined {
  const number = match[1] ?? match[2] ?? match[3] ?? match[4];
  if (number === undefined) return undefined;
  const from = match.index + (match[1] === undefined ? match[0].indexOf(number) : match[0].lastIndexOf(number));
  const { before, behind } = aroundStreet(match.input, match.index, match.index + match[0].length);
  const isPublic = publicWord.test(before.slice(-48)) && !closeHome.test(before);
  if (isPublic || !(homeWord.test(before) || homeWord.test(match[0]) || homeWord.test(behind))) return undefined;
  return { from, to: from + number.length, mark: "[Nr]" };
}

/** "wohne Lerchenauer 45": without the word for a street only right behind words of home. */
function judgeShort(match: RegExpExecArray): Cut | undefined {
  const number = match[1];
  if (number === undefined) return undefined;
  const before = aroundStreet(match.input, match.index, match.index).before.slice(-40);
  if (!closeHome.test(before) || publicWord.test(before)) return undefined;
  const to = match.index + match[0].length;
  return { from: to - number.length, to, mark: "[Nr]" };
}

/** Replaces the house number where somebody lives; streets, districts and the numbers of public houses stay. */
export function redactAddresses(text: string): string {
  return cutMatches(cutMatches(text, street, judgeStreet), shortStreet, judgeShort);
}
