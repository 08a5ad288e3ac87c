import type { Content } from "../core/content.ts";
import { languages } from "../core/languages.ts";
import type { Example } from "./training.ts";

/** Part of the key that trained models are kept under: raise it with any change of features, examples or training, so that models of before are not used. */
export const modelVersion = 8;

/** The three models of the understanding and what each tells apart. */
export const modelKinds = ["intent", "need", "language"] as const;

export type ModelKind = (typeof modelKinds)[number];

/** Needs whose questions are often a crisis themselves: they must not teach the intents that a crisis is a search. */
const acuteNeeds = new Set(["psychische-krise", "notruf", "gewalt", "kinderschutz"]);

/** Words of asking whether something is free: such a question of a need may ask for places, which its file does not say, so it teaches no intent. */
const mayAskForPlaces =
  /(?<!\p{L})(?:frei(?:e[nrs]?)?|available|vacan\p{L}*|left|boş|вільн\p{L}*|свободн\p{L}*|فاضي|شاغر|متاح|فارغ|liber\p{L}|libres?|dispo\p{L}*|slobod\p{L}*)(?!\p{L})/iu;

/** Every third question shows the intents what a search is; fewer let talk and crises win too often (cross-validated). */
const intentQuestions = 3;
const languageQuestions = 5;

function needExamples(content: Content): Example[] {
  const questions = content.questions.map(({ text, need }) => ({ text, label: need }));
  const words = content.needs.flatMap((need) =>
    languages.flatMap((lang) => [need.label[lang], ...need.words[lang]].map((text) => ({ text, label: need.id }))),
  );
  return [...questions, ...words];
}

function intentExamples(content: Content): Example[] {
  const own = content.intents.flatMap((intent) =>
    languages.flatMap((lang) => intent.examples[lang].map((text) => ({ text, label: intent.id }))),
  );
  const searches = content.questions
    .filter(({ need, text }, index) => index % intentQuestions === 0 && !acuteNeeds.has(need) && !mayAskForPlaces.test(text))
    .map(({ text }) => ({ text, label: "find-offer" }));
  return [...own, ...searches];
}

function languageExamples(content: Content): Example[] {
  const intents = content.intents.flatMap((intent) =>
    languages.flatMap((lang) => intent.examples[lang].map((text) => ({ text, label: lang }))),
  );
  const questions = content.questions
    .filter((_, index) => index % languageQuestions === 0)
    .map(({ text, lang }) => ({ text, label: lang }));
  const words = content.needs.flatMap((need) => languages.flatMap((lang) => need.words[lang].map((text) => ({ text, label: lang }))));
  // Whatever people speak, they name Munich's offices and papers in German: alone, such a word is German.
  const german = content.needs.flatMap((need) => need.words.de.map((text) => ({ text: text.toLowerCase(), label: "de" })));
  const places = content.districts.flatMap(({ name, quarters }) => [name, ...quarters].map((text) => ({ text, label: "de" })));
  return [...intents, ...questions, ...words, ...german, ...places];
}

/** The sentences that a model learns from, out of the shipped content. */
export function collectExamples(content: Content, kind: ModelKind): readonly Example[] {
  switch (kind) {
    case "intent":
      return intentExamples(content);
    case "need":
      return needExamples(content);
    case "language":
      return languageExamples(content);
    default:
      return kind satisfies never;
  }
}

/** The lexicon that a model reads with: a language is told by its own words, not by what they mean. */
export function conceptsFor(content: Content, kind: ModelKind): Content["concepts"] {
  return kind === "language" ? [] : content.concepts;
}
