import { city } from "../city.ts";
import type { Statement } from "./statement.ts";

const { enforcement, feedbackUrl } = city;

/** The statement that Bavarian law asks for (BayDiG, BayDiV): how accessible it is, who hears complaints, who enforces. */
export const accessibility: Statement = {
  de: {
    title: "Barriere-Freiheit",
    lead: "Alle Menschen sollen diesen Chat benutzen können.",
    sections: [
      {
        title: "So ist der Chat gebaut",
        lines: [
          "Der Chat richtet sich nach WCAG 2.2, Stufe AA, und nach EN 301 549. Er erfüllt das zum größten Teil. Stand: November 2026.",
        ],
        points: [
          "Alles geht mit der Tastatur.",
          "Ein Vorlese-Programm sagt jede fertige Antwort 1-mal. Ist der Chat zu, sagt es sie beim Öffnen.",
          "Schrift und Farben: Der Kontrast ist mindestens 4,5 zu 1. Es gibt helle und dunkle Farben.",
          "Sie können auf 400 Prozent vergrößern.",
          "Sie können sich Antworten vorlesen lassen, wenn Ihr Gerät Stimmen hat.",
          "Schreiben Sie /einfach. Dann werden die Antworten kürzer.",
        ],
      },
      {
        title: "Was noch nicht gut ist",
        points: [
          "Texte von anderen Stellen sind nicht immer in Einfacher Sprache.",
          "Viele Angebote gibt es nur auf Deutsch.",
          "Es gibt noch keine Gebärden-Sprache.",
          "Wir haben den Chat mit Programmen und selbst geprüft. Menschen mit Behinderung haben ihn noch nicht geprüft.",
        ],
      },
      {
        title: "Sagen Sie uns, was nicht geht",
        lines: ["Sagen Sie uns, was schwierig ist. Sie können die 115 anrufen oder über die Seite der Stadt schreiben."],
        links: [{ label: "Seite der Stadt", url: feedbackUrl }],
      },
      {
        title: "Wenn wir nicht helfen",
        lines: ["Dann können Sie sich bei dieser Stelle beschweren:", enforcement.name.de],
        links: [{ label: "Zur Stelle", url: enforcement.url }],
      },
    ],
  },
  en: {
    title: "Accessibility",
    lead: "Everybody is to be able to use this chat.",
    sections: [
      {
        title: "How the chat is built",
        lines: ["The chat follows WCAG 2.2, level AA, and EN 301 549. It meets most of it. As of November 2026."],
        points: [
          "All of it works with the keyboard.",
          "Screen readers say each finished answer once; what came while the chat was closed, when it is opened.",
          "Type and colours: the contrast is at least 4.5 to 1, in light and dark.",
          "You can zoom to 400 per cent.",
          "You can have answers read aloud, if your device has voices.",
          "Write /simple to get shorter answers.",
        ],
      },
      {
        title: "What is not good yet",
        points: [
          "Texts of other organisations are not always in simple words.",
          "Many offers are in German only.",
          "There is no sign language yet.",
          "We checked the chat with programmes and by ourselves. People with disabilities have not checked it yet.",
        ],
      },
      {
        title: "Tell us what does not work",
        lines: ["Tell us what is difficult. You can call 115 or write over the city’s website."],
        links: [{ label: "The city’s website", url: feedbackUrl }],
      },
      {
        title: "If we do not help",
        lines: ["You can then complain to this body:", enforcement.name.en],
        links: [{ label: "To the body", url: enforcement.url }],
      },
    ],
  },
};
