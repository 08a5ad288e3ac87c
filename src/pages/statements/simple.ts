import { city } from "../city.ts";
import type { Statement } from "./statement.ts";

/** The chat in simple words. */
export const simple: Statement = {
  de: {
    title: "Einfache Sprache",
    lead: "Was ist dieser Chat?",
    sections: [
      {
        title: "Das ist der Stadtlotse",
        lines: [
          `Der Stadtlotse hilft Menschen in ${city.name.de}.`,
          "Der Stadtlotse ist ein Computer-Programm. Ein Mensch schreibt nur, wenn Sie das wollen.",
          "Sie schreiben eine Frage. Der Stadtlotse zeigt Ihnen passende Hilfen.",
        ],
      },
      {
        title: "So geht es",
        points: [
          "Schreiben Sie Ihre Frage. Fehler machen nichts.",
          "Drücken Sie auf „Senden“.",
          "Lesen Sie die Antwort. Unter der Antwort sind Knöpfe.",
          "Die Antwort ist zu schwer? Schreiben Sie: /einfach",
          "Sie wollen mit einem Menschen sprechen? Schreiben Sie: /mensch",
        ],
      },
      {
        title: "Ihre Sprache",
        lines: ["Sie können in 9 Sprachen schreiben. Der Stadtlotse antwortet in Ihrer Sprache."],
      },
      {
        title: "Im Notfall",
        lines: ["Rufen Sie 112 an, wenn jemand in Gefahr ist. Die Polizei hat die Nummer 110."],
      },
      {
        title: "Ihre Daten",
        lines: ["Schreiben Sie keine Namen und keine Konto-Nummern.", "Schreiben Sie /loeschen. Dann löschen wir alles."],
      },
    ],
  },
  en: {
    title: "In simple words",
    lead: "What is this chat?",
    sections: [
      {
        title: "This is Stadtlotse",
        lines: [
          `Stadtlotse helps people in ${city.name.en}.`,
          "Stadtlotse is a computer programme. A person writes only if you want that.",
          "You write a question. Stadtlotse shows you help that fits.",
        ],
      },
      {
        title: "How it works",
        points: [
          "Write your question. Mistakes do not matter.",
          "Press “Send”.",
          "Read the answer. There are buttons below it.",
          "Is the answer too difficult? Write: /simple",
          "Do you want to talk to a person? Write: /human",
        ],
      },
      { title: "Your language", lines: ["You can write in 9 languages. Stadtlotse answers in your language."] },
      { title: "In an emergency", lines: ["Call 112 if somebody is in danger. The number of the police is 110."] },
      { title: "Your data", lines: ["Do not write names or account numbers.", "Write /delete and we erase everything."] },
    ],
  },
};
