import type { Child, FC } from "hono/jsx";
import { type PageLang, type PageWords, pageLanguages, pageWords } from "./words.ts";

/** What every page is made for. */
export interface PageFrame {
  readonly lang: PageLang;
  /** The path of PUBLIC_URL without the last slash. */
  readonly base: string;
  readonly title: string;
  /** Path and query of this page without the language, for the switch of languages; the page of own offers where this one cannot be opened again. */
  readonly self?: string | undefined;
  readonly organization?: string | undefined;
  readonly unread?: number | undefined;
  readonly children?: Child;
}

/** Links to the same page in the other language. */
export const LanguageSwitch: FC<{ readonly lang: PageLang; readonly self: string; readonly words: Pick<PageWords, "language"> }> = ({
  lang,
  self,
  words,
}) => (
  <nav aria-label={words.language} class="languages">
    {pageLanguages.map((other) =>
      other === lang ? (
        <span lang={other} aria-current="true">
          {other === "de" ? "Deutsch" : "English"}
        </span>
      ) : (
        <a href={`${self}${self.includes("?") ? "&" : "?"}lang=${other}`} lang={other} hreflang={other}>
          {other === "de" ? "Deutsch" : "English"}
        </a>
      ),
    )}
  </nav>
);

const Menu: FC<Pick<PageFrame, "base" | "unread" | "organization" | "self"> & { readonly words: PageWords }> = (props) => {
  const { base, words, unread = 0, organization, self } = props;
  const item = (path: string, label: string, note?: string) => (
    <li>
      <a href={`${base}${path}`} {...(self?.split("?")[0] === `${base}${path}` ? { "aria-current": "page" } : {})}>
        {label}
        {note === undefined ? null : <span class="count">{note}</span>}
      </a>
    </li>
  );
  return (
    <div class="who">
      <nav aria-label={words.menu} class="menu">
        <ul>
          {item("/provider", words.offers)}
          {item("/provider/network", words.network)}
          {item("/provider/messages", words.letters, unread === 0 ? undefined : words.unread(unread))}
        </ul>
      </nav>
      <form method="post" action={`${base}/provider/sign-out`} class="sign-out">
        <p>
          <span class="visually-hidden">{words.signedInAs} </span>
          <strong dir="auto">{organization}</strong>
        </p>
        <button type="submit" class="quiet">
          {words.signOut}
        </button>
      </form>
    </div>
  );
};

/** A whole page. Works without scripts: there is none. */
export const Page: FC<PageFrame> = (props) => {
  const { lang, base, title, organization, children } = props;
  const words = pageWords[lang];
  const self = props.self ?? `${base}/provider`;
  return (
    <html lang={lang}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" content="#005a9f" />
        <title>{`${title} – ${words.site}`}</title>
        <link rel="icon" type="image/svg+xml" href={`${base}/assets/icon.svg`} />
        <link rel="stylesheet" href={`${base}/assets/provider.css`} />
      </head>
      <body>
        <a class="skip" href="#content">
          {words.skip}
        </a>
        <header>
          <div class="bar">
            <p class="site">
              {words.site}
              <span>{words.city}</span>
            </p>
            <LanguageSwitch lang={lang} self={self} words={words} />
          </div>
          {organization === undefined ? null : <Menu {...props} self={self} words={words} />}
        </header>
        <main id="content" tabindex={-1}>
          {children}
        </main>
      </body>
    </html>
  );
};

/** What has just been done, at the top of a page. */
export const Done: FC<{ readonly text: string | undefined }> = ({ text }) =>
  text === undefined ? null : (
    <p class="done" role="status" dir="auto">
      {text}
    </p>
  );

/** Where the entries that were wrong are, at the top of a page. */
export const ErrorSummary: FC<{ readonly title: string; readonly errors: readonly { readonly id: string; readonly text: string }[] }> = ({
  title,
  errors,
}) =>
  errors.length === 0 ? null : (
    <div class="error-summary" role="alert">
      <h2>{title}</h2>
      <ul>
        {errors.map(({ id, text }) => (
          <li>
            <a href={`#${id}`}>{text}</a>
          </li>
        ))}
      </ul>
    </div>
  );

/** An error at its field, which names it by aria-describedby. */
export const FieldError: FC<{ readonly id: string; readonly text: string | undefined }> = ({ id, text }) =>
  text === undefined ? null : (
    <p class="field-error" id={`${id}-error`}>
      {text}
    </p>
  );
