import { asciiDigits, type Cut, cutMatches, digits } from "./redact-scan.ts";

const referenceWord =
  /(?<!\p{L})(?:(?:(?:steuer|steueridentifikations|identifikations|sozialversicherungs|rentenversicherungs|krankenversicherungs|krankenversicherten|versicherungs|versicherten|personalausweis|schwerbehindertenausweis|ausweis|pass|reisepass|kunden|mitglieds|konto|führerschein|fuehrerschein|matrikel|patienten|fall|vorgangs|antrags|rechnungs|vertrags|personal|bg|bedarfsgemeinschafts|kindergeld|visum|wohngeld|sv|rv|kv|kd|st|akten)[- .]{0,2}(?:nummer|nr|id)|steuer[- ]?id|idnr|aktenzeichen|geschäftszeichen|gz|kvnr|svnr|az(?=[.:]))|(?:tax|social security|passport|id|insurance|customer|case|reference|file|account|licence|license|member|membership)(?: card)? (?:number|no|nr|id)|tax id|codice fiscale|numero di (?:conto|passaporto|pratica|cliente|tessera)|numéro (?:de (?:compte|passeport|dossier|client|sécurité sociale)|d['’]allocataire)|oib|jmbg|broj (?:putovnice|pasoša|osobne iskaznice|lične karte|predmeta|računa)|(?:kimlik|pasaport|müşteri|dosya|sigorta|hesap|vergi) (?:no|numara\p{L}{0,6})|іпн|рнокпп|инн|снилс|паспорт\p{L}{0,2}|номер (?:паспорт|справи|дела|рахунк|счёта|счета|договор|страхов|клиент|клієнт)\p{L}{0,6}|رقم (?:ال)?(?:هوية|جواز|ملف|حساب|ضمان|تأمين|زبون)\p{L}{0,4}(?: السفر)?)(?!\p{L})/giu;
const referenceLink = /(?: ?[:=#№.]| (?:ist|lautet|is|war|nummer|nr|number|no|die|серия|номер|это|це|هو|è|est|je)(?!\p{L})){0,3} ?/uy;
const referencePiece = `(?:[A-Z]{1,3}(?![\\p{L}${digits}])|\\p{L}{0,4}[${digits}][\\p{L}${digits}]{0,24})`;
const referenceValue = new RegExp(`${referencePiece}(?:[ /.-]{1,2}${referencePiece}){0,7}`, "yu");
const aDate = /^(?:\d{1,2}[ ./-]\d{1,2}[ ./-]\d{2,4}|\d{4}-\d{2}-\d{2}|(?:19|20)\d{2}[/-](?:19|20)?\d{2}(?!\d))/;
const dateOrYear = /^(?:\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?|(?:19|20)\d{2})$/;

/** The value behind a word such as "Kundennummer"; a date, a year or fewer than four digits are none. */
function judgeReference(match: RegExpExecArray): Cut | undefined {
  referenceLink.lastIndex = match.index + match[0].length;
  const from = referenceLink.lastIndex + (referenceLink.exec(match.input)?.[0].length ?? 0);
  referenceValue.lastIndex = from;
  const found = referenceValue.exec(match.input)?.[0];
  if (found === undefined) return undefined;
  const pieces = asciiDigits(found).split(/(?<=[ /.-])/);
  while (pieces.length > 0 && !/\d/.test(pieces.at(-1) ?? "")) pieces.pop();
  const value = pieces.join("").replace(/[ /.-]+$/, "");
  if (value.replace(/\D/g, "").length < 4 || dateOrYear.test(value)) return undefined;
  return { from, to: from + value.length, mark: "[Nummer]" };
}

const documents = [
  "(?:reise|kinder|flüchtlings|münchen-?)?pass|(?:personal|schwerbehinderten|sozialversicherungs|dienst|behinderten|studenten|schüler)?ausweis|perso|aufenthalts(?:titel|karte|erlaubnis|gestattung)|fiktionsbescheinigung|duldung|visum|führerschein|fuehrerschein|krankenkasse|krankenversicherung|(?:gesundheits|versicherten|kranken(?:kassen|versicherungs)?|aok|tk)-?karte|aok|tk|barmer|dak|(?:renten|sozial)versicherung|identifikationsnummer|steuer(?:nummer|nr|id)|steuer-id|id-nr|azr(?:-nummer)?|akte|aktenzeichen|geschäftszeichen|kassenzeichen|buchungszeichen|zeichen|vorgang|vorgangsnr|fall|bescheid|antrag|ticket|referenz|ref|kundennr|vertrag|kundenkonto|konto|kto|kontonummer|bedarfsgemeinschaft|bg-nr|kindergeld|familienkasse|(?!telefon|not|behörden|haus|zimmer|raum|kurs|linien|formular|service|ruf|fax|handy|mobil|bus|seiten|artikel|sammel|spenden)\\p{L}{2,24}(?:nummer|nr\\.?|ausweis|kennziffer|zeichen)",
  "passport|id(?: card)?|identity card|residence (?:permit|card)|blue card|permit|driving licen[cs]e|driver['’]?s licen[cs]e|licen[cs]e|visa|tax(?: id| number)?|insurance|social security|health card|case|reference|ref|file|application|ssn",
  "pasaport\\p{L}{0,4}|kimli[kğ]\\p{L}{0,4}|oturum (?:kart|izn)\\p{L}{0,4}|ikamet\\p{L}{0,3}|ehliyet\\p{L}{0,4}|vergi|sigorta|başvuru|dosya|tc",
  "(?:загран)?паспорт\\p{L}{0,3}|посвідчен\\p{L}{1,3}|удостоверен\\p{L}{1,3}|посвідк\\p{L}{1,2}|внж|карт\\p{L}{1,3}|картк\\p{L}{1,2}|права|податков\\p{L}{1,3}|налогов\\p{L}{1,3}|ідентифікаційн\\p{L}{1,4}|идентификацион\\p{L}{1,4}|справ\\p{L}{1,2}|дел[ау]|страхов\\p{L}{1,4}|снилс|инн|іпн|рнокпп|код",
  "carta (?:d['’])?identit(?:à|a['’]?)|passaporto|permesso(?: di soggiorno)?|patente|tessera(?: sanitaria)?|pratica|codice fiscale|codice|documento",
  "passeport|carte d['’]identité|carte(?: de séjour| vitale)?|titre de séjour|permis(?: de conduire)?|récépissé|numéro fiscal|fiscal|sécu|sécurité sociale|dossier|allocataire|identifiant",
  "putovnic\\p{L}|pasoš\\p{L}?|osobn\\p{L}|boravišn\\p{L}|dozvol\\p{L}|vozačk\\p{L}|zdravstven\\p{L}|osiguranj\\p{L}|porezn\\p{L}|oib|jmbg|predmet\\p{L}?",
  "(?:ال)?جواز(?:ي| السفر| سفري)?|(?:ال)?هوي(?:ة|تي)|(?:ال)?[إا]قام(?:ة|تي)|(?:ال)?رخص(?:ة|تي)|الضريبي|(?:ال)?تأمين|(?:ال)?ملف(?:ي)?|(?:ال)?معامل(?:ة|تي)|(?:ال)?بطاق(?:ة|تي)",
].join("|");
const documentWord = new RegExp(`(?<!\\p{L})(?:${documents})(?!\\p{L})`, "giu");
const documentLink =
  /(?:[ ,:(–-]{1,3}(?:\p{L}{1,14}[.:]?|n°|№|#)(?!\p{L})){0,3}?[ :,(=#№-]{1,3}(?=\p{L}{0,4}[0-9\u0660-\u0669\u06f0-\u06f9]|\p{Lu}{1,3}[ -][0-9])/uy;
const documentValue = new RegExp(
  `(?:(?=[\\p{L}]{0,8}[${digits}])[\\p{L}${digits}]{7,20}|\\p{L}{0,3}[${digits}]{2,}(?:[ /.-][${digits}\\p{Lu}]{1,8}){1,6}|\\p{L}{1,3}[ -]?[${digits}]{3}(?:[ -]?[${digits}]{3,4}){1,3})(?![\\p{L}${digits}])`,
  "yu",
);
const isNumbered = /(?:nummer|nr\.?|number|no\.?|n°|№|#|numaras?ı?m?|номер|broj|رقم|numéro|numero|n\.)[ :]{0,3}$/iu;
const moneyBehind = /^(?:[.,]\d+)? ?(?:€|eur|euro|uhr|qm|km)/iu;

/** What stands behind "mein Pass" or "residence permit" within three words, if it is as long as the number of a document. */
function judgeDocument(match: RegExpExecArray): Cut | undefined {
  documentLink.lastIndex = match.index + match[0].length;
  const from = documentLink.lastIndex + (documentLink.exec(match.input)?.[0].length ?? 0);
  documentValue.lastIndex = from;
  const value = documentValue.exec(match.input)?.[0] ?? "";
  const linked = match.input.slice(match.index, from);
  const count = asciiDigits(value).replace(/\D/g, "").length;
  const isLong = /\p{L}/u.test(value) || isNumbered.test(linked) ? count >= 4 : count >= 7;
  if (!isLong || aDate.test(asciiDigits(value)) || moneyBehind.test(match.input.slice(from + value.length, from + value.length + 12)))
    return undefined;
  return { from, to: from + value.length, mark: "[Nummer]" };
}

// Told by shape alone: tax id and number, pension and health insurance, identity card or passport, codice fiscale, France's
// social security, family benefits and Jobcenter, files of a court.
const shaped =
  /(?<![\p{L}\p{N}])(?:[1-9]\d ?\d{3} \d{3} \d{3}|\d{2,3}\/\d{3}\/\d{5}|\d{2} ?\d{6} ?[A-Za-z] ?\d{3}|[A-Za-z]\d{9}|[A-Z] ?\d{3} \d{3} \d{3}|[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z]|[12] \d{2} (?:0[1-9]|1[0-2]) \d{2} \d{3} \d{3}(?: \d{2})?|\d{3,5}(?:BG|FK|KG) ?\d{6,7}|\d{5} ?\/\/ ?\d{7}|(?:S|L|M) \d{1,3} ?[A-Z]{1,2} \d{1,5}[./]\d{2,4}|[CFGHJKLMNPRTVWXYZ][CFGHJKLMNPRTVWXYZ0-9]{8}\d?)(?![\p{L}\p{N}])/gu;

function judgeShaped(match: RegExpExecArray): Cut | undefined {
  const hasDigits = match[0].replace(/\D/g, "").length >= 4;
  return hasDigits ? { from: match.index, to: match.index + match[0].length, mark: "[Nummer]" } : undefined;
}

/** Replaces the numbers of people's files, cards, documents and insurances, behind their word or by their shape. */
export function redactReferences(text: string): string {
  const behindWords = cutMatches(cutMatches(text, referenceWord, judgeReference), documentWord, judgeDocument);
  return cutMatches(behindWords, shaped, judgeShaped);
}
