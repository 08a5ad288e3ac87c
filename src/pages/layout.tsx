import type { Child, FC } from "hono/jsx";
import { type Lang, languages } from "../core/languages.ts";
import { words } from "../words/words.ts";
import { city } from "./city.ts";

/** What every page is made for; `base` is the path of PUBLIC_URL without the last slash. */
export interface PageProps {
  readonly lang: Lang;
  readonly demo: boolean;
  readonly publicUrl: string;
  readonly base: string;
}

/** Languages of the pages about the chat; the chat itself has nine. */
export const statementLanguages = ["de", "en"] as const;

export type StatementLang = (typeof statementLanguages)[number];

interface LayoutProps extends PageProps {
  readonly title: string;
  readonly description: string;
  /** The page's own address behind `base`, such as "/" or "/impressum". */
  readonly path: string;
  readonly languages?: readonly Lang[];
  readonly scripts?: readonly string[];
  /** True for a page that has the chat in it: the first link goes there. */
  readonly hasChat?: boolean;
  /** True for a page that fills the window with the chat: it has no footer. */
  readonly fills?: boolean;
  readonly children?: Child;
}

const LanguageMenu: FC<Pick<LayoutProps, "lang" | "languages">> = ({ lang, languages: known = languages }) => (
  <details class="languages">
    <summary>
      <span class="visually-hidden">{words[lang].page.language}: </span>
      {words[lang].languageNames[lang]}
    </summary>
    <nav aria-label={words[lang].page.language}>
      <ul>
        {known.map((other) => (
          <li>
            <a href={`?lang=${other}`} hreflang={other} lang={other} dir="auto" {...(other === lang ? { "aria-current": "true" } : {})}>
              {words[other].languageNames[other]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  </details>
);

const footerWords = {
  de: { skip: "Zum Inhalt", about: "Über diesen Chat", start: "Startseite", simple: "Einfache Sprache", embed: "Für Webseiten" },
  en: { skip: "To the content", about: "About this chat", start: "Start page", simple: "In simple words", embed: "For websites" },
} as const;

/** The language of the pages about the chat for people who read another one. */
export const statementLang = (lang: Lang): StatementLang => (lang === "de" ? "de" : "en");

const Footer: FC<Pick<PageProps, "lang" | "base">> = ({ lang, base }) => {
  const pageLang = statementLang(lang);
  const { widget } = words[lang];
  const own = footerWords[pageLang];
  const items = [
    ["/", own.start, pageLang],
    ["/einfach", own.simple, pageLang],
    ["/datenschutz", widget.privacy, lang],
    ["/barrierefreiheit", widget.accessibility, lang],
    ["/impressum", widget.imprint, lang],
    ["/embed", own.embed, pageLang],
  ] as const;
  return (
    <footer>
      <nav aria-label={own.about} lang={pageLang}>
        <ul class="column">
          {items.map(([path, label, labelLang]) => (
            <li>
              <a href={`${base}${path}?lang=${path === "/" ? lang : pageLang}`} lang={labelLang}>
                {label}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </footer>
  );
};

/** The frame of every page. It works without scripts. */
export const Layout: FC<LayoutProps> = (props) => {
  const { lang, demo, publicUrl, base, title, description, path, scripts = [], hasChat = false, fills = false, children } = props;
  const { page } = words[lang];
  const known = props.languages ?? languages;
  return (
    <html lang={lang} dir={lang === "ar" ? "rtl" : "ltr"} class={fills ? "fills" : ""}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content" />
        <title>{title}</title>
        <meta name="description" content={description} />
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" content={city.theme["--stadtlotse-color"] ?? "#005a9f"} />
        {known.map((other) => (
          <link rel="alternate" hreflang={other} href={`${publicUrl}${path}?lang=${other}`} />
        ))}
        <link rel="icon" type="image/svg+xml" href={`${base}/assets/icon.svg`} />
        <link rel="stylesheet" href={`${base}/assets/pages.css`} />
        <link rel="stylesheet" href={`${base}/assets/city.css`} />
        {scripts.map((script) => (
          <script type="module" src={`${base}${script}`} />
        ))}
      </head>
      <body>
        <a class="skip" href="#main" {...(hasChat ? { "data-to-chat": "" } : {})}>
          {hasChat ? page.messageLabel : footerWords[statementLang(lang)].skip}
        </a>
        {fills ? null : (
          <header>
            <div class="bar column">
              <p class="brand">
                <a href={`${base}/?lang=${lang}`}>{page.title}</a>
              </p>
              <LanguageMenu lang={lang} languages={known} />
            </div>
            {demo ? <p class="demo">{page.demoBanner}</p> : null}
          </header>
        )}
        <main id="main" tabindex={-1}>
          {children}
        </main>
        {fills ? null : <Footer lang={lang} base={base} />}
      </body>
    </html>
  );
};
