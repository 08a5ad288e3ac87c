import { city } from "../city.ts";
import type { Statement } from "./statement.ts";

const { operator } = city;
const write = operator.dataProtection ?? operator.email;
const links = (label: string) => [{ label, url: operator.url }];

/** What becomes of what people write; the periods are those of the code, and change with it. */
export const privacy: Statement = {
  de: {
    title: "Datenschutz",
    lead: "So gehen wir mit Ihren Daten um.",
    sections: [
      {
        title: "Was wir speichern",
        points: [
          "Ihre Fragen. Namen, Telefon-Nummern, Adressen von E-Mails und Konto-Nummern nehmen wir vorher heraus.",
          "Was der Chat geantwortet hat, und ob es geholfen hat.",
          "Bei Telegram und Teams: die Nummer von Ihrem Chat. Die Nummer ist verschlüsselt.",
          "Wenn Sie sagen, wo Sie sind: den Ort auf einen Kilometer genau.",
          "Wie viele Anfragen von Ihrem Internet-Anschluss kommen: 2 Minuten lang. Die Adresse von Ihrem Anschluss speichern wir nur unkenntlich.",
        ],
      },
      {
        title: "Wie lange",
        points: [
          "Fragen und Antworten: 30 Tage. Danach bleiben nur Zahlen.",
          "Fragen zu Schutz vor Gewalt, Gesundheit und Aufenthalt: Die Wörter löschen wir nach der Antwort.",
          "Was der Chat für das Gespräch weiß: 24 Stunden.",
          "Wenn wir Ihnen Bescheid sagen sollen: 90 Tage, oder bis Sie es beenden.",
          "Was Sie zu einem Projekt der Stadt schreiben: 1 Jahr. Prüft die Stadt es und gibt es frei, dann kann es jeder lesen.",
          "Ob Ihnen ein Vorhaben wichtig ist: 1 Jahr. Die Stadt sieht nur die Zahl der Stimmen.",
          "Wenn Sie irgendwo mithelfen wollen: bis einen Monat nach dem letzten Termin. Ohne Termin: 90 Tage. Die Organisation sieht, wie viele mithelfen, und was Sie ihr schreiben.",
        ],
      },
      {
        title: "In Ihrem Browser",
        lines: [
          "Der Chat merkt sich das Gespräch nur in diesem Tab. War er 30 Minuten zu, beginnt ein neues Gespräch. Er setzt keine Cookies. Schriften und alles andere kommen von hier.",
          "Vorlesen benutzt nur Stimmen von Ihrem Gerät. Auf manchen Seiten können Sie auch sprechen: Dann schicken manche Browser den Ton an ihren Hersteller. Der Chat fragt Sie vorher.",
        ],
      },
      {
        title: "Telegram und Teams",
        lines: [
          "Diese Dienste geben Daten auch in Länder außerhalb der EU. Wollen Sie das nicht? Dann benutzen Sie den Chat auf dieser Seite.",
        ],
      },
      {
        title: "Wer Ihre Fragen liest",
        lines: [
          "Ein Computer-Programm antwortet. Fragen ohne gute Antwort lesen Menschen bei der Stadt, ohne Namen und Nummern. So wird der Chat besser.",
          "Wenn Sie mit einem Menschen sprechen wollen, liest dieser Mensch auch Ihre letzten Nachrichten. Er sieht sie bis 30 Tage danach.",
          "Manche Fragen geben wir an eine andere Stelle der Stadt weiter, ohne Namen und Nummern.",
          "Benutzt die Stadt ein Sprach-Modell, dann formuliert es Antworten aus den gefundenen Angeboten. Es bekommt Ihre Frage ohne Namen und Nummern.",
        ],
      },
      {
        title: "Ihre Rechte",
        points: [
          "Schreiben Sie /meinedaten. Dann sehen Sie, was wir über Sie wissen.",
          "Schreiben Sie /loeschen. Dann löschen wir alle Nachrichten von diesem Chat.",
          "Sie können sich beim Datenschutz-Beauftragten von Bayern beschweren.",
        ],
      },
      {
        title: "Wer verantwortlich ist",
        lines: [operator.name, ...operator.address, ...(write === undefined ? [] : [`E-Mail: ${write}`])],
        links: links(operator.name),
      },
    ],
  },
  en: {
    title: "Privacy",
    lead: "What we do with your data.",
    sections: [
      {
        title: "What we keep",
        points: [
          "Your questions. We take out names, phone numbers, email addresses and account numbers first.",
          "What the chat answered, and whether it helped.",
          "On Telegram and Teams: the number of your chat, encrypted.",
          "If you say where you are: the place, to a kilometre.",
          "How many requests come from your internet connection: for 2 minutes. We keep the address of your connection only in a form that nobody can read.",
        ],
      },
      {
        title: "How long",
        points: [
          "Questions and answers: 30 days. After that only numbers remain.",
          "Questions about protection from violence, health and residence: we erase the words after the answer.",
          "What the chat knows for the talk: 24 hours.",
          "If we are to tell you when something is free: 90 days, or until you end it.",
          "What you write to a project of the city: 1 year. If the city checks and approves it, everybody can read it.",
          "Whether a plan matters to you: 1 year. The city sees only the number of votes.",
          "If you want to help somewhere: until a month after the last date. Without a date: 90 days. The organisation sees how many help, and what you write to it.",
        ],
      },
      {
        title: "In your browser",
        lines: [
          "The chat remembers the talk in this tab only. If it was closed for 30 minutes, a new talk begins. It sets no cookies. Fonts and all else come from here.",
          "Reading aloud uses voices of your device only. On some pages you can speak as well: some browsers then send the sound to their maker. The chat asks you first.",
        ],
      },
      {
        title: "Telegram and Teams",
        lines: ["These services move data outside the EU as well. If you do not want that, use the chat on this site."],
      },
      {
        title: "Who reads your questions",
        lines: [
          "A computer programme answers. Questions without a good answer are read by people of the city, without names and numbers. That makes the chat better.",
          "If you want to talk to a person, that person reads your last messages, too, until 30 days after.",
          "Some questions we hand on to another office of the city, without names and numbers.",
          "If the city uses a language model, it words answers from the offers that were found. It gets your question without names and numbers.",
        ],
      },
      {
        title: "Your rights",
        points: [
          "Write /mydata to see what we know about you.",
          "Write /delete and we erase all messages of this chat.",
          "You can complain to the Bavarian data protection commissioner.",
        ],
      },
      {
        title: "Who is responsible",
        lines: [operator.name, ...operator.address, ...(write === undefined ? [] : [`Email: ${write}`])],
        links: links(operator.name),
      },
    ],
  },
};
