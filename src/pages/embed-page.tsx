import type { Child, FC } from "hono/jsx";
import { languages } from "../core/languages.ts";
import { words } from "../words/words.ts";
import { directivesOf, type EmbedOptions, tagOf } from "./embed-options.ts";
import { embedWords } from "./embed-words.ts";
import { Layout, type PageProps, type StatementLang, statementLanguages } from "./layout.tsx";

interface EmbedPageProps extends PageProps {
  readonly lang: StatementLang;
  readonly options: EmbedOptions;
  /** Path and query of the demo page with these options. */
  readonly preview: string;
}

interface SelectProps {
  readonly name: keyof EmbedOptions;
  readonly label: string;
  readonly choices: Readonly<Record<string, string>>;
  readonly chosen: string;
}

const Select: FC<SelectProps> = ({ name, label, choices, chosen }) => (
  <p class="field">
    <label for={name}>{label}</label>
    <select id={name} name={name}>
      {Object.entries(choices).map(([value, text]) => (
        <option value={value} selected={value === chosen}>
          {text}
        </option>
      ))}
    </select>
  </p>
);

const Step: FC<{ readonly number: number; readonly title: string; readonly children?: Child }> = ({ number, title, children }) => (
  <section>
    <h2>
      {number}. {title}
    </h2>
    {children}
  </section>
);

/** Where an editor sets options and copies the tag. Works without scripts: the tag can be marked and copied by hand. */
export const EmbedPage: FC<EmbedPageProps> = (props) => {
  const { lang, options, publicUrl, base, preview } = props;
  const texts = embedWords[lang];
  const languageNames = Object.fromEntries(languages.map((each) => [each, words[lang].languageNames[each] ?? each]));
  return (
    <Layout
      {...props}
      title={`${texts.title} – Stadtlotse`}
      description={texts.lead}
      path="/embed"
      languages={statementLanguages}
      scripts={["/assets/embed.js"]}
    >
      <div class="column text">
        <h1>{texts.title}</h1>
        <p class="lead">{texts.lead}</p>
        <Step number={1} title={texts.choose}>
          <form method="get" action={`${base}/embed`} class="form">
            <input type="hidden" name="lang" value={lang} />
            <Select name="mode" label={texts.mode} choices={texts.modes} chosen={options.mode} />
            <Select name="position" label={texts.position} choices={texts.positions} chosen={options.position} />
            <Select name="theme" label={texts.theme} choices={texts.themes} chosen={options.theme} />
            <Select
              name="language"
              label={texts.language}
              choices={{ page: texts.pageLanguage, ...languageNames }}
              chosen={options.language}
            />
            <p class="field">
              <label for="topic">{texts.topic}</label>
              <span class="hint" id="topic-hint">
                {texts.topicHint}
              </span>
              <input id="topic" name="topic" value={options.topic ?? ""} maxlength={60} aria-describedby="topic-hint" />
            </p>
            <p class="check">
              <input type="checkbox" id="dictation" name="dictation" checked={options.dictation === "on"} />
              <label for="dictation">{texts.dictation}</label>
            </p>
            <button type="submit">{texts.make}</button>
          </form>
        </Step>
        <Step number={2} title={texts.copyTitle}>
          <p class="field">
            <label for="tag">{texts.tag}</label>
            <textarea id="tag" readonly rows={4} spellcheck={false}>
              {tagOf(publicUrl, options)}
            </textarea>
          </p>
          <p>
            <button type="button" id="copy" class="needs-script" data-done={texts.copied} data-by-hand={texts.byHand}>
              {texts.copy}
            </button>{" "}
            <a href={preview}>{texts.preview}</a>
          </p>
          <p id="copied" role="status" />
        </Step>
        <Step number={3} title={texts.allow}>
          <p>{texts.origins}</p>
          <p>{texts.policy}</p>
          <pre tabindex={0}>
            <code>{directivesOf(publicUrl)}</code>
          </pre>
        </Step>
        <section>
          <h2>{texts.colours}</h2>
          <p>{texts.coloursHint}</p>
          <pre tabindex={0}>
            <code>
              {"stadtlotse-chat {\n  --stadtlotse-color: #00566b;\n  --stadtlotse-on-color: #ffffff;\n  --stadtlotse-accent: #ffb000;\n}"}
            </code>
          </pre>
        </section>
      </div>
    </Layout>
  );
};
