import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cleanText, redact, withoutMarks } from "../../src/text/redact.ts";
import { bestMsOf } from "../support/timing.ts";

const personal: readonly (readonly [string, string])[] = [
  // mail
  ["schreiben Sie an max.mustermann@gmx.de bitte", "schreiben Sie an [E-Mail] bitte"],
  ["meine Mail: Anna_Huber+kita@web.de.", "meine Mail: [E-Mail]."],
  ["max (at) gmx.de", "[E-Mail]"],
  ["max at gmx punkt de", "[E-Mail]"],
  // phones
  ["ruf an 0176 12345678", "ruf an [Telefon]"],
  ["0176/1234567 oder 089-1234567", "[Telefon] oder [Telefon]"],
  ["(089) 123 45 67", "[Telefon]"],
  ["0176.123.45.67", "[Telefon]"],
  ["+49 (0)89 / 12 34 56-0 bitte", "[Telefon] bitte"],
  ["+4917612345678", "[Telefon]"],
  ["0049 176 12345678", "[Telefon]"],
  ["моб. +380 67 123 45 67", "моб. [Telefon]"],
  ["8 916 123 45 67", "[Telefon]"],
  ["numaram 0532 123 45 67", "numaram [Telefon]"],
  ["mon numéro 06 12 34 56 78", "mon numéro [Telefon]"],
  ["رقمي ٠١٧٦١٢٣٤٥٦٧٨", "رقمي [Telefon]"],
  ["Tel. 4711 23", "Tel. [Telefon]"],
  ["wohne in 80331, 0176 12345678 70 Jahre", "wohne in 80331, [Telefon] 70 Jahre"],
  ["81371 0176 12345678 81371 München", "81371 [Telefon] 81371 München"],
  ["am 03.12.2026 0176 12345678", "am 03.12.2026 [Telefon]"],
  ["17612345678 ist meine", "[Telefon] ist meine"],
  // accounts and cards
  ["DE89 3704 0044 0532 0130 00 ist mein Konto", "[IBAN] ist mein Konto"],
  ["de89370400440532013000", "[IBAN]"],
  ["AT61 1904 3002 3457 3201, danke", "[IBAN], danke"],
  ["TR33 0006 1005 1978 6457 8413 26", "[IBAN]"],
  ["Karte 4111 1111 1111 1111 12/27", "Karte [Karte] 12/27"],
  ["378282246310005", "[Karte]"],
  // numbers behind their words
  ["Steuer-ID 12 345 678 901", "Steuer-ID [Nummer]"],
  ["Meine Sozialversicherungsnummer ist 65 170839 J 003.", "Meine Sozialversicherungsnummer ist [Nummer]."],
  ["Ausweisnummer: L01X00T47", "Ausweisnummer: [Nummer]"],
  ["Kundennummer 4711 und", "Kundennummer [Nummer] und"],
  ["Aktenzeichen S 12 AS 345/24 beim Gericht", "Aktenzeichen [Nummer] beim Gericht"],
  ["kimlik numarası 12345678901", "kimlik numarası [Nummer]"],
  ["Karte A123456789 verloren", "Karte [Nummer] verloren"],
  ["mein Pass C01XYP47K ist weg", "mein Pass [Nummer] ist weg"],
  ["hab 86 095 742 719 per Brief bekommen", "hab [Nummer] per Brief bekommen"],
  ["titre de séjour n° 7512345678", "titre de séjour n° [Nummer]"],
  ["رقم الهوية ١٢٣٤٥٦٧٨٩", "رقم الهوية [Nummer]"],
  ["iban ist 89 3704 0044 0532 0130 00", "iban ist [IBAN]"],
  ["EG38 0019 0005 0000 0000 2631 8000 2", "[IBAN]"],
  // number plates
  ["Auto M-AB 1234 abgeschleppt", "Auto [Kennzeichen] abgeschleppt"],
  ["mein M AB 1234 steht da", "mein [Kennzeichen] steht da"],
  ["FFB-X 99", "[Kennzeichen]"],
  ["m-ab 1234", "[Kennzeichen]"],
  ["targa AB123CD", "targa [Kennzeichen]"],
  ["номер машини AA1234BB", "номер машини [Kennzeichen]"],
  ["polnisches Kennzeichen WA 12345", "polnisches Kennzeichen [Kennzeichen]"],
  // birthdays
  ["ich bin geboren am 3.4.1985", "ich bin geboren am [Geburts-Datum]"],
  ["geb. 03.04.85 in Ulm", "geb. [Geburts-Datum] in Ulm"],
  ["I was born on March 3, 1985", "I was born on [Geburts-Datum]"],
  ["meine Tochter ist am 12. Mai 2024 geboren", "meine Tochter ist am [Geburts-Datum] geboren"],
  ["née le 3 mars 1985", "née le [Geburts-Datum]"],
  ["am elften Mai 1962 geboren", "am [Geburts-Datum] geboren"],
  ["Anna Huber, 12.03.1988", "[Name], [Geburts-Datum]"],
  ["meine Tochter wird am 3. Mai 18", "meine Tochter wird am [Geburts-Datum]"],
  ["12 Mayıs 1985 doğumluyum", "[Geburts-Datum] doğumluyum"],
  ["أنا من مواليد ١٢ أيار ١٩٨٥", "أنا من مواليد [Geburts-Datum]"],
  // where people live
  ["ich wohne in der Lindenstraße 12a in Sendling", "ich wohne in der Lindenstraße [Nr] in Sendling"],
  ["wohne am Harras 5", "wohne am Harras [Nr]"],
  ["ich wohn in da lindenstr. 7", "ich wohn in da lindenstr. [Nr]"],
  ["Meine Adresse ist Landsberger Straße 30, 80339 München", "Meine Adresse ist Landsberger Straße [Nr], 80339 München"],
  ["I live at Rosenheimer Platz 3", "I live at Rosenheimer Platz [Nr]"],
  ["wohne lerchenauer 45", "wohne lerchenauer [Nr]"],
  ["Hansastraße 5, da wohne ich", "Hansastraße [Nr], da wohne ich"],
  ["my home address is 14 Adalbertstrasse", "my home address is [Nr] Adalbertstrasse"],
  ["живу на вул. Ляймер 5", "живу на вул. Ляймер [Nr]"],
  ["ساكن بشارع لاندسبيرجر رقم ٢١٤", "ساكن بشارع لاندسبيرجر رقم [Nr]"],
  // names
  ["Ich heiße Max Mustermann und suche eine Kita", "Ich heiße [Name] und suche eine Kita"],
  ["ich heisse fatma und brauche hilfe", "ich heisse [Name] und brauche hilfe"],
  ["Mein Name ist Ursula von der Leyen.", "Mein Name ist [Name]."],
  ["mein Name ist Dr. Aylin Kaya und", "mein Name ist Dr. [Name] und"],
  ["ja sam Ivana Horvat iz Zagreba", "ja sam [Name] iz Zagreba"],
  ["i hoaß Sepp und hob a frog", "i hoaß [Name] und hob a frog"],
  ["Hello, my name is John Smith, I need help", "Hello, my name is [Name], I need help"],
  ["I'm called Priya", "I'm called [Name]"],
  ["benim adım Ayşe", "benim adım [Name]"],
  ["Мене звати Олена Шевченко, шукаю роботу", "Мене звати [Name], шукаю роботу"],
  ["меня зовут Иван", "меня зовут [Name]"],
  ["مرحبا اسمي أحمد وأبحث عن عمل", "مرحبا اسمي [Name] وأبحث عن عمل"],
  ["mi chiamo Giulia", "mi chiamo [Name]"],
  ["je m’appelle Marie Dupont", "je m’appelle [Name]"],
  ["zovem se Ivana", "zovem se [Name]"],
  ["Frau Müller vom Jobcenter", "Frau [Name] vom Jobcenter"],
  ["Sehr geehrter Herr Dr. Anton Huber,", "Sehr geehrter Herr Dr. [Name],"],
  ["frau müller hat gesagt", "frau [Name] hat gesagt"],
  ["mein Sohn Max braucht einen Platz", "mein Sohn [Name] braucht einen Platz"],
  ["meine Frau Anna Huber ist krank", "meine Frau [Name] ist krank"],
  ["meine Tochter Xiadani (7) sucht", "meine Tochter [Name] (7) sucht"],
  ["my son Ethan is 5", "my son [Name] is 5"],
  ["Er heißt Korbinian Obermeier.", "Er heißt [Name]."],
  ["Ich bin die Maria aus Laim", "Ich bin die [Name] aus Laim"],
  ["Wo ist das Amt?\nViele Grüße\nAnna Müller", "Wo ist das Amt?\nViele Grüße\n[Name]"],
  ["Danke!\nHannah Whitfield", "Danke!\n[Name]"],
  ["lg sabine", "lg [Name]"],
  ["مع تحياتي، سامر", "مع تحياتي، [Name]"],
  ["Name: Sebastian Kraus", "Name: [Name]"],
  ["Cognome: Santoro", "Cognome: [Name]"],
  ["Прізвище: Гончар", "Прізвище: [Name]"],
  ["meine Tochter Aylin Demir braucht", "meine Tochter [Name] braucht"],
  ["meine Kinder Ella (3), Jonas (5) und Tim", "meine Kinder [Name] (3), [Name] (5) und [Name]"],
  ["Wir, Familie Schmidhuber, suchen", "Wir, Familie [Name], suchen"],
  ["Grüße vom Kreitmayr Alois, danke", "Grüße vom [Name], danke"],
  ["Adaeze Okonkwo hier, ich hab eine Frage", "[Name] hier, ich hab eine Frage"],
  ["ich heiße Anna. anna mit zwei n", "ich heiße [Name]. [Name] mit zwei n"],
  ["Bescheid für Renate Zwickl fehlt", "Bescheid für [Name] fehlt"],
];

const harmless: readonly string[] = [
  "ich bin müde",
  "ich heiße es gut, dass die Stadt das macht",
  "Ich heiße Gewalt nicht gut",
  "ich heiße Sie willkommen",
  "Ich bin Mutter von 3 Kindern",
  "das heißt Kita-Platz",
  "mein Name ist falsch geschrieben",
  "меня зовут на собеседование",
  "كتبوا اسمي غلط بالجواز",
  "Fährt die S 8 heute? Und die U 6?",
  "Bus 54, Tram 19 und S-Bahn 8",
  "Soll ich 112, 110, 115 oder 116117 anrufen?",
  "Telefon 116 117 oder 116016, 116111, 116123",
  "0800 1110111 und 0800/6553000 sind kostenlos",
  "+49 800 1110111",
  "Giftnotruf 089 19240",
  "Giftnotruf 089/19240 24 Stunden",
  "Seit 2019 bis 2026 in München",
  "Am 03.12. oder am 03.12.2026 um 09.30 Uhr",
  "von 08.00 - 16.00 Uhr, 01.02.2026 - 05.02.2026",
  "0730-1200 Uhr",
  "80331 München, 81371 oder 80331 80333 80335",
  "Miete 1.250,00 Euro, Rente 1100, Kaution 3 000 Euro",
  "Ich bin 70 und meine Frau 68",
  "Landsberger Straße 30, 80339 München",
  "ich wohne in Sendling mit 3 Kindern",
  "ich wohne am Harras 3 Jahre",
  "Ich wohne in der Au und brauche 2 Zimmer",
  "Wo ist das Anton-Müller-Haus und das Frauenhaus?",
  "in der Herrnstraße 19 und am Frauenplatz",
  "Maria-Probst-Straße, Herr-Karl-Platz",
  "meine Frau Hilfe braucht",
  "mein Sohn Autismus hat",
  "mein Sohn Legasthenie, 8 Jahre",
  "meine Mutter Pflegegrad 3",
  "eine Frau sucht Schutz",
  "Sehr geehrte Damen und Herren",
  "Viele Grüße aus Pasing",
  "MS Gruppe in München",
  "Papier DIN-A 4, SGB-II 12, BMW-X 5",
  "Was ist eine Steuer-ID? Ich habe seit 2 Wochen keine",
  "Aktenzeichen vom 12.03.2026",
  "Kinder, die ab 01.09.2024 geboren sind",
  "Kinder, die 2025 geboren sind",
  "https://stadt.muenchen.de/service/1234567890/",
  "48.137154, 11.576124",
  "de 24 stunden pflege zu hause in pasing bitte",
  "Öffnung Mo. Di. Fr. Sa. 9 bis 12",
  "@ Marienplatz treffen",
  "Ich hab einen Termin im Bürgerbüro Leonrodstraße 21",
  "Ich wohne in Sendling, hat das Bürgerbüro in der Ruppertstr. 19 offen?",
  "Kinder, die zwischen 1.10.2022 und 30.9.2023 geboren sind",
  "Wer war Kurt Eisner?",
  "Flughafen Franz Josef Strauß",
  "Servicetelefon 089 233-96000",
  "mein Auto ist Baujahr 2009, EURO 5",
  "im august ferien",
  "Mei Bua braucht an Platz",
  "Mio figlio ha 16 anni",
  "my mother can't walk",
  "Familie, Streit und Angst",
];

test.each(personal)("takes out: %s", (text, redacted) => {
  expect(redact(text)).toBe(redacted);
});

test.each(harmless)("leaves alone: %s", (text) => {
  expect(redact(text)).toBe(text);
});

test("cleanText takes out what cannot be seen and keeps lines", () => {
  expect(cleanText("a\0b\u200bc\u202ed\ud800e\u00adf")).toBe("abcd\ufffdef");
  expect(cleanText("eins\r\nzwei\u2028drei\t \u00a0vier")).toBe("eins\nzwei\ndrei vier");
  expect(redact(cleanText("0176\u200b 123\u202c45678"))).toBe("[Telefon]");
});

const fragments = fc.constantFrom(
  ...personal.map(([text]) => text),
  ...harmless,
  ..."0 00 089 +49 ( ) - / . , : @ [Telefon] [Name] Herr Frau geb. Max Müller von 12 1234 2026 DE M AB".split(" "),
  " ",
  "\n",
  "\u{1d400}",
);

describe("for any text", () => {
  test("redact never throws and is idempotent", () => {
    const texts = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(fragments, { maxLength: 12 }).map((parts) => parts.join(" ")),
      fc.array(fragments).map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const once = redact(text);
        expect(redact(once)).toBe(once);
      }),
      { numRuns: 500 },
    );
  });

  test("cleanText is idempotent and leaves well-formed text without controls", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const once = cleanText(text);
        expect(cleanText(once)).toBe(once);
        expect(once.isWellFormed()).toBe(true);
        expect(once).not.toMatch(/(?!\n)\p{Cc}|[\u200b-\u200f\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });
});

const worstCases: readonly string[] = [
  "a",
  "a.",
  "a@",
  "@",
  "A-",
  "0",
  "0 ",
  "01-",
  "1",
  "1 2",
  "+49",
  "(0",
  "4111 ",
  "DE12 ",
  "DE",
  "M-A",
  "M AB ",
  "Frau ",
  "Frau Dr. ",
  "Herr M-",
  "ich heiße ",
  "ich heiße Anna von ",
  "mein Sohn ",
  "geboren am ",
  "geboren in a ",
  "1.1.",
  "wohne ",
  "wohne am A",
  "straße ",
  "Kundennummer ",
  "Kundennummer A ",
  "Tel. ",
  "Grüße A ",
  " ",
  "\n",
  "\u200b",
  "\u{1d400}",
  "[",
  "ا",
  "Kennzeichen A",
  "Pass A1 ",
  "geb. 1.1.1990 ",
  "ersten ersten ",
  "[Name], Anna ",
  "Anna ",
  "Anna B. ",
  "Aa-Aa ",
  "ich heiße seit a ",
  "wohne lerchenauer 1 ",
  "ул. а ",
  "danke\n",
  "iban DE1 ",
];

test.each([
  "0176 55501987",
  "kuni@beispiel-post.de",
  "DE89 3704 0044 0532 0130 00",
  "M-QX 4711",
  "ich heiße Kunigunde Zwirnsdorferin",
  "geboren am 3.4.1971",
])("the marks that stand for %j can be taken out again", (personal) => {
  const marked = redact(cleanText(personal));
  expect(marked).toMatch(/\[[A-Z]/);
  expect(withoutMarks(marked)).not.toMatch(/\[|\]/);
});

test.each(worstCases)("100,000 characters of %j take no more than a fifth of a second", (unit) => {
  const text = unit.repeat(Math.ceil(100_000 / unit.length)).slice(0, 100_000);
  expect(bestMsOf(() => redact(cleanText(text)))).toBeLessThan(200);
});
