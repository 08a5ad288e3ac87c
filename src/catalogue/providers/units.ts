import type { Localized } from "../../core/languages.ts";

/** What an organisation can count; the first is what most of them do. */
export const countedUnits: readonly Localized[] = [
  { de: "Plätze", en: "places", tr: "yer", uk: "місця", ru: "места", ar: "أماكن", it: "posti", fr: "places", hr: "mjesta" },
  { de: "Betten", en: "beds", tr: "yatak", uk: "ліжка", ru: "кровати", ar: "أسرّة", it: "posti letto", fr: "lits", hr: "kreveti" },
  {
    de: "Termine",
    en: "appointments",
    tr: "randevu",
    uk: "прийоми",
    ru: "приёмы",
    ar: "مواعيد",
    it: "appuntamenti",
    fr: "rendez-vous",
    hr: "termini",
  },
];
