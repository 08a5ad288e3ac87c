import type { StaffLang } from "../../core/people.ts";

const de = {
  title: "Als falsch bewertet",
  lead: "Antworten, die Menschen falsch genannt haben, die neuesten zuerst.",
  none: "Noch keine.",
  hidden: "Diese Worte sind nicht gespeichert.",
  comment: "Bemerkung",
  shown: "Gezeigt",
  reasons: {
    "wrong-topic": "falsches Thema",
    "nothing-fits": "nichts passt",
    outdated: "veraltet",
    unclear: "schwer zu verstehen",
    other: "etwas anderes",
  } as Readonly<Record<string, string>>,
};

type RatingsWords = typeof de;

const en: RatingsWords = {
  title: "Rated wrong",
  lead: "Answers that people called wrong, the newest first.",
  none: "None yet.",
  hidden: "These words are not stored.",
  comment: "Comment",
  shown: "Shown",
  reasons: {
    "wrong-topic": "wrong topic",
    "nothing-fits": "nothing fits",
    outdated: "out of date",
    unclear: "hard to understand",
    other: "something else",
  },
};

/** The sentences about answers that were called wrong, in each of the console's languages. */
export const ratingsWords: Readonly<Record<StaffLang, RatingsWords>> = { de, en };
