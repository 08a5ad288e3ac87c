import type { Child, FC } from "hono/jsx";
import { LanguageSwitch } from "../page.tsx";
import { HelpDialog } from "./help-dialog.tsx";
import type { Frame } from "./visit.tsx";
import { consoleWords } from "./words.ts";

export interface ConsolePageProps extends Frame {
  readonly title: string;
  readonly children?: Child;
}

/** What the script library may do: no eval, no styles and scripts of its own, no copies of pages in the browser's storage. */
const htmxConfig = JSON.stringify({
  ...{ allowEval: false, allowScriptTags: false, includeIndicatorStyles: false, selfRequestsOnly: true },
  ...{ historyEnabled: false, historyCacheSize: 0, scrollIntoViewOnBoost: false },
});

const Menu: FC<Frame> = ({ base, self, lang, menu }) => {
  const words = consoleWords[lang];
  const here = self.split("?")[0] ?? "";
  const item = (path: string, label: string, isHere: boolean, count?: number) => (
    <li>
      <a href={`${base}${path}`} {...(isHere ? { "aria-current": "page" } : {})}>
        {label}
        {count === undefined || count === 0 ? null : (
          <span class="count">
            <span aria-hidden="true">{count}</span>
            <span class="visually-hidden">{words.open(count)}</span>
          </span>
        )}
      </a>
    </li>
  );
  return (
    <nav aria-label={words.menu} class="menu">
      <ul>
        {item("/console", words.home, here === `${base}/console`)}
        {menu.map(({ name, path, count }) => {
          const own = `${base}${path}`;
          return item(path, words.sections[name].label, here === own || here.startsWith(`${own}/`), count);
        })}
      </ul>
    </nav>
  );
};

const Who: FC<Frame> = ({ base, self, lang, staff }) => {
  const words = consoleWords[lang];
  if (staff === undefined) return null;
  const own = `${base}/console/account`;
  return (
    <form method="post" action={`${base}/console/sign-out`} class="sign-out">
      <a href={own} {...(self.split("?")[0] === own ? { "aria-current": "page" } : {})}>
        <span class="visually-hidden">{`${words.account}: `}</span>
        <bdi>{staff.name}</bdi>
      </a>
      <button type="submit" class="quiet">
        {words.signOut}
      </button>
    </form>
  );
};

/** A whole page of the console. Works without scripts; with them parts are refreshed and keys work. */
export const ConsolePage: FC<ConsolePageProps> = ({ title, children, ...frame }) => {
  const { lang, base, self, nonce, staff } = frame;
  const words = consoleWords[lang];
  return (
    <html lang={lang}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" content="#005a9f" />
        <meta name="htmx-config" content={htmxConfig} />
        <title>{`${title} – ${words.site} ${words.area}`}</title>
        <link rel="icon" type="image/svg+xml" href={`${base}/assets/icon.svg`} />
        <link rel="stylesheet" href={`${base}/assets/console.css`} />
        {staff === undefined ? null : <script type="module" nonce={nonce} src={`${base}/assets/console.js`} />}
      </head>
      <body
        {...(staff === undefined
          ? {}
          : { "data-events": `${base}/console/events`, "data-shortcuts": String(staff.shortcuts), "data-updated": words.updated })}
      >
        <a class="skip" href="#content">
          {words.skip}
        </a>
        <header>
          <div class="bar">
            <p class="site">
              {words.site}
              <span>{words.area}</span>
            </p>
            <div class="bar-end">
              <LanguageSwitch lang={lang} self={self} words={words} />
              <Who {...frame} />
            </div>
          </div>
          {staff === undefined ? null : (
            <div class="who">
              <Menu {...frame} />
            </div>
          )}
        </header>
        <main id="content" tabindex={-1}>
          {children}
        </main>
        {staff === undefined ? null : <HelpDialog lang={lang} />}
        <p class="visually-hidden" id="announcer" role="status" />
      </body>
    </html>
  );
};
