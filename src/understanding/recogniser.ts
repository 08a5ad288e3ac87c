import type { Concept } from "../core/content.ts";
import type { District } from "../core/offer.ts";
import type { Recogniser, Scored } from "../core/understanding.ts";
import type { ConceptFinder } from "../text/concepts.ts";
import { rememberLast } from "../text/memo.ts";
import { findWishes } from "./catalogue-wishes.ts";
import { createClassifier, decodeModel, type LinearModel } from "./classifier.ts";
import { createCrisisExtractor } from "./crisis-features.ts";
import { createFeatureExtractor, type FeatureExtractor, wordHashesOf } from "./features.ts";
import { createLanguageDetector } from "./language.ts";
import type { EncodedModels } from "./models.ts";
import { createSlotReader } from "./slots.ts";
import { findLanguageName } from "./spoken-language.ts";

/** Share of a text's words that a model has seen, 0 to 1. */
function createKnownShare(hashes: Uint32Array): (text: string) => number {
  const known = new Set(hashes);
  return (text) => {
    const words = wordHashesOf(text);
    return words.length === 0 ? 0 : words.filter((word) => known.has(word)).length / words.length;
  };
}

/** Weighs each kind of crisis against calm, 0 to 1 each, best first; `extract` as the model was trained with. Nothing is weighed where no word is known: letters alone say nothing. */
export function createCrisisRanking(model: LinearModel, extract: FeatureExtractor): (text: string) => readonly Scored[] {
  const rank = createClassifier(model, extract);
  const knownShare = createKnownShare(model.hashes);
  return (text) => {
    if (knownShare(text) === 0) return [];
    const ranking = rank(text);
    const calm = ranking.find(({ id }) => id === "calm")?.score ?? 0;
    return ranking.filter(({ id }) => id !== "calm").map(({ id, score }) => ({ id, score: score / (score + calm) }));
  };
}

/** What a recogniser reads with beside its models: the finder of the lexicon that they were trained with, and the city's places. */
export interface RecogniserParts {
  readonly findConcepts: ConceptFinder;
  /** Meanings that only crises are told by, as they were trained with. */
  readonly crisisConcepts: readonly Concept[];
  readonly districts: readonly District[];
  readonly now: () => Date;
}

/** The recogniser over trained models; throws MODEL_INVALID if one cannot be read. */
export function createRecogniser(models: EncodedModels, parts: RecogniserParts): Recogniser {
  const { findConcepts, crisisConcepts, districts, now } = parts;
  const languageModel = decodeModel(models.language);
  const extract = rememberLast(createFeatureExtractor({ findConcepts }));
  const rankIntents = createClassifier(decodeModel(models.intent), extract);
  const rankNeeds = createClassifier(decodeModel(models.need), extract);
  const rankCrises = createCrisisRanking(decodeModel(models.crisis), createCrisisExtractor({ findConcepts, crisisConcepts }));
  const readSlots = createSlotReader(districts, now);
  return {
    detectLanguage: createLanguageDetector(createClassifier(languageModel), createKnownShare(languageModel.hashes)),
    rankNeeds,
    recognise: (text, lang) => {
      const namedLanguage = findLanguageName(text);
      const wishes = findWishes(text);
      return {
        intents: rankIntents(text),
        needs: rankNeeds(text),
        crises: rankCrises(text),
        slots: readSlots(text, lang),
        ...(wishes === undefined ? {} : { wishes }),
        ...(namedLanguage === undefined ? {} : { namedLanguage }),
      };
    },
  };
}
