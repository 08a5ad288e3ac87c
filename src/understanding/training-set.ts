import { crisisKinds } from "../core/answer.ts";
import type { Content, Intent, Lesson } from "../core/content.ts";
import { intentOfNeed, taughtNeed } from "../core/intents.ts";
import { languages } from "../core/languages.ts";
import { wantsElsewhere } from "../text/elsewhere.ts";
import { withoutMarks } from "../text/redact.ts";
import { normalizeForFeatures } from "./features.ts";
import type { Example } from "./training.ts";

/** Part of the key that trained models are kept under: raise it with any change of features, examples or training, so that models of before are not used. */
export const modelVersion = 20;

/** The models of the understanding and what each tells apart. */
export const modelKinds = ["intent", "need", "language", "crisis"] as const;

export type ModelKind = (typeof modelKinds)[number];

/** What staff teach. */
export const taughtKinds = ["intent", "need"] as const satisfies readonly ModelKind[];

/** The models that learn from what staff teach, and from which lessons: a sentence whose intent is taught is that crisis, or calm. */
export const lessonsOf = { intent: "intent", need: "need", crisis: "intent" } as const satisfies {
  readonly [kind in ModelKind]?: TaughtKind;
};

export type LearningKind = keyof typeof lessonsOf;

export const learningKinds = ["intent", "need", "crisis"] as const satisfies readonly LearningKind[];

export type TaughtKind = (typeof taughtKinds)[number];

/** How often a taught sentence stands among the examples: staff chose it because the others say something else. */
const lessonRepeats = 4;

/** Needs whose questions are often a crisis themselves: they must not teach the intents that a crisis is a search. */
const acuteNeeds = new Set(["psychische-krise", "notruf", "gewalt", "kinderschutz"]);

/** Words of asking for a free place, hours, costs, papers or an address: such a question of a need may be about that, which its file does not say, so it teaches no intent. */
const mayAskForMore = new RegExp(
  `(?<!\\p{L})(?:${[
    "frei(?:e[nrs]?)?|available|vacan\\p{L}*|left|boş|вільн\\p{L}*|свободн\\p{L}*|فاضي|شاغر|متاح|فارغ|liber\\p{L}|libres?|dispo\\p{L}*|slobod\\p{L}*",
    "offen|geöffnet|öffn\\p{L}+|open|opening|açık|відкрит\\p{L}*|открыт\\p{L}*|مفتوح\\p{L}*|aperto|aperta|ouvert\\p{L}*|otvoren\\p{L}*",
    "kostet|kosten|kost|gebühr\\p{L}*|teuer|euro|cost|costs|fees?|price|ücret\\p{L}*|kaç|коштує|стоит|скільки|сколько|كم|رسوم|costa|quanto|coûte|combien|košta|koliko",
    "unterlagen|nachweis\\p{L}*|papiere|mitbringen|dokument\\p{L}*|documents?|papers|belge\\p{L}*|evrak\\p{L}*|документ\\p{L}*|أوراق|اوراق|مستندات|documenti|pièces|papiers|papir\\p{L}*",
    "adresse|telefon\\p{L}*|nummer|e-?mail|address|phone|number|adres\\p{L}*|telefon\\p{L}*|numara\\p{L}*|номер|عنوان|رقم|هاتف|indirizzo|numero|adresse|numéro|broj",
  ].join("|")})(?!\\p{L})`,
  "iu",
);

/** One question in six shows the intents what a search is; fewer let talk and crises win too often, more hide what else a search can be about (cross-validated). */
const intentQuestions = 6;
const languageQuestions = 5;

/** True for about one text in `parts`, whatever other texts there are: a question more must not change which of the others teach. */
function isSampled(text: string, parts: number): boolean {
  let hash = 0;
  for (let index = 0; index < text.length; index += 1) hash = (Math.imul(hash, 31) + text.charCodeAt(index)) >>> 0;
  return (hash >>> 7) % parts === 0;
}

function needExamples(content: Content): Example[] {
  const questions = content.questions.map(({ text, need }) => ({ text, label: need }));
  const words = content.needs.flatMap((need) =>
    languages.flatMap((lang) => [need.label[lang], ...need.words[lang]].map((text) => ({ text, label: need.id }))),
  );
  const told = content.intents.flatMap((intent) => {
    const label = taughtNeed(intent.id);
    return label === undefined ? [] : examplesOf(intent).map((text) => ({ text, label }));
  });
  return [...questions, ...words, ...told];
}

/** The examples of an intent but for what is wanted in another city: that has all the words of a need and is told by the place alone (`wantsElsewhere`). */
function examplesOf({ examples }: Intent): readonly string[] {
  return languages.flatMap((lang) => examples[lang].filter((text) => !wantsElsewhere(text)));
}

function intentExamples(content: Content): Example[] {
  const own = content.intents.flatMap((intent) => examplesOf(intent).map((text) => ({ text, label: intent.id })));
  const searches = content.questions
    .filter(({ need, text }) => isSampled(text, intentQuestions) && !acuteNeeds.has(need) && !mayAskForMore.test(text))
    .map(({ text, need }) => ({ text, label: intentOfNeed(need) }));
  return [...own, ...searches];
}

function languageExamples(content: Content): Example[] {
  const intents = content.intents.flatMap((intent) =>
    languages.flatMap((lang) => intent.examples[lang].map((text) => ({ text, label: lang }))),
  );
  const questions = content.questions
    .filter(({ text }) => isSampled(text, languageQuestions))
    .map(({ text, lang }) => ({ text, label: lang }));
  const words = content.needs.flatMap((need) => languages.flatMap((lang) => need.words[lang].map((text) => ({ text, label: lang }))));
  // Whatever people speak, they name Munich's offices and papers in German: alone, such a word is German.
  const german = content.needs.flatMap((need) => need.words.de.map((text) => ({ text: text.toLowerCase(), label: "de" })));
  const places = content.districts.flatMap(({ name, quarters }) => [name, ...quarters].map((text) => ({ text, label: "de" })));
  return [...intents, ...questions, ...words, ...german, ...places];
}

/** One ordinary question in four is what crises are told from. */
const crisisQuestions = 2;

const crisisOf = (intent: string) => crisisKinds.find((kind) => intent === `crisis-${kind}`) ?? "calm";

function crisisExamples({ crises, intents, questions }: Content): Example[] {
  const told = intents.flatMap(({ id, examples }) =>
    languages.flatMap((lang) => examples[lang].map((text) => ({ text, label: crisisOf(id) }))),
  );
  const calm = questions
    .filter(({ need, text }) => !acuteNeeds.has(need) && isSampled(text, crisisQuestions))
    .map(({ text }) => ({ text, label: "calm" }));
  return [...told, ...crises.sentences.map(({ text, label }) => ({ text, label })), ...calm];
}

/** Lays staff's lessons over the shipped examples: a taught sentence means its label and nothing else, however it is spelled. */
function applyLessons(examples: readonly Example[], lessons: readonly Lesson[]): readonly Example[] {
  if (lessons.length === 0) return examples;
  // What people write is read without the marks of redaction, and so is what staff teach.
  const read = lessons.map(({ text, label }) => ({ text: withoutMarks(text), label }));
  const taught = new Set(read.map(({ text }) => normalizeForFeatures(text)));
  const added = read.flatMap(({ text, label }) => (label === null ? [] : Array.from({ length: lessonRepeats }, () => ({ text, label }))));
  return [...examples.filter(({ text }) => !taught.has(normalizeForFeatures(text))), ...added];
}

/** The sentences that a model learns from: the shipped content's with staff's lessons laid over them. */
export function collectExamples(content: Content, kind: ModelKind, lessons: readonly Lesson[] = []): readonly Example[] {
  const own = kind === "crisis" ? lessons.map(({ text, label }) => ({ text, label: label === null ? null : crisisOf(label) })) : lessons;
  return applyLessons(shippedExamples(content, kind), own);
}

function shippedExamples(content: Content, kind: ModelKind): readonly Example[] {
  switch (kind) {
    case "intent":
      return intentExamples(content);
    case "need":
      return needExamples(content);
    case "language":
      return languageExamples(content);
    case "crisis":
      return crisisExamples(content);
    default:
      return kind satisfies never;
  }
}
