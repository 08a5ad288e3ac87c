import type { StaffLang } from "../../core/people.ts";

const de = {
  title: "An eine andere Stelle weitergeben",
  sends: "Die Fragen gehen an das System der anderen Stelle. Persönliche Daten sind schon gelöscht.",
  marks: "Es wird nichts verschickt: Die Gruppe gilt danach als weitergegeben.",
  note: "Nachricht an die andere Stelle",
  button: "Weitergeben",
  mail: "E-Mail schreiben",
  mailSubject: (id: number, title: string) => `Fragen ${id}: ${title}`,
  mailAsked: (count: number) => `${count}-mal gefragt`,
  list: "Weitergegeben",
  states: { waiting: "wartet", sent: "angekommen", failed: "nicht angekommen" } as Readonly<Record<string, string>>,
  attempts: (count: number) => `${count} Versuche`,
  next: (moment: string) => `nächster Versuch: ${moment}`,
  faults: {
    "no answer in time": "Das andere System hat nicht rechtzeitig geantwortet.",
    "not reachable": "Das andere System ist nicht erreichbar.",
    "nothing left": "Alle Fragen sind inzwischen gelöscht.",
  } as Readonly<Record<string, string>>,
  refused: (status: string) => `Das andere System hat abgelehnt (${status}). Bitte fragen Sie dort nach.`,
  again: "Noch einmal senden",
};

type ForwardWords = typeof de;

const en: ForwardWords = {
  title: "Forward to another office",
  sends: "The questions go to the other office's system. Personal data is deleted already.",
  marks: "Nothing is sent: the group counts as forwarded from then on.",
  note: "Message to the other office",
  button: "Forward",
  mail: "Write an email",
  mailSubject: (id, title) => `Questions ${id}: ${title}`,
  mailAsked: (count) => `asked ${count} times`,
  list: "Forwarded",
  states: { waiting: "waiting", sent: "arrived", failed: "did not arrive" },
  attempts: (count) => `${count} attempts`,
  next: (moment) => `next attempt: ${moment}`,
  faults: {
    "no answer in time": "The other system did not answer in time.",
    "not reachable": "The other system cannot be reached.",
    "nothing left": "All of the questions have been deleted since.",
  },
  refused: (status) => `The other system refused (${status}). Please ask there.`,
  again: "Send again",
};

/** The sentences about forwarding, in each of the console's languages. */
export const forwardWords: Readonly<Record<StaffLang, ForwardWords>> = { de, en };
