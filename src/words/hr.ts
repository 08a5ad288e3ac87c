import type { Words } from "./words.ts";

const languageNames = {
  de: "njemački",
  en: "engleski",
  tr: "turski",
  uk: "ukrajinski",
  ru: "ruski",
  ar: "arapski",
  it: "talijanski",
  fr: "francuski",
  hr: "hrvatski, srpski, bosanski",
};

const plural = new Intl.PluralRules("hr");

function years(count: number): string {
  return `${count} ${plural.select(count) === "other" ? "godina" : "godine"}`;
}

function ageText(from: number | undefined, to: number | undefined): string {
  const parts = [from === undefined ? "" : `od ${years(from)}`, to === undefined ? "" : `do ${years(to)}`];
  return parts.filter((part) => part !== "").join(" ");
}

export const hr: Words = {
  foundFor: (need) => `Evo što je pronađeno na temu „${need}”:`,
  foundForTwo: (first, second) => `Evo što je pronađeno na teme „${first}” i „${second}”:`,
  widened: (place) => `U dijelu grada ${place} ništa nije pronađeno. Ovo postoji u cijelom Münchenu:`,
  widenedCost: "Nije pronađena ponuda koja je sigurno besplatna. Inače postoji ovo:",
  widenedWheelchair: "Ne znam može li se ući u invalidskim kolicima. Molim Vas, pitajte unaprijed. Postoji ovo:",
  freePlaces: (available, unit, asOf) => `Slobodno (${unit}): ${available}. Stanje: ${asOf}.`,
  noFreePlaces: (unit, asOf) => `Ništa nije slobodno (${unit}). Stanje: ${asOf}.`,
  capacityUnknown: "Ovdje ne vidim ima li slobodnih mjesta. Molim Vas, pitajte direktno u ovim ustanovama:",
  forWhom: "Za koga",
  where: "Gdje",
  wholeCity: "za cijeli München",
  online: "na internetu ili telefonom",
  cost: "Cijena",
  free: "besplatno",
  notFree: "plaća se",
  phone: "Telefon",
  age: ageText,
  wheelchair: "Pristupačno za invalidska kolica",
  source: (name, date) => `Izvor: ${name}. Provjereno: ${date}.`,
  unchecked: (url) => `Molim Vas, provjerite to ovdje: ${url}`,
  demo: "Ovo je izmišljen primjer. Ova ustanova ne postoji.",
  textInLanguage: (language) => `Jezik ovog teksta: ${language}.`,
  more: "Prikaži više",
  noMore: "O tome nije pronađeno ništa više.",
  helpful: "To mi pomaže",
  notHelpful: "To mi ne pomaže",
  human: "Razgovor s čovjekom",
  whichNeed: "Možete li reći preciznije?",
  notFound: "O tome nažalost ništa nije pronađeno. Vaše pitanje je zabilježeno.",
  nearestNeed: (need) => `Mislite li možda na „${need}”?`,
  call115: "Možete pozvati i 115. To je telefon za pitanja o javnim službama.",
  outOfScope:
    "U tome ne mogu pomoći. Poznajem pomoć i ponude u Münchenu. Pitajte me, na primjer, za vrtić ili za osobne (lične) dokumente.",
  tooLong: "Vaša poruka je preduga. Molim Vas, napišite u 1 ili 2 rečenice što Vam treba.",
  empty: "Tekst nije stigao. Molim Vas, napišite što Vam treba.",
  attachment: "Mogu čitati samo tekst. Molim Vas, napišite svoje pitanje.",
  greeting: "Dobar dan! Što Vam treba? Napišite to jednostavno u jednoj rečenici.",
  thanks: "Nema na čemu. Imate li još neko pitanje?",
  goodbye: "Doviđenja. Želim Vam sve najbolje.",
  insult: "Želim Vam pomoći. Molim Vas, napišite što Vam treba.",
  yes: "Dobro. Što želite znati sljedeće?",
  no: "U redu. Napišite mi ako Vam nešto treba.",
  whoAreYou: "Ja sam kompjuterski program grada Münchena. Nisam čovjek. Za Vas tražim pomoć i ponude u Münchenu.",
  whatCanYouDo:
    "Tražim pomoć i ponude u Münchenu. Na primjer: vrtić, njega, stan, novac, posao, kurs njemačkog, dokumenti. Ja sam kompjuterski program. Mogu pogriješiti.",
  privacy:
    "Čuvam Vaša pitanja da bi odgovori bili bolji. Prije toga brišem imena, brojeve telefona, e-mail adrese i brojeve računa. Možete tražiti da se sve izbriše.",
  deleteAsk: "Želite li izbrisati sve svoje poruke u ovom razgovoru? To se ne može poništiti.",
  deleteButton: "Da, izbriši sve",
  deleted: "Vaše poruke u ovom razgovoru su izbrisane.",
  handover: "Ovdje još ne može odgovoriti čovjek. Molim Vas, pozovite 115. Tamo ćete razgovarati s čovjekom.",
  watch: "Još Vam ne mogu poslati poruku kad se nešto oslobodi. Molim Vas, pitajte direktno u ovim ustanovama:",
  stopWatch: "Ne šaljem Vam poruke samoinicijativno. Ne morate ništa otkazati.",
  rateRight: "Hvala! To me raduje.",
  rateWrong: "Hvala na napomeni. Zabilježena je. Molim Vas, napišite drugim riječima što Vam treba.",
  languageSet: "Sada odgovaram na hrvatskom (srpskom, bosanskom).",
  simplerSet: "Sada pišem kraće.",
  welcome: "Dobar dan! Ja sam kompjuterski program grada Münchena. Za Vas tražim pomoć i ponude. Napišite u jednoj rečenici što Vam treba.",
  foreignLanguage:
    "Taj jezik nažalost ne znam. Odgovaram na njemačkom, engleskom, turskom, ukrajinskom, ruskom, arapskom, talijanskom, francuskom i hrvatskom. Ovdje će Vam pomoći s jezikom:",
  crisis: {
    suicide:
      "Pozovite sada: 0800 6553000, Krisendienste Bayern (krizna služba Bavarske). Ili 0800 1110111, Telefonseelsorge (razgovor i podrška telefonom). Oba broja su besplatna i rade danju i noću.\nJe li život u opasnosti? Pozovite 112.\nNiste sami. Razgovarajte s nekim.",
    violence:
      "Jeste li sada u opasnosti? Pozovite 110, policiju.\nŽene mogu pozvati 116016, telefon za pomoć. Poziv je besplatan, danju i noću, na mnogim jezicima.\nNe možete govoriti? Aplikacijom nora možete pozvati pomoć bez riječi. Za to aplikacija već mora biti podešena.",
    child:
      "Je li neko dijete sada u opasnosti? Pozovite 110, policiju. Je li dijete povrijeđeno? Pozovite 112.\nDjeca i mladi mogu pozvati 116111, Nummer gegen Kummer (telefon za djecu i mlade). Taj broj ne radi u svako doba, a noću nikad. Tada pomaže 0800 1110111, Telefonseelsorge (razgovor i podrška telefonom).",
    medical:
      "Pozovite sada 112. To je broj za hitne slučajeve: nesreća, požar, teška bolest.\nKod trovanja: 089 19240, Giftnotruf München (pomoć kod trovanja).\nNije opasno po život? Pozovite 116117. To je dežurni doktor navečer i vikendom.",
  },
  crisisOffers: "I ovdje ćete dobiti pomoć:",
  exampleQuestions: ["Tražim vrtić u dijelu grada Sendling", "Mojoj mami je potrebna njega", "Istekla mi je osobna (lična karta)"],
  page: {
    title: "Stadtlotse München",
    lead: "Pitajte za pomoć i ponude u Münchenu.",
    notice: "Ovdje odgovara kompjuterski program, a ne čovjek.",
    messageLabel: "Vaše pitanje",
    send: "Pošalji",
    logLabel: "Razgovor",
    you: "Vi",
    assistant: "Stadtlotse",
    waiting: "Tražim …",
    failed: "Nije uspjelo. Vaša poruka je još ovdje.",
    sendAgain: "Pošalji ponovo",
    openLink: "Otvori stranicu",
    examples: "Na primjer",
    answerReady: "Novi odgovor:",
    language: "Jezik",
    noScript: "Za ovaj razgovor potreban je JavaScript. Možete pozvati i 115.",
    demoBanner: "Demonstracija: neke ponude su izmišljene.",
  },
  languageNames,
};
