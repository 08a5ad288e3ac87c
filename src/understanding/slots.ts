import type { Lang } from "../core/languages.ts";
import type { District } from "../core/offer.ts";
import type { Slots } from "../core/understanding.ts";
import { createPlaceFinder } from "../text/places.ts";
import { findAge } from "./age.ts";
import { findDates } from "./dates.ts";
import { findSpokenLanguage } from "./spoken-language.ts";
import { wantsCostFree, wantsWheelchair } from "./wishes.ts";

/** Reads what a sentence says besides its topic. `now` is the moment that "tomorrow" counts from. */
export function createSlotReader(districts: readonly District[], now: () => Date): (text: string, lang: Lang) => Slots {
  const findPlace = createPlaceFinder(districts);
  return (text, lang) => {
    const age = findAge(text);
    const language = findSpokenLanguage(text);
    return {
      ...findPlace(text),
      ...(age === undefined ? {} : { age }),
      ...(wantsCostFree(text) ? { costFree: true as const } : {}),
      ...(wantsWheelchair(text) ? { wheelchair: true as const } : {}),
      ...(language === undefined ? {} : { language }),
      ...findDates(text, lang, now()),
    };
  };
}
