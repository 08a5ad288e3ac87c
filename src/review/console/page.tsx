import type { Child, FC } from "hono/jsx";
import type { StaffMember } from "../../core/people.ts";
import { type PageLang, pageLanguages } from "../words.ts";
import { type ConsoleWords, consoleWords } from "./words.ts";

/** An area of the console: where its page is, and who may open it. */
export interface Area {
  readonly name: keyof ConsoleWords["areas"];
  readonly path: string;
}

/** What every page is made for. */
export interface ConsoleFrame {
  readonly lang: PageLang;
  /** The path of PUBLIC_URL without the last slash. */
  readonly base: string;
  /** Path and query of this page without the language. */
  readonly self: string;
  readonly member?: StaffMember | undefined;
  /** The areas that this member may open. */
  readonly areas: readonly Area[];
  /** What has just been done, a key of `done`. */
  readonly done?: string | undefined;
}

const LanguageSwitch: FC<{ readonly lang: PageLang; readonly self: string; readonly label: string }> = ({ lang, self, label }) => (
  <nav aria-label={label} class="languages">
    {pageLanguages.map((other) => {
      const name = other === "de" ? "Deutsch" : "English";
      return other === lang ? (
        <span lang={other} aria-current="true">
          {name}
        </span>
      ) : (
        <a href={`${self}${self.includes("?") ? "&" : "?"}lang=${other}`} lang={other} hreflang={other}>
          {name}
        </a>
      );
    })}
  </nav>
);

const Menu: FC<ConsoleFrame & { readonly words: ConsoleWords; readonly member: StaffMember }> = ({ words, base, self, areas, member }) => (
  <div class="who">
    <nav aria-label={words.menu} class="menu">
      <ul>
        {areas.map(({ name, path }) => (
          <li>
            <a href={`${base}${path}`} {...(self.split("?")[0]?.startsWith(`${base}${path}`) ? { "aria-current": "page" } : {})}>
              {words.areas[name]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
    <form method="post" action={`${base}/console/sign-out`} class="sign-out">
      <p>
        <span class="visually-hidden">{words.signedInAs} </span>
        <a href={`${base}/console/account`} dir="auto">
          {member.name}
        </a>
      </p>
      <button type="submit" class="quiet">
        {words.signOut}
      </button>
    </form>
  </div>
);

const KeyHelp: FC<{ readonly words: ConsoleWords }> = ({ words: { keys } }) => (
  <dialog id="keys" aria-labelledby="keys-title">
    <h2 id="keys-title">{keys.title}</h2>
    <dl class="keys">
      {Object.entries(keys.list).map(([key, what]) => (
        <div>
          <dt>
            <kbd>{key}</kbd>
          </dt>
          <dd>{what}</dd>
        </div>
      ))}
    </dl>
    <form method="dialog">
      <button type="submit">{keys.close}</button>
    </form>
  </dialog>
);

/** htmx without what a strict policy forbids: no eval, no styles of its own, no other hosts. */
const htmxConfig = JSON.stringify({ includeIndicatorStyles: false, allowEval: false, selfRequestsOnly: true });

/** A whole page. Works without scripts; with them, keys work and regions refresh. */
export const ConsolePage: FC<{ readonly frame: ConsoleFrame; readonly title: string; readonly children?: Child }> = ({
  frame,
  title,
  children,
}) => {
  const { lang, base, self, member, done } = frame;
  const words = consoleWords[lang];
  const said = done === undefined ? undefined : words.done[done];
  return (
    <html lang={lang}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" content="#005a9f" />
        <meta name="htmx-config" content={htmxConfig} />
        <title>{`${title} – ${words.site}`}</title>
        <link rel="icon" type="image/svg+xml" href={`${base}/assets/icon.svg`} />
        <link rel="stylesheet" href={`${base}/assets/console.css`} />
        {member === undefined ? null : <script type="module" src={`${base}/assets/console.js`} />}
      </head>
      <body {...(member === undefined ? {} : { "data-events": `${base}/console/events` })}>
        <a class="skip" href="#content">
          {words.skip}
        </a>
        <header>
          <div class="bar">
            <p class="site">
              {words.site}
              <span>{words.city}</span>
            </p>
            <LanguageSwitch lang={lang} self={self} label={words.language} />
          </div>
          {member === undefined ? null : <Menu {...frame} words={words} member={member} />}
        </header>
        <main id="content" tabindex={-1}>
          {said === undefined ? null : (
            <p class="done" role="status">
              {said}
            </p>
          )}
          <h1>{title}</h1>
          {children}
        </main>
        {member === undefined ? null : <KeyHelp words={words} />}
      </body>
    </html>
  );
};

/** What was wrong with what was entered, at the top of a form. */
export const Fault: FC<{ readonly text: string | undefined }> = ({ text }) =>
  text === undefined ? null : (
    <p class="error-summary" role="alert">
      {text}
    </p>
  );
