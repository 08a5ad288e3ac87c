import type { District } from "../core/offer.ts";
import type { Recogniser } from "../core/understanding.ts";
import { createClassifier, decodeModel } from "./classifier.ts";
import { wordHashesOf } from "./features.ts";
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

/** The recogniser over trained models; throws MODEL_INVALID if one cannot be read. */
export function createRecogniser(models: EncodedModels, districts: readonly District[], now: () => Date): Recogniser {
  const languageModel = decodeModel(models.language);
  const rankIntents = createClassifier(decodeModel(models.intent));
  const rankNeeds = createClassifier(decodeModel(models.need));
  const readSlots = createSlotReader(districts, now);
  return {
    detectLanguage: createLanguageDetector(createClassifier(languageModel), createKnownShare(languageModel.hashes)),
    recognise: (text, lang) => {
      const namedLanguage = findLanguageName(text);
      return {
        intents: rankIntents(text),
        needs: rankNeeds(text),
        slots: readSlots(text, lang),
        ...(namedLanguage === undefined ? {} : { namedLanguage }),
      };
    },
  };
}
