import type { Words } from "./words.ts";

const languageNames = {
  de: "Deutsch",
  en: "Englisch",
  tr: "Türkisch",
  uk: "Ukrainisch",
  ru: "Russisch",
  ar: "Arabisch",
  it: "Italienisch",
  fr: "Französisch",
  hr: "Kroatisch, Serbisch, Bosnisch",
};

function ageText(from: number | undefined, to: number | undefined): string {
  if (from === undefined) return to === undefined ? "" : `bis ${to} Jahre`;
  return to === undefined ? `ab ${from} Jahren` : `von ${from} bis ${to} Jahren`;
}

export const de: Words = {
  foundFor: (need) => `Das habe ich gefunden zum Thema „${need}“:`,
  foundForTwo: (first, second) => `Das habe ich gefunden zu „${first}“ und „${second}“:`,
  widened: (place) => `In ${place} habe ich nichts gefunden. Das gibt es in ganz München:`,
  widenedCost: "Ein sicher kostenloses Angebot habe ich nicht gefunden. Das gibt es sonst:",
  widenedWheelchair: "Ob man mit dem Roll-Stuhl hinein-kommt, weiß ich nicht. Bitte fragen Sie vorher. Das gibt es:",
  freePlaces: (available, unit, asOf) => `Frei: ${available} ${unit}. Stand: ${asOf}.`,
  noFreePlaces: (unit, asOf) => `Keine freien ${unit}. Stand: ${asOf}.`,
  capacityUnknown: "Freie Plätze kann ich hier nicht sehen. Bitte fragen Sie direkt bei diesen Stellen:",
  forWhom: "Für wen",
  where: "Wo",
  wholeCity: "für ganz München",
  online: "im Netz oder am Telefon",
  cost: "Kosten",
  free: "kostenlos",
  notFree: "kostet Geld",
  phone: "Telefon",
  age: ageText,
  wheelchair: "Mit Roll-Stuhl möglich",
  source: (name, date) => `Quelle: ${name}. Geprüft am ${date}.`,
  unchecked: (url) => `Bitte prüfen Sie das auf ${url}`,
  demo: "Das ist ein erfundenes Beispiel. Diese Stelle gibt es nicht.",
  textInLanguage: (language) => `Dieser Text ist auf ${language}.`,
  more: "Mehr zeigen",
  noMore: "Mehr habe ich dazu nicht gefunden.",
  helpful: "Das hilft mir",
  notHelpful: "Das hilft mir nicht",
  human: "Mit Menschen sprechen",
  whichNeed: "Was meinen Sie genau?",
  notFound: "Dazu habe ich leider nichts gefunden. Ich habe Ihre Frage notiert.",
  nearestNeed: (need) => `Meinen Sie vielleicht „${need}“?`,
  call115: "Sie können auch die 115 anrufen. Das ist das Behörden-Telefon.",
  outOfScope:
    "Dabei kann ich nicht helfen. Ich kenne Hilfen und Angebote in München. Fragen Sie mich zum Beispiel nach einer Kita oder nach einem Ausweis.",
  tooLong: "Ihre Nachricht ist zu lang. Bitte schreiben Sie in 1 oder 2 Sätzen, was Sie brauchen.",
  empty: "Ich habe keinen Text bekommen. Bitte schreiben Sie, was Sie brauchen.",
  attachment: "Ich kann nur Text lesen. Bitte schreiben Sie Ihre Frage.",
  greeting: "Guten Tag! Was brauchen Sie? Schreiben Sie es einfach in einem Satz.",
  thanks: "Gern. Haben Sie noch eine Frage?",
  goodbye: "Auf Wiedersehen. Alles Gute für Sie.",
  insult: "Ich möchte Ihnen helfen. Schreiben Sie mir bitte, was Sie brauchen.",
  yes: "Gut. Was möchten Sie als Nächstes wissen?",
  no: "In Ordnung. Schreiben Sie mir, wenn Sie etwas brauchen.",
  whoAreYou: "Ich bin ein Computer-Programm der Stadt München. Ich bin kein Mensch. Ich suche für Sie Hilfen und Angebote in München.",
  whatCanYouDo:
    "Ich suche Hilfen und Angebote in München. Zum Beispiel: Kita, Pflege, Wohnung, Geld, Arbeit, Deutsch-Kurs, Ausweis. Ich bin ein Computer-Programm. Ich kann Fehler machen.",
  privacy:
    "Ich speichere Ihre Fragen, damit die Antworten besser werden. Namen, Telefon-Nummern, Adressen von E-Mails und Konto-Nummern lösche ich vorher. Sie können alles löschen lassen.",
  deleteAsk: "Soll ich alle Ihre Nachrichten in diesem Chat löschen? Das kann ich nicht rückgängig machen.",
  deleteButton: "Ja, alles löschen",
  deleted: "Ihre Nachrichten in diesem Chat sind gelöscht.",
  handover: "Hier kann noch kein Mensch antworten. Rufen Sie bitte die 115 an. Dort sprechen Sie mit einem Menschen.",
  watch: "Ich kann Ihnen noch keine Nachricht schicken, wenn etwas frei ist. Bitte fragen Sie direkt bei diesen Stellen:",
  stopWatch: "Sie bekommen von mir keine Nachrichten von selbst. Sie müssen nichts abbestellen.",
  rateRight: "Danke! Das freut mich.",
  rateWrong: "Danke für den Hinweis. Ich habe das notiert. Schreiben Sie mir bitte mit anderen Worten, was Sie brauchen.",
  languageSet: "Ich antworte jetzt auf Deutsch.",
  simplerSet: "Ich schreibe jetzt kürzer.",
  welcome:
    "Guten Tag! Ich bin ein Computer-Programm der Stadt München. Ich suche für Sie Hilfen und Angebote. Schreiben Sie in einem Satz, was Sie brauchen.",
  foreignLanguage:
    "Diese Sprache kann ich leider nicht. Ich antworte auf Deutsch, Englisch, Türkisch, Ukrainisch, Russisch, Arabisch, Italienisch, Französisch und Kroatisch. Hier hilft man Ihnen mit der Sprache:",
  crisis: {
    suicide:
      "Rufen Sie jetzt an: 0800 6553000, Krisendienste Bayern. Oder 0800 1110111, Telefon-Seelsorge. Beide kosten nichts und sind Tag und Nacht da.\nIst ein Leben in Gefahr? Rufen Sie 112 an.\nSie sind nicht allein. Reden Sie mit einem Menschen.",
    violence:
      "Sind Sie jetzt in Gefahr? Rufen Sie 110 an, die Polizei.\nFrauen können 116016 anrufen, das Hilfe-Telefon. Es ist kostenlos, Tag und Nacht, in vielen Sprachen.\nKönnen Sie nicht sprechen? Die App nora ruft Hilfe ohne Worte. Dafür muss die App schon eingerichtet sein.",
    child:
      "Ist ein Kind jetzt in Gefahr? Rufen Sie 110 an, die Polizei. Ist ein Kind verletzt? Rufen Sie 112 an.\nKinder und Jugendliche können 116111 anrufen, die Nummer gegen Kummer. Nicht zu jeder Zeit ist dort jemand da, in der Nacht niemand. Dann hilft 0800 1110111, die Telefon-Seelsorge.",
    medical:
      "Rufen Sie jetzt 112 an. Das ist der Notruf für Unfall, Feuer und schwere Krankheit.\nBei Gift: 089 19240, Giftnotruf München.\nIst es nicht lebens-gefährlich? Rufen Sie 116117 an, den Arzt am Abend und am Wochenende.",
  },
  crisisOffers: "Hier bekommen Sie auch Hilfe:",
  exampleQuestions: ["Wo finde ich einen Kita-Platz in Sendling?", "Meine Mutter braucht Pflege", "Mein Ausweis gilt nicht mehr"],
  page: {
    title: "Stadtlotse München",
    lead: "Fragen Sie nach Hilfen und Angeboten in München.",
    notice: "Hier schreibt ein Computer-Programm, kein Mensch.",
    messageLabel: "Ihre Frage",
    send: "Senden",
    logLabel: "Gespräch",
    you: "Sie",
    assistant: "Stadtlotse",
    waiting: "Ich suche …",
    failed: "Das hat nicht geklappt. Ihre Nachricht ist noch hier.",
    sendAgain: "Erneut senden",
    openLink: "Zur Seite",
    examples: "Zum Beispiel",
    answerReady: "Neue Antwort:",
    language: "Sprache",
    noScript: "Der Chat braucht JavaScript. Sie können auch die 115 anrufen.",
    demoBanner: "Das ist zum Zeigen. Manche Angebote gibt es nicht.",
  },
  languageNames,
};
