import type { ListName, ShareName } from "../report.ts";

interface Definition {
  readonly title: string;
  readonly text: string;
}

/** The German sentences of the page of numbers, which the other languages follow. */
export const de = {
  title: "Zahlen",
  lead: "Die Zahlen zählen Fragen und Antworten, nie einzelne Menschen. Daneben steht der gleich lange Zeitraum davor.",
  period: "Zeitraum",
  days: (days: number) => `${days} Tage`,
  range: (from: string, to: string) => `${from} bis ${to}`,
  before: "davor",
  now: "jetzt",
  ofAll: (part: string, of: string) => `${part} von ${of}`,
  noneYet: "Noch keine Zahlen.",
  points: (points: string) => `${points} Prozent-Punkte`,
  change: "Änderung",
  table: "Als Tabelle",
  download: "Herunterladen",
  dayColumn: "Tag",
  countColumn: "Anzahl",
  districtColumn: "Stadtbezirk",
  whatColumn: "Was",
  msColumn: "Dauer",
  counts: {
    questions: {
      title: "Fragen",
      text: "Alle Nachrichten, die etwas wissen wollten. Grüße, Befehle, Notfälle und Gespräche mit Menschen zählen nicht.",
    },
    crises: { title: "Notfälle", text: "Nachrichten, auf die der Stadtlotse mit Notruf-Nummern geantwortet hat. Die Texte liest niemand." },
    handovers: { title: "Gespräche mit Menschen", text: "So oft wollten Menschen mit jemandem von der Stadt sprechen." },
  } satisfies Record<string, Definition>,
  shares: {
    answered: {
      title: "Mit Angebot beantwortet",
      text: "Fragen, zu denen der Stadtlotse ein Angebot oder einen Artikel gezeigt hat und die niemand falsch genannt hat. Ob die Antwort geholfen hat, sagt diese Zahl nicht.",
    },
    helpful: {
      title: "Als hilfreich bewertet",
      text: "Bewertungen mit Daumen hoch, von allen Bewertungen. Die meisten Menschen bewerten nicht.",
    },
    taken: { title: "Von einem Menschen übernommen", text: "Gespräche, die jemand von der Stadt übernommen hat, von allen gewünschten." },
    quick: {
      title: "In 2 Sekunden beantwortet",
      text: "Zeit vom Eingang der Nachricht, bis die Antwort gesendet war oder im Web-Chat bereit lag.",
    },
    plain: {
      title: "Antworten in einfacher Sprache",
      text: "Deutsche Antworten, die alle Regeln für einfache Sprache einhalten, von einer Stichprobe mit höchstens 500 Antworten am Tag.",
    },
  } satisfies Record<ShareName, Definition>,
  lists: {
    kinds: { title: "Arten der Antwort", text: "Fragen nach der Art der Antwort, die sie bekommen haben." },
    gaps: { title: "Nicht gut beantwortet", text: "Fragen ohne gute Antwort, nach dem Grund." },
    languages: { title: "Sprachen", text: "Fragen nach der Sprache der Antwort." },
    needs: {
      title: "Wonach gesucht wird",
      text: "Gespräche, die an einem Tag danach gesucht haben, über die Tage summiert. Was weniger als 5-mal vorkommt, steht hier nicht.",
    },
    waits: { title: "Zeit bis zur Antwort", text: "Antworten nach ihrer Dauer." },
    handoverEnds: { title: "Wie Gespräche mit Menschen endeten", text: "Nach dem Tag, an dem das Gespräch gewünscht wurde." },
  } satisfies Record<ListName, Definition>,
  perDay: { title: "Fragen am Tag", text: "Nach dem Tag, an dem die Frage kam." },
  unmet: {
    title: "Nicht erfüllter Bedarf",
    text: "Menschen, die in ihrem Stadtbezirk nichts oder keinen freien Platz gefunden haben. Gezählt wird in ganzen Wochen. Was weniger als 5 Menschen betrifft, steht hier nicht.",
  },
  metricKeys: {
    offers: "Angebote",
    capacity: "Freie Plätze",
    article: "Artikel",
    question: "Rückfrage",
    "no-answer": "Keine Antwort",
    "out-of-scope": "Nicht Sache der Stadt",
    "not-understood": "Nicht verstanden",
    "nothing-in-catalogue": "Nichts im Katalog",
    "below-the-bar": "Zu unsicher",
    rejected: "Als falsch bewertet",
    staff: "Von der Stadt beendet",
    person: "Von der Person beendet",
    "nobody-came": "Niemand kam",
    "human-silent": "Keine Antwort mehr",
    "not-wanted": "Doch nicht gewünscht",
    longer: "länger als 1 Minute",
  } as Readonly<Record<string, string>>,
  upTo: (seconds: string) => `bis ${seconds} s`,
};

export type NumbersWords = typeof de;
