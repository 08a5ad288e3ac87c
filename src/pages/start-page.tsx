import type { FC } from "hono/jsx";
import { words } from "../words/words.ts";
import { Layout, type PageProps } from "./layout.tsx";
import { topics } from "./topics.ts";

const topicsTitle: Readonly<Partial<Record<string, string>>> = { de: "Was andere fragen", en: "What others ask" };

/** The start page: what this is, the chat, and example questions by topic. Without scripts they can be read, and the 115 is named. */
export const StartPage: FC<PageProps> = (props) => {
  const { lang } = props;
  const own = words[lang];
  const known = topics[lang] ?? [{ title: own.page.examples, questions: Object.values(own.exampleQuestions) }];
  return (
    <Layout
      {...props}
      title={own.page.title}
      description={own.page.lead}
      path="/"
      scripts={["/widget/loader.js", "/assets/start.js"]}
      hasChat
    >
      <div class="column start">
        <div class="intro">
          <h1>{own.page.lead}</h1>
          <p class="notice">{own.page.notice}</p>
          <noscript>
            <p class="no-script">{own.page.noScript}</p>
          </noscript>
          <section aria-labelledby="topics-title">
            <h2 id="topics-title">{topicsTitle[lang] ?? own.page.examples}</h2>
            <div class="topics">
              {known.map(({ title, questions }) => (
                <section class="topic">
                  {known.length > 1 ? <h3>{title}</h3> : null}
                  <ul>
                    {questions.map((question) => (
                      <li>
                        <button type="button" class="question" data-question={question} dir="auto">
                          {question}
                        </button>
                      </li>
                    ))}
                  </ul>
                </section>
              ))}
            </div>
          </section>
        </div>
        <stadtlotse-chat mode="inline" lang={lang} class="needs-script" />
      </div>
    </Layout>
  );
};

/** The chat alone, as large as the window. */
export const ChatPage: FC<PageProps> = (props) => {
  const { lang } = props;
  const own = words[lang];
  return (
    <Layout
      {...props}
      title={own.page.title}
      description={own.page.lead}
      path="/chat"
      scripts={["/widget/loader.js", "/assets/start.js"]}
      hasChat
      fills
    >
      <h1 class="visually-hidden">{own.page.title}</h1>
      <noscript>
        <p class="no-script">{own.page.noScript}</p>
      </noscript>
      <stadtlotse-chat mode="full" lang={lang} />
    </Layout>
  );
};
