import type { Child, FC } from "hono/jsx";
import { z } from "zod";
import { type ClusterState, canBecome, clusterStates } from "../../core/clusters.ts";
import { formatMoment } from "../format.ts";
import { Done } from "../page.tsx";
import { inboxWords } from "./inbox-words.ts";
import { mayDo } from "./operate.tsx";
import { ConsolePage } from "./page.tsx";
import type { Visit } from "./visit.tsx";

const Counts = z.record(z.string(), z.number());
const Nearest = z.object({ id: z.string(), score: z.number() });

const Line = z.object({
  ...{
    id: z.number(),
    state: z.enum(clusterStates),
    title: z.string().optional(),
    example: z.string().optional(),
    assignee: z.string().optional(),
  },
  ...{ gaps: z.number(), week: z.number(), weekBefore: z.number(), last: z.string().optional(), nearest: Nearest.optional() },
  ...{ channels: Counts, langs: Counts, districts: Counts, kinds: Counts, needs: Counts },
});

/** A page of clusters as its operation gives it. */
export const InboxList = z.object({ page: z.number(), pages: z.number(), clusters: z.number(), singles: z.number(), lines: z.array(Line) });

/** A cluster with its questions and what staff did with it. */
export const Cluster = Line.extend({
  questions: z.array(
    z.object({
      ...{ id: z.string(), at: z.string(), text: z.string().optional(), lang: z.string(), channel: z.string() },
      ...{ kind: z.string(), need: z.string().optional(), nearest: Nearest.optional() },
    }),
  ),
  steps: z.array(z.object({ at: z.string(), step: z.string(), by: z.string(), text: z.string().optional() })),
});

export type Cluster = z.output<typeof Cluster>;

/** Something to choose from, by the name that people read. */
export interface InboxChoice {
  readonly id: string;
  readonly label: string;
}

const percent = (score: number) => `${Math.round(100 * score)} %`;

const nameOf = ({ title, example }: z.output<typeof Line>, personal: string) => title ?? example ?? personal;

/** Where a list of clusters is looked at from. */
export interface InboxQuery {
  readonly state: ClusterState;
  readonly sort: string;
  readonly singles: boolean;
}

const addressOf = (base: string, { state, sort, singles }: InboxQuery, page = 1) =>
  `${base}/console/inbox?state=${state}&sort=${sort}${singles ? "&singles=1" : ""}${page === 1 ? "" : `&page=${page}`}`;

const Choices: FC<{
  readonly label: string;
  readonly items: readonly { readonly href: string; readonly text: string; readonly here: boolean }[];
}> = ({ label, items }) => (
  <nav aria-label={label} class="periods">
    <ul>
      {items.map(({ href, text, here }) => (
        <li>
          <a href={href} {...(here ? { "aria-current": "page" } : {})}>
            {text}
          </a>
        </li>
      ))}
    </ul>
  </nav>
);

/** Questions without a good answer, by what they mean. */
export const InboxPage: FC<{ readonly frame: Visit["frame"]; readonly list: z.output<typeof InboxList>; readonly query: InboxQuery }> = ({
  frame,
  list,
  query,
}) => {
  const words = inboxWords[frame.lang];
  const { base } = frame;
  return (
    <ConsolePage {...frame} title={words.title}>
      <h1>{words.title}</h1>
      <p>{words.lead}</p>
      <Choices
        label={words.state}
        items={clusterStates.map((state) => ({
          href: addressOf(base, { ...query, state }),
          text: words.states[state],
          here: state === query.state,
        }))}
      />
      <Choices
        label={words.sort}
        items={Object.entries(words.sorts).map(([sort, text]) => ({
          href: addressOf(base, { ...query, sort }),
          text,
          here: sort === query.sort,
        }))}
      />
      <div id="list" data-live="inbox" hx-get={frame.self} hx-trigger="live" hx-select="#list" hx-swap="outerHTML">
        {list.lines.length === 0 ? <p class="panel">{words.none}</p> : null}
        <ul class="rows panel">
          {list.lines.map((line) => (
            <li data-entry>
              <div>
                <a class="row-title" href={`${base}/console/inbox/${line.id}`} dir="auto">
                  {nameOf(line, words.personal)}
                </a>
                <p>
                  {words.asked(line.gaps)} · {words.week(line.week, line.weekBefore)} · {Object.keys(line.langs).join(", ")} ·{" "}
                  {Object.keys(line.kinds)
                    .map((kind) => words.kindNames[kind] ?? kind)
                    .join(", ")}
                  {line.nearest === undefined ? "" : ` · ${words.nearest}: ${line.nearest.id} (${percent(line.nearest.score)})`}
                </p>
              </div>
            </li>
          ))}
        </ul>
      </div>
      {list.singles > 0 && !query.singles ? (
        <p>
          {words.singles(list.singles)}. <a href={addressOf(base, { ...query, singles: true })}>{words.withSingles}</a>
        </p>
      ) : null}
      <p class="actions">
        {list.page > 1 ? <a href={addressOf(base, query, list.page - 1)}>{words.newer}</a> : null}
        <span>{words.page(list.page, list.pages)}</span>
        {list.page < list.pages ? <a href={addressOf(base, query, list.page + 1)}>{words.older}</a> : null}
      </p>
    </ConsolePage>
  );
};

const Facts: FC<{ readonly cluster: Cluster; readonly lang: Visit["frame"]["lang"] }> = ({ cluster, lang }) => {
  const words = inboxWords[lang];
  const languageNames = new Intl.DisplayNames([lang], { type: "language" });
  const rows: readonly (readonly [string, Readonly<Record<string, number>>, (key: string) => string])[] = [
    [words.kinds, cluster.kinds, (key) => words.kindNames[key] ?? key],
    [words.languages, cluster.langs, (key) => languageNames.of(key) ?? key],
    [words.channels, cluster.channels, (key) => key],
    [words.districts, cluster.districts, (key) => key],
    [words.needs, cluster.needs, (key) => key],
  ];
  return (
    <dl class="facts">
      {rows.map(([label, counts, name]) => (
        <div>
          <dt>{label}</dt>
          <dd>
            {Object.entries(counts)
              .map(([key, count]) => `${name(key)} (${count})`)
              .join(", ") || "–"}
          </dd>
        </div>
      ))}
    </dl>
  );
};

const ActionForm: FC<{ readonly path: string; readonly label: string; readonly actionKey?: string; readonly children?: Child }> = ({
  path,
  label,
  actionKey,
  children,
}) => (
  <form method="post" action={path} class="form">
    {children}
    <button type="submit" class="quiet" {...(actionKey === undefined ? {} : { "data-key": actionKey })}>
      {label}
    </button>
  </form>
);

interface ClusterProps {
  readonly frame: Visit["frame"];
  readonly cluster: Cluster;
  readonly names: ReadonlyMap<string, string>;
  readonly needs: readonly InboxChoice[];
  /** Articles that are published. */
  readonly articles: readonly InboxChoice[];
  /** Articles that were written for it. */
  readonly linked: readonly number[];
  /** How many of those who asked want to be told. */
  readonly waiting: number;
  readonly done: string | undefined;
}

const Options: FC<{ readonly choices: readonly InboxChoice[] }> = ({ choices }) => (
  <>
    {choices.map(({ id, label }) => (
      <option value={id}>{label}</option>
    ))}
  </>
);

const Work: FC<Pick<ClusterProps, "frame" | "cluster" | "needs" | "articles" | "waiting">> = ({
  frame,
  cluster,
  needs,
  articles,
  waiting,
}) => {
  const words = inboxWords[frame.lang];
  const path = `${frame.base}/console/inbox/${cluster.id}`;
  const publishes = mayDo("publish", frame.staff);
  const can = (to: ClusterState) => canBecome(cluster.state, to);
  return (
    <section>
      <h2>{words.actions}</h2>
      <p>{words.waiting(waiting)}</p>
      <p>
        <a class="button-like" href={`${frame.base}/console/articles/new?cluster=${cluster.id}`} data-key="reply">
          {words.write}
        </a>
      </p>
      {publishes && articles.length > 0 ? (
        <ActionForm path={`${path}/answer`} label={words.send}>
          <h3>{words.answer}</h3>
          <p class="hint">{words.answerHint}</p>
          <label for="article">{words.article}</label>
          <select id="article" name="article">
            <Options choices={articles} />
          </select>
        </ActionForm>
      ) : null}
      <ActionForm path={`${path}/teach`} label={words.teachButton}>
        <h3>{words.teach}</h3>
        <p class="hint">{words.teachHint}</p>
        <label for="sentence">{words.sentence}</label>
        <input id="sentence" name="sentence" maxlength={300} required dir="auto" value={cluster.example} />
        <label for="need">{words.need}</label>
        <select id="need" name="need">
          <Options choices={needs} />
        </select>
      </ActionForm>
      <ActionForm path={`${path}/title`} label={words.save}>
        <label for="title">{words.titleField}</label>
        <input id="title" name="title" maxlength={120} required dir="auto" value={cluster.title} />
      </ActionForm>
      <ActionForm path={`${path}/note`} label={words.addNote}>
        <label for="note">{words.note}</label>
        <textarea id="note" name="note" rows={2} maxlength={2000} required dir="auto" data-key="note" />
      </ActionForm>
      <ActionForm path={`${path}/merge`} label={words.merge}>
        <label for="with">{words.mergeWith}</label>
        <input id="with" name="with" inputmode="numeric" pattern="[0-9]+" required />
      </ActionForm>
      <div class="actions">
        <ActionForm path={`${path}/assign`} label={cluster.assignee === undefined ? words.mine : words.nobody} />
        {can("ignored") ? <ActionForm path={`${path}/ignore`} label={words.ignore} actionKey="done" /> : null}
        {can("no-offer") ? <ActionForm path={`${path}/no-offer`} label={words.noOffer} /> : null}
        {can("forwarded") ? <ActionForm path={`${path}/forward`} label={words.forward} actionKey="snooze" /> : null}
        {can("new") ? <ActionForm path={`${path}/restore`} label={words.restore} /> : null}
      </div>
    </section>
  );
};

/** One cluster: its questions, what was understood, what staff did, and what can be done. */
export const ClusterPage: FC<ClusterProps> = (props) => {
  const { frame, cluster, names, linked, done } = props;
  const words = inboxWords[frame.lang];
  const path = `${frame.base}/console/inbox/${cluster.id}`;
  const writes = mayDo("write", frame.staff);
  return (
    <ConsolePage {...frame} title={words.one(cluster.id)}>
      <Done text={done} />
      <h1 dir="auto">{nameOf(cluster, words.personal)}</h1>
      <p>
        {words.states[cluster.state]} · {words.asked(cluster.gaps)} · {words.week(cluster.week, cluster.weekBefore)}
        {cluster.assignee === undefined ? "" : ` · ${words.assigned}: ${names.get(cluster.assignee) ?? cluster.assignee}`}
        {cluster.nearest === undefined ? "" : ` · ${words.nearest}: ${cluster.nearest.id} (${percent(cluster.nearest.score)})`}
      </p>
      <Facts cluster={cluster} lang={frame.lang} />
      <section>
        <h2>{words.questions}</h2>
        <form method="post" action={`${path}/split`}>
          <ul class="rows panel">
            {cluster.questions.map(({ id, at, text, lang, channel, kind }) => (
              <li data-entry>
                <div>
                  <p>
                    {writes ? <input type="checkbox" name="gap" value={id} id={`gap-${id}`} /> : null}{" "}
                    <label for={`gap-${id}`} lang={lang} dir="auto">
                      {text ?? words.personal}
                    </label>
                  </p>
                  <p>
                    {formatMoment(at, frame.lang)} · {channel} · {words.kindNames[kind] ?? kind} ·{" "}
                    <a href={`${path}/context/${id}`}>{words.context}</a>
                  </p>
                </div>
              </li>
            ))}
          </ul>
          {writes ? (
            <button type="submit" class="quiet">
              {words.split}
            </button>
          ) : null}
        </form>
      </section>
      {linked.length === 0 ? null : (
        <section>
          <h2>{words.linked}</h2>
          <ul>
            {linked.map((article) => (
              <li>
                <a href={`${frame.base}/console/articles/${article}`}>{words.linkedArticle(article)}</a>
              </li>
            ))}
          </ul>
        </section>
      )}
      {writes ? <Work {...props} /> : null}
      <section>
        <h2>{words.steps}</h2>
        <ul class="rows panel">
          {cluster.steps.map(({ at, step, by, text }) => (
            <li>
              <div>
                {formatMoment(at, frame.lang)}: {words.stepNames[step] ?? step}, {names.get(by) ?? by}
                {text === undefined ? null : <p dir="auto">{text}</p>}
              </div>
            </li>
          ))}
        </ul>
      </section>
    </ConsolePage>
  );
};

/** The questions of one talk up to a gap. */
export const ContextPage: FC<{
  readonly frame: Visit["frame"];
  readonly id: number;
  readonly before: readonly {
    readonly at: string;
    readonly question?: string | undefined;
    readonly kind: string;
    readonly offers: readonly string[];
  }[];
}> = ({ frame, id, before }) => {
  const words = inboxWords[frame.lang];
  return (
    <ConsolePage {...frame} title={words.context}>
      <h1>{words.context}</h1>
      <ol class="letters">
        {before.map(({ at, question, kind, offers }) => (
          <li class="letter">
            <p class="who-when">{formatMoment(at, frame.lang)}</p>
            <p dir="auto">{question ?? words.personal}</p>
            <p>
              {kind}
              {offers.length === 0 ? "" : `: ${offers.join(", ")}`}
            </p>
          </li>
        ))}
      </ol>
      <p>
        <a href={`${frame.base}/console/inbox/${id}`}>{words.one(id)}</a>
      </p>
    </ConsolePage>
  );
};
