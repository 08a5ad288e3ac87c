import { diffWordsWithSpace } from "diff";
import type { Child, FC } from "hono/jsx";
import { type Lang, languages } from "../../core/languages.ts";
import { checkPlainText, checkPlainTitle, type PlainHit } from "../../text/plain/check.ts";
import type { ArticleForm } from "./article-form.ts";
import { articlesWords } from "./articles-words.ts";
import { ConsolePage } from "./page.tsx";
import type { Visit } from "./visit.tsx";
import { consoleWords } from "./words.ts";

type Frame = Visit["frame"];

/** An article or offer that is about the same. */
export interface Similar {
  readonly kind: "article" | "offer";
  readonly id: string | number;
  readonly title: string;
  readonly score: number;
}

/** How one channel shows an answer. */
export interface Preview {
  readonly channel: string;
  readonly texts: readonly string[];
  readonly buttons: readonly string[];
}

export interface Choice {
  readonly id: string;
  readonly label: string;
}

interface FormProps {
  readonly frame: Frame;
  readonly title: string;
  /** Said above the form. */
  readonly lead: string | undefined;
  /** Where the form goes; checking goes to the same address with `/check` behind it. */
  readonly path: string;
  readonly form: ArticleForm;
  readonly needs: readonly Choice[];
  /** What an operation did not take, in its own words. */
  readonly fault: string | undefined;
  /** What is said about the text so far. */
  readonly check?: Child;
}

const otherLanguages = languages.filter((lang) => lang !== "de");

interface TextsProps {
  readonly frame: Frame;
  readonly form: ArticleForm;
  readonly lang: Lang;
  readonly name?: string;
}

const Texts: FC<TextsProps> = ({ frame, form, lang, name }) => {
  const texts = articlesWords[frame.lang];
  const of = (label: string) => (name === undefined ? label : `${label} (${name})`);
  const required = lang === "de";
  return (
    <>
      <p class="field">
        <label for={`title-${lang}`}>{of(texts.titleField)}</label>
        <input {...{ id: `title-${lang}`, name: `title-${lang}`, maxlength: 80, required, dir: "auto", lang, value: form.title[lang] }} />
      </p>
      <p class="field">
        <label for={`text-${lang}`}>{of(texts.textField)}</label>
        {required ? (
          <span class="hint" id="text-de-hint">
            {texts.textHint}
          </span>
        ) : null}
        <textarea
          {...{ id: `text-${lang}`, name: `text-${lang}`, rows: required ? 8 : 4, maxlength: 600, required, dir: "auto", lang }}
          {...(required ? { "aria-describedby": "text-de-hint", "data-key": "reply" } : {})}
        >
          {form.text[lang]}
        </textarea>
      </p>
    </>
  );
};

/** The form in which an article is written; its check is loaded beside it while somebody writes, where scripts run. */
export const ArticleFormPage: FC<FormProps> = ({ frame, title, lead, path, form, needs, fault, check }) => {
  const texts = articlesWords[frame.lang];
  const names = new Intl.DisplayNames([frame.lang], { type: "language" });
  return (
    <ConsolePage {...frame} title={title}>
      <h1>{title}</h1>
      {lead === undefined ? null : <p>{lead}</p>}
      {fault === undefined ? null : (
        <div class="error-summary" role="alert">
          <h2>{consoleWords[frame.lang].errorsTitle}</h2>
          <p lang="en" dir="auto">
            {fault}
          </p>
        </div>
      )}
      <form method="post" action={path} class="editor">
        {form.cluster === "" ? null : <input type="hidden" name="cluster" value={form.cluster} />}
        <div
          class="panel"
          hx-post={`${path}/check`}
          hx-trigger="input delay:600ms"
          hx-target="#check"
          hx-select="#check"
          hx-swap="outerHTML"
        >
          <Texts frame={frame} form={form} lang="de" />
          <details>
            <summary>{texts.otherLanguages}</summary>
            {otherLanguages.map((other) => (
              <Texts frame={frame} form={form} lang={other} name={names.of(other) ?? other} />
            ))}
          </details>
          <p class="field">
            <label for="questions">{texts.questionsField}</label>
            <span class="hint" id="questions-hint">
              {texts.questionsHint}
            </span>
            <textarea id="questions" name="questions" rows={5} dir="auto" aria-describedby="questions-hint">
              {form.questions}
            </textarea>
          </p>
          <p class="field">
            <label for="need">{texts.needField}</label>
            <select id="need" name="need">
              <option value="">{texts.noNeed}</option>
              {needs.map(({ id, label }) => (
                <option value={id} selected={id === form.need}>
                  {label}
                </option>
              ))}
            </select>
          </p>
          <p class="field">
            <label for="validUntil">{texts.validUntil}</label>
            <span class="hint" id="validUntil-hint">
              {texts.validHint}
            </span>
            <input
              {...{ id: "validUntil", name: "validUntil", type: "date", required: true, value: form.validUntil }}
              aria-describedby="validUntil-hint"
            />
          </p>
          <p class="field">
            <label for="sourceName">{texts.sourceName}</label>
            <input {...{ id: "sourceName", name: "sourceName", maxlength: 60, required: true, value: form.sourceName, dir: "auto" }} />
          </p>
          <p class="field">
            <label for="sourceUrl">{texts.sourceUrl}</label>
            <input {...{ id: "sourceUrl", name: "sourceUrl", type: "url", maxlength: 200, required: true, value: form.sourceUrl }} />
          </p>
          <div class="actions">
            <button type="submit">{texts.save}</button>
            <button type="submit" class="quiet" formaction={`${path}/check`} formnovalidate>
              {texts.check}
            </button>
          </div>
        </div>
        {check ?? <div id="check" />}
      </form>
    </ConsolePage>
  );
};

const HitList: FC<{ readonly hits: readonly PlainHit[]; readonly none: string }> = ({ hits, none }) =>
  hits.length === 0 ? (
    <p>{none}</p>
  ) : (
    <ul class="hits" lang="de">
      {hits.map(({ level, found, reason, suggestion }) => (
        <li class={level}>
          <q>{found}</q> {reason} {suggestion}
        </li>
      ))}
    </ul>
  );

/** What is said about a text before it is saved: hits of the plain-language rules, what is there already, and how people see it. */
export const ArticleCheck: FC<{
  readonly frame: Frame;
  readonly form: ArticleForm;
  readonly similar: readonly Similar[];
  readonly previews: readonly Preview[];
}> = ({ frame: { lang, base }, form, similar, previews }) => {
  const texts = articlesWords[lang];
  const hits = [...checkPlainTitle(form.title.de ?? ""), ...checkPlainText(form.text.de ?? "")];
  return (
    <div id="check" class="article-check">
      <section class="panel" aria-live="polite">
        <h2>
          {texts.hits} ({hits.length})
        </h2>
        <HitList hits={hits} none={texts.noHits} />
      </section>
      <section class="panel">
        <h2>{texts.similar}</h2>
        {similar.length === 0 ? <p>{texts.noSimilar}</p> : null}
        <ul class="rows">
          {similar.map(({ kind, id, title, score }) => (
            <li>
              <div>
                {kind === "article" ? (
                  <a href={`${base}/console/articles/${id}`} dir="auto">
                    {title}
                  </a>
                ) : (
                  <span dir="auto">{title}</span>
                )}
              </div>
              <span class="number">{Math.round(100 * score)} %</span>
            </li>
          ))}
        </ul>
      </section>
      <section class="panel">
        <h2>{texts.preview}</h2>
        {previews.map(({ channel, texts: parts, buttons }) => (
          <div class="preview">
            <h3>{channel}</h3>
            {parts.map((part) => (
              <p class="bubble" dir="auto">
                {part}
              </p>
            ))}
            <ul class="chips">
              {buttons.map((button) => (
                <li>{button}</li>
              ))}
            </ul>
          </div>
        ))}
      </section>
    </div>
  );
};

/** Two texts in one, with what went and what came. */
export const Difference: FC<{ readonly before: string; readonly after: string }> = ({ before, after }) => (
  <p class="difference" dir="auto">
    {diffWordsWithSpace(before, after).map(({ value, added, removed }) =>
      added ? <ins>{value}</ins> : removed ? <del>{value}</del> : value,
    )}
  </p>
);
