import { raw } from "hono/html";
import type { FC } from "hono/jsx";
import { type Lang, languages } from "../core/languages.ts";
import { type Words, words } from "../words/words.ts";
import { embeddedJson } from "./embedded-json.ts";

/** What the page is made for; `base` is the path of PUBLIC_URL without the last slash. */
export interface ChatPageProps {
  readonly lang: Lang;
  readonly demo: boolean;
  readonly publicUrl: string;
  readonly base: string;
  /** True if answers are shown while they are worded. */
  readonly live: boolean;
}

/** Read by src/widget/page-data.ts. */
function widgetData({ lang, base, live }: ChatPageProps): string {
  const { you, assistant, waiting, failed, sendAgain, noPlace, openLink, answerReady } = words[lang].page;
  const strings = { you, assistant, waiting, failed, sendAgain, noPlace, openLink, answerReady };
  return embeddedJson({ lang, endpoint: `${base}/v3/directline`, live, strings });
}

const Head: FC<ChatPageProps> = ({ lang, publicUrl, base }) => (
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content" />
    <title>{words[lang].page.title}</title>
    <meta name="description" content={words[lang].page.lead} />
    <meta name="color-scheme" content="light dark" />
    <meta name="theme-color" content="#005a9f" />
    {languages.map((other) => (
      <link rel="alternate" hreflang={other} href={`${publicUrl}/?lang=${other}`} />
    ))}
    <link rel="icon" type="image/svg+xml" href={`${base}/assets/icon.svg`} />
    <link rel="stylesheet" href={`${base}/assets/chat.css`} />
    <script type="module" src={`${base}/assets/chat.js`} />
  </head>
);

const LanguageMenu: FC<{ readonly lang: Lang }> = ({ lang }) => (
  <details class="languages">
    <summary>
      <span class="visually-hidden">{words[lang].page.language}: </span>
      {words[lang].languageNames[lang]}
    </summary>
    <nav aria-label={words[lang].page.language}>
      <ul>
        {languages.map((other) => (
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

const Welcome: FC<{ readonly own: Words }> = ({ own }) => (
  <li class="message answer">
    <p class="who">{own.page.assistant}</p>
    <div class="bubble">
      <p dir="auto">{own.welcome}</p>
    </div>
    <p class="examples-label" id="examples-label">
      {own.page.examples}
    </p>
    <ul class="actions" aria-labelledby="examples-label">
      {Object.values(own.exampleQuestions).map((question) => (
        <li>
          <button type="button" class="action" data-question={question} dir="auto">
            {question}
          </button>
        </li>
      ))}
    </ul>
  </li>
);

/** The start page with the chat; works as a page to read without JavaScript. */
export const ChatPage: FC<ChatPageProps> = (props) => {
  const { lang, demo } = props;
  const own = words[lang];
  return (
    <html lang={lang} dir={lang === "ar" ? "rtl" : "ltr"}>
      <Head {...props} />
      <body>
        <a class="skip" href="#chat-input">
          {own.page.messageLabel}
        </a>
        <header>
          <div class="bar">
            <h1>{own.page.title}</h1>
            <LanguageMenu lang={lang} />
          </div>
          <p class="notice">{own.page.notice}</p>
          {demo ? <p class="demo">{own.page.demoBanner}</p> : null}
        </header>
        <main>
          <section id="chat-region" aria-label={own.page.logLabel} tabindex={0}>
            <div class="column">
              <p class="lead">{own.page.lead}</p>
              <noscript>
                <p class="no-script">{own.page.noScript}</p>
              </noscript>
              <ol id="chat-log">
                <Welcome own={own} />
              </ol>
              <p id="chat-waiting" hidden>
                {own.page.waiting}
              </p>
            </div>
          </section>
          <form id="chat-form" class="needs-script" autocomplete="off">
            <div class="column">
              <label for="chat-input">{own.page.messageLabel}</label>
              <div class="composer">
                {/* No name: without the script nothing a person typed may get into an address. */}
                <textarea id="chat-input" rows={1} dir="auto" enterkeyhint="send" />
                <button type="submit" class="send">
                  {own.page.send}
                </button>
              </div>
            </div>
          </form>
        </main>
        <div id="chat-announcer" class="visually-hidden" role="status" aria-live="polite" aria-atomic="true" />
        <script type="application/json" id="chat-data">
          {raw(widgetData(props))}
        </script>
      </body>
    </html>
  );
};
