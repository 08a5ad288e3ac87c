import type { AnswerKind } from "../../core/answer.ts";
import type { StaffLang } from "../../core/people.ts";

const de = {
  title: (id: number) => `Artikel ${id} ausprobieren`,
  lead: "Was antwortet Stadtlotse mit diesem Artikel anders? Geprüft werden die letzten 1.000 Fragen und alle Fragen mit bekannter Antwort.",
  begin: "Ausprobieren",
  again: "Noch einmal ausprobieren",
  open: "Versuch ansehen",
  back: "Zurück zum Artikel",
  none: "Diese Fassung hat noch niemand ausprobiert.",
  running: "Der Versuch läuft. Das dauert bis zu einer Minute.",
  reload: "Seite neu laden",
  failed: "Der Versuch ist nicht zu Ende gegangen.",
  ended: (day: string) => `Ausprobiert am ${day}`,
  figures: (better: number, worse: number, unknown: number, questions: number) =>
    `${better} besser, ${worse} schlechter, ${unknown} nur anders, von ${questions} Fragen`,
  needsReason: "Wer diese Fassung freigibt, schreibt einen Grund dazu.",
  unchanged: "Keine Antwort ändert sich.",
  changes: "Antworten, die sich ändern",
  question: "Frage",
  before: "Bisher",
  after: "Mit diesem Artikel",
  verdict: "Urteil",
  verdicts: { better: "besser", worse: "schlechter", unknown: "anders" },
  gone: "Der Text der Frage ist schon gelöscht.",
  article: (id: string) => `Artikel ${id}`,
  kinds: {
    ...{ offers: "Angebote", capacity: "freie Plätze", article: "Artikel", question: "Rückfrage", smalltalk: "Plauderei" },
    ...{ meta: "über Stadtlotse", crisis: "Notfall", handover: "an Menschen", confirmation: "Bestätigung" },
    ...{ "out-of-scope": "nicht Sache der Stadt", "no-answer": "keine Antwort" },
  } satisfies Record<AnswerKind, string> as Readonly<Record<string, string>>,
};

type TrialWords = typeof de;

const en: TrialWords = {
  title: (id) => `Try article ${id}`,
  lead: "What does Stadtlotse answer otherwise with this article? The last 1,000 questions are tried, and all whose right answer is known.",
  begin: "Try it",
  again: "Try it again",
  open: "See the trial",
  back: "Back to the article",
  none: "Nobody has tried this version yet.",
  running: "The trial is running. It takes up to a minute.",
  reload: "Load the page again",
  failed: "The trial did not come to its end.",
  ended: (day) => `Tried on ${day}`,
  figures: (better, worse, unknown, questions) => `${better} better, ${worse} worse, ${unknown} only different, of ${questions} questions`,
  needsReason: "Whoever publishes this version gives a reason.",
  unchanged: "No answer changes.",
  changes: "Answers that change",
  question: "Question",
  before: "So far",
  after: "With this article",
  verdict: "Verdict",
  verdicts: { better: "better", worse: "worse", unknown: "different" },
  gone: "The words of this question are deleted already.",
  article: (id) => `Article ${id}`,
  kinds: {
    ...{ offers: "offers", capacity: "free places", article: "article", question: "asks back", smalltalk: "small talk" },
    ...{ meta: "about Stadtlotse", crisis: "emergency", handover: "to a person", confirmation: "confirmation" },
    ...{ "out-of-scope": "not the city's business", "no-answer": "no answer" },
  },
};

/** The sentences about trials of articles, in each of the console's languages. */
export const trialWords: Readonly<Record<StaffLang, TrialWords>> = { de, en };
