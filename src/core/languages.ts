/** The languages that citizens are answered in; `hr` stands for Croatian, Serbian and Bosnian. */
export const languages = ["de", "en", "tr", "uk", "ru", "ar", "it", "fr", "hr"] as const;

export type Lang = (typeof languages)[number];

/** German always stands, and English in all that ships; other languages where somebody wrote them. */
export type Localized = { readonly de: string } & { readonly [lang in Lang]?: string | undefined };

export function isLang(value: string | undefined): value is Lang {
  return value !== undefined && (languages as readonly string[]).includes(value);
}

/** The language of a locale such as "de-AT", if it is spoken here. */
export function langOfLocale(locale: string | null | undefined): Lang | undefined {
  const primary = locale?.toLowerCase().split(/[-_]/)[0];
  const spoken = primary === "sr" || primary === "bs" ? "hr" : primary;
  return isLang(spoken) ? spoken : undefined;
}

/** A title in the wanted language, else in German, as it stands on doors, forms and pages. */
export function localizeTitle(title: Localized, lang: Lang): { readonly text: string; readonly lang: Lang } {
  const own = title[lang];
  return own === undefined ? { text: title.de, lang: "de" } : { text: own, lang };
}

/** The text in the wanted language and the language it is really in: the wanted one, else English, else German. */
export function localize(text: Localized, lang: Lang): { readonly text: string; readonly lang: Lang } {
  const own = text[lang];
  if (own !== undefined) return { text: own, lang };
  return text.en === undefined || lang === "de" ? { text: text.de, lang: "de" } : { text: text.en, lang: "en" };
}
