import type { StatementLang } from "./layout.tsx";

const de = {
  title: "Den Chat einbauen",
  lead: "In 3 Schritten kommt der Chat auf Ihre Webseite.",
  choose: "Auswählen",
  mode: "Art",
  modes: { button: "Knopf unten am Rand", inline: "Mitten in der Seite" },
  position: "Rand",
  positions: { right: "am Ende der Zeile", left: "am Anfang der Zeile" },
  theme: "Farben",
  themes: { auto: "wie im Gerät eingestellt", light: "hell", dark: "dunkel" },
  language: "Sprache",
  pageLanguage: "wie die Seite",
  topic: "Thema am Anfang",
  topicHint: "Die Kennung von einem Thema, zum Beispiel kita-platz. Ohne Thema beginnt der Chat mit einem Gruß.",
  dictation: "Sprechen statt schreiben anbieten (manche Browser schicken den Ton an ihren Hersteller)",
  make: "Zeilen machen",
  copyTitle: "Zeilen in die Seite kopieren",
  tag: "Diese Zeilen",
  copy: "Kopieren",
  copied: "Kopiert.",
  byHand: "Die Zeilen sind markiert. Kopieren Sie jetzt mit der Tastatur.",
  preview: "Auf einer Beispiel-Seite ansehen",
  allow: "Die Seite erlauben",
  origins: "Der Betreiber vom Chat trägt die Adresse von Ihrer Seite in ALLOWED_ORIGINS ein. Andere Seiten weist der Chat ab.",
  policy: "Hat Ihre Seite eine Content-Security-Policy? Dann erlauben Sie dort:",
  colours: "Farben und Schrift",
  coloursHint: "Mit CSS bekommt der Chat die Farben von Ihrer Seite:",
};

type EmbedWords = typeof de;

const en: EmbedWords = {
  title: "Embed the chat",
  lead: "The chat comes onto your website in 3 steps.",
  choose: "Choose",
  mode: "Kind",
  modes: { button: "a button at the lower edge", inline: "in the middle of the page" },
  position: "Edge",
  positions: { right: "at the end of the line", left: "at the beginning of the line" },
  theme: "Colours",
  themes: { auto: "as the device is set", light: "light", dark: "dark" },
  language: "Language",
  pageLanguage: "as the page",
  topic: "Topic at the beginning",
  topicHint: "The id of a need, for example kita-platz. Without one the chat begins with a greeting.",
  dictation: "Offer speaking instead of writing (some browsers send the sound to their maker)",
  make: "Make the lines",
  copyTitle: "Copy the lines into the page",
  tag: "These lines",
  copy: "Copy",
  copied: "Copied.",
  byHand: "The lines are marked. Copy them with the keyboard now.",
  preview: "See it on an example page",
  allow: "Allow the page",
  origins: "Whoever runs the chat adds the address of your site to ALLOWED_ORIGINS. Other sites are refused.",
  policy: "Does your page have a Content-Security-Policy? Then allow there:",
  colours: "Colours and type",
  coloursHint: "CSS gives the chat the colours of your page:",
};

/** The sentences of the page for web editors. */
export const embedWords: Readonly<Record<StatementLang, EmbedWords>> = { de, en };
