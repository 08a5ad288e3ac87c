import { type Lang, languages } from "../core/languages.ts";
import { type CommandId, commandName } from "../words/commands.ts";
import { words } from "../words/words.ts";
import { city } from "./city.ts";

/** What the widget's settings hang on. */
export interface WidgetSettingsParts {
  readonly publicUrl: string;
  readonly demo: boolean;
  /** True if people of the city answer at this moment. */
  readonly onDuty: boolean;
}

/** Commands of the menu, in its order. */
const menu = ["human", "simple", "delete"] as const satisfies readonly CommandId[];

/** What the panel is told for a language; src/widget/settings.ts reads it. `publicUrl` is without a slash at the end. */
export function widgetSettings(lang: Lang, { publicUrl, demo, onDuty }: WidgetSettingsParts) {
  const { page, widget, commands, welcome, exampleQuestions, languageNames } = words[lang];
  const { lead: _lead, noScript: _noScript, ...shown } = page;
  const { open: _open, loading: _loading, privacy, accessibility, imprint, ...controls } = widget;
  const pageLang = lang === "de" ? "de" : "en";
  const link = (label: string, path: string) => ({ label, url: `${publicUrl}/${path}?lang=${pageLang}` });
  return {
    ...{ lang, demo, onDuty, welcome, examples: Object.values(exampleQuestions) },
    strings: { ...shown, ...controls },
    commands: menu.map((id) => ({ label: commands[id], text: `/${commandName(id, lang)}` })),
    languages: languages.map((each) => ({ lang: each, name: words[each].languageNames[each] ?? languageNames[each] })),
    links: [link(privacy, "datenschutz"), link(accessibility, "barrierefreiheit"), link(imprint, "impressum")],
    ...{ exitUrl: city.exitUrl, theme: city.theme },
  };
}
