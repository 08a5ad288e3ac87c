import type { FC } from "hono/jsx";
import { z } from "zod";
import { AppError } from "../../core/errors.ts";
import { formatDay, formatMoment } from "../format.ts";
import type { PageLang } from "../words.ts";
import { type ArticleForm, ArticleShape, articleOfForm, formOfArticle, readArticleForm } from "./article-form.ts";
import { ArticleCheck, ArticleFormView, type Choice, Difference, type Preview } from "./article-views.tsx";
import { act, type ConsoleParts, type ConsoleRoute, formOf, goOn, may, type StaffVisit, show } from "./visit.tsx";

/** What writing articles needs beside the operations. */
export interface ArticleParts {
  /** All needs by their labels, to choose from. */
  readonly needs: (lang: PageLang) => readonly Choice[];
  /** How the channels show an article as it stands in the form; nothing as long as it has no German text. */
  readonly preview: (article: ArticleShape) => readonly Preview[];
}

const Listed = z.array(
  z.object({
    id: z.number(),
    state: z.string(),
    version: z.number(),
    liveVersion: z.number().nullable(),
    article: ArticleShape,
    expired: z.boolean(),
  }),
);

const Version = z.object({ version: z.number(), kind: z.string(), body: ArticleShape, author: z.string(), writtenAt: z.coerce.date() });

const Shown = z.object({
  id: z.number(),
  state: z.string(),
  newest: Version,
  liveVersion: z.number().nullish(),
  events: z.array(z.object({ version: z.number(), event: z.string(), by: z.string(), reason: z.string().nullable(), at: z.coerce.date() })),
});

const Reminders = z.array(z.object({ id: z.number(), title: z.record(z.string(), z.string().optional()), validUntil: z.coerce.date() }));
const Saved = z.object({ id: z.number() });
const Alike = z.array(
  z.object({ kind: z.enum(["article", "offer"]), id: z.union([z.string(), z.number()]), title: z.string(), score: z.number() }),
);

const blank: ArticleForm = { title: {}, text: {}, need: "", questions: "", validUntil: "", sourceName: "", sourceUrl: "" };

const ArticleList: FC<{ readonly visit: StaffVisit; readonly rows: z.output<typeof Listed>; readonly due: z.output<typeof Reminders> }> = ({
  visit,
  rows,
  due,
}) => {
  const { words, frame, lang, member } = visit;
  const texts = words.articles;
  return (
    <>
      <p>{texts.lead}</p>
      {may.write.some((role) => role === member.role) ? (
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
      <ul class="rows panel">
        {rows.map(({ id, state, article, expired }) => (
          <li data-row>
            <div>
              <a class="row-title" href={`${frame.base}/console/articles/${id}`} dir="auto">
                {article.title["de"]}
              </a>
              <p>
                {expired ? texts.expired : (texts.states[state] ?? state)} · {texts.owner}: {article.owner.name} · {texts.validUntil}{" "}
                {formatDay(article.validUntil, lang)}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </>
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

const Steps: FC<{ readonly visit: StaffVisit; readonly article: z.output<typeof Shown> }> = ({
  visit: { words, frame, member },
  article,
}) => {
  const texts = words.articles;
  const path = `${frame.base}/console/articles/${article.id}`;
  const writes = may.write.some((role) => role === member.role);
  const publishes = may.publish.some((role) => role === member.role);
  const own = article.newest.author === member.account;
  return (
    <div class="actions">
      {writes ? (
        <a class="button-like" href={`${path}/edit`}>
          {texts.edit}
        </a>
      ) : null}
      {writes && article.liveVersion ? (
        <a class="button-like quiet" href={`${path}/edit?correct=1`}>
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

const ArticleBody: FC<{
  readonly visit: StaffVisit;
  readonly article: z.output<typeof Shown>;
  readonly versions: readonly z.output<typeof Version>[];
  readonly names: ReadonlyMap<string, string>;
  readonly previews: readonly Preview[];
}> = ({ visit, article, versions, names, previews }) => {
  const { words, frame, lang, member } = visit;
  const texts = words.articles;
  const { body } = article.newest;
  const publishes = may.publish.some((role) => role === member.role);
  const path = `${frame.base}/console/articles/${article.id}`;
  return (
    <>
      <p>
        {texts.states[article.state] ?? article.state} · {texts.version} {article.newest.version} · {texts.owner}: {body.owner.name} ·{" "}
        {texts.validUntil} {formatDay(body.validUntil, lang)}
      </p>
      <section class="panel">
        <h2 dir="auto">{body.title["de"]}</h2>
        <p class="bubble" dir="auto">
          {body.text["de"]}
        </p>
      </section>
      <Steps visit={visit} article={article} />
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
                  {texts.version} {each.version}, {names.get(each.author) ?? each.author}, {formatMoment(each.writtenAt, lang)}
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
                {formatMoment(at, lang)}: {texts.events[event] ?? event} ({texts.version} {version}), {names.get(by) ?? by}
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
    </>
  );
};

/** Articles: list, form with check and preview, versions, and the way to people. */
export function articleRoutes(parts: ConsoleParts & { readonly articles: ArticleParts }): readonly ConsoleRoute[] {
  const { access, operate, articles } = parts;
  const idOf = (visit: StaffVisit) => Number(visit.c.req.param("id"));
  const read = async (id: number) => Shown.parse(await operate("staff.articles.show", { id }));

  async function showList(visit: StaffVisit): Promise<Response> {
    const rows = Listed.parse(await operate("staff.articles.list", {}));
    const due = Reminders.parse(await operate("staff.articles.reminders", {}));
    return await show(visit, visit.words.articles.title, <ArticleList visit={visit} rows={rows} due={due} />);
  }

  async function showOne(visit: StaffVisit): Promise<Response> {
    const id = idOf(visit);
    const article = await read(id);
    const versions = z.array(Version).parse(await operate("staff.articles.versions", { id }));
    const names = new Map((await access.list()).map((account) => [account.id, account.name]));
    const body = <ArticleBody {...{ visit, article, versions, names, previews: articles.preview(article.newest.body) }} />;
    return await show(visit, visit.words.articles.one(id), body);
  }

  interface Editing {
    readonly path: string;
    readonly title: string;
    readonly form: ArticleForm;
    readonly cluster?: string | undefined;
  }

  const showForm = (visit: StaffVisit, { path, title, form, cluster }: Editing, fault?: string) =>
    show(
      visit,
      title,
      <ArticleFormView
        {...{
          words: visit.words,
          lang: visit.lang,
          path: `${visit.frame.base}${path}`,
          form,
          needs: articles.needs(visit.lang),
          fault,
          cluster,
        }}
      />,
      fault === undefined ? 200 : 400,
    );

  /** Saves a form; what an operation does not take is said above the form, which keeps all that was typed. */
  async function save(visit: StaffVisit, editing: Omit<Editing, "form">, operation: string, id?: number): Promise<Response> {
    const fields = await formOf(visit);
    const form = readArticleForm(fields);
    const { member } = visit;
    try {
      const article = articleOfForm(form, { id: member.account, name: member.name });
      const input = { article, ...(id === undefined ? {} : { id }) };
      const saved = Saved.parse(await act(parts, visit, operation, id === undefined ? "new article" : `article ${id}`, input));
      return goOn(visit, `/console/articles/${saved.id}`, "saved");
    } catch (error) {
      if (error instanceof AppError && error.code === "USAGE")
        return await showForm(visit, { ...editing, form, cluster: fields["cluster"] }, error.message);
      throw error;
    }
  }

  async function check(visit: StaffVisit): Promise<Response> {
    const form = readArticleForm(await formOf(visit));
    const text = `${form.title.de ?? ""} ${form.text.de ?? ""}`.trim();
    const similar = text === "" ? [] : Alike.parse(await operate("staff.articles.similar", { text, lang: "de" }));
    const shape = ArticleShape.safeParse(articleOfForm(form, { id: visit.member.account, name: visit.member.name }));
    const previews = shape.success && form.text.de !== undefined ? articles.preview(shape.data) : [];
    const body = <ArticleCheck {...{ words: visit.words, base: visit.frame.base, form, similar, previews }} />;
    return await show(visit, visit.words.articles.check, body);
  }

  async function showEdit(visit: StaffVisit): Promise<Response> {
    const id = idOf(visit);
    const corrects = visit.c.req.query("correct") !== undefined;
    const { newest } = await read(id);
    const texts = visit.words.articles;
    const path = `/console/articles/${id}/${corrects ? "correct" : "edit"}`;
    return await showForm(visit, { path, title: corrects ? texts.correct : texts.edit, form: formOfArticle(newest.body) });
  }

  const step = (name: string, done: string) => async (visit: StaffVisit) => {
    const id = idOf(visit);
    const { reason, version } = await formOf(visit);
    const input = { id, ...(reason ? { reason } : {}), ...(version === undefined ? {} : { version: Number(version) }) };
    await act(parts, visit, `staff.articles.${name}`, `article ${id}`, input);
    return goOn(visit, `/console/articles/${id}`, done);
  };

  const one = "/console/articles/:id{[0-9]{1,9}}";
  const creating = (visit: StaffVisit) => ({ path: "/console/articles/new", title: visit.words.articles.write });
  return [
    { method: "get", path: "/console/articles", roles: may.read, answer: showList },
    {
      method: "get",
      path: "/console/articles/new",
      roles: may.write,
      answer: (visit) => showForm(visit, { ...creating(visit), form: blank, cluster: visit.c.req.query("cluster") }),
    },
    {
      method: "post",
      path: "/console/articles/new",
      roles: may.write,
      answer: (visit) => save(visit, creating(visit), "staff.articles.write"),
    },
    { method: "post", path: "/console/articles/new/check", roles: may.write, answer: check },
    { method: "get", path: one, roles: may.read, answer: showOne },
    { method: "get", path: `${one}/edit`, roles: may.write, answer: showEdit },
    {
      method: "post",
      path: `${one}/edit`,
      roles: may.write,
      answer: (visit) =>
        save(
          visit,
          { path: `/console/articles/${idOf(visit)}/edit`, title: visit.words.articles.edit },
          "staff.articles.write",
          idOf(visit),
        ),
    },
    {
      method: "post",
      path: `${one}/correct`,
      roles: may.write,
      answer: (visit) =>
        save(
          visit,
          { path: `/console/articles/${idOf(visit)}/correct`, title: visit.words.articles.correct },
          "staff.articles.correct",
          idOf(visit),
        ),
    },
    { method: "post", path: `${one}/edit/check`, roles: may.write, answer: check },
    { method: "post", path: `${one}/correct/check`, roles: may.write, answer: check },
    { method: "post", path: `${one}/submit`, roles: may.write, answer: step("submit", "submitted") },
    { method: "post", path: `${one}/approve`, roles: may.publish, answer: step("approve", "published") },
    { method: "post", path: `${one}/reject`, roles: may.publish, answer: step("reject", "given-back") },
    { method: "post", path: `${one}/retire`, roles: may.publish, answer: step("retire", "retired") },
    { method: "post", path: `${one}/rollback`, roles: may.publish, answer: step("rollback", "published") },
  ];
}
