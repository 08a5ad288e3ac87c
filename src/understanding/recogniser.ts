import type { District } from "../core/offer.ts";
import type { Recogniser } from "../core/understanding.ts";
import type { ConceptFinder } from "../text/concepts.ts";
import { rememberLast } from "../text/memo.ts";
import { findWishes } from "./catalogue-wishes.ts";
import { createClassifier, decodeModel } from "./classifier.ts";
import { createFeatureExtractor, wordHashesOf } from "./features.ts";
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

/** What a recogniser reads with beside its models: the finder of the lexicon that they were trained with, and the city's places. */
export interface RecogniserParts {
  readonly findConcepts: ConceptFinder;
  readonly districts: readonly District[];
  readonly now: () => Date;
}

/** The recogniser over trained models; throws MODEL_INVALID if one cannot be read. */
export function createRecogniser(models: EncodedModels, { findConcepts, districts, now }: RecogniserParts): Recogniser {
  const languageModel = decodeModel(models.language);
  const extract = rememberLast(createFeatureExtractor({ findConcepts }));
  const rankIntents = createClassifier(decodeModel(models.intent), extract);
  const rankNeeds = createClassifier(decodeModel(models.need), extract);
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
        slots: readSlots(text, lang),
        ...(wishes === undefined ? {} : { wishes }),
        ...(namedLanguage === undefined ? {} : { namedLanguage }),
      };
    },
  };
}
