/** The languages that citizens are answered in; `hr` stands for Croatian, Serbian and Bosnian. */
export const languages = ["de", "en", "tr", "uk", "ru", "ar", "it", "fr", "hr"] as const;

export type Lang = (typeof languages)[number];

/** German and English always stand; other languages where somebody wrote them. */
export type Localized = { readonly de: string; readonly en: string } & { readonly [lang in Lang]?: string | undefined };

export function isLang(value: string | undefined): value is Lang {
  return value !== undefined && (languages as readonly string[]).includes(value);
}

/** The text in the wanted language and the language it is really in: the wanted one, else English for readers of another script, else German. */
export function localize(text: Localized, lang: Lang): { readonly text: string; readonly lang: Lang } {
  const own = text[lang];
  return own === undefined ? { text: text.en, lang: "en" } : { text: own, lang };
}
