import type { FC } from "hono/jsx";
import { formatDay, formatMoment } from "../format.ts";
import { Done } from "../page.tsx";
import type { ArticleVersion, ListedArticles, Reminders, ShownArticle } from "./article-shapes.ts";
import { trialWords } from "./article-trial-words.ts";
import { Difference, type Preview } from "./article-views.tsx";
import { articlesWords } from "./articles-words.ts";
import { mayDo, nameOfAccount } from "./operate.tsx";
import { ConsolePage } from "./page.tsx";
import type { Visit } from "./visit.tsx";

type Frame = Visit["frame"];

/** All articles, those first that expire soon. */
export const ArticleListPage: FC<{ readonly frame: Frame; readonly rows: ListedArticles; readonly due: Reminders }> = ({
  frame,
  rows,
  due,
}) => {
  const { lang, staff } = frame;
  const texts = articlesWords[lang];
  return (
    <ConsolePage {...frame} title={texts.title}>
      <h1>{texts.title}</h1>
      <p>{texts.lead}</p>
      {mayDo("write", staff) ? (
        <p>
          <a class="button-like" href={`${frame.base}/console/articles/new`}>
            {texts.write}
          </a>
        </p>
      ) : null}
      {due.length === 0 ? null : (
        <section class="panel">
          <h2>{texts.reminders}</h2>
          <ul>
            {due.map(({ id, title, validUntil }) => (
              <li>
                <a href={`${frame.base}/console/articles/${id}`} dir="auto">
                  {title["de"]}
                </a>{" "}
                · {formatDay(validUntil, lang)}
              </li>
            ))}
          </ul>
        </section>
      )}
      {rows.length === 0 ? <p class="panel">{texts.none}</p> : null}
      <ul class={rows.length === 0 ? "" : "rows panel"}>
        {rows.map(({ id, state, article, expired }) => (
          <li data-entry>
            <div>
              <a class="row-title" href={`${frame.base}/console/articles/${id}`} dir="auto">
                {article.title["de"]}
              </a>
              <p>
                {expired ? texts.expired : (texts.states[state] ?? state)} · {texts.owner}: <bdi>{article.owner.name}</bdi> ·{" "}
                {texts.validUntil} {formatDay(article.validUntil, lang)}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </ConsolePage>
  );
};

const StepForm: FC<{
  readonly path: string;
  readonly label: string;
  readonly reason?: string;
  readonly needed?: boolean;
  readonly version?: number;
  readonly main?: boolean;
}> = (props) => {
  const { path, label, reason, needed, version, main } = props;
  const id = `${path.split("/").at(-1)}-reason-${version ?? ""}`;
  return (
    <form method="post" action={path} class="inline">
      {version === undefined ? null : <input type="hidden" name="version" value={version} />}
      {reason === undefined ? null : (
        <>
          <label for={id}>{reason}</label>
          <input id={id} name="reason" maxlength={500} required={needed === true} />
        </>
      )}
      <button type="submit" class={main === true ? "" : "quiet"}>
        {label}
      </button>
    </form>
  );
};

const Steps: FC<{ readonly frame: Frame; readonly article: ShownArticle }> = ({ frame: { lang, base, staff }, article }) => {
  const texts = articlesWords[lang];
  const path = `${base}/console/articles/${article.id}`;
  const writes = mayDo("write", staff);
  const publishes = mayDo("publish", staff);
  const own = article.newest.author === nameOfAccount(staff);
  return (
    <div class="actions">
      {writes ? (
        <a class="button-like" href={`${path}/edit`}>
          {texts.edit}
        </a>
      ) : null}
      {writes && article.liveVersion ? (
        <a class="button-like quiet" href={`${path}/correct`}>
          {texts.correct}
        </a>
      ) : null}
      {writes && article.state === "draft" ? <StepForm path={`${path}/submit`} label={texts.submit} main /> : null}
      {article.state === "for-approval" && own ? <p>{texts.ownVersion}</p> : null}
      {publishes && article.state === "for-approval" && !own ? (
        <StepForm path={`${path}/approve`} label={texts.approve} reason={texts.reason} main />
      ) : null}
      {publishes && article.state === "for-approval" ? (
        <StepForm path={`${path}/reject`} label={texts.reject} reason={texts.reason} needed />
      ) : null}
      {publishes && article.state !== "retired" ? <StepForm path={`${path}/retire`} label={texts.retire} reason={texts.reason} /> : null}
    </div>
  );
};

interface ArticleProps {
  readonly frame: Frame;
  readonly article: ShownArticle;
  readonly versions: readonly ArticleVersion[];
  readonly names: ReadonlyMap<string, string>;
  /** Clusters that it was written for. */
  readonly clusters: readonly number[];
  readonly previews: readonly Preview[];
  readonly done: string | undefined;
}

/** An article with all its versions, and what can be done with it. */
export const ArticlePage: FC<ArticleProps> = ({ frame, article, versions, names, clusters, previews, done }) => {
  const { lang, base, staff } = frame;
  const texts = articlesWords[lang];
  const { body } = article.newest;
  const publishes = mayDo("publish", staff);
  const path = `${base}/console/articles/${article.id}`;
  return (
    <ConsolePage {...frame} title={texts.one(article.id)}>
      <h1>{texts.one(article.id)}</h1>
      <Done text={done} />
      <p>
        {texts.states[article.state] ?? article.state} · {texts.version} {article.newest.version} · {texts.owner}:{" "}
        <bdi>{body.owner.name}</bdi> · {texts.validUntil} {formatDay(body.validUntil, lang)}
      </p>
      <section class="panel">
        <h2 dir="auto">{body.title["de"]}</h2>
        <p class="bubble" dir="auto">
          {body.text["de"]}
        </p>
      </section>
      <p>
        <a href={`${path}/trial`}>{trialWords[lang].open}</a>
        {clusters.map((cluster) => (
          <>
            {" "}
            · <a href={`${base}/console/inbox/${cluster}`}>{texts.cluster(cluster)}</a>
          </>
        ))}
      </p>
      <Steps frame={frame} article={article} />
      {previews.length === 0 ? null : (
        <details>
          <summary>{texts.preview}</summary>
          {previews.map(({ channel, texts: parts }) => (
            <section>
              <h3>{channel}</h3>
              {parts.map((part) => (
                <p class="bubble" dir="auto">
                  {part}
                </p>
              ))}
            </section>
          ))}
        </details>
      )}
      <section>
        <h2>{texts.versions}</h2>
        <ol class="letters" reversed>
          {versions.map((each, index) => {
            const before = versions[index + 1];
            return (
              <li class="panel">
                <h3>
                  {texts.version} {each.version}, <bdi>{names.get(each.author) ?? each.author}</bdi>, {formatMoment(each.writtenAt, lang)}
                </h3>
                {before === undefined ? (
                  <p dir="auto">{each.body.text["de"]}</p>
                ) : (
                  <Difference before={before.body.text["de"] ?? ""} after={each.body.text["de"] ?? ""} />
                )}
                {publishes &&
                each.version !== article.liveVersion &&
                article.events.some(({ event, version }) => version === each.version && event === "approved") ? (
                  <StepForm path={`${path}/rollback`} label={texts.rollback} version={each.version} reason={texts.reason} />
                ) : null}
              </li>
            );
          })}
        </ol>
      </section>
      <section>
        <h2>{texts.history}</h2>
        <ul class="rows panel">
          {article.events.map(({ event, by, reason, at, version }) => (
            <li>
              <div>
                {formatMoment(at, lang)}: {texts.events[event] ?? event} ({texts.version} {version}), <bdi>{names.get(by) ?? by}</bdi>
                {reason === null ? null : (
                  <p dir="auto">
                    {texts.reason}: {reason}
                  </p>
                )}
              </div>
            </li>
          ))}
        </ul>
      </section>
    </ConsolePage>
  );
};
