import type { Lang } from "../core/languages.ts";
import type { District } from "../core/offer.ts";
import type { Slots } from "../core/understanding.ts";
import { createPlaceFinder } from "../text/places.ts";
import { findAge } from "./age.ts";
import { findDates } from "./dates.ts";
import { findSpokenLanguage } from "./spoken-language.ts";

const costFree =
  /kostenlos|kostenfrei|gratis|umsonst|kost(?:en?|et|n)?\s*(?:soi(?:t|d)?'?s?\s*)?n(?:ix|ichts)|nix kost|nichts kost|ohne geld|\b(?:for free|free of charge|no cost)\b|\bfree (?!place|spot|seat|slot|appointment|room|time|now|today|on |in )\p{L}|ücretsiz|bedava|parasız|безкоштовн|безплатн|бесплатн|مجان|بدون مقابل|ببلاش|gratuit|senza pagare|sans payer|besplat|džabe|dzabe/iu;
const wheelchair =
  /rollstuhl|rolli\b|barrierefrei|wheelchair|step.free|tekerlekli|візку|візок|візка|коляск|كرسي متحرك|sedia a rotelle|carrozzina|fauteuil roulant|invalidsk\p{L}* kolic/iu;

/** Reads what a sentence says besides its topic. `now` is the moment that "tomorrow" counts from. */
export function createSlotReader(districts: readonly District[], now: () => Date): (text: string, lang: Lang) => Slots {
  const findPlace = createPlaceFinder(districts);
  return (text, lang) => {
    const age = findAge(text);
    const language = findSpokenLanguage(text);
    return {
      ...findPlace(text),
      ...(age === undefined ? {} : { age }),
      ...(costFree.test(text) ? { costFree: true as const } : {}),
      ...(wheelchair.test(text) ? { wheelchair: true as const } : {}),
      ...(language === undefined ? {} : { language }),
      ...findDates(text, lang, now()),
    };
  };
}
